"""What is asked for one appointment: its code works on that day only, and another day means asking again."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from namens.codes.actions import Match
from namens.codes.models import ActivationCode
from namens.codes.refusals import CodeReason, CodeRefusal
from namens.lib import clock
from namens.lib.periods import Duration
from namens.mandates.actions import (
    Activated,
    ForMeeting,
    activate,
    approve,
    ask_again,
    compare,
    decline,
    forget_unasked,
    lapse,
    try_code,
)
from namens.mandates.models import Mandate, MandateRequest
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import State
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party, StatedPerson
from tests.asking import UNKNOWN, asks, met, requested, stated, yes
from tests.letters import codes_in, made, text_of
from tests.people import BSNS, NOW, fresh, of

pytestmark = pytest.mark.usefixtures("catalogue")
DAY = timedelta(days=1)
MEETING = date(2026, 12, 3)
LATER = date(2026, 12, 10)


def on(day: date) -> datetime:
    return clock.start_of(day) + timedelta(hours=10)


def asks_for_meeting(helper: Party, who: str = "anna", *, day: date = MEETING) -> MandateRequest:
    return asks(helper, stated(who), duration=Duration.TODAY, meeting=ForMeeting(begins_at=NOW, only_on=day))


def moved(asked: MandateRequest, helper: Party, *, day: date = LATER, now: datetime = NOW + DAY) -> MandateRequest:
    return ask_again(asked=asked.id, helper=helper, only_on=day, begins_at=now, now=now)


def used(code_of: Mandate, helper: Party, *, at: datetime) -> Activated | CodeRefusal:
    """Let the helper type the code of the letter for this mandate."""
    code = codes_in(made("code", mandate=code_of, now=NOW))[0]
    match = try_code(code=code, bsn=BSNS["anna"], helper=helper, now=at)
    if isinstance(match, CodeRefusal):
        return match
    fresh(code_of.representee, now=at)
    return activate(code=match.code, helper=helper, now=at)


def test_it_is_for_that_day_only(anna: Party, bram: Party) -> None:
    waiting = met(asks_for_meeting(bram), anna)
    assert isinstance(used(waiting, bram, at=on(MEETING)), Activated)
    mandate = of(waiting)
    assert (mandate.state, mandate.first_day, mandate.last_day) == (State.ACTIVE, MEETING, MEETING)


@pytest.mark.parametrize("day", [MEETING - DAY, MEETING + DAY])
def test_it_takes_the_code_on_no_other_day(anna: Party, bram: Party, day: date) -> None:
    waiting = met(asks_for_meeting(bram), anna)
    assert used(waiting, bram, at=on(day)) == CodeRefusal(CodeReason.NOT_ACCEPTED)
    assert ActivationCode.objects.get().wrong_tries == 0


def test_it_is_not_locked_by_trying_too_early(anna: Party, bram: Party) -> None:
    waiting = met(asks_for_meeting(bram), anna)
    code = codes_in(made("code", mandate=waiting, now=NOW))[0]
    for _ in range(6):
        try_code(code=code, bsn=BSNS["anna"], helper=bram, now=on(MEETING - 2 * DAY))
    assert isinstance(try_code(code=code, bsn=BSNS["anna"], helper=bram, now=on(MEETING)), Match)


def test_it_works_once(anna: Party, bram: Party) -> None:
    waiting = met(asks_for_meeting(bram), anna)
    code = codes_in(made("code", mandate=waiting, now=NOW))[0]
    match = try_code(code=code, bsn=BSNS["anna"], helper=bram, now=on(MEETING))
    assert isinstance(match, Match)
    fresh(anna, now=on(MEETING))
    assert isinstance(activate(code=match.code, helper=bram, now=on(MEETING)), Activated)
    assert isinstance(activate(code=match.code, helper=bram, now=on(MEETING)), CodeRefusal)
    assert isinstance(try_code(code=code, bsn=BSNS["anna"], helper=bram, now=on(MEETING)), CodeRefusal)


def test_it_takes_the_own_yes_on_that_day_and_a_no_before(anna: Party, bram: Party) -> None:
    waiting = met(asks_for_meeting(bram), anna)
    today = yes(duration=Duration.TODAY)
    with pytest.raises(MandateRefused, match=MandateReason.NOT_TODAY):
        approve(mandate=waiting.id, by=fresh(anna, now=NOW), yes=today, now=NOW)
    approve(mandate=waiting.id, by=fresh(anna, now=on(MEETING)), yes=today, now=on(MEETING))
    assert of(waiting).last_day == MEETING


def test_it_has_a_letter_of_its_own_that_names_the_day(anna: Party, bram: Party) -> None:
    for_longer, for_meeting = requested(anna, bram), met(asks_for_meeting(bram), anna)
    letter = made("code", mandate=for_meeting)
    assert "Deze code werkt alleen op 3 december 2026." in text_of(letter)
    assert len(codes_in(letter)) == 1
    assert len(codes_in(made("code", mandate=for_longer))) == 1


def test_it_asks_one_day_for_an_appointment_only(bram: Party) -> None:
    with pytest.raises(MandateRefused, match=MandateReason.TOO_LONG):
        asks(bram, duration=Duration.TODAY, meeting=ForMeeting(begins_at=NOW))
    with pytest.raises(MandateRefused, match=MandateReason.TOO_LONG):
        asks(bram, duration=Duration.ONE_YEAR, meeting=ForMeeting(begins_at=NOW, only_on=MEETING))


def test_it_begins_the_letter_later_when_the_day_is_far(bram: Party) -> None:
    begins = clock.start_of(date(2026, 12, 14))
    asked = asks(bram, duration=Duration.ONE_YEAR, meeting=ForMeeting(begins_at=begins))
    assert (asked.letter_by, OutboxRow.objects.get(kind=Kind.REQUEST).due_at) == (date(2026, 12, 21), begins)


def test_it_asks_the_same_person_again_for_the_new_day(anna: Party, bram: Party) -> None:
    first = asks_for_meeting(bram)
    waiting = met(first, anna)
    old = codes_in(made("code", mandate=waiting, now=NOW))[0]
    again = moved(first, bram)
    assert compare(request=first.id, facts=None, now=NOW + DAY) is None
    assert of(waiting).state == State.ENDED
    assert isinstance(try_code(code=old, bsn=BSNS["anna"], helper=bram, now=on(MEETING)), CodeRefusal)
    new = compare(request=again.id, facts=None, now=NOW + DAY)
    assert new is not None
    assert (new.representee_id, new.opens_on, new.waits_until) == (anna.id, LATER, LATER)
    assert isinstance(used(new, bram, at=on(LATER)), Activated)


def test_it_asks_again_before_anything_was_compared(anna: Party, bram: Party) -> None:
    first = asks_for_meeting(bram)
    second = moved(first, bram, now=NOW)
    third = moved(second, bram, now=NOW + DAY, day=LATER + DAY)
    assert StatedPerson.objects.count() == 1
    forget_unasked(now=NOW + 3 * DAY)
    assert (
        met(third, anna, now=NOW + 3 * DAY, facts=fresh(anna, now=NOW + 3 * DAY).person.facts).opens_on == LATER + DAY
    )
    assert Mandate.objects.count() == 1


def test_it_asks_again_after_a_move_that_was_never_worked_on(anna: Party, bram: Party) -> None:
    first = asks_for_meeting(bram)
    met(first, anna)
    second = moved(first, bram)
    third = moved(second, bram, day=LATER + DAY)
    new = compare(request=third.id, facts=None, now=NOW + 2 * DAY)
    assert new is not None
    assert new.representee_id == anna.id


def test_it_does_not_ask_again_who_said_no(anna: Party, bram: Party) -> None:
    first = asks_for_meeting(bram)
    waiting = met(first, anna)
    decline(mandate=waiting.id, by=anna, is_unknown=False, now=NOW + timedelta(hours=1))
    again = moved(first, bram)
    assert compare(request=again.id, facts=None, now=NOW + DAY) is None
    third = moved(again, bram, day=LATER + DAY, now=NOW + 2 * DAY)
    assert compare(request=third.id, facts=None, now=NOW + 2 * DAY) is None


def test_it_moves_in_the_same_statements_whether_somebody_was_met_or_not(anna: Party, bram: Party) -> None:
    nobody, somebody = (
        asks(bram, stated(UNKNOWN), duration=Duration.TODAY, meeting=ForMeeting(begins_at=NOW, only_on=MEETING)),
        asks_for_meeting(bram),
    )
    met(somebody, anna)
    compare(request=nobody.id, facts=None, now=NOW)
    counts = set()
    for one in (nobody, somebody):
        with CaptureQueriesContext(connection) as captured:
            moved(one, bram)
        counts.add(len(captured))
    assert len(counts) == 1


def test_it_lets_nobody_else_ask_again(anna: Party, bram: Party, dirk: Party) -> None:
    first = asks_for_meeting(bram)
    for stranger in (anna, dirk):
        with pytest.raises(MandateRefused, match=MandateReason.NOT_YOURS):
            moved(first, stranger)
    assert MandateRequest.objects.get().withdrawn_at is None


def test_it_lapses_after_its_day_and_is_erased_when_it_met_nobody(bram: Party) -> None:
    first = asks_for_meeting(bram)
    moved(first, bram)
    lapse(now=on(LATER + 31 * DAY))
    assert not MandateRequest.objects.exists()
