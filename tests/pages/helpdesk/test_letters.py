"""The letters to a caller: how each stands, a new one, everything on paper, large print."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from namens.helpdesk.models import Call
from namens.mandates.models import Mandate
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party, Person
from namens.population.addresses import Obstacle
from namens.post import actions as post
from namens.post.models import Letter
from tests.asking import asks, met, phoned, requested, stated
from tests.counting import statements
from tests.helpdesk.calling import Addresses
from tests.letters import asked_for, made
from tests.pages.helpdesk.phoning import call_with_anna
from tests.pages.visiting import arrive, shown
from tests.people import NOW, active

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def waiting(anna: Party, bram: Party) -> Mandate:
    """Bram asked for a mandate of Anna; the letter is asked for."""
    return requested(anna, bram)


@pytest.fixture
def call(at_hester: Client, waiting: Mandate) -> Call:
    """Anna calls, and Hester found her."""
    call = call_with_anna(at_hester)
    assert call.party_id == waiting.representee_id
    return call


def page(name: str, *ids: object) -> str:
    """Give an address of the call."""
    return reverse(f"pages:caller{name}", args=ids)


def test_it_says_how_each_letter_stands(at_hester: Client, call: Call) -> None:
    def said() -> str:
        return shown(at_hester.get(page("", call.id)))

    assert "Brief met een code , gevraagd op 23 november 2026. Hij wordt gemaakt." in said()
    letter = made("code")
    assert "Hij wordt gemaakt. Hij is er uiterlijk op 30 november 2026." in said()
    with transaction.atomic():
        post.posted(letter.id, now=NOW + timedelta(days=1))
    assert "Op de post gedaan op 24 november 2026. Hij is er uiterlijk op 30 november 2026." in said()
    post.returned(letter.reference, now=NOW + timedelta(days=4))
    assert "Hij kwam terug op 27 november 2026. Een code erin werkt niet meer." in said()


@pytest.mark.parametrize(
    ("obstacle", "sentence"),
    [
        ("abroad", "Hij kon niet weg. De beller woont in het buitenland."),
        ("not-found", "Hij kon niet weg. Het register kent deze persoon nu niet."),
        ("<b>odd</b>", "Hij kon niet weg. Het register kent deze persoon nu niet."),
    ],
)
def test_it_says_why_a_letter_could_not_be_sent(at_hester: Client, call: Call, obstacle: str, sentence: str) -> None:
    with transaction.atomic():
        post.leave_unsent(asked_for("code"), obstacle=obstacle, now=NOW)
    assert sentence in shown(at_hester.get(page("", call.id)))


@pytest.mark.parametrize(
    ("obstacle", "sentence"),
    [("", "Hij is niet verstuurd: hij was niet meer nodig."), ("400 from printer", "Hij kon niet worden gedrukt.")],
)
def test_it_says_that_a_letter_was_not_printed(at_hester: Client, call: Call, obstacle: str, sentence: str) -> None:
    letter = made("code")
    with transaction.atomic():
        post.not_posted(letter.id, obstacle=obstacle, now=NOW)
    said = shown(at_hester.get(page("", call.id)))
    assert sentence in said
    assert "400" not in said


def test_it_shows_no_reference_code_or_other_peoples_letters(
    at_hester: Client, call: Call, carla: Party, bram: Party
) -> None:
    letter = made("code", mandate=met(asks(bram, stated("carla")), carla))
    said = shown(at_hester.get(page("", call.id)))
    assert letter.reference not in said
    assert said.count("Brief met een code ,") == 1


def test_it_sends_a_new_code_after_a_check_that_is_read_out(at_hester: Client, call: Call, waiting: Mandate) -> None:
    OutboxRow.objects.all().delete()
    address = page("-letter-again", call.id, waiting.id)
    assert "Nieuwe brief met een code sturen" in shown(at_hester.get(page("-mandate", call.id, waiting.id)))
    assert "een nieuwe brief met een nieuwe code voor Bram Bakker" in shown(at_hester.get(address))
    for _ in range(2):
        assert at_hester.post(address)["Location"] == page("-letter-sent", call.id, waiting.id)
    assert OutboxRow.objects.filter(kind=Kind.LETTER).count() == 1


def test_it_sends_no_code_for_a_mandate_that_runs(at_hester: Client, call: Call, anna: Party, carla: Party) -> None:
    running = active(anna, carla)
    assert "Nieuwe brief" not in shown(at_hester.get(page("-mandate", call.id, running.id)))
    assert at_hester.get(page("-letter-again", call.id, running.id)).status_code == 404
    assert at_hester.post(page("-letter-again", call.id, running.id)).status_code == 404


def test_it_says_why_no_new_code_can_go(at_hester: Client, waiting: Mandate, homes: Addresses) -> None:
    homes.obstacles = frozenset({Obstacle.UNDER_INVESTIGATION})
    call = call_with_anna(at_hester)
    rows = OutboxRow.objects.count()
    address = page("-letter-again", call.id, waiting.id)
    for answer in (at_hester.get(address), at_hester.post(address)):
        assert "De gemeente onderzoekt" in shown(answer)
    assert OutboxRow.objects.count() == rows


def test_it_sends_everything_on_paper(at_hester: Client, call: Call) -> None:
    address = page("-overview", call.id)
    assert "een brief waarin staat wie u helpt" in shown(at_hester.get(address))
    for _ in range(2):
        assert "Er staat geen code in" in shown(at_hester.post(address, follow=True))
    kinds = [row.payload["letter"] for row in OutboxRow.objects.filter(kind=Kind.LETTER)]
    assert kinds.count("overview") == 1
    assert "Overzicht van alle machtigingen" in shown(at_hester.get(page("", call.id)))


def test_it_keeps_large_print_and_english_for_this_caller(at_hester: Client, call: Call, anna: Party) -> None:
    address = page("-look", call.id)
    assert at_hester.post(address, {"size": "large", "language": "en"})["Location"] == page("", call.id)
    said = shown(at_hester.get(page("", call.id)))
    assert "brieven met grote letters" in said
    assert "brieven in een andere taal: English" in said
    assert Person.objects.get(party=anna).large_print
    for wrong in ({}, {"size": "huge", "language": "en"}, {"size": "large", "language": "fr"}):
        assert "Kies een van de antwoorden" in shown(at_hester.post(address, wrong))


def test_it_tells_the_client_about_a_new_letter(at_hester: Client, call: Call, anna: Party, carla: Party) -> None:
    arranged = phoned(anna, None, agent=carla)
    at_hester.post(page("-letter-again", call.id, arranged.id))
    history = shown(arrive(anna).get(reverse("pages:mandate", args=[arranged.id])))
    assert "U belde, en de helpdesk heeft u een nieuwe brief gestuurd." in history


def test_it_costs_the_same_however_many_letters(at_hester: Client, call: Call, anna: Party, carla: Party) -> None:
    few = statements(lambda: at_hester.get(page("", call.id)))
    made("code")
    active(anna, carla)
    made("confirmation")
    assert Letter.objects.count() == 2
    assert statements(lambda: at_hester.get(page("", call.id))) == few
