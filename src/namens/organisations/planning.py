"""What the lines of a spreadsheet will do, judged against what stands now. Reads and writes nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from namens.organisations.actions.licences import LicenceTerms, longest_last_day, why_not
from namens.organisations.actions.members import MemberDetails
from namens.organisations.models import MemberKind
from namens.organisations.refusals import OrganisationReason
from namens.organisations.sheets import LineReason, LineState, Step


@dataclass(frozen=True)
class AskedLine:
    """What was read in a line. None is what the line leaves as it is; `problems` are what could not be read.

    A line without services asks for no licence.
    """

    number: int
    given_name: str = ""
    family_name: str = ""
    email: str = ""
    kind: MemberKind | None = None
    team: str | None = None
    services: tuple[str, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    licence_team: str = ""
    problems: tuple[LineReason, ...] = ()


@dataclass
class KnownLicence:
    """A licence that is not over."""

    id: UUID
    version: int
    terms: LicenceTerms
    is_taken: bool = False


@dataclass
class KnownPerson:
    """Somebody who works here, or will after an earlier line. `asked` are the licences of earlier lines."""

    id: UUID | None
    version: int
    details: MemberDetails
    licences: list[KnownLicence] = field(default_factory=list)
    lines: list[MemberDetails] = field(default_factory=list)
    asked: list[LicenceTerms] = field(default_factory=list)


@dataclass
class Known:
    """What stands now: people by address, teams by name (in small letters too), services that licences can be for."""

    importer: UUID
    today: date
    teams: Mapping[str, UUID]
    services: frozenset[str]
    people: dict[str, KnownPerson]


@dataclass(frozen=True)
class Plan:
    """What a line will do, and on what it was judged: nothing is done when that has changed by then."""

    state: LineState
    steps: tuple[Step, ...] = ()
    reasons: tuple[StrEnum, ...] = ()
    member: UUID | None = None
    member_version: int | None = None
    details: MemberDetails | None = None
    licence: UUID | None = None
    licence_version: int | None = None
    terms: LicenceTerms | None = None

    def as_kept(self) -> dict[str, Any]:
        """Give what is needed to carry it out, as JSON can hold it."""
        return {
            "member": str(self.member) if self.member else None,
            "member_version": self.member_version,
            "details": _kept_details(self.details),
            "licence": str(self.licence) if self.licence else None,
            "licence_version": self.licence_version,
            "terms": _kept_terms(self.terms),
        }


class Wrong(Exception):
    """This line cannot be carried out."""

    def __init__(self, reason: StrEnum) -> None:
        super().__init__(reason)
        self.reason = reason


def plan_all(lines: Sequence[AskedLine], *, known: Known) -> list[Plan]:
    """Judge the lines in their order; what earlier ones do counts for later ones."""
    with_licence = Counter(line.email for line in lines if line.services)
    return [_plan(line, known, is_only=with_licence[line.email] == 1) for line in lines]


def details_in(kept: Mapping[str, Any]) -> MemberDetails:
    """Read what `Plan.as_kept` wrote under `details`."""
    team = UUID(kept["team"]) if kept["team"] else None
    return MemberDetails(**{**kept, "kind": MemberKind(kept["kind"]), "team": team})


def terms_in(kept: Mapping[str, Any]) -> LicenceTerms:
    """Read what `Plan.as_kept` wrote under `terms`."""
    return LicenceTerms(
        services=frozenset(kept["services"]),
        first_day=date.fromisoformat(kept["first_day"]),
        last_day=date.fromisoformat(kept["last_day"]),
        team=UUID(kept["team"]) if kept["team"] else None,
    )


def _plan(line: AskedLine, known: Known, *, is_only: bool) -> Plan:
    if line.problems:
        return Plan(LineState.WRONG, reasons=line.problems)
    try:
        person = known.people.get(line.email)
        details = _details(line, known, person)
        licence, terms = _licence(line, known, person, is_only=is_only)
    except Wrong as wrong:
        return Plan(LineState.WRONG, reasons=(wrong.reason,))
    steps = _steps(person, details, licence, terms)
    plan = Plan(
        state=_state(steps),
        steps=tuple(steps),
        member=person.id if person else None,
        member_version=person.version if person and Step.CHANGE_DETAILS in steps else None,
        details=details if {Step.INVITE, Step.CHANGE_DETAILS} & set(steps) else None,
        licence=licence.id if licence and Step.CHANGE_LICENCE in steps else None,
        licence_version=licence.version if licence and Step.CHANGE_LICENCE in steps else None,
        terms=terms if {Step.GIVE_LICENCE, Step.CHANGE_LICENCE} & set(steps) else None,
    )
    _remember(line, known, details, licence, terms)
    return plan


def _details(line: AskedLine, known: Known, person: KnownPerson | None) -> MemberDetails:
    """Give what will stand of this person. Raises Wrong."""
    before = person.details if person else None
    kind = line.kind or (before.kind if before else None)
    if kind is None:
        raise Wrong(LineReason.KIND_UNREADABLE)
    team = (before.team if before else None) if line.team is None else _team(line.team, known)
    details = MemberDetails(
        given_name=line.given_name,
        family_name=line.family_name,
        kind=kind,
        email=line.email,
        team=team,
        is_manager=before.is_manager if before else False,
    )
    if person is not None and any(earlier != details for earlier in person.lines):
        raise Wrong(LineReason.OTHER_LINE_DIFFERS)
    if before is not None and person is not None and person.id == known.importer and team != before.team:
        raise Wrong(OrganisationReason.OWN_TEAM)
    return details


def _licence(
    line: AskedLine, known: Known, person: KnownPerson | None, *, is_only: bool
) -> tuple[KnownLicence | None, LicenceTerms | None]:
    """Give the licence that the line is about, if it is there already, and what it will be. Raises Wrong."""
    if not line.services:
        return None, None
    team = _team(line.licence_team, known)
    free = [one for one in person.licences if not one.is_taken] if person else []
    held = _match(line, team, free, is_only=is_only)
    before = held.terms if held else None
    terms = _terms(line, team, known, before)
    if person is not None and any((one.services, one.team) == (terms.services, team) for one in person.asked):
        if terms in person.asked:
            return None, None
        raise Wrong(LineReason.OTHER_LINE_DIFFERS)
    if terms == before:
        return held, terms
    if person is not None and person.id == known.importer:
        raise Wrong(OrganisationReason.OWN_LICENCE)
    reason = why_not(terms, today=known.today, before=before)
    if reason is None and terms.services - known.services:
        reason = OrganisationReason.LICENCE_SERVICE_NOT_OFFERED
    if reason is not None:
        raise Wrong(reason)
    return held, terms


def _match(line: AskedLine, team: UUID | None, free: list[KnownLicence], *, is_only: bool) -> KnownLicence | None:
    """Find the licence that a line means: the very same, else one for the same services, else the only one."""
    same = [one for one in free if (one.terms.services, one.terms.team) == (frozenset(line.services), team)]
    exact = [
        one
        for one in same
        if line.first_day in {None, one.terms.first_day} and line.last_day in {None, one.terms.last_day}
    ]
    only = free if is_only and len(free) == 1 else []
    return next(iter([*exact, *same, *only]), None)


def _terms(line: AskedLine, team: UUID | None, known: Known, before: LicenceTerms | None) -> LicenceTerms:
    first_day = line.first_day or (before.first_day if before else known.today)
    unsaid = before.last_day if before else longest_last_day(first_day, today=known.today)
    return LicenceTerms(
        services=frozenset(line.services), first_day=first_day, last_day=line.last_day or unsaid, team=team
    )


def _team(name: str, known: Known) -> UUID | None:
    if not name:
        return None
    found = known.teams.get(name) or known.teams.get(name.casefold())
    if found is None:
        raise Wrong(OrganisationReason.UNKNOWN_TEAM)
    return found


def _steps(
    person: KnownPerson | None, details: MemberDetails, licence: KnownLicence | None, terms: LicenceTerms | None
) -> list[Step]:
    steps = []
    if person is None:
        steps.append(Step.INVITE)
    elif details != person.details:
        steps.append(Step.CHANGE_DETAILS)
    if terms is not None and licence is None:
        steps.append(Step.GIVE_LICENCE)
    elif terms is not None and licence is not None and terms != licence.terms:
        steps.append(Step.CHANGE_LICENCE)
    return steps


def _state(steps: Iterable[Step]) -> LineState:
    found = set(steps)
    if Step.INVITE in found:
        return LineState.NEW
    return LineState.CHANGED if found else LineState.UNCHANGED


def _remember(
    line: AskedLine,
    known: Known,
    details: MemberDetails,
    licence: KnownLicence | None,
    terms: LicenceTerms | None,
) -> None:
    """Let later lines see what this one will have done."""
    person = known.people.setdefault(line.email, KnownPerson(id=None, version=0, details=details))
    person.details = details
    person.lines.append(details)
    if licence is not None:
        licence.is_taken = True
    if terms is not None:
        person.asked.append(terms)


def _kept_details(details: MemberDetails | None) -> dict[str, Any] | None:
    if details is None:
        return None
    return {**vars(details), "kind": details.kind.value, "team": str(details.team) if details.team else None}


def _kept_terms(terms: LicenceTerms | None) -> dict[str, Any] | None:
    return dict(terms.details) if terms is not None else None
