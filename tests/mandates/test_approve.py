"""A client, logged in, says yes to what was asked, yes but shorter, or no."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from namens.codes.models import ActivationCode
from namens.codes.refusals import CodeRefusal
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.assurance import AssuranceLevel
from namens.lib.periods import Duration
from namens.mandates.actions import Yes, approve, decline, try_code, withdraw
from namens.mandates.models import Mandate, MandateRequest, MandateService, Report
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import EndReason, State
from namens.outbox.models import Kind, OutboxRow
from namens.parties.facts import StopSignal
from namens.parties.models import Party
from namens.post.wanted import Asked, is_wanted
from namens.services.models import Service
from tests.asking import asks, met, phoned, requested, says_yes, yes
from tests.letters import code_by_letter
from tests.people import BSNS, NOW, TODAY, active, fresh, give, of, told

pytestmark = pytest.mark.usefixtures("catalogue")
LATER = NOW + timedelta(days=10)
BANK = "rekeningnummer-wijzigen"


def refusal(mandate: Mandate, by: Party, answer: Yes | None = None) -> MandateReason:
    with pytest.raises(MandateRefused) as refused:
        approve(mandate=mandate.id, by=by, yes=answer or yes(), now=NOW)
    return refused.value.reason


def test_it_begins_today_and_runs_as_long_as_was_asked(anna: Party, bram: Party) -> None:
    mandate = says_yes(requested(anna, bram), anna, now=LATER)
    assert (mandate.state, mandate.activated_at) == (State.ACTIVE, LATER)
    assert (mandate.first_day, mandate.last_day) == (date(2026, 12, 3), date(2027, 12, 2))
    line = MandateService.objects.get(mandate=mandate)
    assert (line.last_day, line.current) == (mandate.last_day, True)


def test_it_can_be_shorter_never_longer(anna: Party, bram: Party) -> None:
    mandate = met(asks(bram, duration=Duration.SIX_MONTHS), anna)
    assert refusal(mandate, anna, yes(duration=Duration.ONE_YEAR)) is MandateReason.TOO_LONG
    assert says_yes(mandate, anna, answer=yes(duration=Duration.TODAY)).last_day == TODAY


def test_it_can_be_for_five_years_by_who_is_logged_in(anna: Party, bram: Party) -> None:
    mandate = met(asks(bram, duration=Duration.FIVE_YEARS), anna)
    answer = yes(duration=Duration.FIVE_YEARS)
    assert says_yes(mandate, anna, answer=answer).last_day == date(2031, 11, 22)


def test_it_leaves_sensitive_actions_out_unless_the_client_adds_each(anna: Party, bram: Party, carla: Party) -> None:
    assert says_yes(requested(anna, bram), anna).granted_actions == []
    assert says_yes(requested(anna, carla), anna, answer=yes(granted=[BANK])).granted_actions == [BANK]


def test_it_refuses_an_action_that_the_services_do_not_have(anna: Party, bram: Party) -> None:
    assert refusal(requested(anna, bram), anna, yes(granted=["alles"])) is MandateReason.ACTION_UNKNOWN


def test_it_holds_what_the_client_saw_at_the_yes_not_at_the_asking(anna: Party, bram: Party) -> None:
    mandate = requested(anna, bram)
    more = [{"key": "nieuw", "name": "iets nieuws", "question": "Mag dat?"}]
    Service.objects.filter(key="mijn-toeslagen").update(sensitive_actions=more, minimum_level="substantial")
    says_yes(mandate, anna)
    line = MandateService.objects.get(mandate=mandate)
    assert (line.sensitive_seen, line.minimum_level, of(mandate).sensitive_seen) == (
        ["nieuw"],
        "substantial",
        ["nieuw"],
    )


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (yes(level=AssuranceLevel.BASIC), MandateReason.LEVEL_TOO_LOW),
        (yes(level=None), MandateReason.LEVEL_TOO_LOW),
        (yes(administered=True), MandateReason.GIVER_UNDER_ADMINISTRATION),
    ],
)
def test_it_refuses_a_yes_that_does_not_count(anna: Party, bram: Party, answer: Yes, reason: MandateReason) -> None:
    mandate = requested(anna, bram)
    assert refusal(mandate, anna, answer) is reason
    assert of(mandate).state == State.REQUESTED


def test_it_asks_that_the_register_was_asked(anna: Party, bram: Party) -> None:
    mandate = requested(anna, bram)
    with pytest.raises(MandateRefused, match=MandateReason.REGISTER_NOT_ASKED):
        approve(mandate=mandate.id, by=anna, yes=yes(), now=LATER)


@pytest.mark.parametrize("signal", [StopSignal.DECEASED, StopSignal.GUARDIANSHIP, StopSignal.ERRONEOUS])
def test_it_refuses_who_cannot_give(anna: Party, bram: Party, signal: StopSignal) -> None:
    mandate = requested(anna, bram)
    told(anna, signals=[signal])
    assert refusal(mandate, anna).startswith("giver-")


def test_it_refuses_dirk_and_the_helper(anna: Party, bram: Party, dirk: Party) -> None:
    mandate = requested(anna, bram)
    assert {refusal(mandate, who) for who in (bram, dirk)} == {MandateReason.NOT_YOURS}
    for who in (bram, dirk):
        with pytest.raises(MandateRefused, match=MandateReason.NOT_YOURS):
            decline(mandate=mandate.id, by=who, is_unknown=True, now=NOW)
    assert (of(mandate).state, Report.objects.count()) == (State.REQUESTED, 0)


def test_it_is_done_once(anna: Party, bram: Party) -> None:
    mandate = says_yes(requested(anna, bram), anna)
    assert refusal(mandate, anna) is MandateReason.NOT_POSSIBLE
    assert JournalEntry.objects.filter(event=Event.MANDATE_APPROVED).count() == 1


def test_it_refuses_what_was_taken_back_or_lapsed(anna: Party, bram: Party) -> None:
    asked = asks(bram)
    mandate = met(asked, anna)
    late = NOW + timedelta(days=43)
    with pytest.raises(MandateRefused, match=MandateReason.NOT_POSSIBLE):
        approve(mandate=mandate.id, by=fresh(anna, now=late), yes=yes(), now=late)
    fresh(anna, now=NOW)
    withdraw(asked=asked.id, by=bram, now=NOW)
    assert refusal(mandate, anna) is MandateReason.NOT_POSSIBLE


def test_it_does_not_say_yes_to_an_open_code(anna: Party, carla: Party) -> None:
    assert refusal(phoned(anna, None, agent=carla), anna) is MandateReason.NOT_POSSIBLE


def test_it_kills_the_code_and_the_queued_letter(anna: Party, bram: Party) -> None:
    mandate = requested(anna, bram)
    code = code_by_letter(mandate)
    says_yes(mandate, anna)
    assert ActivationCode.objects.get().killed_at == NOW
    assert isinstance(try_code(code=code, bsn=BSNS["anna"], helper=bram, now=NOW), CodeRefusal)
    row = OutboxRow.objects.filter(kind=Kind.LETTER, payload__letter="code").get()
    assert not is_wanted(Asked.read(row.payload, row=row.id, asked_at=row.put_at), now=NOW)


def test_it_puts_the_confirmation_letter(anna: Party, bram: Party) -> None:
    says_yes(requested(anna, bram), anna)
    kinds = OutboxRow.objects.filter(kind=Kind.LETTER).values_list("payload__letter", flat=True)
    assert sorted(kinds) == ["code", "confirmation"]


@pytest.mark.parametrize("make", [active, lambda anna, bram: give(anna, bram).mandate])
def test_it_replaces_an_older_one(anna: Party, bram: Party, make: Callable[[Party, Party], Mandate]) -> None:
    older = make(anna, bram)
    says_yes(requested(anna, bram), anna, now=NOW + timedelta(minutes=1))
    assert of(older).end_reason == EndReason.REPLACED


def test_it_replaces_another_request_for_the_same(anna: Party, bram: Party) -> None:
    first, second = requested(anna, bram), requested(anna, bram)
    says_yes(second, anna)
    assert of(first).end_reason == EndReason.REPLACED
    assert MandateRequest.objects.get(mandate=first).mandate is not None


def test_it_keeps_silent_about_a_no(anna: Party, bram: Party) -> None:
    asked = asks(bram)
    mandate = met(asked, anna)
    before = MandateRequest.objects.values().get()
    decline(mandate=mandate.id, by=anna, is_unknown=False, now=NOW)
    assert of(mandate).end_reason == EndReason.DECLINED
    assert MandateRequest.objects.values().get() == before
    assert not Report.objects.exists()
    assert not OutboxRow.objects.filter(kind=Kind.LETTER, payload__letter="ending").exists()


def test_it_takes_a_report_with_the_no_of_who_does_not_know_the_helper(anna: Party, bram: Party) -> None:
    mandate = requested(anna, bram)
    decline(mandate=mandate.id, by=anna, is_unknown=True, now=NOW)
    report = Report.objects.get()
    assert (report.kind, report.reported_by, report.closed_at) == ("unknown-person", anna.id, None)
    assert of(mandate).end_reason == EndReason.DECLINED
