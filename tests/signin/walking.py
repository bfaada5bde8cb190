"""Somebody with a browser that visits both Namens (in this process) and a broker (over HTTP)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx2
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.people import BSNS
from tests.signin.lying import LyingBroker

BROKER, AT_WORK = "digid", "eherkenning"
LOGIN_FORM = re.compile(r'name="request" value="([^"]+)"')


@dataclass
class Person:
    """A browser, with the cookies of Namens."""

    browser: Client = field(default_factory=Client)

    def get(self, path: str, query: Mapping[str, str] | None = None) -> HttpResponse:
        """Visit a page."""
        response = self.browser.get(path, query)
        assert isinstance(response, HttpResponse)
        return response

    def leave_for_broker(self, next_path: str = "/machtigingen", *, level: str = "low", broker: str = BROKER) -> str:
        """Start to log in and give the broker's address where Namens sends us."""
        response = self.get(start_url(broker), {"next": next_path, "level": level})
        assert response.status_code == 302, response.content.decode()
        return str(response["Location"])

    def come_back(self, address: str) -> HttpResponse:
        """Follow the broker's redirect to Namens."""
        parts = urlsplit(address)
        return self.get(parts.path, dict(parse_qsl(parts.query)))

    def log_in(self, name: str = "anna", *, next_path: str = "/machtigingen", level: str = "low") -> HttpResponse:
        """Log in at the rehearsal DigiD as one of the four and come back."""
        return self.come_back(choose(self.leave_for_broker(next_path, level=level), person=BSNS[name].digits))

    def log_in_at_work(self, kvk: str, pseudonym: str, *, level: str = "loa3") -> HttpResponse:
        """Log in at the rehearsal eHerkenning, for an organisation, and come back."""
        address = self.leave_for_broker(broker=AT_WORK)
        return self.come_back(choose(address, person=f"{kvk}:{pseudonym}", level=level))

    def log_in_through(self, liar: LyingBroker, name: str = "anna", **changes: str) -> HttpResponse:
        """Go to our own broker and come back as one of the four; `changes` are made to what it sends along."""
        question = asked(self.leave_for_broker())
        liar.nonce = question["nonce"]
        liar.person = name
        return self.get(callback_url(), {"state": question["state"], "code": "the code", **changes})


def start_url(broker: str = BROKER) -> str:
    """Give the address where a login starts."""
    return reverse("signin:start", args=[broker])


def callback_url(broker: str = BROKER) -> str:
    """Give the address where the broker sends people back to."""
    return reverse("signin:callback", args=[broker])


def choose(address: str, **form: str) -> str:
    """Fill in the login page of the rehearsal and give the address where it sends us."""
    page = httpx2.get(address, trust_env=False)
    found = LOGIN_FORM.search(page.text)
    assert found, page.text
    answer = {"request": found[1], "level": "low", "action": "login", **form}
    back = httpx2.post(urljoin(address, "login"), data=answer, trust_env=False)
    assert back.status_code == 303, back.text
    return str(back.headers["location"])


def asked(address: str) -> dict[str, str]:
    """Give the parameters of an address."""
    return dict(parse_qsl(urlsplit(address).query))
