"""What happens when things happen at one moment, on connections of their own."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest

from namens.codes.models import ActivationCode
from namens.codes.refusals import CodeRefusal
from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.mandates.actions import (
    Activated,
    GivenMandate,
    activate,
    block,
    compare,
    new_code,
    shorten,
    stop,
    withdraw,
)
from namens.mandates.models import Mandate, MandateService
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.parties.facts import StopSignal
from namens.parties.models import Party
from tests.asking import asks
from tests.parallel import at_once
from tests.people import NOW, TODAY, active, give, load_catalogue, of, person, terms, told, told_portals

pytestmark = pytest.mark.django_db(transaction=True)
BOTH = ("mijn-toeslagen", "inkomstenbelasting")
ROUNDS = range(4)


@pytest.fixture
def pair() -> tuple[Party, Party]:
    """Anna and Bram, and the catalogue."""
    load_catalogue()
    return person("anna"), person("bram")


def code_of(given: GivenMandate) -> UUID:
    return ActivationCode.objects.filter(opens=given.mandate.id).latest("issued_at").id


def trying(action: Callable[[], object]) -> Callable[[], object]:
    """Give what the action gives, or its refusal as a value."""

    def tried() -> object:
        try:
            return action()
        except MandateRefused as refused:
            return refused.reason

    return tried


def test_it_activates_once_when_fifty_try(pair: tuple[Party, Party]) -> None:
    anna, bram = pair
    code = code_of(give(anna, bram))
    answers = at_once([partial(activate, code=code, helper=bram, now=NOW)] * 50)
    assert [isinstance(answer, Activated) for answer in answers].count(True) == 1
    assert JournalEntry.objects.filter(event=Event.MANDATE_ACTIVATED).count() == 1
    assert MandateService.objects.filter(current=True).count() == 1


def test_it_stops_once_when_both_stop(pair: tuple[Party, Party]) -> None:
    anna, bram = pair
    mandate = active(anna, bram)
    stops = [trying(partial(stop, mandate=mandate.id, by=who, now=NOW)) for who in (anna, bram)]
    assert at_once(stops * 3).count(MandateReason.NOT_POSSIBLE) == 5
    assert JournalEntry.objects.filter(event=Event.MANDATE_STOPPED).count() == 1
    assert told_portals().count() == 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_it_never_leaves_access_after_a_stop_beside_an_activation(pair: tuple[Party, Party], _round: int) -> None:
    anna, bram = pair
    given = give(anna, bram)
    stopping = trying(partial(stop, mandate=given.mandate.id, by=anna, now=NOW))
    using = trying(partial(activate, code=code_of(given), helper=bram, now=NOW))
    assert at_once([using, stopping])[1] is None
    assert (of(given.mandate).state, MandateService.objects.filter(stopped_at__isnull=True).count()) == ("ended", 0)


@pytest.mark.parametrize("_round", ROUNDS)
def test_it_lets_the_newer_of_two_win_whatever_comes_first(pair: tuple[Party, Party], _round: int) -> None:
    anna, bram = pair
    older = give(anna, bram)
    newer = give(anna, bram, now=NOW + timedelta(seconds=1))
    uses = [
        trying(partial(activate, code=code_of(given), helper=bram, now=NOW + timedelta(seconds=2)))
        for given in (older, newer)
    ]
    answers = at_once(uses * 2)
    assert answers.count(Activated(mandate=newer.mandate.id)) == 1
    assert (of(older.mandate).state, of(newer.mandate).state) == ("ended", "active")
    assert MandateService.objects.get(current=True).mandate_id == newer.mandate.id


@pytest.mark.parametrize("_round", ROUNDS)
def test_it_bears_a_stop_of_what_is_being_replaced(pair: tuple[Party, Party], _round: int) -> None:
    anna, bram = pair
    older = active(anna, bram)
    newer = give(anna, bram, now=NOW + timedelta(seconds=1))
    using = trying(partial(activate, code=code_of(newer), helper=bram, now=NOW + timedelta(seconds=2)))
    stopping = trying(partial(stop, mandate=older.id, by=anna, now=NOW + timedelta(seconds=2)))
    at_once([using, stopping])
    assert (of(older).state, of(newer.mandate).state) == ("ended", "active")
    assert told_portals().count() == 1


def test_it_ends_the_mandate_when_its_services_are_stopped_at_once(pair: tuple[Party, Party]) -> None:
    anna, bram = pair
    mandate = active(anna, bram, what=terms(*BOTH))
    at_once([trying(partial(stop, mandate=mandate.id, by=anna, now=NOW, service=service)) for service in BOTH])
    assert of(mandate).end_reason == "stopped-by-representee"


def test_it_never_shortens_what_was_stopped(pair: tuple[Party, Party]) -> None:
    anna, bram = pair
    mandate = active(anna, bram)
    shortening = trying(partial(shorten, mandate=mandate.id, by=anna, last_day=TODAY, now=NOW))
    at_once([shortening, trying(partial(stop, mandate=mandate.id, by=bram, now=NOW))] * 2)
    assert of(mandate).state == "ended"
    assert JournalEntry.objects.filter(event=Event.MANDATE_SHORTENED).count() <= 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_it_never_leaves_two_ways_in_when_a_new_code_is_made_beside_an_activation(
    pair: tuple[Party, Party], _round: int
) -> None:
    anna, bram = pair
    given = give(anna, bram)
    using = partial(activate, code=code_of(given), helper=bram, now=NOW)
    renewing = trying(partial(new_code, mandate=given.mandate.id, by=anna, now=NOW))
    used, renewed = at_once([trying(using), renewing])
    live = ActivationCode.objects.filter(redeemed_at__isnull=True, killed_at__isnull=True).count()
    if isinstance(used, Activated):
        assert (renewed, live) == (MandateReason.NOT_POSSIBLE, 0)
    else:
        assert (isinstance(used, CodeRefusal), of(given.mandate).state, live) == (True, "offered", 1)


@pytest.mark.parametrize("_round", ROUNDS)
def test_it_leaves_nothing_of_the_dead_beside_an_activation(pair: tuple[Party, Party], _round: int) -> None:
    anna, bram = pair
    given = give(anna, bram)
    using = trying(partial(activate, code=code_of(given), helper=bram, now=NOW))
    dead = told(anna, signals=[StopSignal.DECEASED])
    blocking = trying(partial(block, person=dead.person, now=NOW, channel=Channel.WORKER))
    at_once([using, blocking])
    assert not Mandate.objects.exclude(state="ended").exists()


@pytest.mark.parametrize("_round", range(12))
def test_it_leaves_nothing_that_waits_when_a_request_is_taken_back_beside_its_comparison(
    pair: tuple[Party, Party], _round: int
) -> None:
    anna, bram = pair
    asked = asks(bram)

    def take_back() -> None:
        withdraw(asked=asked.id, by=bram, now=NOW)
        compare(request=asked.id, facts=None, now=NOW)

    comparing = trying(partial(compare, request=asked.id, facts=anna.person.facts, now=NOW))
    at_once([comparing, take_back])
    assert not Mandate.objects.exclude(state="ended").exists()


@pytest.mark.parametrize("_round", ROUNDS)
def test_it_makes_one_mandate_when_two_workers_compare_one_request(pair: tuple[Party, Party], _round: int) -> None:
    anna, bram = pair
    asked = asks(bram)
    at_once([partial(compare, request=asked.id, facts=anna.person.facts, now=NOW)] * 4)
    assert Mandate.objects.count() == 1
