"""A portal hears by a signed event that a mandate stops, rests or goes on: without asking, and also after it was down.

Seen at the portal of the income tax. It never asks, and Namens does not tell it here that a login ended: what ends
Bram's visit is the event and nothing else.
"""

import base64
import hmac
import json
import os
import secrets
import signal
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256

import httpx2
import pytest

from tests.journeys.beforehand import anna_had_bram
from tests.journeys.person import SOON, Person
from tests.journeys.portal_files import folder_of, heard_up_to, logins_at
from tests.journeys.stories import enters, opens_mandate
from tests.journeys.told import events_for, hears_logouts_at, only_mandate, waits_for_another_try
from tools.practice import Practice
from tools.practice_portals import Portal
from tools.programs import Programs, Running, answers

pytestmark = pytest.mark.journey

OUT = "Deze machtiging geldt niet meer. U bent uitgelogd."
STOPPED, SUSPENDED, RESTORED = "machtiging.gestopt", "machtiging.onderbroken", "machtiging.hersteld"
TAKEN, REFUSED = 204, 400


@pytest.fixture
def tax(practice: Practice) -> Iterator[Portal]:
    """The portal that does not ask, with nobody who tells it that a login ended."""
    portal = practice.portals[1]
    hears_logouts_at(practice, portal, "")
    yield portal
    hears_logouts_at(practice, portal, f"{portal.address}/uitloggen/melding")


@pytest.fixture
def helping(anna: Person, bram: Person, tax: Portal) -> None:
    """Bram has a mandate of Anna, and is logged in for her."""
    anna_had_bram(anna.practice)
    anna.logs_in()
    enters(bram, tax, for_whom="Anna de Vries")


@pytest.fixture
def worker(programs: Programs) -> Iterator[Running]:
    """The program that posts events. Awake again at the end."""
    found = next(one for one in programs.running if one.program.name == "worker")
    yield found
    found.process.send_signal(signal.SIGCONT)


@pytest.fixture
def start(programs: Programs, tax: Portal) -> Iterator[Callable[[], None]]:
    """Stop the portal, as when its machine is taken away. Gives how to start it again; it runs again at the end."""
    name = f"portal-{tax.name}"
    running = next(one for one in programs.running if one.program.name == name)
    # Started in a session of its own: the group is granian and the process that answers.
    os.killpg(running.process.pid, signal.SIGKILL)
    running.process.wait()
    programs.running.remove(running)

    def start() -> None:
        if not any(one.program.name == name for one in programs.running):
            programs.start_one(running.program)
            until(lambda: answers(running.program), "the portal does not answer")

    yield start
    start()


@pytest.mark.usefixtures("helping")
def test_it_ends_the_visit_at_the_next_look(anna: Person, bram: Person, tax: Portal) -> None:
    bram.clicks("Inkomen wijzigen")
    stops(anna)
    hears(anna.practice, tax, STOPPED)
    assert logins_at(anna.practice, tax) == 0
    bram.clicks("Terug naar het overzicht")
    bram.sees_heading("U bent uitgelogd")
    bram.sees(OUT)
    bram.does_not_see("Anna")


@pytest.mark.slow
@pytest.mark.usefixtures("helping")
def test_it_hears_that_a_mandate_rests_and_that_it_goes_on(anna: Person, bram: Person, tax: Portal) -> None:
    opens_mandate(anna, of="Bram Bakker")
    anna.clicks("Dit klopt niet")
    anna.chooses("Ik ken deze persoon niet, of ik wilde dit niet")
    anna.clicks("Volgende")
    anna.clicks("Ja, stop nu")
    anna.sees("Stilgezet")
    hears(anna.practice, tax, SUSPENDED)
    bram.opens(f"{tax.address}/overzicht")
    bram.sees(OUT)
    bram.does_not_see("gemeld", "klopt niet")
    anna.clicks("Toch goed: weer aanzetten")
    anna.clicks("Ja, weer aanzetten")
    hears(anna.practice, tax, RESTORED)
    enters(bram, tax, for_whom="Anna de Vries")
    bram.sees("Inkomstenbelasting van Anna de Vries")
    assert kinds(anna.practice, tax)[-2:] == [SUSPENDED, RESTORED]


@pytest.mark.slow
@pytest.mark.usefixtures("helping")
def test_it_hears_after_it_was_down_what_happened_meanwhile(
    anna: Person, bram: Person, tax: Portal, worker: Running, start: Callable[[], None]
) -> None:
    stops(anna)
    until(lambda: STOPPED in kinds(anna.practice, tax), "no event was written")
    # Not in the middle of what it writes: with the file in its hands nobody else could write either.
    until(lambda: waits_for_another_try(anna.practice), "it was not tried")
    worker.process.send_signal(signal.SIGSTOP)
    assert logins_at(anna.practice, tax) == 1
    start()
    until(lambda: heard_up_to(anna.practice, tax) == newest(anna.practice, tax), "the portal did not catch up")
    assert not events_for(anna.practice, tax)[-1][2], "it was posted, so this proves nothing"
    bram.opens(f"{tax.address}/overzicht")
    bram.sees(OUT)
    worker.process.send_signal(signal.SIGCONT)
    # Posted too, once the worker tries again: heard before, so taken, and nothing more happens.
    hears(anna.practice, tax, STOPPED)


@pytest.mark.slow
@pytest.mark.usefixtures("helping")
def test_it_hears_what_could_not_be_brought_while_it_hung(
    anna: Person, bram: Person, tax: Portal, programs: Programs
) -> None:
    portal = next(one for one in programs.running if one.program.name == f"portal-{tax.name}")
    os.killpg(portal.process.pid, signal.SIGSTOP)
    try:
        stops(anna)
        until(lambda: STOPPED in kinds(anna.practice, tax), "no event was written")
        assert logins_at(anna.practice, tax) == 1
    finally:
        os.killpg(portal.process.pid, signal.SIGCONT)
    hears(anna.practice, tax, STOPPED)
    bram.opens(f"{tax.address}/overzicht")
    bram.sees(OUT)


@pytest.mark.slow
@pytest.mark.usefixtures("helping")
def test_it_believes_nobody_who_does_not_know_the_secret(bram: Person, tax: Portal) -> None:
    here = bram.practice
    known = (folder_of(here, tax) / "webhook-secret").read_text(encoding="ascii").split()[0]
    other = f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"
    body = says_that_it_stopped(only_mandate(here))
    assert posts(tax, body, secret=other) == REFUSED
    assert posts(tax, body, secret=known, late=3600) == REFUSED
    assert posts(tax, body, secret=known, signed=body.replace(b"gestopt", b"actief")) == REFUSED
    assert httpx2.post(tax.events_uri, content=body, trust_env=False).status_code == REFUSED
    bram.opens(f"{tax.address}/overzicht")
    bram.sees("Inkomstenbelasting van Anna de Vries")
    # The same with the right signature: so it was that, and nothing else, for which it was refused.
    assert posts(tax, body, secret=known) == TAKEN
    bram.opens(f"{tax.address}/overzicht")
    bram.sees(OUT)


@pytest.mark.slow
@pytest.mark.usefixtures("helping")
def test_it_leaves_anna_and_dirk_in_who_came_for_themselves(anna: Person, dirk: Person, tax: Portal) -> None:
    for visitor in (anna, dirk):
        enters(visitor, tax, for_whom="Voor mijzelf")
    stops(anna)
    hears(anna.practice, tax, STOPPED)
    for visitor in (anna, dirk):
        visitor.opens(f"{tax.address}/overzicht")
        visitor.sees("Uw inkomstenbelasting")


def stops(client: Person) -> None:
    """Stop the mandate with Bram."""
    opens_mandate(client, of="Bram Bakker")
    client.clicks("Stoppen")
    client.chooses("Alles")
    client.clicks("Ja, stop nu")
    client.sees_heading("Het is gestopt")


def kinds(practice: Practice, portal: Portal) -> list[str]:
    """Give what a portal was, or still has to be, told."""
    return [kind for _, kind, _ in events_for(practice, portal)]


def newest(practice: Practice, portal: Portal) -> int:
    """Give the number of the newest event of a portal."""
    return max(number for number, _, _ in events_for(practice, portal))


def hears(practice: Practice, portal: Portal, kind: str) -> None:
    """Wait until a portal took the event of this kind, and did what it asks."""

    def has_heard() -> bool:
        arrived = [number for number, what, done in events_for(practice, portal) if what == kind and done]
        return bool(arrived) and heard_up_to(practice, portal) >= max(arrived)

    until(has_heard, f"{portal.name} did not hear: {kind}")


def until(happened: Callable[[], bool], otherwise: str) -> None:
    """Wait until something happened."""
    deadline = time.monotonic() + SOON
    while not happened():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.1)


def says_that_it_stopped(mandate: str) -> bytes:
    """Give an event as Namens writes it, with a number that the portal had long ago."""
    about = {
        "machtiging": mandate,
        "volgnummer": 2,
        "vertegenwoordigde": {"soort": "persoon", "id": "nobody"},
        "gemachtigde": {"soort": "persoon", "id": "nobody"},
        "diensten": ["inkomstenbelasting"],
        "eersteDag": "2026-01-01",
        "laatsteDag": "2027-01-01",
        "uitgezonderd": [],
    }
    moment = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    event = {"id": str(uuid.uuid4()), "nummer": 1, "type": STOPPED, "tijdstip": moment, "gegevens": about}
    return json.dumps(event).encode()


def posts(portal: Portal, body: bytes, *, secret: str, late: int = 0, signed: bytes = b"") -> int:
    """Post an event to a portal, signed by who knows this secret; gives the status."""
    number, moment = json.loads(body)["id"], str(int(time.time()) - late)
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signature = hmac.digest(key, f"{number}.{moment}.".encode() + (signed or body), sha256)
    headers = {
        "Content-Type": "application/json",
        "webhook-id": number,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{base64.b64encode(signature).decode()}",
    }
    return httpx2.post(portal.events_uri, content=body, headers=headers, trust_env=False).status_code
