"""What people do at the table, with a phone or at a computer, without a browser."""

from collections.abc import Mapping
from datetime import timedelta

from django.test import Client
from django.urls import resolve, reverse

from namens.appointments.actions import MadeHandOff
from namens.lib import clock
from namens.mandates.models import Mandate
from namens.pages.client.giving import Page
from namens.parties.models import Party
from tests.pages.client.walking import ANSWERS
from tests.pages.visiting import Answered, arrive, press, send

OPEN, NUMBER = "/h", "/nu"
HERE = {"there": "yes"}


def qr_of(made: MadeHandOff) -> str:
    """Give what a camera reads."""
    return reverse("pages:hand-off", args=[made.id.reveal()])


def shown_at(made: MadeHandOff) -> str:
    """Give the helper's page."""
    return reverse("pages:hand-off-shown", args=[made.hand_off.request_id])


def standing_at(made: MadeHandOff) -> str:
    """Give what that page asks every 2.5 seconds."""
    return reverse("pages:hand-off-standing", args=[made.hand_off.request_id])


def scans(client: Party, made: MadeHandOff, *, phone: Client | None = None) -> tuple[Client, Answered]:
    """Scan the QR with a phone that knows nobody, log in for it, and give the phone with the page that comes."""
    phone = phone or Client()
    phone.get(qr_of(made))
    with clock.frozen(clock.now() + timedelta(seconds=1)):
        arrive(client, client=phone)
    return phone, phone.get(OPEN)


def opened(client: Party, made: MadeHandOff, *, phone: Client | None = None) -> tuple[Client, Mandate]:
    """Scan and log in, and give the phone with the mandate that waits."""
    phone, answer = scans(client, made, phone=phone)
    return phone, Mandate.objects.get(id=resolve(answer["Location"]).kwargs["mandate"])


def answers(phone: Client, path: str, to: str = Page.CHECK, **changed: Mapping[str, object]) -> str:
    """Answer every question until page `to` comes, and give its address."""
    every = {**ANSWERS, Page.THERE: HERE, **{Page[name]: answer for name, answer in changed.items()}}
    while (page := str(resolve(path).url_name)) != to:
        path = send(phone, path, every[Page(page)])["Location"]
    return path


def says_yes(phone: Client, mandate: Mandate, **changed: Mapping[str, object]) -> Answered:
    """Say yes to everything, and give the page after the last click."""
    begun = send(phone, reverse("pages:request", args=[mandate.id]), {"answer": "yes"})
    last = press(phone, answers(phone, begun["Location"], Page.CHECK, **changed))
    return phone.get(last["Location"], follow=True)
