"""Carrying out many lines of a spreadsheet at once: each is judged by itself, all are written together."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.journal.write import Detail, write_many
from namens.lib import clock
from namens.organisations.actions.invitations import link_many
from namens.organisations.actions.licences import LicenceTerms, begins_anew, change_terms, narrows, why_not
from namens.organisations.actions.losing import end_logins, tell_many
from namens.organisations.actions.members import MemberDetails
from namens.organisations.models import FormerTeam, Licence, Member, SheetLine, Team
from namens.organisations.people import not_over, with_terms
from namens.organisations.planning import details_in, terms_in
from namens.organisations.queries import licensable
from namens.organisations.refusals import OrganisationReason, OrganisationRefused
from namens.organisations.sheets import LineState, Step
from namens.parties.models import Kind, Party
from namens.services.models import Service

Links = Licence.services.through
DETAILS = ["given_name", "family_name", "kind", "team", "version"]


@dataclass
class Batch:
    """Some lines of one sheet, and what has to be written for them. In the open transaction of who calls it."""

    manager: Member
    sheet: UUID
    now: datetime
    people: dict[str, Member] = field(default_factory=dict)
    licences: dict[UUID, Licence] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    teams: frozenset[UUID] = frozenset()
    new: list[Member] = field(default_factory=list)
    changed: list[Member] = field(default_factory=list)
    given: list[tuple[Licence, LicenceTerms]] = field(default_factory=list)
    moved: dict[tuple[date, date], list[UUID]] = field(default_factory=lambda: defaultdict(list))
    moving: list[FormerTeam] = field(default_factory=list)
    losing: set[UUID] = field(default_factory=set)
    told: dict[tuple[UUID, UUID | None], None] = field(default_factory=dict)
    entries: list[JournalEntry] = field(default_factory=list)

    def carry_out(self, lines: Sequence[SheetLine]) -> None:
        """Do what these lines ask, and keep with each what came of it."""
        self._read(lines)
        refused: dict[OrganisationReason, list[int]] = defaultdict(list)
        for line in lines:
            try:
                self._take(line)
            except OrganisationRefused as refusal:
                refused[refusal.reason].append(line.id)
        self._write()
        # One statement for each outcome: Django's `bulk_update` took longer than all the rest together.
        SheetLine.objects.filter(id__in=[line.id for line in lines]).update(done_at=self.now)
        for reason, ids in refused.items():
            SheetLine.objects.filter(id__in=ids).update(state=LineState.WRONG, reasons=[reason])

    def _read(self, lines: Sequence[SheetLine]) -> None:
        emails = {line.asked["email"] for line in lines}
        here = Member.objects.filter(organisation=self.manager.organisation_id, ended_at__isnull=True)
        self.people = {one.email: one for one in here.filter(email__in=emails)}
        of_these = not_over(today=clock.day_of(self.now)).filter(
            member__in=[one.party_id for one in self.people.values()]
        )
        self.licences = {one.id: one for one in with_terms(of_these)}
        self.services = {one.key: one for one in licensable()}
        open_teams = Team.objects.filter(organisation=self.manager.organisation_id, closed_at__isnull=True)
        self.teams = frozenset(open_teams.values_list("id", flat=True))

    def _take(self, line: SheetLine) -> None:
        """Judge one line against what stands now, and note what it writes. Raises OrganisationRefused."""
        asked, steps = line.asked, set(line.steps)
        person = self.people.get(asked["email"])
        details = details_in(asked["details"]) if asked["details"] else None
        terms = terms_in(asked["terms"]) if asked["terms"] else None
        held = self._held(asked) if Step.CHANGE_LICENCE in steps else None
        self._check_person(asked, steps, person, details)
        if terms is not None:
            self._check_terms(terms, person, held)
        if details is not None:
            person = self._invite(details) if person is None else self._change(person, details)
        if terms is not None and person is not None:
            self._license(person, terms, held)

    def _held(self, asked: dict[str, Any]) -> Licence:
        held = self.licences.get(UUID(asked["licence"]))
        if held is None or held.version != asked["licence_version"]:
            raise OrganisationRefused(OrganisationReason.CHANGED_MEANWHILE)
        return held

    def _check_person(
        self, asked: dict[str, Any], steps: set[str], person: Member | None, details: MemberDetails | None
    ) -> None:
        is_there = person is not None
        as_seen = asked["member"] is None or (person is not None and str(person.party_id) == asked["member"])
        if is_there is (Step.INVITE in steps) or not as_seen:
            raise OrganisationRefused(OrganisationReason.CHANGED_MEANWHILE)
        if person is not None and Step.CHANGE_DETAILS in steps and person.version != asked["member_version"]:
            raise OrganisationRefused(OrganisationReason.CHANGED_MEANWHILE)
        if details is not None and details.team is not None and details.team not in self.teams:
            raise OrganisationRefused(OrganisationReason.UNKNOWN_TEAM)

    def _check_terms(self, terms: LicenceTerms, person: Member | None, held: Licence | None) -> None:
        before = LicenceTerms.of(held) if held else None
        reason = why_not(terms, today=clock.day_of(self.now), before=before)
        if person is not None and person.party_id == self.manager.party_id:
            reason = OrganisationReason.OWN_LICENCE
        elif reason is None and not terms.services <= self.services.keys():
            reason = OrganisationReason.LICENCE_SERVICE_NOT_OFFERED
        elif reason is None and terms.team is not None and terms.team not in self.teams:
            reason = OrganisationReason.UNKNOWN_TEAM
        if reason is not None:
            raise OrganisationRefused(reason)

    def _invite(self, details: MemberDetails) -> Member:
        member = Member(
            party=Party(kind=Kind.MEMBER, created_at=self.now),
            organisation_id=self.manager.organisation_id,
            given_name=details.given_name,
            family_name=details.family_name,
            kind=details.kind,
            email=details.email,
            team_id=details.team,
            invited_at=self.now,
        )
        self.new.append(member)
        self.people[details.email] = member
        return member

    def _change(self, person: Member, details: MemberDetails) -> Member:
        """Names, kind and team only: a file neither makes managers nor moves people to another address."""
        if person.team_id != details.team:
            self.moving.append(FormerTeam(member=person, team_id=person.team_id, until=self.now))
            self.losing.add(person.party_id)
            self.told[person.party_id, None] = None
        person.given_name, person.family_name = details.given_name, details.family_name
        person.kind, person.team_id = details.kind, details.team
        person.version += 1
        self.changed.append(person)
        self._note(Event.MEMBER_CHANGED, person.party_id, {})
        return person

    def _license(self, person: Member, terms: LicenceTerms, held: Licence | None) -> None:
        if held is None:
            given = Licence(
                member=person,
                first_day=terms.first_day,
                last_day=terms.last_day,
                team_id=terms.team,
                given_by=self.manager.party_id,
                given_at=self.now,
            )
            self.given.append((given, terms))
            if person.bound_at is not None:
                self.told[person.party_id, given.id] = None
            self._note(Event.LICENCE_GIVEN, person.party_id, {"licence": str(given.id), **terms.details})
            return
        before = LicenceTerms.of(held)
        today = clock.day_of(self.now)
        if begins_anew(terms, before=before, today=today):
            change_terms(held, terms, before=before, by=self.manager.party_id, now=self.now)
        else:
            self.moved[terms.first_day, terms.last_day].append(held.id)
        if narrows(terms, before=before, today=today):
            self.losing.add(held.member_id)
        self.told[held.member_id, held.id] = None
        self._note(Event.LICENCE_CHANGED, person.party_id, {"licence": str(held.id), **terms.details})

    def _note(self, event: Event, subject: UUID, details: dict[str, Detail]) -> None:
        self.entries.append(
            JournalEntry(
                at=self.now,
                event=event,
                channel=Channel.WORKER,
                actor=self.manager.party_id,
                subject=subject,
                details={"sheet": str(self.sheet), **details},
            )
        )

    def _write(self) -> None:
        Party.objects.bulk_create([one.party for one in self.new], batch_size=500)
        Member.objects.bulk_create(self.new, batch_size=250)
        link_many(self.new, by=self.manager.party_id, channel=Channel.WORKER, now=self.now)
        FormerTeam.objects.bulk_create(self.moving, batch_size=250)
        Member.objects.bulk_update(self.changed, DETAILS, batch_size=250)
        Licence.objects.bulk_create([one for one, _terms in self.given], batch_size=250)
        Links.objects.bulk_create(
            [
                Links(licence_id=licence.id, service_id=self.services[key].id)
                for licence, terms in self.given
                for key in sorted(terms.services)
            ],
            batch_size=500,
        )
        for (first_day, last_day), ids in self.moved.items():
            days = {"first_day": first_day, "last_day": last_day, "version": F("version") + 1}
            Licence.objects.filter(id__in=ids).update(**days)
        for member in sorted(self.losing):
            end_logins(member, now=self.now)
        tell_many(self.told, now=self.now)
        write_many(self.entries)
