"""Licences: giving, changing, pausing, resuming, ending and renewing them. Nobody does so for an own one.

Pausing or ending the own licence takes access away only, and anybody may do that.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from namens.journal.events import Channel, Event
from namens.journal.write import Detail, write
from namens.lib import clock
from namens.lib.periods import last_day_of
from namens.organisations.actions.holding import acting, colleague, licence_of, team_of
from namens.organisations.actions.losing import end_logins, lose_access, tell_access
from namens.organisations.models import Licence, LicencePause, Member
from namens.organisations.queries import licensable
from namens.organisations.refusals import OrganisationReason, OrganisationRefused


@dataclass(frozen=True)
class LicenceTerms:
    """What a licence is to be: services by key, days (both included), and the team whose clients it is for, if any."""

    services: frozenset[str]
    first_day: date
    last_day: date
    team: UUID | None = None

    @classmethod
    def of(cls, licence: Licence) -> "LicenceTerms":
        """Give the terms of a licence as it is. One statement."""
        return cls(
            services=frozenset(service.key for service in licence.services.all()),
            first_day=licence.first_day,
            last_day=licence.last_day,
            team=licence.team_id,
        )

    @property
    def details(self) -> Mapping[str, Detail]:
        """Give what the journal keeps of it."""
        days = {"first_day": self.first_day.isoformat(), "last_day": self.last_day.isoformat()}
        return {"services": sorted(self.services), **days, "team": str(self.team) if self.team else None}


@dataclass(frozen=True)
class Renewal:
    """What came of renewing several at once: those that were renewed, and why others were not."""

    done: list[Licence] = field(default_factory=list)
    refused: dict[UUID, OrganisationReason] = field(default_factory=dict)


def longest_last_day(first_day: date, *, today: date) -> date:
    """Give the last day that a licence can have: a year (a setting) from its first day, or from today when it runs."""
    return last_day_of(max(first_day, today), months=settings.LICENCE_MONTHS)


def why_not(terms: LicenceTerms, *, today: date, before: LicenceTerms | None = None) -> OrganisationReason | None:
    """Say why these terms cannot be, or None. `before` is what they change: days that it had already may stay. Pure."""
    has_begun = before is not None and before.first_day < today
    moves = before is None or before.first_day != terms.first_day
    wrong = {
        OrganisationReason.LICENCE_NO_SERVICE: not terms.services,
        OrganisationReason.LICENCE_STARTED: has_begun and moves,
        OrganisationReason.LICENCE_FIRST_DAY_TOO_FAR: terms.first_day > today + timedelta(days=settings.DAYS_AHEAD),
        OrganisationReason.LICENCE_DAY_PAST: moves and terms.first_day < today,
        OrganisationReason.LICENCE_DAYS_WRONG: terms.last_day < terms.first_day,
        OrganisationReason.LICENCE_OVER: terms.last_day < today,
        OrganisationReason.LICENCE_TOO_LONG: terms.last_day > longest_last_day(terms.first_day, today=today),
    }
    return next((reason for reason, is_so in wrong.items() if is_so), None)


def give_licence(*, by: Member, member: UUID, terms: LicenceTerms, now: datetime) -> Licence:
    """Give a colleague a licence. Raises OrganisationRefused: not a manager, own licence, or terms that cannot be."""
    with transaction.atomic():
        manager = acting(by, now=now)
        holder = colleague(manager, member=member)
        _refuse_own(manager, holder=holder.party_id)
        _check(manager, terms, today=clock.day_of(now))
        given = _create(holder.party_id, terms, by=manager, now=now)
        if holder.bound_at is not None:
            tell_access(holder.party_id, now=now, licence=given.id)
        _note(Event.LICENCE_GIVEN, manager, given, now=now, details=terms.details)
        return given


def change_licence(*, by: Member, licence: UUID, version: int, terms: LicenceTerms, now: datetime) -> Licence:
    """Change a colleague's licence that is not over. What was different until now stays known.

    Raises OrganisationRefused: among others when somebody changed it after `version`. Nothing happens, and no access
    is lost, when the terms are those that it has.
    """
    with transaction.atomic():
        manager, held = _running(by, licence=licence, version=version, now=now)
        _refuse_own(manager, holder=held.member_id)
        before = LicenceTerms.of(held)
        if terms == before:
            return held
        _check(manager, terms, today=clock.day_of(now), before=before)
        change_terms(held, terms, before=before, by=manager.party_id, now=now)
        if narrows(terms, before=before, today=clock.day_of(now)):
            end_logins(held.member_id, now=now)
        tell_access(held.member_id, now=now, licence=held.id)
        _note(Event.LICENCE_CHANGED, manager, held, now=now, details=terms.details)
        return held


def pause_licence(*, by: Member, licence: UUID, version: int, now: datetime) -> Licence:
    """Let a licence rest from now on. Raises OrganisationRefused."""
    with transaction.atomic():
        manager, held = _running(by, licence=licence, version=version, now=now)
        if not held.pauses.filter(until__isnull=True).exists():
            LicencePause.objects.create(licence=held, since=now)
            _raise_version(held)
            lose_access(held.member_id, now=now, licence=held.id)
            _note(Event.LICENCE_PAUSED, manager, held, now=now)
        return held


def resume_licence(*, by: Member, licence: UUID, version: int, now: datetime) -> Licence:
    """Let a colleague's licence count again. Raises OrganisationRefused."""
    with transaction.atomic():
        manager, held = _running(by, licence=licence, version=version, now=now)
        _refuse_own(manager, holder=held.member_id)
        if held.pauses.filter(until__isnull=True).update(until=now):
            _raise_version(held)
            tell_access(held.member_id, now=now, licence=held.id)
            _note(Event.LICENCE_RESUMED, manager, held, now=now)
        return held


def end_licence(*, by: Member, licence: UUID, version: int, now: datetime) -> Licence:
    """End a licence for good, from now on. Raises OrganisationRefused."""
    with transaction.atomic():
        manager, held = _running(by, licence=licence, version=version, now=now)
        Licence.objects.filter(id=held.id).update(ended_at=now, version=F("version") + 1)
        lose_access(held.member_id, now=now, licence=held.id)
        _note(Event.LICENCE_ENDED, manager, held, now=now)
        held.refresh_from_db()
        return held


def renew_licences(*, by: Member, licences: Mapping[UUID, int], last_day: date, now: datetime) -> Renewal:
    """Let licences (ids with the versions that were seen) run until and including `last_day`.

    One that ran out gets a successor from today on, so that the days between stay without. One that cannot be renewed
    is left alone and told; the others go on. Raises OrganisationRefused when nobody may do this.
    """
    with transaction.atomic():
        manager = acting(by, now=now)
        renewal = Renewal()
        for licence, version in licences.items():
            try:
                renewal.done.append(_renew(manager, licence, version=version, last_day=last_day, now=now))
            except OrganisationRefused as refused:
                renewal.refused[licence] = refused.reason
        return renewal


def narrows(terms: LicenceTerms, *, before: LicenceTerms, today: date) -> bool:
    """Say whether somebody can do less now than before."""
    taken = not before.services <= terms.services
    not_yet = before.first_day <= today < terms.first_day
    return taken or not_yet or (terms.team != before.team and terms.team is not None)


def begins_anew(terms: LicenceTerms, *, before: LicenceTerms, today: date) -> bool:
    """Say whether these terms are another licence, from now on: other services, another team, or today no more or yet.

    Days that are still to come, or a last day that is moved, say the same of what was.
    """
    moves_today = before.first_day != terms.first_day and today in {before.first_day, terms.first_day}
    return moves_today or (terms.services, terms.team) != (before.services, before.team)


def change_terms(held: Licence, terms: LicenceTerms, *, before: LicenceTerms, by: UUID, now: datetime) -> None:
    """Put these terms in place of those before, in the open transaction; days that are still to come just move.

    Where it can do something else from now on, the licence begins anew: as it was it stays as a row of its own.
    """
    if begins_anew(terms, before=before, today=clock.day_of(now)):
        _keep_as_it_was(held, now=now)
        held.given_at, held.given_by = now, by
    held.first_day, held.last_day, held.team_id = terms.first_day, terms.last_day, terms.team
    held.version += 1
    held.save(update_fields=["first_day", "last_day", "team", "given_at", "given_by", "version"])
    held.services.set(licensable().filter(key__in=terms.services))


def _renew(manager: Member, licence: UUID, *, version: int, last_day: date, now: datetime) -> Licence:
    held, today = licence_of(manager, licence=licence), clock.day_of(now)
    _refuse_own(manager, holder=held.member_id)
    _refuse_older(held, version=version)
    if held.ended_at is not None:
        raise OrganisationRefused(OrganisationReason.LICENCE_NOT_POSSIBLE)
    colleague(manager, member=held.member_id)
    before = LicenceTerms.of(held)
    if held.last_day < today:
        terms = replace(before, first_day=today, last_day=last_day)
        _check(manager, terms, today=today)
        Licence.objects.filter(id=held.id).update(ended_at=now, version=F("version") + 1)
        held = _create(held.member_id, terms, by=manager, now=now)
    else:
        terms = replace(before, last_day=last_day)
        if last_day < before.last_day:
            raise OrganisationRefused(OrganisationReason.LICENCE_DAYS_WRONG)
        _check(manager, terms, today=today, before=before)
        change_terms(held, terms, before=before, by=manager.party_id, now=now)
    tell_access(held.member_id, now=now, licence=held.id)
    _note(Event.LICENCE_RENEWED, manager, held, now=now, details=terms.details)
    return held


def _running(by: Member, *, licence: UUID, version: int, now: datetime) -> tuple[Member, Licence]:
    """Give who acts, and the licence when it is not over and as it was seen. Raises OrganisationRefused."""
    manager = acting(by, now=now)
    held = licence_of(manager, licence=licence)
    _refuse_older(held, version=version)
    if held.ended_at is not None or held.last_day < clock.day_of(now):
        raise OrganisationRefused(OrganisationReason.LICENCE_NOT_POSSIBLE)
    return manager, held


def _refuse_own(manager: Member, *, holder: UUID) -> None:
    if manager.party_id == holder:
        raise OrganisationRefused(OrganisationReason.OWN_LICENCE)


def _refuse_older(held: Licence, *, version: int) -> None:
    if held.version != version:
        raise OrganisationRefused(OrganisationReason.CHANGED_MEANWHILE)


def _check(manager: Member, terms: LicenceTerms, *, today: date, before: LicenceTerms | None = None) -> None:
    reason = why_not(terms, today=today, before=before)
    if reason is None and terms.services - set(licensable().values_list("key", flat=True)):
        reason = OrganisationReason.LICENCE_SERVICE_NOT_OFFERED
    if reason is not None:
        raise OrganisationRefused(reason)
    if terms.team is not None and (before is None or terms.team != before.team):
        team_of(manager, team=terms.team)


def _create(holder: UUID, terms: LicenceTerms, *, by: Member, now: datetime) -> Licence:
    given = Licence.objects.create(
        member_id=holder,
        first_day=terms.first_day,
        last_day=terms.last_day,
        team_id=terms.team,
        given_by=by.party_id,
        given_at=now,
    )
    given.services.set(licensable().filter(key__in=terms.services))
    return given


def _keep_as_it_was(held: Licence, *, now: datetime) -> None:
    """Keep the licence as it was until now, with its pauses, as an ended row that points to this one."""
    earlier = Licence.objects.create(
        member_id=held.member_id,
        first_day=held.first_day,
        last_day=held.last_day,
        team_id=held.team_id,
        given_by=held.given_by,
        given_at=held.given_at,
        ended_at=now,
        version=held.version,
        later=held,
    )
    earlier.services.set(held.services.all())
    held.pauses.filter(until__isnull=False).update(licence=earlier)
    for pause in held.pauses.filter(until__isnull=True):
        LicencePause.objects.create(licence=earlier, since=pause.since, until=now)
        LicencePause.objects.filter(id=pause.id).update(since=now)


def _raise_version(held: Licence) -> None:
    held.version += 1
    held.save(update_fields=["version"])


def _note(
    event: Event, manager: Member, licence: Licence, *, now: datetime, details: Mapping[str, Detail] | None = None
) -> None:
    write(
        event,
        at=now,
        channel=Channel.PAGES,
        actor=manager.party_id,
        subject=licence.member_id,
        details={"licence": str(licence.id), **(details or {})},
    )
