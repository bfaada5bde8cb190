"""Walking through the pages of giving a mandate, answer by answer."""

from collections.abc import Mapping
from uuid import UUID

from django.test import Client
from django.urls import resolve, reverse

from namens.pages.client.giving import Page
from namens.signin.models import Draft
from tests.pages.visiting import Answered, press, send

NO = "no"
ANSWERS: Mapping[Page, Mapping[str, object]] = {
    Page.SERVICES: {"services": ["mijn-toeslagen"]},
    Page.EXTRA: {"rekeningnummer-wijzigen": NO},
    Page.FROM: {"start": "today"},
    Page.UNTIL: {"duration": "1-month"},
    Page.ABOUT: {"administered": NO},
    Page.PARTNER: {"partner": NO},
}


def begin(browser: Client, number: str) -> str:
    """Name a helper, and give the address of the next page."""
    return send(browser, reverse("pages:give"), {"number": number})["Location"]


def begin_open(browser: Client) -> str:
    """Choose an open code, and give the address of the next page."""
    return send(browser, reverse("pages:give-open"))["Location"]


def walk(browser: Client, path: str, to: Page, **changed: Mapping[str, object]) -> str:
    """Answer every page from `path` until page `to` comes, and give its address. `changed` is by the name of a page."""
    answers = {**ANSWERS, **{Page[name]: answer for name, answer in changed.items()}}
    while (page := page_of(path)) is not to:
        path = (press(browser, path) if page is Page.HELPER else send(browser, path, answers[page]))["Location"]
    return path


def page_of(path: str) -> Page:
    """Give the page behind an address."""
    return Page(str(resolve(path).url_name))


def address(page: Page, draft: UUID) -> str:
    """Give the address of a page of a draft."""
    return reverse(f"pages:{page}", args=[draft])


def only_draft() -> Draft:
    """Give the one draft there is."""
    return Draft.objects.get(journey="give")


def give(browser: Client, number: str, **changed: Mapping[str, object]) -> Answered:
    """Give a mandate to the helper with this number, and give the answer to the last click."""
    return press(browser, walk(browser, begin(browser, number), Page.CHECK, **changed))
