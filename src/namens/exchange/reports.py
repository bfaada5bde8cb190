"""A report of an act as a portal sends it, and what became of it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from uuid import UUID

from namens.exchange.models import ReportedAct
from namens.exchange.refusals import Wrong
from namens.mandates.decision import Reason
from namens.parties.identifiers import Bsn, InvalidBsn

AHEAD_AT_MOST = timedelta(seconds=60)
OLD_AT_MOST = timedelta(days=92)
_REFERENCE = re.compile(r"[A-Za-z0-9._:/-]{1,64}", re.ASCII)
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[._:/-]+(?=[0-9])")
_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True)
class ByIds:
    """Who did it for whom, by the ids of this portal's sector. A member `works_for` an organisation: its KvK number."""

    whom: str
    by: str
    works_for: str = ""


@dataclass(frozen=True)
class ByLogin:
    """The login in which it was done: the `jti` of an ID token, or the family that it names."""

    jti: str
    family: UUID | None


@dataclass(frozen=True)
class Report:
    """An act. Without `service` it is about the only one that the portal has. `at` has a time zone."""

    act: str
    at: datetime
    reference: str
    who: ByIds | ByLogin
    service: str = ""

    @cached_property
    def fingerprint(self) -> str:
        """Give the digest of all that is reported: the same for every way to write it down."""
        who = [self.who.whom, self.who.by, self.who.works_for] if isinstance(self.who, ByIds) else _login(self.who)
        said = [self.reference, self.act, self.service, _instant(self.at), *who]
        return sha256(json.dumps(said).encode()).hexdigest()


@dataclass(frozen=True)
class Reported:
    """It is kept."""

    act: ReportedAct


@dataclass(frozen=True)
class Known:
    """The same was reported before; it is one act."""

    act: ReportedAct


@dataclass(frozen=True)
class Taken:
    """Under this reference the portal reported something else."""


@dataclass(frozen=True)
class Refused:
    """Nobody was allowed to do this then. An alarm. `reason` is for portals that get reasons."""

    reason: Reason


@dataclass(frozen=True)
class Invalid:
    """The report itself is wrong."""

    why: Wrong


Outcome = Reported | Known | Taken | Refused | Invalid


def wrong_form(report: Report) -> Wrong | None:
    """Say what is wrong with how it is written, whatever the portal may report."""
    if not _REFERENCE.fullmatch(report.reference):
        return Wrong.REFERENCE_MALFORMED
    if _has_bsn(report.reference):
        return Wrong.REFERENCE_IS_BSN
    return None if report.service else Wrong.SERVICE_MISSING


def wrong_for(report: Report, *, acts: Mapping[str, str], services: frozenset[str], now: datetime) -> Wrong | None:
    """Say what is wrong with it for a portal with these acts and services."""
    if report.act not in acts:
        return Wrong.ACT_UNKNOWN
    if report.service not in services:
        return Wrong.SERVICE_UNKNOWN
    if report.at > now + AHEAD_AT_MOST:
        return Wrong.IN_THE_FUTURE
    return Wrong.TOO_OLD if report.at < now - OLD_AT_MOST else None


def _instant(at: datetime) -> str:
    try:
        return at.astimezone(UTC).isoformat()
    except OverflowError:
        # Before the first year or after the last: it is refused for that later.
        return at.isoformat()


def _has_bsn(reference: str) -> bool:
    """Say whether nine digits in it, with marks between them or not, could be a BSN. A longer run is none."""
    return any(_is_bsn(run) for run in _DIGITS.findall(_BETWEEN_DIGITS.sub("", reference)))


def _is_bsn(digits: str) -> bool:
    try:
        Bsn(digits)
    except InvalidBsn:
        return False
    return True


def _login(who: ByLogin) -> list[str]:
    # Another token of the same login is the same login.
    return ["login", str(who.family or who.jti)]
