"""From what the rooms below know to what a letter says. Names are read now, and stay in the letter only."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from namens.codes import actions as codes
from namens.codes.plain import PlainCode
from namens.lib import clock
from namens.lib.periods import Duration
from namens.mandates import people_of, queries
from namens.mandates.letters import LetterKind, letter_by
from namens.mandates.models import Mandate, Origin, SecondYes
from namens.mandates.states import EndReason, State
from namens.mandates.terms import months_by_letter
from namens.mandates.waiting import still_waits
from namens.organisations.naming import in_full, name_of
from namens.parties.models import Kind, Party
from namens.post.letters import (
    AnyLetter,
    BsnSource,
    CodeItem,
    CodeLetter,
    ConfirmationLetter,
    EmailLetter,
    EndedBy,
    EndingLetter,
    MeetingLetter,
    OverviewLetter,
    Reader,
    Recipient,
    ReminderLetter,
    RunningMandate,
)
from namens.post.models import EmailAddress
from namens.post.wanted import Asked

LENGTHS = {
    Duration.ONE_MONTH: gettext_noop("1 month"),
    Duration.SIX_MONTHS: gettext_noop("6 months"),
    Duration.ONE_YEAR: gettext_noop("1 year"),
    Duration.THREE_YEARS: gettext_noop("3 years"),
    Duration.FIVE_YEARS: gettext_noop("5 years"),
}
_SOURCES = {
    Origin.GIVEN: BsnSource.CLIENT,
    Origin.REQUESTED: BsnSource.HELPER,
    Origin.BY_PHONE: BsnSource.HELPDESK,
}
_ENDED_BY = {
    EndReason.STOPPED_BY_REPRESENTEE: EndedBy.CLIENT,
    EndReason.STOPPED_BY_REPRESENTATIVE: EndedBy.HELPER,
    EndReason.STOPPED_BY_HELPDESK: EndedBy.HELPDESK,
    EndReason.REPLACED: EndedBy.REPLACED,
    EndReason.ORGANISATION_LEFT: EndedBy.ORGANISATION_LEAVES,
}


@dataclass(frozen=True)
class Written:
    """A letter, and the mandates that it is about with the id of the code for each (None: it brings no code)."""

    letter: AnyLetter
    items: dict[UUID, UUID | None]


def write_letter(asked: Asked, *, to: Recipient, reference: str, now: datetime) -> Written:
    """Write the letter. A code letter makes its codes, so this belongs in the transaction that keeps the letter."""
    party = Party.objects.select_related("person").get(id=asked.party)
    frame: dict[str, Any] = {
        "recipient": to,
        "date": clock.day_of(now),
        "reference": reference,
        "language": party.person.reads,
        "large_print": party.person.large_print,
    }
    with translation.override(party.person.reads):
        if asked.kind is LetterKind.EMAIL_CHANGED:
            has_address = EmailAddress.objects.filter(party=party.id).exists()
            return Written(EmailLetter(**frame, has_address=has_address), {})
        if asked.mandate is None:
            return Written(_overview(party, frame, clock.day_of(now)), {})
        mandate = queries.waiting_mandate(asked.mandate)
        if asked.kind is LetterKind.CODE:
            return _code_letter(mandate, asked, frame, now)
        if asked.kind is LetterKind.ENDING:
            return Written(_ending(mandate, asked, frame), {mandate.id: None})
        if asked.kind is LetterKind.REMINDER:
            return Written(_reminder(mandate, party, frame), {mandate.id: None})
        return Written(_confirmation(mandate, frame), {mandate.id: None})


def _code_letter(mandate: Mandate, asked: Asked, frame: dict[str, Any], now: datetime) -> Written:
    if mandate.opens_on is not None:
        return _meeting_letter(mandate, asked, frame, now)
    today, items, made = clock.day_of(now), [], {}
    together = _together(mandate, now)
    for one in together:
        made[one.id], plain = _new_code(one, asked, now)
        items.append(CodeItem(services=_services(one), length=_length(one), code=plain))
    letter = CodeLetter(
        **frame,
        items=tuple(items),
        last_day=min(code_last_day(one, posted_on=today) for one in together),
        helper=_helper(mandate),
        by_phone=mandate.origin == Origin.BY_PHONE,
        people=tuple(dict.fromkeys(in_full(asker) for one in together if (asker := people_of.asked_by(one)))),
    )
    return Written(letter, dict(made))


def _meeting_letter(mandate: Mandate, asked: Asked, frame: dict[str, Any], now: datetime) -> Written:
    """Write the letter for one appointment: it never goes along with another code, which works on other days."""
    code, plain = _new_code(mandate, asked, now)
    asker = people_of.asked_by(mandate)
    letter = MeetingLetter(
        **frame,
        services=_services(mandate),
        code=plain,
        only_on=mandate.opens_on or mandate.last_day,
        helper=_helper(mandate),
        people=(in_full(asker),) if asker else (),
    )
    return Written(letter, {mandate.id: code})


def _new_code(mandate: Mandate, asked: Asked, now: datetime) -> tuple[UUID, PlainCode]:
    today = clock.day_of(now)
    return codes.issue_for_letter(
        opens=mandate.id,
        giver=mandate.representee_id,
        helper=mandate.representative_id,
        due=max(asked.due_by, letter_by(today)),
        first_day=mandate.opens_on,
        last_day=code_last_day(mandate, posted_on=today),
        now=now,
    )


def code_last_day(mandate: Mandate, *, posted_on: date) -> date:
    """Give the last day of a code by letter: it counts from posting, and dies with what it opens."""
    counted = posted_on + settings.LETTER_CODE_LIFE
    return min(counted, mandate.waits_until or mandate.last_day, mandate.last_day)


def _together(mandate: Mandate, now: datetime) -> list[Mandate]:
    """Give what goes in one letter: everything that one helper asked of one client and that waits for a code."""
    if mandate.origin != Origin.REQUESTED:
        return [mandate]
    same = Mandate.objects.filter(
        representee=mandate.representee_id,
        representative=mandate.representative_id,
        origin=Origin.REQUESTED,
        state=State.REQUESTED,
        opens_on__isnull=True,
    ).order_by("offered_at", "id")
    waiting = [one for one in same.select_related(*queries.WITH_NAMES) if still_waits(one, now=now)]
    return queries.with_lines(waiting)


def _confirmation(mandate: Mandate, frame: dict[str, Any]) -> AnyLetter:
    organisation = mandate.representative is not None and mandate.representative.kind == Kind.ORGANISATION
    behind = people_of.brought_about_by(mandate) if organisation else None
    return ConfirmationLetter(
        **frame,
        helper=_helper(mandate),
        is_organisation=organisation,
        person=in_full(behind) if behind else "",
        services=_services(mandate),
        first_day=mandate.first_day,
        last_day=mandate.last_day,
        bsn_source=_SOURCES[Origin(mandate.origin)],
        excluded=_actions(mandate, set(mandate.sensitive_seen) - set(mandate.granted_actions)),
        included=_actions(mandate, set(mandate.granted_actions)),
        **_second_yes(mandate),
    )


def _second_yes(mandate: Mandate) -> dict[str, Any]:
    """Give what waits for a second yes. No statement when the mandate was not held back."""
    waits = SecondYes.objects.filter(mandate=mandate, answered_at__isnull=True).first() if mandate.held_to else None
    if waits is None:
        return {}
    return {
        "waits_until": waits.waits_until,
        "wanted_until": waits.last_day if waits.last_day > waits.held_at else None,
        "wanted": _actions(mandate, set(waits.granted_actions)),
    }


def _ending(mandate: Mandate, asked: Asked, frame: dict[str, Any]) -> AnyLetter:
    """Tell of the end of all of it, or of what was stopped apart by phone when this letter was asked for."""
    apart = [one for one in mandate.shown_lines if one.stopped_at == asked.asked_at != mandate.ended_at]
    if apart:
        return EndingLetter(
            **frame,
            other=_helper(mandate),
            services=tuple(line.service.name for line in apart),
            ended_on=clock.day_of(asked.asked_at),
            ended_by=EndedBy.HELPDESK,
            going_on=tuple(line.service.name for line in mandate.shown_lines if line.stopped_at is None),
        )
    if mandate.ended_at is None:
        return EndingLetter(
            **frame,
            other=_helper(mandate),
            services=_services(mandate),
            ended_on=mandate.last_day,
            ended_by=EndedBy.ORGANISATION_LEAVES,
        )
    return EndingLetter(
        **frame,
        other=_helper(mandate),
        services=_services(mandate),
        ended_on=clock.day_of(mandate.ended_at),
        ended_by=_ENDED_BY.get(EndReason(mandate.end_reason), EndedBy.UNSAID),
    )


def _reminder(mandate: Mandate, party: Party, frame: dict[str, Any]) -> AnyLetter:
    to_client = party.id == mandate.representee_id
    return ReminderLetter(
        **frame,
        reader=Reader.CLIENT if to_client else Reader.HELPER,
        other=_helper(mandate) if to_client else mandate.representee.person.name.full,
        services=_services(mandate),
        last_day=mandate.last_day,
    )


def _overview(party: Party, frame: dict[str, Any], today: date) -> AnyLetter:
    every = queries.running_or_waiting(queries.overview_of(party), viewer=party, today=today).filter(state=State.ACTIVE)
    running = queries.with_lines(list(every))
    return OverviewLetter(
        **frame,
        helpers=tuple(_running(one, _helper(one)) for one in running if one.representee_id == party.id),
        clients=tuple(
            _running(one, one.representee.person.name.full) for one in running if one.representee_id != party.id
        ),
    )


def _running(mandate: Mandate, other: str) -> RunningMandate:
    return RunningMandate(
        other=other,
        services=_services(mandate),
        first_day=mandate.first_day,
        last_day=mandate.last_day,
        included=_actions(mandate, set(mandate.granted_actions)),
    )


def _helper(mandate: Mandate) -> str:
    return name_of(mandate.representative) if mandate.representative else ""


def _services(mandate: Mandate) -> tuple[str, ...]:
    """Give the services that were not stopped apart from the rest."""
    open_lines = [one for one in mandate.shown_lines if one.stopped_at in {None, mandate.ended_at}]
    return tuple(line.service.name for line in open_lines or mandate.shown_lines)


def _length(mandate: Mandate) -> str:
    """Give how long it becomes with this letter, which can be shorter than what was asked."""
    if not mandate.duration:
        return ""
    duration = Duration(mandate.duration)
    months = months_by_letter(duration, open_code=mandate.representative_id is None)
    known = next((one for one in LENGTHS if one.months == months), None)
    return _(LENGTHS[known]) if known else _("%(months)s months") % {"months": months}


def _actions(mandate: Mandate, keys: set[str]) -> tuple[str, ...]:
    names = {one["key"]: one["name"] for line in mandate.shown_lines for one in line.service.told_actions}
    return tuple(names.get(key, key) for key in sorted(keys))
