"""What is asked at the table: of whoever opens it there, for as long as one sits together."""

from datetime import timedelta

import pytest

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.periods import Duration
from namens.mandates.actions import Yes, approve, ask_at_table, decline, lapse, meet, report, restore
from namens.mandates.at_table import told_on_paper
from namens.mandates.models import Mandate, MandateRequest, ReportKind
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.requests_of import asked_by, waiting_for
from namens.mandates.states import EndReason, State
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from namens.services.models import Service
from tests.asking import says_yes, yes
from tests.people import NOW, TODAY, active, of

pytestmark = pytest.mark.usefixtures("catalogue")
DAY = timedelta(days=1)
SOON = NOW + timedelta(minutes=30)
BANK = "rekeningnummer-wijzigen"
TODAY_ONLY = yes(duration=Duration.TODAY)


def ask(
    helper: Party,
    duration: Duration = Duration.ONE_YEAR,
    *,
    partner_of: MandateRequest | None = None,
    renews: Mandate | None = None,
) -> MandateRequest:
    return ask_at_table(
        helper=helper,
        label="mevrouw A.",
        services=[Service.objects.get(key="mijn-toeslagen")],
        duration=duration,
        closes_at=SOON,
        now=NOW,
        partner_of=partner_of,
        renews=renews,
    )


def refused(reason: MandateReason) -> "pytest.RaisesExc[MandateRefused]":
    return pytest.raises(MandateRefused, match=f"^{reason}$")


def test_it_becomes_active_with_the_yes_of_who_opened_it(anna: Party, bram: Party) -> None:
    made = meet(request=ask(bram).id, client=anna, now=NOW)
    says_yes(made, anna, answer=TODAY_ONLY)
    found = of(made)
    assert (found.state, found.representee, found.representative) == (State.ACTIVE, anna, bram)
    assert found.last_day == TODAY
    entry = JournalEntry.objects.get(event=Event.REQUEST_OPENED)
    assert (entry.actor, entry.subject, entry.mandate) == (anna.id, anna.id, made.id)


def test_it_asks_no_letter_with_a_code(anna: Party, bram: Party) -> None:
    meet(request=ask(bram).id, client=anna, now=NOW)
    assert not OutboxRow.objects.filter(kind__in=[Kind.LETTER, Kind.REQUEST]).exists()


def test_it_gives_the_same_mandate_to_who_opens_it_twice(anna: Party, bram: Party) -> None:
    asked = ask(bram)
    assert meet(request=asked.id, client=anna, now=NOW) == meet(request=asked.id, client=anna, now=NOW)
    assert JournalEntry.objects.filter(event=Event.REQUEST_OPENED).count() == 1


def test_it_refuses_dirk_what_anna_opened(anna: Party, bram: Party, dirk: Party) -> None:
    asked = ask(bram)
    made = meet(request=asked.id, client=anna, now=NOW)
    with refused(MandateReason.NOT_POSSIBLE):
        meet(request=asked.id, client=dirk, now=NOW)
    with refused(MandateReason.NOT_YOURS):
        approve(mandate=made.id, by=dirk, yes=TODAY_ONLY, now=NOW)


def test_it_refuses_the_helper_who_opens_the_own(bram: Party) -> None:
    with refused(MandateReason.ONESELF):
        meet(request=ask(bram).id, client=bram, now=NOW)


def test_it_closes(anna: Party, bram: Party) -> None:
    asked = ask(bram)
    with refused(MandateReason.NOT_POSSIBLE):
        meet(request=asked.id, client=anna, now=SOON)
    made = meet(request=asked.id, client=anna, now=SOON - timedelta(seconds=1))
    with refused(MandateReason.NOT_POSSIBLE):
        approve(mandate=made.id, by=anna, yes=TODAY_ONLY, now=SOON)
    with refused(MandateReason.NOT_POSSIBLE):
        decline(mandate=made.id, by=anna, is_unknown=False, now=SOON)
    assert not waiting_for(anna, now=SOON).exists()
    assert lapse(now=SOON) == 1
    assert of(made).end_reason == EndReason.LAPSED


@pytest.mark.parametrize("more", [yes(duration=Duration.ONE_MONTH), yes(duration=Duration.TODAY, granted=[BANK])])
def test_it_keeps_a_first_yes_to_today_without_what_is_sensitive(anna: Party, bram: Party, more: Yes) -> None:
    made = meet(request=ask(bram).id, client=anna, now=NOW)
    with refused(MandateReason.FIRST_IS_TODAY):
        says_yes(made, anna, answer=more)


def test_it_goes_further_once_the_confirmation_must_be_there(anna: Party, bram: Party) -> None:
    first = meet(request=ask(bram).id, client=anna, now=NOW)
    says_yes(first, anna, answer=TODAY_ONLY)
    second = meet(request=ask(bram).id, client=anna, now=NOW)
    with refused(MandateReason.FIRST_IS_TODAY):
        says_yes(second, anna, answer=yes(duration=Duration.ONE_MONTH))
    Mandate.objects.filter(id=first.id).update(activated_at=NOW - 14 * DAY)
    says_yes(second, anna, answer=yes(duration=Duration.ONE_MONTH))
    assert of(second).last_day > TODAY


def test_it_shows_the_helper_nothing_before_the_yes(anna: Party, bram: Party) -> None:
    asked = ask(bram)
    assert not asked_by(bram, today=TODAY).exists()
    made = meet(request=asked.id, client=anna, now=NOW)
    assert not asked_by(bram, today=TODAY).exists()
    says_yes(made, anna, answer=TODAY_ONLY)
    assert list(asked_by(bram, today=TODAY)) == [asked]


def test_it_refuses_one_person_for_both_of_a_pair(anna: Party, carla: Party, bram: Party) -> None:
    asked = ask(bram)
    partner = ask(bram, partner_of=asked)
    meet(request=asked.id, client=anna, now=NOW)
    with refused(MandateReason.SAME_PERSON_TWICE):
        meet(request=partner.id, client=anna, now=NOW)
    assert meet(request=partner.id, client=carla, now=NOW).representee == carla


def test_it_refuses_dirk_a_pair_or_a_renewal_of_bram(bram: Party, dirk: Party, anna: Party) -> None:
    asked = ask(bram)
    with refused(MandateReason.NOT_YOURS):
        ask(dirk, partner_of=asked)
    made = meet(request=asked.id, client=anna, now=NOW)
    says_yes(made, anna, answer=TODAY_ONLY)
    running = of(made)
    with refused(MandateReason.NOT_YOURS):
        ask(dirk, renews=running)
    with refused(MandateReason.NOT_POSSIBLE):
        meet(request=ask(bram, renews=running).id, client=dirk, now=NOW)


def test_it_waits_for_its_day(anna: Party, bram: Party) -> None:
    made = meet(request=ask(bram, Duration.TODAY).id, client=anna, now=NOW)
    Mandate.objects.filter(id=made.id).update(
        opens_on=TODAY + DAY, waits_until=TODAY + DAY, last_day=TODAY + DAY, closes_at=None
    )
    with refused(MandateReason.NOT_TODAY):
        says_yes(made, anna, answer=TODAY_ONLY)
    says_yes(made, anna, answer=TODAY_ONLY, now=NOW + DAY)
    assert of(made).first_day == TODAY + DAY


@pytest.mark.parametrize("kind", list(ReportKind))
def test_it_lets_the_helper_not_notice_a_report_by_what_can_be_asked(
    anna: Party, bram: Party, kind: ReportKind
) -> None:
    """Named attack: *It is too early* on the page to go on would tell who was reported, and goes on all the same."""
    running, later = active(anna, bram), TODAY + 14 * DAY
    report(mandate=running.id, by=anna, kind=kind, now=NOW)
    if kind is not ReportKind.SPELLING:
        assert not told_on_paper(of(running), today=later)
        restore(mandate=running.id, by=anna, now=NOW)
    assert told_on_paper(of(running), today=later)
    assert not told_on_paper(of(running), today=TODAY)
