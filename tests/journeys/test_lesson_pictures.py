"""The walk past every page that a lesson shows. With `REMAKE_PICTURES` it takes the pictures; else it compares."""

from collections.abc import Callable

import pytest

from namens.lib import clock, workdays
from namens.pages.lessons import library
from namens.pages.lessons.reading import BlockKind
from tests.journeys.album import Album, kept
from tests.journeys.beforehand import bram_asked_anna
from tests.journeys.beforehand_at_work import samen_sterk_helps_anna
from tests.journeys.conftest import Sit
from tests.journeys.eye import ClosedEye
from tests.journeys.person import Person
from tests.journeys.stories import BOTH, goes_to, helper_number_of, opens_mandate, shown_code, types_code
from tests.journeys.test_helper_requests import answers_the_first

pytestmark = [pytest.mark.journey, pytest.mark.slow]

SAMEN_STERK = "Stichting Samen Sterk"


@pytest.fixture
def sits(sit: Sit) -> Callable[..., Person]:
    """Let somebody sit down at pages that other journeys look at."""

    def unseen(name: str, *, bsn: str) -> Person:
        person = sit(name, bsn=bsn)
        person.eye = ClosedEye("", set())
        return person

    return unseen


@pytest.mark.usefixtures("asleep")
def test_it_shows_pages_as_they_are(sits: Callable[..., Person]) -> None:
    album = Album()
    anna, bram = sits("Anna de Vries", bsn="999990019"), sits("Bram Bakker", bsn="999990032")
    gives(anna, bram, album)
    uses(bram, album)
    looks_after(anna, album)
    asks(bram, album)
    sits_together(bram, album)
    prepares(bram, album)
    answers(anna, album)
    works(sits("Fatima Amrani", bsn=""), sits("Marijke Blom", bsn=""), album)
    album.close()
    shown = {
        f"{language}/{block.name}"
        for language in ("nl", "en")
        for slug in library.slugs()
        for block in library.lesson(slug).blocks
        if block.kind is BlockKind.PICTURE
    }
    assert album.digests.keys() == shown
    changed = sorted(name for name, digest in album.digests.items() if kept().get(name) != digest)
    assert changed == [], "these pages changed: run python -m tools.pictures"


def gives(anna: Person, bram: Person, album: Album) -> None:
    """Let Anna give Bram a mandate, and Bram fill in the code."""
    bram.logs_in()
    number = helper_number_of(bram)
    album.take(bram, "helper-number")
    anna.logs_in()
    anna.opens("/machtigen")
    album.take(anna, "give-who")
    anna.fills("Helpernummer", number)
    anna.clicks("Volgende")
    anna.clicks("Ja, dit is mijn helper")
    anna.ticks(BOTH)
    anna.clicks("Volgende")
    for answer in ("Nee", "Vanaf vandaag"):
        anna.chooses(answer)
        anna.clicks("Volgende")
    album.take(anna, "give-until")
    for answer in ("1 jaar", "Nee", "Nee"):
        anna.chooses(answer)
        anna.clicks("Volgende")
    album.take(anna, "give-check")
    anna.clicks("Ja, Bram Bakker mag dit voor mij doen")
    album.take(anna, "code")
    code = shown_code(anna)
    bram.opens("/activeren")
    album.take(bram, "activate")
    types_code(bram, code=code, bsn=anna.bsn)
    album.take(bram, "activate-check")
    bram.clicks("Ja, ik help Anna de Vries")


def uses(bram: Person, album: Album) -> None:
    """Let Bram use it at a portal."""
    portal = bram.practice.portals[0]
    goes_to(bram, portal)
    album.take(bram, "choose")
    bram.chooses("Anna de Vries")
    bram.clicks(f"Inloggen bij {portal.title}")


def looks_after(anna: Person, album: Album) -> None:
    """Let Anna look at what she gave, and stop it."""
    anna.opens("/mijn-machtigingen")
    album.take(anna, "mandates")
    opens_mandate(anna, of="Bram Bakker")
    album.take(anna, "mandate")
    album.take(anna, "history", at="h2")
    mandate = anna.page.url
    for name, address in (
        ("stop", f"{mandate}/stoppen"),
        ("report", f"{mandate}/klopt-niet"),
        ("letters", "/mijn-brieven"),
    ):
        anna.opens(address)
        album.take(anna, name)
    anna.opens(f"{mandate}/stoppen")
    anna.chooses("Alles")
    anna.clicks("Ja, stop nu")


def asks(bram: Person, album: Album) -> None:
    """Let Bram begin to ask."""
    bram.opens("/")
    bram.clicks("Gemachtigd worden")
    bram.clicks("Beginnen")
    answers_the_first(bram)
    album.take(bram, "ask-client")


def sits_together(bram: Person, album: Album) -> None:
    """Let Bram show a QR, and look how a client logs in on his computer."""
    bram.opens("/overdracht")
    bram.clicks("Beginnen")
    bram.ticks("Mijn toeslagen")
    bram.clicks("Volgende")
    bram.chooses("1 jaar")
    bram.clicks("Volgende")
    bram.fills("Hoe noemt u deze cliënt?", "mevrouw De V.")
    bram.clicks("Volgende")
    bram.chooses("Nee", question="Heeft uw cliënt een toeslagpartner?")
    bram.clicks("Volgende")
    bram.clicks("Laat de QR-code zien")
    album.take(bram, "hand-off", at=".namens-qr")
    bram.opens("/client-logt-in")
    album.take(bram, "visit")


def prepares(bram: Person, album: Album) -> None:
    """Let Bram make an appointment."""
    bram.opens("/afspraken/nieuw")
    bram.clicks("Beginnen")
    bram.fills("Hoe noemt u deze cliënt?", "mevrouw De V.")
    bram.clicks("Volgende")
    bram.fills_day(workdays.after_working_days(clock.today(), number=10))
    bram.fills("Hoe laat begint het?", "10:00")
    bram.chooses("1 uur")
    bram.clicks("Volgende")
    bram.ticks("Mijn toeslagen")
    bram.clicks("Volgende")
    for answer in ("Nee", "Op de eigen telefoon, aan tafel", "Alleen tijdens de afspraak"):
        bram.chooses(answer)
        bram.clicks("Volgende")
    bram.clicks("Deze afspraak maken")
    bram.clicks("Naar de afspraak")
    album.take(bram, "appointment")


def answers(anna: Person, album: Album) -> None:
    """Let Anna see a request."""
    bram_asked_anna(anna.practice)
    anna.opens("/verzoeken")
    anna.clicks("Bram Bakker")
    album.take(anna, "request")


def works(fatima: Person, marijke: Person, album: Album) -> None:
    """Let Fatima and Marijke see the pages of their organisation."""
    samen_sterk_helps_anna(fatima.practice)
    fatima.logs_in_at_work(SAMEN_STERK)
    fatima.opens("/werk")
    fatima.clicks("Alle cliënten")
    album.take(fatima, "worklist-tabs")
    album.take(fatima, "worklist", at="main h2")
    marijke.logs_in_at_work(SAMEN_STERK)
    marijke.opens("/organisatie/mensen")
    album.take(marijke, "people", at="main .utrecht-table-container, main table")
