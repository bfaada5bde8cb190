"""Walking through the pages of making an appointment, answer by answer."""

from collections.abc import Mapping
from datetime import date

from django.test import Client
from django.urls import resolve, reverse

from namens.appointments.models import Appointment
from namens.pages.appointments.preparing import Page
from tests.meeting import DAY
from tests.pages.helper.asking import UNKNOWN_BSN, person
from tests.pages.visiting import Answered, press, send
from tests.people import BSNS


def moment(day: date = DAY, *, at: str = "10:00", minutes: str = "60", place: str = "De Brink") -> dict[str, str]:
    """Give what is typed about when and where."""
    parts = {"day_day": str(day.day), "day_month": str(day.month), "day_year": str(day.year)}
    return {**parts, "at": at, "minutes": minutes, "place": place}


ANSWERS: Mapping[Page, Mapping[str, object]] = {
    Page.WHO: {"label": "mevrouw De Vries"},
    Page.WHEN: moment(),
    Page.SERVICES: {"services": ["mijn-toeslagen"]},
    Page.PARTNER: {"partner": "no"},
    Page.PARTNER_WHO: {"label": "meneer De Vries"},
    Page.WAY: {"way": "letter"},
    Page.LENGTH: {"duration": "only-during"},
    Page.CLIENT: person(BSNS["anna"]),
    Page.PARTNER_DETAILS: person(UNKNOWN_BSN),
}
WITH_PARTNER = {"PARTNER": {"partner": "yes"}}
AT_TABLE = {"WAY": {"way": "hand-off"}}


def begin(browser: Client, *, client: object = "") -> str:
    """Begin, and give the address of the first question."""
    return send(browser, reverse("pages:appointment"), {"client": str(client)})["Location"]


def page_of(path: str) -> Page:
    """Give the page behind an address."""
    return Page(str(resolve(path).url_name))


def walk(browser: Client, to: Page, path: str = "", /, **changed: Mapping[str, object]) -> str:
    """Answer every page until page `to` comes, and give its address. `changed` is by the name of a page."""
    answers = {**ANSWERS, **{Page[name]: answer for name, answer in changed.items()}}
    path = path or begin(browser)
    while (page := page_of(path)) is not to:
        path = send(browser, path, answers[page])["Location"]
    return path


def prepare(browser: Client, **changed: Mapping[str, object]) -> Answered:
    """Make an appointment, and give the answer to the last click."""
    return press(browser, walk(browser, Page.CHECK, **changed))


def prepared(browser: Client, **changed: Mapping[str, object]) -> Appointment:
    """Make an appointment, and give it."""
    prepare(browser, **changed)
    return Appointment.objects.order_by("-made_at", "-id")[0]


def of(appointment: Appointment, page: str = "detail", *more: str) -> str:
    """Give the address of a page of this appointment."""
    return reverse(f"pages:appointment-{page}", args=[appointment.id, *more])
