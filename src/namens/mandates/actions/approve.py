"""A client says yes or no to what was asked. The one notion of yes: a hand-off and an opened appointment are it too."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from namens.codes import actions as codes
from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.lib.periods import Duration
from namens.mandates import terms as rules
from namens.mandates.actions.endings import end
from namens.mandates.actions.holding import hold_mandate
from namens.mandates.actions.lines import fix_days, look_again
from namens.mandates.actions.replacing import take_place
from namens.mandates.actions.report import open_report
from namens.mandates.actions.second import keep_waiting
from namens.mandates.at_table import is_first_yes
from namens.mandates.letters import LetterKind, ask_letter, tell_by_email, tell_helper
from namens.mandates.models import Mandate, MandateService, ReportKind
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.requests_of import can_be_reported
from namens.mandates.states import EndReason, State, Verb, after
from namens.mandates.terms import Terms
from namens.mandates.waiting import can_be_agreed_to, still_waits
from namens.organisations.actions.assignments import assign
from namens.organisations.models import Member
from namens.parties.models import Kind, Party, Person


@dataclass(frozen=True)
class Yes:
    """How far a yes goes: for how long (never longer than was asked), and with which sensitive actions.

    `one_browser` is the keyed digest of the browser when the helper was there too within two hours.
    """

    duration: Duration
    granted_actions: frozenset[str]
    level: AssuranceLevel | None
    under_administration: bool
    one_browser: str = ""


def approve(*, mandate: UUID, by: Party, yes: Yes, now: datetime) -> None:
    """Make what was asked active from today on. The code and the letter with it are worth nothing any more.

    The caller has just asked the population register about the client. Raises MandateRefused.
    """
    with transaction.atomic():
        waiting = _waiting(mandate, by=by, now=now)
        if not can_be_agreed_to(waiting, now=now):
            raise MandateRefused(MandateReason.NOT_TODAY)
        terms = _terms(waiting, yes, now)
        rules.check_giver(Person.objects.get(party=by), now=now, under_administration=yes.under_administration)
        helper = _helper_of(waiting)
        rules.check_helper(helper, giver=by, today=clock.day_of(now))
        rules.check_terms(terms, level=yes.level, open_code=False, today=clock.day_of(now), to=Kind(helper.kind))
        if is_first_yes(waiting, today=clock.day_of(now)):
            _check_first(terms)
        terms = keep_waiting(waiting, wanted=terms, browser=yes.one_browser, now=now)
        _become_active(waiting, terms, yes.level or AssuranceLevel.BASIC, now)
        codes.kill(opens=mandate, now=now)
        if not take_place(waiting, helper=helper, now=now):
            raise MandateRefused(MandateReason.NOT_POSSIBLE)
        if helper.kind == Kind.ORGANISATION:
            _hand_to_asker(waiting, client=by, now=now)
        write(
            Event.MANDATE_APPROVED,
            at=now,
            channel=Channel.PAGES,
            actor=by.id,
            subject=by.id,
            mandate=mandate,
            details={"last_day": terms.last_day.isoformat(), "granted_actions": sorted(terms.granted_actions)},
        )
        ask_letter(LetterKind.CONFIRMATION, mandate=waiting, now=now)
        tell_by_email(party=by.id, now=now)
        tell_helper(waiting, now=now)


def decline(*, mandate: UUID, by: Party, is_unknown: bool, now: datetime) -> None:
    """Say no. The helper hears nothing of it. `is_unknown`: the client does not know who asks, and reports that.

    Raises MandateRefused.
    """
    with transaction.atomic():
        waiting = _waiting(mandate, by=by, now=now)
        if is_unknown:
            open_report(waiting, kind=ReportKind.UNKNOWN_PERSON, by=by.id, channel=Channel.PAGES, now=now)
        end(
            mandate=mandate,
            reason=EndReason.DECLINED,
            verb=Verb.DECLINE,
            event=Event.MANDATE_DECLINED,
            by=by.id,
            now=now,
        )


def report_refused(*, mandate: UUID, by: Party, now: datetime) -> None:
    """Report who asked, after a no: somebody called, and did not sit at the table. Raises MandateRefused."""
    with transaction.atomic():
        held = hold_mandate(mandate)
        if held is None or held.representee_id != by.id:
            raise MandateRefused(MandateReason.NOT_YOURS)
        if not can_be_reported(held):
            raise MandateRefused(MandateReason.NOT_POSSIBLE)
        open_report(held, kind=ReportKind.UNKNOWN_PERSON, by=by.id, channel=Channel.PAGES, now=now)


def decline_by_phone(*, mandate: UUID, caller: Party, kind: ReportKind, agent: UUID, now: datetime) -> None:
    """Say no for a client who phones and reports what was asked. The helper hears nothing. Raises MandateRefused."""
    with transaction.atomic():
        waiting = _waiting(mandate, by=caller, now=now)
        if kind is ReportKind.SPELLING:
            raise MandateRefused(MandateReason.NOT_POSSIBLE)
        open_report(waiting, kind=kind, by=agent, channel=Channel.HELPDESK, now=now)
        end(
            mandate=mandate,
            reason=EndReason.DECLINED,
            verb=Verb.DECLINE,
            event=Event.MANDATE_DECLINED,
            by=agent,
            now=now,
            channel=Channel.HELPDESK,
        )


def _hand_to_asker(mandate: Mandate, *, client: Party, now: datetime) -> None:
    """Let the member who asked look after the client, when that member still works there."""
    asker = Member.objects.select_related("organisation", "team").filter(requests_made__mandate=mandate)
    for member in asker.filter(ended_at__isnull=True):
        assign(member=member, client=client, now=now)


def _waiting(mandate: UUID, *, by: Party, now: datetime) -> Mandate:
    held = hold_mandate(mandate)
    if held is None or held.representee_id != by.id:
        raise MandateRefused(MandateReason.NOT_YOURS)
    if held.state != State.REQUESTED or not still_waits(held, now=now):
        raise MandateRefused(MandateReason.NOT_POSSIBLE)
    return held


def _helper_of(mandate: Mandate) -> Party:
    """Give who asked. What was arranged by phone for whoever has the code is agreed to with that code only."""
    if mandate.representative_id is None:
        raise MandateRefused(MandateReason.NOT_POSSIBLE)
    return Party.objects.select_related("person").get(id=mandate.representative_id)


def _terms(mandate: Mandate, yes: Yes, now: datetime) -> Terms:
    asked, first_day = Duration(mandate.duration), clock.day_of(now)
    if yes.duration.months > asked.months:
        raise MandateRefused(MandateReason.TOO_LONG)
    lines = MandateService.objects.filter(mandate=mandate, stopped_at__isnull=True).select_related("service")
    return Terms(
        services=[line.service for line in lines],
        first_day=first_day,
        last_day=yes.duration.last_day(first_day),
        granted_actions=yes.granted_actions,
    )


def _check_first(terms: Terms) -> None:
    """Raise MandateRefused for more than a first yes at the table can give: today, nothing sensitive."""
    if terms.last_day > terms.first_day or terms.granted_actions:
        raise MandateRefused(MandateReason.FIRST_IS_TODAY)


def _become_active(mandate: Mandate, terms: Terms, level: AssuranceLevel, now: datetime) -> None:
    mandate.state = after(State(mandate.state), Verb.APPROVE)
    mandate.first_day, mandate.last_day = terms.first_day, terms.last_day
    mandate.granted_actions, mandate.sensitive_seen = sorted(terms.granted_actions), sorted(terms.sensitive)
    mandate.helper_since = mandate.offered_at
    mandate.level_given, mandate.offered_at, mandate.activated_at = level, now, now
    mandate.save()
    look_again(mandate)
    fix_days(mandate)
