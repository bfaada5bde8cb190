"""Visiting our own pages as one of the people of the tests, without a browser."""

import html
import re
from collections.abc import Mapping
from typing import Protocol

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import Client

from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.parties.identifiers import Bsn, digest
from namens.parties.models import Party, Person
from namens.population.answers import Answer, Found, NotFound, Reason, Unavailable
from namens.signin import browsers, session

AWAY = Unavailable(Reason.TIMEOUT)
UNKNOWN = NotFound()

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Answered(Protocol):
    """What came back: a page of ours, or the test client's wrapping of one."""

    status_code: int

    @property
    def content(self) -> bytes:
        """The body."""

    def __getitem__(self, header: str) -> str:
        """A header."""


class Register:
    """Stands in for the population register: says what we know already, unless told otherwise."""

    def __init__(self) -> None:
        self.answer: Answer | None = None
        self.asked = 0

    def ask(self, *, bsn: Bsn) -> Answer:
        """Answer about one person."""
        self.asked += 1
        return self.answer or Found(facts=Person.objects.get(bsn_digest=digest(bsn)).facts)


def arrive(party: Party, *, level: AssuranceLevel = AssuranceLevel.LOW, client: Client | None = None) -> Client:
    """Give a browser in which this person has just logged in."""
    browser, request = client or Client(), HttpRequest()
    if settings.BROWSER_COOKIE_NAME in browser.cookies:
        request.COOKIES[settings.BROWSER_COOKIE_NAME] = browser.cookies[settings.BROWSER_COOKIE_NAME].value
    request.session = SessionStore(
        browser.cookies["namens_session"].value if "namens_session" in browser.cookies else None
    )
    session.login(request, party=party, level=level, auth_time=clock.now(), now=clock.now())
    request.session.save()
    browser.cookies["namens_session"] = request.session.session_key or ""
    answer = HttpResponse()
    browsers.mark(request, answer)
    browser.cookies.update(answer.cookies)
    return browser


def shown(response: Answered) -> str:
    """Give the words of a page, with single spaces."""
    body = re.sub(r"<title>.*?</title>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(body)).strip()


def source(response: Answered) -> str:
    """Give a page as it came, without the ids of rows: these have digits of their own, which say nothing."""
    return _ID.sub("", response.content.decode())


def title(response: Answered) -> str:
    """Give the title of a page."""
    found = re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)
    return " ".join(html.unescape(found[1]).split()) if found else ""


def press(browser: Client, path: str) -> Answered:
    """Open a page and press its button: the form goes back with the mark of what stood there."""
    page = browser.get(path)
    if page.status_code != 200:
        return page
    return browser.post(path, mark_on(page))


def mark_on(page: Answered) -> dict[str, str]:
    """Give the hidden mark of what stands on a page; nothing when it has none."""
    found = re.search(r'name="seen" value="(\w+)"', page.content.decode())
    return {"seen": found[1]} if found else {}


def send(browser: Client, path: str, data: Mapping[str, object] | None = None) -> Answered:
    """Post a form."""
    return browser.post(path, dict(data or {}))
