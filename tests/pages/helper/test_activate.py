"""Machtiging activeren: code and BSN, a look at what it is, and the yes."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from namens.codes.models import ActivationCode, RefusedTry
from namens.lib import clock, friendly
from namens.mandates.actions import stop
from namens.mandates.actions.offer import GivenMandate
from namens.mandates.models import Mandate
from namens.mandates.states import State
from namens.parties.facts import PersonFacts, StopSignal
from namens.parties.models import Party
from namens.population.answers import Found
from tests.pages.visiting import AWAY, UNKNOWN, Answered, Register, arrive, send, shown, title
from tests.people import BSNS, NOW, give, of, told

ENTER = "/activeren"
REFUSED = "Deze code werkt niet"


def other_code(code: str) -> str:
    """Give a sound code that nobody got."""
    body = friendly.tidy(code)[:-1]
    changed = body[:-1] + next(symbol for symbol in friendly.ALPHABET if symbol != body[-1])
    return changed + friendly.check_symbol(changed)


@pytest.fixture
def given(anna: Party, bram: Party, catalogue: None) -> GivenMandate:  # noqa: ARG001 - asked for its effect
    """A mandate from Anna that waits for Bram."""
    return give(anna, bram)


def check(given: GivenMandate) -> str:
    """Give the address where Bram looks at this mandate before the yes."""
    return f"/activeren/{given.mandate.id}/controleren"


def enter(browser: Client, given: GivenMandate, **changes: str) -> Answered:
    return send(browser, ENTER, {"code": given.code.reveal(), "bsn": BSNS["anna"].digits, **changes})


def test_it_shows_for_whom_the_code_is_before_the_yes(at_bram: Client, given: GivenMandate) -> None:
    assert enter(at_bram, given).status_code == 302
    page = shown(at_bram.get(check(given)))
    assert "U gaat Anna de Vries helpen" in page
    assert "Mijn toeslagen" in page
    assert "22 november 2027" in page
    assert Mandate.objects.get().state == State.OFFERED


def test_it_names_what_is_not_allowed(at_bram: Client, given: GivenMandate) -> None:
    enter(at_bram, given)
    assert "het rekeningnummer wijzigen" in shown(at_bram.get(check(given)))


def test_it_becomes_active_at_the_yes(at_bram: Client, given: GivenMandate) -> None:
    enter(at_bram, given)
    response = send(at_bram, check(given))
    assert response["Location"] == f"/activeren/{given.mandate.id}/klaar"
    assert "Vanaf nu kunt u Anna de Vries helpen." in shown(at_bram.get(response["Location"]))
    assert Mandate.objects.get().state == State.ACTIVE


def test_it_takes_the_code_in_small_letters_with_spaces(at_bram: Client, given: GivenMandate) -> None:
    typed = given.code.reveal().lower().replace("-", " ")
    assert enter(at_bram, given, code=typed)["Location"] == check(given)


def test_it_activates_once_when_the_button_is_pressed_twice(at_bram: Client, given: GivenMandate) -> None:
    enter(at_bram, given)
    once, twice = (send(at_bram, check(given))["Location"] for _ in range(2))
    assert once == twice == f"/activeren/{given.mandate.id}/klaar"
    assert ActivationCode.objects.filter(redeemed_at__isnull=False).count() == 1


def wrong_bsn(_given: GivenMandate) -> dict[str, str]:
    return {"bsn": BSNS["carla"].digits}


def unknown_code(given: GivenMandate) -> dict[str, str]:
    return {"code": other_code(given.code.reveal())}


def used_code(given: GivenMandate) -> dict[str, str]:
    ActivationCode.objects.update(redeemed_at=NOW, redeemed_by=given.mandate.representative_id)
    return {}


def expired_code(_given: GivenMandate) -> dict[str, str]:
    ActivationCode.objects.update(last_day=clock.day_of(NOW) - timedelta(days=1))
    return {}


def locked_code(_given: GivenMandate) -> dict[str, str]:
    ActivationCode.objects.update(locked_at=NOW)
    return {}


def stopped_mandate(given: GivenMandate) -> dict[str, str]:
    stop(mandate=given.mandate.id, by=given.mandate.representee, now=NOW)
    return {}


WRONG = [wrong_bsn, unknown_code, used_code, expired_code, locked_code, stopped_mandate]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda case: case.__name__)
def test_it_gives_one_answer_to_every_code_that_does_not_work(
    at_bram: Client, given: GivenMandate, wrong: Callable[[GivenMandate], dict[str, str]]
) -> None:
    page = enter(at_bram, given, **wrong(given))
    reference = enter(at_bram, given, **unknown_code(given))
    assert page.status_code == reference.status_code == 200
    assert REFUSED in shown(page)
    assert _without_what_was_typed(page) == _without_what_was_typed(reference)


def _without_what_was_typed(page: Answered) -> str:
    words = re.sub(r'value="[^"]*"|eindigt op \d{3}', "", page.content.decode())
    return re.sub(r'content="\d+"|data-ends-in="\d+"', "", words)


def test_it_gives_dirk_the_same_answer_for_the_code_of_another_helper(
    dirk: Party, at_bram: Client, given: GivenMandate
) -> None:
    assert REFUSED in shown(enter(arrive(dirk), given))
    assert enter(at_bram, given)["Location"] == check(given)


def test_it_keeps_what_was_typed_and_puts_none_of_it_in_title_or_address(at_bram: Client, given: GivenMandate) -> None:
    page = enter(at_bram, given, **wrong_bsn(given))
    assert f'value="{given.code.reveal()}"' in page.content.decode()
    assert title(page) == "Fout: Machtiging activeren · Namens"


def test_it_never_shows_the_bsn_again_but_its_last_three_digits(at_bram: Client, given: GivenMandate) -> None:
    page = enter(at_bram, given, **unknown_code(given))
    assert BSNS["anna"].digits not in page.content.decode()
    assert "U vulde een nummer in dat eindigt op 019." in shown(page)


def test_it_keeps_the_code_of_one_client_apart_from_that_of_another(
    at_bram: Client, given: GivenMandate, carla: Party, bram: Party
) -> None:
    other = give(carla, bram)
    enter(at_bram, given)
    enter(at_bram, other, bsn=BSNS["carla"].digits)
    send(at_bram, check(given))
    assert of(given.mandate).state == State.ACTIVE
    assert of(other.mandate).state == State.OFFERED


def test_it_shows_a_withdrawn_mandate_no_more(at_bram: Client, given: GivenMandate) -> None:
    enter(at_bram, given)
    stop(mandate=given.mandate.id, by=given.mandate.representee, now=NOW)
    assert at_bram.get(check(given))["Location"] == ENTER


def test_it_asks_the_register_nothing_about_the_client_of_a_dead_code(
    at_bram: Client, given: GivenMandate, register: Register
) -> None:
    enter(at_bram, given)
    stop(mandate=given.mandate.id, by=given.mandate.representee, now=NOW)
    send(at_bram, check(given))
    assert register.asked == 0


def test_it_says_that_it_is_too_often_after_ten(at_bram: Client, given: GivenMandate) -> None:
    for _ in range(10):
        enter(at_bram, given, **unknown_code(given))
    assert "U kunt even geen codes invullen" in shown(enter(at_bram, given))


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("", "Vul de code in"),
        ("K4M", "Vul alle 12 tekens van de code in"),
        ("A" * 12, "Het teken A staat nooit in een code"),
        ("\u0412" * 12, "Typ de code met gewone letters en cijfers"),
        ("3" * 300, "Dit is te lang"),
    ],
)
def test_it_says_what_to_do_about_what_cannot_be_a_code(
    at_bram: Client, given: GivenMandate, code: str, says: str
) -> None:
    assert says in shown(enter(at_bram, given, code=code))
    assert not RefusedTry.objects.exists()


def test_it_counts_a_typing_error_nowhere(at_bram: Client, given: GivenMandate) -> None:
    sound = friendly.tidy(given.code.reveal())
    typo = next(symbol for symbol in friendly.ALPHABET if symbol != sound[0]) + sound[1:]
    assert "Er staat een typefout in de code" in shown(enter(at_bram, given, code=typo))
    assert not RefusedTry.objects.exists()


def test_it_changes_nothing_when_the_register_is_away(at_bram: Client, given: GivenMandate, register: Register) -> None:
    enter(at_bram, given)
    register.answer = AWAY
    response = send(at_bram, check(given))
    assert response.status_code == 503
    assert "Er is niets veranderd." in shown(response)
    assert Mandate.objects.get().state == State.OFFERED


def test_it_refuses_when_the_register_does_not_know_the_client(
    at_bram: Client, given: GivenMandate, register: Register
) -> None:
    enter(at_bram, given)
    register.answer = UNKNOWN
    assert send(at_bram, check(given)).status_code == 403
    assert Mandate.objects.get().state == State.OFFERED


def test_it_ends_the_mandate_of_a_client_who_died_and_tells_the_helper_nothing_of_it(
    at_bram: Client, given: GivenMandate, register: Register, anna: Party
) -> None:
    enter(at_bram, given)
    facts = anna.person.facts
    register.answer = Found(PersonFacts(facts.name, facts.birth_date, frozenset({StopSignal.DECEASED})))
    page = shown(send(at_bram, check(given)))
    assert Mandate.objects.get().state == State.ENDED
    assert "Vraag uw cliënt om de helpdesk te bellen." in page
    assert "overleden" not in page
    assert REFUSED not in page


def test_it_refuses_a_helper_who_is_too_young(at_bram: Client, given: GivenMandate, bram: Party) -> None:
    enter(at_bram, given)
    told(bram, born="2010-01-01")
    assert "18" in shown(send(at_bram, check(given)))
    assert Mandate.objects.get().state == State.OFFERED


def test_it_asks_for_a_code_first(at_bram: Client, given: GivenMandate) -> None:
    assert at_bram.get(check(given))["Location"] == ENTER
    assert send(at_bram, check(given))["Location"] == ENTER
    assert given.mandate.activated_at is None


def test_it_sends_a_stranger_to_the_login() -> None:
    assert Client().get(ENTER)["Location"].startswith("/signin/which?next=")


def test_it_lets_dirk_not_see_that_it_worked(at_bram: Client, given: GivenMandate, dirk: Party) -> None:
    enter(at_bram, given)
    done = send(at_bram, check(given))["Location"]
    assert arrive(dirk).get(done).status_code == 404


def test_it_activates_in_few_statements(
    at_bram: Client, given: GivenMandate, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enter(at_bram, given)
    with django_assert_max_num_queries(45):
        send(at_bram, check(given))
