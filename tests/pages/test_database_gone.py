"""The database is locked, or goes away in the middle of a page: 503, all or nothing is done, and the next try works."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.mandates.models import Mandate
from namens.pages.client.giving import Page
from namens.parties.actions import helper_number_of
from namens.parties.models import Party
from tests.faults import Ask, Kind, all_or_nothing, contents, locked
from tests.pages.client.walking import begin, walk
from tests.pages.visiting import arrive, mark_on, send
from tests.people import BSNS, NOW, active, give, person, terms

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("catalogue"),
    pytest.mark.one_database,
]
BOTH = ("mijn-toeslagen", "inkomstenbelasting")


@dataclass
class People:
    """Anna, whom Bram helps or will help; Carla helps her already."""

    anna: Party
    bram: Party
    carla: Party


Act = Callable[[People], Ask]


def press(browser: Client, path: str, **answers: object) -> Ask:
    """Look at a page, and give the press of its button."""
    return partial(send, browser, path, {**mark_on(browser.get(path)), **answers})


def on(mandate: Mandate, name: str) -> str:
    return reverse(f"pages:{name}", args=[mandate.id])


def giving(people: People) -> Ask:
    browser, number = arrive(people.anna), helper_number_of(party=people.bram, now=NOW)
    return press(browser, walk(browser, begin(browser, number), Page.CHECK))


def giving_and_stopping_another(people: People) -> Ask:
    other = active(people.anna, people.carla).lines.get()
    browser, number = arrive(people.anna), helper_number_of(party=people.bram, now=NOW)
    return press(browser, walk(browser, begin(browser, number), Page.CHECK, OTHERS={str(other.id): "yes"}))


def typing_a_wrong_code(people: People) -> Ask:
    given = give(people.anna, people.bram)
    return press(arrive(people.bram), "/activeren", code=given.code.reveal(), bsn=BSNS["carla"].digits)


def activating_in_place_of_an_older_one(people: People) -> Ask:
    active(people.anna, people.bram, what=terms(*BOTH), now=NOW - timedelta(seconds=1))
    given, browser = give(people.anna, people.bram), arrive(people.bram)
    send(browser, "/activeren", {"code": given.code.reveal(), "bsn": BSNS["anna"].digits})
    return press(browser, on(given.mandate, "activate-check"))


def stopping(people: People) -> Ask:
    mandate = active(people.anna, people.bram, what=terms(*BOTH))
    return press(arrive(people.anna), on(mandate, "stop"), what="everything")


def stopping_one_service(people: People) -> Ask:
    mandate = active(people.anna, people.bram, what=terms(*BOTH))
    return press(arrive(people.anna), on(mandate, "stop"), what=BOTH[0])


def shortening(people: People) -> Ask:
    day = {"last_day_day": "27", "last_day_month": "3", "last_day_year": "2027"}
    return press(arrive(people.anna), on(active(people.anna, people.bram), "shorten"), **day)


def showing_a_code(people: People) -> Ask:
    return press(arrive(people.anna), on(give(people.anna, people.bram).mandate, "code"))


def making_a_new_code(people: People) -> Ask:
    return press(arrive(people.anna), on(give(people.anna, people.bram).mandate, "new-code"))


def replacing_a_helper_number(people: People) -> Ask:
    return press(arrive(people.bram), reverse("pages:helper-number-reset"))


def logging_out(people: People) -> Ask:
    return press(arrive(people.anna), reverse("pages:logout"))


ACTS: dict[Act, Event] = {
    giving: Event.MANDATE_OFFERED,
    giving_and_stopping_another: Event.MANDATE_STOPPED,
    typing_a_wrong_code: Event.CODE_TRIED,
    activating_in_place_of_an_older_one: Event.MANDATE_ACTIVATED,
    stopping: Event.MANDATE_STOPPED,
    stopping_one_service: Event.SERVICE_STOPPED,
    shortening: Event.MANDATE_SHORTENED,
    making_a_new_code: Event.CODE_ISSUED,
    replacing_a_helper_number: Event.HELPER_NUMBER_RESET,
}
# These write down first what they do, and then do it.
NOTED_FIRST: dict[Act, Event] = {showing_a_code: Event.CODE_SHOWN, logging_out: Event.SIGNED_OUT}


# These notice that they were done before.
ONCE: dict[Act, Event] = {
    act: ACTS[act] for act in (giving, activating_in_place_of_an_older_one, stopping, stopping_one_service, shortening)
}


def each(acts: dict[Act, Event]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("act", "event"), acts.items(), ids=[act.__name__ for act in acts])


@pytest.fixture
def people() -> People:
    """Anna, Bram and Carla."""
    return People(person("anna"), person("bram"), person("carla"))


def away(_store: SessionStore) -> None:
    raise OperationalError("the database is away")


def entries(event: Event) -> int:
    return JournalEntry.objects.filter(event=event).count()


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.name.lower())
@each(ACTS)
def test_it_does_all_or_nothing_whichever_statement_fails(people: People, act: Act, event: Event, kind: Kind) -> None:
    ask = act(people)
    before = entries(event)
    assert all_or_nothing(ask, kind=kind).status_code in {200, 302}
    assert entries(event) == before + 1


@each({**ACTS, **NOTED_FIRST})
def test_it_does_nothing_while_the_database_is_locked(people: People, act: Act, event: Event) -> None:
    ask = act(people)
    before, rows = entries(event), contents()
    with locked():
        assert ask().status_code == 503
    assert contents() == rows
    assert ask().status_code in {200, 302}
    assert entries(event) == before + 1


@each(ONCE)
def test_it_finds_everything_done_that_was_done_before_the_session_could_be_written(
    people: People, act: Act, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = act(people)
    before = entries(event)
    with clock.frozen(NOW + timedelta(minutes=1)):
        with monkeypatch.context() as broken:
            broken.setattr(SessionStore, "save", away)
            assert ask().status_code == 503
        assert ask().status_code in {200, 302}
    assert entries(event) == before + 1
