"""Trying a code: what is counted, and what a helper can learn from the answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from namens.codes.actions import WRONG_TRIES_THAT_LOCK, Match, check, issue, kill, redeem
from namens.codes.models import ActivationCode, RefusedTry
from namens.codes.plain import PlainCode
from namens.codes.refusals import CodeReason, CodeRefusal
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.ids import new_id
from namens.lib.limits import Limit
from namens.parties.models import Party
from tests.parallel import at_once
from tests.people import NOW, TODAY, person

NOT_ACCEPTED = CodeRefusal(CodeReason.NOT_ACCEPTED)
PAUSED = CodeRefusal(CodeReason.PAUSED)
DAY = timedelta(hours=24)


def code_for(
    giver: Party, helper: Party | None, *, last_day: date = TODAY + timedelta(days=14), opens: UUID | None = None
) -> PlainCode:
    to = helper.id if helper else None
    return issue(opens=opens or new_id(), giver=giver.id, helper=to, last_day=last_day, now=NOW)


def guess(helper: Party, giver: Party, *, times: int) -> list[Match | CodeRefusal]:
    return [check(code=PlainCode.generate(), giver=giver.id, helper=helper, now=NOW) for _ in range(times)]


def only() -> ActivationCode:
    return ActivationCode.objects.get()


def test_it_says_what_the_code_opens(anna: Party, bram: Party) -> None:
    opens = new_id()
    code = code_for(anna, bram, opens=opens)
    assert check(code=code, giver=anna.id, helper=bram, now=NOW) == Match(code=only().id, opens=opens)


def test_it_opens_an_open_code_for_anybody(anna: Party, dirk: Party) -> None:
    assert isinstance(check(code=code_for(anna, None), giver=anna.id, helper=dirk, now=NOW), Match)


def test_it_never_opens_for_the_giver(anna: Party) -> None:
    assert check(code=code_for(anna, None), giver=anna.id, helper=anna, now=NOW) == NOT_ACCEPTED


def test_it_refuses_a_code_for_somebody_else(anna: Party, bram: Party, dirk: Party) -> None:
    assert check(code=code_for(anna, bram), giver=anna.id, helper=dirk, now=NOW) == NOT_ACCEPTED


def test_it_holds_to_and_including_the_last_day(anna: Party, bram: Party) -> None:
    code = code_for(anna, bram, last_day=TODAY)
    before_midnight = NOW.replace(hour=22, minute=59)
    assert isinstance(check(code=code, giver=anna.id, helper=bram, now=before_midnight), Match)
    assert check(code=code, giver=anna.id, helper=bram, now=before_midnight + timedelta(minutes=1)) == NOT_ACCEPTED


def test_it_counts_a_wrong_bsn_against_the_code(anna: Party, bram: Party, carla: Party) -> None:
    check(code=code_for(anna, bram), giver=carla.id, helper=bram, now=NOW)
    assert only().wrong_tries == 1


def test_it_counts_an_unknown_bsn_against_the_code(anna: Party, bram: Party) -> None:
    check(code=code_for(anna, bram), giver=None, helper=bram, now=NOW)
    assert only().wrong_tries == 1


def test_it_counts_a_wrong_helper_against_the_code(anna: Party, bram: Party, dirk: Party) -> None:
    check(code=code_for(anna, bram), giver=anna.id, helper=dirk, now=NOW)
    assert only().wrong_tries == 1


def test_it_counts_an_unknown_code_against_no_code(anna: Party, bram: Party) -> None:
    code_for(anna, bram)
    guess(bram, anna, times=3)
    assert only().wrong_tries == 0


def test_it_counts_nothing_against_a_code_that_fits(anna: Party, bram: Party) -> None:
    check(code=code_for(anna, bram), giver=anna.id, helper=bram, now=NOW)
    assert (only().wrong_tries, RefusedTry.objects.count()) == (0, 0)


def test_it_locks_after_five_wrong_tries(anna: Party, bram: Party, carla: Party) -> None:
    code = code_for(anna, bram)
    for _ in range(WRONG_TRIES_THAT_LOCK - 1):
        check(code=code, giver=carla.id, helper=bram, now=NOW)
    assert isinstance(check(code=code, giver=anna.id, helper=bram, now=NOW), Match)
    check(code=code, giver=carla.id, helper=bram, now=NOW)
    assert check(code=code, giver=anna.id, helper=bram, now=NOW) == NOT_ACCEPTED
    assert (only().locked_at, only().wrong_tries) == (NOW, WRONG_TRIES_THAT_LOCK)


def test_it_stays_locked(anna: Party, bram: Party, carla: Party) -> None:
    code = code_for(anna, bram)
    for _ in range(WRONG_TRIES_THAT_LOCK):
        check(code=code, giver=carla.id, helper=bram, now=NOW)
    later = NOW + 3 * DAY
    assert check(code=code, giver=anna.id, helper=bram, now=later) == NOT_ACCEPTED
    assert redeem(code=only().id, helper=bram.id, now=later) == NOT_ACCEPTED


def test_it_pauses_after_ten_refused_tries(anna: Party, bram: Party) -> None:
    code = code_for(anna, bram)
    assert guess(bram, anna, times=10) == [NOT_ACCEPTED] * 10
    assert check(code=code, giver=anna.id, helper=bram, now=NOW) == PAUSED


def test_it_does_not_pause_after_nine(anna: Party, bram: Party) -> None:
    guess(bram, anna, times=9)
    assert isinstance(check(code=code_for(anna, bram), giver=anna.id, helper=bram, now=NOW), Match)


def test_it_is_free_again_after_a_day(anna: Party, bram: Party) -> None:
    guess(bram, anna, times=10)
    code = code_for(anna, bram)
    assert check(code=code, giver=anna.id, helper=bram, now=NOW + DAY - timedelta(seconds=1)) == PAUSED
    assert isinstance(check(code=code, giver=anna.id, helper=bram, now=NOW + DAY), Match)


def test_it_does_not_make_the_pause_longer_while_it_lasts(anna: Party, bram: Party) -> None:
    guess(bram, anna, times=10)
    check(code=code_for(anna, bram), giver=None, helper=bram, now=NOW + timedelta(hours=23))
    assert (RefusedTry.objects.count(), only().wrong_tries) == (10, 0)


def test_it_pauses_nobody_else(anna: Party, bram: Party, carla: Party) -> None:
    guess(bram, anna, times=10)
    assert isinstance(check(code=code_for(anna, carla), giver=anna.id, helper=carla, now=NOW), Match)


def test_it_pauses_after_as_many_tries_as_the_settings_say(anna: Party, bram: Party, settings: Settings) -> None:
    settings.REFUSED_CODES = Limit(times=2, window=DAY)
    assert guess(bram, anna, times=3) == [NOT_ACCEPTED, NOT_ACCEPTED, PAUSED]


def test_it_pauses_for_as_long_as_the_settings_say(anna: Party, bram: Party, settings: Settings) -> None:
    settings.REFUSED_CODES = Limit(times=10, window=timedelta(hours=1))
    guess(bram, anna, times=10)
    code = code_for(anna, bram)
    assert check(code=code, giver=anna.id, helper=bram, now=NOW + timedelta(minutes=59)) == PAUSED
    assert isinstance(check(code=code, giver=anna.id, helper=bram, now=NOW + timedelta(hours=1)), Match)


def test_it_tells_the_client_that_the_code_was_tried(anna: Party, bram: Party, dirk: Party) -> None:
    opens = new_id()
    check(code=code_for(anna, bram, opens=opens), giver=anna.id, helper=dirk, now=NOW)
    entry = JournalEntry.objects.get(event=Event.CODE_TRIED)
    assert (entry.actor, entry.subject, entry.mandate, entry.result) == (dirk.id, anna.id, opens, "not-accepted")


@contextmanager
def counted() -> Iterator[list[str]]:
    """Give the statements, without their values."""
    statements: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield statements
    statements += [query["sql"].split(" ")[0] for query in captured.captured_queries]


KINDS = ["unknown", "used", "expired", "locked", "killed", "wrong giver", "unknown giver", "wrong helper", "own code"]


def spoiled(kind: str, giver: Party, helper: Party, other: Party) -> tuple[PlainCode, UUID | None]:
    """Give a code that is not accepted from `helper` for this reason, and the giver that is named with it."""
    if kind == "unknown":
        return PlainCode.generate(), giver.id
    if kind in {"wrong helper", "own code"}:
        return (code_for(giver, other), giver.id) if kind == "wrong helper" else (code_for(helper, None), helper.id)
    code = code_for(giver, helper, last_day=TODAY - timedelta(days=1) if kind == "expired" else TODAY)
    kept = only()
    if kind == "used":
        redeem(code=kept.id, helper=helper.id, now=NOW)
    if kind == "killed":
        kill(opens=kept.opens, now=NOW)
    if kind == "locked":
        ActivationCode.objects.update(locked_at=NOW, wrong_tries=5)
    named = {"wrong giver": other.id, "unknown giver": None}
    return code, named.get(kind, giver.id)


@pytest.mark.parametrize("kind", KINDS)
def test_it_gives_one_answer_with_the_same_work(kind: str, anna: Party, bram: Party, carla: Party) -> None:
    with counted() as expected:
        check(code=PlainCode.generate(), giver=anna.id, helper=bram, now=NOW)
    code, giver = spoiled(kind, anna, bram, carla)
    with counted() as statements:
        answer = check(code=code, giver=giver, helper=bram, now=NOW)
    assert (answer, statements) == (NOT_ACCEPTED, expected)


@pytest.mark.parametrize("kind", KINDS)
def test_it_counts_every_refusal_against_the_helper(kind: str, anna: Party, bram: Party, carla: Party) -> None:
    code, giver = spoiled(kind, anna, bram, carla)
    check(code=code, giver=giver, helper=bram, now=NOW)
    assert RefusedTry.objects.filter(helper=bram.id).count() == 1


@pytest.mark.parametrize("kind", ["used", "expired", "locked", "killed"])
def test_it_counts_nothing_against_a_code_that_is_dead(kind: str, anna: Party, bram: Party, carla: Party) -> None:
    code, _ = spoiled(kind, anna, bram, carla)
    before = only().wrong_tries
    check(code=code, giver=carla.id, helper=bram, now=NOW)
    assert only().wrong_tries == before


@pytest.mark.django_db(transaction=True)
def test_it_lets_no_action_around_it_take_the_count_back() -> None:
    anna, bram = person("anna"), person("bram")
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        check(code=PlainCode.generate(), giver=anna.id, helper=bram, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_it_keeps_its_counts_for_who_comes_after() -> None:
    anna, bram, dirk = person("anna"), person("bram"), person("dirk")
    check(code=code_for(anna, bram), giver=anna.id, helper=dirk, now=NOW)
    assert at_once([RefusedTry.objects.count, lambda: only().wrong_tries]) == [1, 1]


@pytest.mark.django_db(transaction=True)
def test_it_gives_a_guesser_ten_tries_also_at_one_moment() -> None:
    anna, bram = person("anna"), person("bram")
    answers = at_once([lambda: guess(bram, anna, times=1)[0]] * 16)
    assert (answers.count(NOT_ACCEPTED), answers.count(PAUSED)) == (10, 6)


@pytest.mark.django_db(transaction=True)
def test_it_counts_wrong_tries_of_many_helpers_at_one_moment() -> None:
    anna, bram, carla, dirk = (person(name) for name in ("anna", "bram", "carla", "dirk"))
    code = code_for(anna, bram)
    tries = [lambda helper=helper: check(code=code, giver=anna.id, helper=helper, now=NOW) for helper in (carla, dirk)]
    assert at_once(tries * 4) == [NOT_ACCEPTED] * 8
    assert (only().wrong_tries, only().locked_at) == (WRONG_TRIES_THAT_LOCK, NOW)
