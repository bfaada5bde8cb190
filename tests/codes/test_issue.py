"""Making codes, showing them again, forgetting them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from namens.codes.actions import SHOWN_AT_MOST, forget, forget_stale, issue, kill, live_code, reveal
from namens.codes.models import ActivationCode
from namens.codes.plain import InvalidCode, PlainCode
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.ids import new_id
from namens.parties.models import Party
from tests.people import NOW, TODAY

OPENS = new_id()
SECOND = timedelta(seconds=1)


def new(giver: Party, helper: Party) -> PlainCode:
    return issue(opens=OPENS, giver=giver.id, helper=helper.id, last_day=TODAY, now=NOW)


def test_it_never_prints_itself() -> None:
    code = PlainCode.generate()
    assert f"{code} {code!r} {[code]} {ActivationCode()}" == "<code> <code> [<code>] <code>"


def test_it_reveals_itself_in_three_groups() -> None:
    code = PlainCode.generate()
    revealed = code.reveal()
    assert [len(group) for group in revealed.split("-")] == [4, 4, 4]
    assert PlainCode.parse(revealed.lower()) == code


@given(text=st.text(max_size=40))
def test_it_never_repeats_what_was_no_code(text: str) -> None:
    said = "not a code"
    try:
        PlainCode.parse(text)
    except InvalidCode as refused:
        said = str(refused)
    assert said == "not a code"


def test_it_refuses_a_code_whose_check_symbol_fails() -> None:
    symbols = PlainCode.generate().symbols
    other = "3" if symbols[0] != "3" else "4"
    with pytest.raises(InvalidCode):
        PlainCode(other + symbols[1:])


def test_it_stores_no_readable_code(anna: Party, bram: Party) -> None:
    code = new(anna, bram)
    stored = " ".join(map(str, ActivationCode.objects.values_list().get()))
    assert code.symbols not in stored
    assert code.reveal() not in stored


def test_it_kills_the_older_code(anna: Party, bram: Party) -> None:
    new(anna, bram)
    older = ActivationCode.objects.get().id
    new(anna, bram)
    assert ActivationCode.objects.get(id=older).killed_at == NOW
    live = live_code(opens=OPENS, now=NOW)
    assert live is not None
    assert live.id != older


def test_it_kills_a_locked_code_for_a_new_one(anna: Party, bram: Party) -> None:
    new(anna, bram)
    ActivationCode.objects.update(locked_at=NOW)
    assert live_code(opens=OPENS, now=NOW) is None
    new(anna, bram)
    assert live_code(opens=OPENS, now=NOW) is not None


def test_it_lets_the_database_refuse_two_live_codes(anna: Party, bram: Party) -> None:
    new(anna, bram)
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivationCode.objects.create(
            opens=OPENS, giver=anna.id, digest="other", sealed="", issued_at=NOW, last_day=TODAY
        )


def test_it_shows_the_code_again_to_the_giver(anna: Party, bram: Party) -> None:
    code = new(anna, bram)
    assert reveal(opens=OPENS, giver=anna.id, now=NOW) == code
    assert JournalEntry.objects.filter(event=Event.CODE_SHOWN, actor=anna.id, mandate=OPENS).count() == 1


@pytest.mark.parametrize("who", ["bram", "dirk"])
def test_it_shows_the_code_to_nobody_else(who: str, anna: Party, bram: Party, dirk: Party) -> None:
    new(anna, bram)
    viewer = {"bram": bram, "dirk": dirk}[who]
    assert reveal(opens=OPENS, giver=viewer.id, now=NOW) is None
    assert not JournalEntry.objects.filter(event=Event.CODE_SHOWN).exists()


def test_it_shows_the_code_for_two_hours(anna: Party, bram: Party) -> None:
    new(anna, bram)
    assert reveal(opens=OPENS, giver=anna.id, now=NOW + SHOWN_AT_MOST - SECOND) is not None
    assert reveal(opens=OPENS, giver=anna.id, now=NOW + SHOWN_AT_MOST) is None


def test_it_shows_no_code_that_is_dead(anna: Party, bram: Party) -> None:
    new(anna, bram)
    kill(opens=OPENS, now=NOW)
    assert reveal(opens=OPENS, giver=anna.id, now=NOW) is None


def test_it_erases_a_killed_code(anna: Party, bram: Party) -> None:
    new(anna, bram)
    kill(opens=OPENS, now=NOW)
    assert ActivationCode.objects.get().sealed == ""


def test_it_forgets_at_logout_and_still_works(anna: Party, bram: Party) -> None:
    new(anna, bram)
    forget(giver=anna.id)
    assert reveal(opens=OPENS, giver=anna.id, now=NOW) is None
    assert live_code(opens=OPENS, now=NOW) is not None


def test_it_forgets_nobody_elses(anna: Party, bram: Party, dirk: Party) -> None:
    code = new(anna, bram)
    forget(giver=dirk.id)
    assert reveal(opens=OPENS, giver=anna.id, now=NOW) == code


def test_it_forgets_what_is_too_old_to_show(anna: Party, bram: Party) -> None:
    new(anna, bram)
    assert forget_stale(now=NOW + SHOWN_AT_MOST - SECOND) == 0
    assert forget_stale(now=NOW + SHOWN_AT_MOST) == 1
    assert ActivationCode.objects.get().sealed == ""
