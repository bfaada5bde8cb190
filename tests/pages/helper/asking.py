"""Walking through the pages of asking for a mandate, answer by answer."""

from collections.abc import Mapping
from uuid import UUID

from django.test import Client
from django.urls import resolve, reverse

from namens.mandates.models import MandateRequest
from namens.pages.helper.asking import Page
from namens.parties.identifiers import Bsn
from namens.signin.models import Draft
from tests.pages.visiting import Answered, press, send
from tests.people import BSNS

UNKNOWN_BSN = Bsn("999990135")


def person(
    bsn: Bsn, *, label: str = "mevrouw De Vries", born: tuple[str, str, str] = ("6", "5", "1980")
) -> dict[str, str]:
    """Give what is typed about somebody."""
    day, month, year = born
    return {"label": label, "bsn": bsn.digits, "born_day": day, "born_month": month, "born_year": year}


ANSWERS: Mapping[Page, Mapping[str, object]] = {
    Page.SERVICES: {"services": ["mijn-toeslagen"]},
    Page.LENGTH: {"duration": "1-year"},
    Page.CLIENT: person(BSNS["anna"]),
    Page.PARTNER: {"partner": "no"},
    Page.PARTNER_DETAILS: person(UNKNOWN_BSN, label="de partner"),
}
WITH_PARTNER = {"PARTNER": {"partner": "yes"}}


def begin(browser: Client) -> str:
    """Begin, and give the address of the first question."""
    return send(browser, reverse("pages:ask"))["Location"]


def walk(browser: Client, to: Page, path: str = "", /, **changed: Mapping[str, object]) -> str:
    """Answer every page until page `to` comes, and give its address. `changed` is by the name of a page."""
    answers = {**ANSWERS, **{Page[name]: answer for name, answer in changed.items()}}
    path = path or begin(browser)
    while (page := page_of(path)) is not to:
        path = send(browser, path, answers[page])["Location"]
    return path


def page_of(path: str) -> Page:
    """Give the page behind an address."""
    return Page(str(resolve(path).url_name))


def address(page: Page, draft: UUID) -> str:
    """Give the address of a page of a draft."""
    return reverse(f"pages:{page}", args=[draft])


def only_draft() -> Draft:
    """Give the one draft there is."""
    return Draft.objects.get(journey="ask")


def ask(browser: Client, **changed: Mapping[str, object]) -> Answered:
    """Ask for a mandate, and give the answer to the last click."""
    return press(browser, walk(browser, Page.CHECK, **changed))


def asked(browser: Client, **changed: Mapping[str, object]) -> MandateRequest:
    """Ask for a mandate, and give the request to the client."""
    ask(browser, **changed)
    return MandateRequest.objects.get(partner_of__isnull=True)
