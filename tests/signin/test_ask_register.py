"""The register says the name at the first login, and now and then later."""

from datetime import timedelta

import pytest

from namens.lib import clock
from namens.parties.actions import find_person
from namens.parties.facts import StopSignal
from namens.parties.models import Party
from namens.parties.models import Person as PersonRow
from namens.population.answers import Found
from tests.pages.visiting import AWAY, UNKNOWN, Register
from tests.people import BSNS, NOW, told
from tests.signin.lying import LyingBroker
from tests.signin.walking import Person

LATER = NOW + timedelta(hours=25)


def is_nobody(visitor: Person) -> bool:
    return "party" not in visitor.browser.session


def test_it_lets_nobody_in_without_a_name(visitor: Person, liar: LyingBroker, register: Register) -> None:
    register.answer = AWAY
    response = visitor.log_in_through(liar)
    assert (response.status_code, is_nobody(visitor)) == (503, True)
    assert response["X-Request-ID"] in response.content.decode()


def test_it_lets_somebody_in_whose_name_is_known(
    visitor: Person, liar: LyingBroker, register: Register, anna: Party
) -> None:
    register.answer = AWAY
    with clock.frozen(LATER):
        assert visitor.log_in_through(liar).status_code == 302
    assert visitor.browser.session["party"] == str(anna.id)


@pytest.mark.usefixtures("anna")
def test_it_does_not_ask_again_within_a_day(visitor: Person, liar: LyingBroker, register: Register) -> None:
    with clock.frozen(NOW + timedelta(hours=23)):
        visitor.log_in_through(liar)
    assert register.asked == 0


def test_it_asks_again_after_a_day(visitor: Person, liar: LyingBroker, register: Register, anna: Party) -> None:
    with clock.frozen(LATER):
        visitor.log_in_through(liar)
    assert register.asked == 1
    assert PersonRow.objects.get(party=anna).refreshed_at == LATER


def test_it_refuses_whom_the_register_does_not_know(visitor: Person, liar: LyingBroker, register: Register) -> None:
    register.answer = UNKNOWN
    response = visitor.log_in_through(liar)
    assert (response.status_code, is_nobody(visitor)) == (403, True)
    assert "0800 0123" in response.content.decode()


@pytest.mark.parametrize("signal", [StopSignal.DECEASED, StopSignal.ERRONEOUS])
def test_it_refuses_whom_the_register_stops(
    visitor: Person, liar: LyingBroker, register: Register, signal: StopSignal
) -> None:
    with clock.frozen(NOW):
        register.answer = UNKNOWN
        visitor.log_in_through(liar)
        party = find_person(bsn=BSNS["anna"])
        assert party is not None
        register.answer = Found(told(party, signals=[signal]).person.facts)
        assert visitor.log_in_through(liar).status_code == 403
    assert is_nobody(visitor)


@pytest.mark.usefixtures("register")
def test_it_lets_somebody_under_guardianship_in(visitor: Person, liar: LyingBroker, anna: Party) -> None:
    told(anna, signals=[StopSignal.GUARDIANSHIP])
    with clock.frozen(NOW):
        assert visitor.log_in_through(liar).status_code == 302


@pytest.mark.usefixtures("register")
def test_it_shows_the_name_as_it_is_now(visitor: Person, liar: LyingBroker, anna: Party) -> None:
    with clock.frozen(NOW):
        visitor.log_in_through(liar)
        PersonRow.objects.filter(party=anna).update(family_name="Bakker-de Vries")
        assert "Bakker-de Vries" in visitor.get("/").content.decode()
