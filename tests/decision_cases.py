"""The named cases of tests/decisions.yaml: reading them, and making a snapshot of each.

Every case is about the same days unless it says otherwise: a mandate from 1 November 2026 to and including 31 October
2027, asked about on 23 November 2026 at noon. The file itself says what the words in it mean.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import yaml

from namens.lib.assurance import AssuranceLevel
from namens.mandates.decision import Decision, Line, Offered, Permit, Question, Reason, Refusal, Snapshot
from namens.mandates.licences import Gap, Interval, Missing
from namens.services import catalogue
from tests.decision_working import ORGANISATIONS, WORKS_AT, Working, instant, intervals, working
from tests.people import CATALOGUE

FILE = Path(__file__).with_name("decisions.yaml")
PORTALS = {
    "toeslagen": ("mijn-toeslagen",),
    "belasting": ("inkomstenbelasting",),
    "both": ("inkomstenbelasting", "mijn-toeslagen"),
    "pension": ("aow-en-pensioen",),
    "parking": ("parkeervergunning",),
}
DOORS = {False: ("decide", "openid", "decisions"), True: ("decide", "decisions")}
SUSPENDED = {"suspended": ({"since": "2026-11-10T09:00:00+01:00"},)}
ALLOWED = {
    "case": {"name", "given", "portal", "catalogue", "question", "expect", "doors", "why", "at_the_door", "working"},
    "given": {
        "name",
        "giver",
        "helper",
        "state",
        "services",
        "first_day",
        "last_day",
        "granted",
        "seen",
        "level",
        "stopped",
        "shortened",
        "offered",
        "activated",
        "granted_since",
        "suspended",
        "ended",
    },
    "portal": {"offers", "approved"},
    "question": {"who", "in_name_of", "for", "service", "action", "assurance", "at", "looking_back"},
}


@dataclass(frozen=True)
class Given:
    """One mandate as a case describes it."""

    id: UUID
    giver: str
    helper: str | None
    state: str
    services: tuple[str, ...]
    first_day: date
    last_day: date
    granted: frozenset[str]
    seen: Mapping[str, frozenset[str]]
    levels: Mapping[str, AssuranceLevel]
    stopped: Mapping[str, datetime]
    shortened: Mapping[str, date]
    offered: datetime
    activated: datetime | None
    granted_since: datetime | None
    suspended: tuple[Interval, ...]
    ended: datetime | None

    def lines(self) -> Iterator[Line]:
        """Give the mandate as `decide()` sees it."""
        for key in self.services:
            yield Line(
                mandate=self.id,
                service=key,
                state=self.state,
                first_day=self.first_day,
                last_day=self.shortened.get(key, self.last_day),
                minimum_level=self.levels[key],
                known_since=self.offered,
                activated_at=self.activated,
                ended_at=self.ended,
                stopped_at=self.stopped.get(key, self.ended),
                granted_actions=self.granted,
                granted_since=self.granted_since,
                sensitive_seen=frozenset().union(*self.seen.values()),
                service_seen=self.seen[key],
                suspensions=self.suspended,
            )


@dataclass(frozen=True)
class Case:
    """One case. `expect` is a decision, or the name of an error.

    `who` asks as the representative `in_name_of`: themselves, unless they work for somebody.
    """

    name: str
    given: tuple[Given, ...]
    offers: tuple[str, ...]
    approved: bool
    changes: Mapping[str, Mapping[str, Any]]
    working: Working
    who: str
    in_name_of: str
    client: str
    asked: Mapping[str, Any]
    expect: Decision | str
    doors: tuple[str, ...]
    at_the_door: Mapping[str, Any]

    @property
    def at(self) -> datetime:
        """Give the instant that is asked about."""
        return instant(self.asked.get("at", "2026-11-23T12:00:00+01:00"))

    @property
    def looks_back(self) -> bool:
        """Say whether it is asked later than the instant that it is about."""
        return bool(self.asked.get("looking_back"))

    @property
    def question(self) -> Question:
        """Give the question. Raises ValueError when the level is none that exists."""
        level = self.asked.get("assurance", "low")
        return Question(
            service=self.asked.get("service", "mijn-toeslagen"),
            assurance=AssuranceLevel(level) if level else None,
            action=self.asked.get("action"),
        )

    @property
    def names_a_member(self) -> bool:
        """Say whether somebody asks in another's name."""
        return self.who != self.in_name_of

    def snapshot(self) -> Snapshot:
        """Give what the one-pair statement would have read for this case."""
        of_pair = [one for one in self.given if (one.giver, one.helper) == (self.client, self.in_name_of)]
        lines = [line for one in of_pair for line in one.lines()]
        return Snapshot(
            question=self.question,
            portal_approved=self.approved,
            services=tuple(self.offered(key) for key in self.offers),
            lines=tuple(line for line in lines if line.service in self.offers),
            needs_licence=self.names_a_member or self.in_name_of in ORGANISATIONS,
            member=self.working.membership(self.who, at=self.in_name_of),
            reach=self.working.reach(self.who, at=self.in_name_of, client=self.client),
        )

    def offered(self, key: str) -> Offered:
        """Give a service as the catalogue has it now."""
        entry = offered()[key]
        now = self.changes.get(key, {})
        return replace(
            entry,
            minimum_level=AssuranceLevel(now.get("minimum_level", entry.minimum_level)),
            sensitive_actions=frozenset(now.get("sensitive_actions", entry.sensitive_actions)),
            active=now.get("active", True),
        )


@cache
def offered() -> dict[str, Offered]:
    """Give the services of the practice catalogue."""
    read = catalogue.parse(catalogue.load(CATALOGUE))
    return {
        one.key: Offered(
            key=one.key,
            minimum_level=one.minimum_level,
            sensitive_actions=frozenset(action["key"] for action in one.sensitive_actions),
        )
        for one in read.services
    }


@cache
def cases() -> tuple[Case, ...]:
    """Give all cases of the file. Raises ValueError for a word that nobody reads."""
    return tuple(_case(written) for written in yaml.safe_load(FILE.read_text(encoding="utf-8")))


def through(door: str) -> list[Case]:
    """Give the cases that this door can express."""
    return [case for case in cases() if door in case.doors]


def _case(written: Mapping[str, Any]) -> Case:
    _check(written, "case")
    asked, at = written.get("question", {}), written.get("portal", {})
    _check(asked, "question")
    _check(at, "portal")
    who = asked.get("who", "bram")
    given = tuple(_given(one, f"{written['name']} {place}") for place, one in enumerate(written.get("given", [{}])))
    return Case(
        name=written["name"],
        given=given,
        offers=PORTALS[at.get("offers", "toeslagen")],
        approved=at.get("approved", True),
        changes=written.get("catalogue", {}),
        working=working(written.get("working", {})),
        who=who,
        in_name_of=asked.get("in_name_of", WORKS_AT.get(who, who)),
        client=asked.get("for", "anna"),
        asked=asked,
        expect=_expected(written, given),
        doors=tuple(written.get("doors", DOORS[bool(asked.get("looking_back"))])),
        at_the_door=written.get("at_the_door", {}),
    )


def _given(written: Mapping[str, Any], name: str) -> Given:
    _check(written, "given")
    state = written.get("state", "active")
    keys = tuple(written.get("services", ("mijn-toeslagen",)))
    runs = state in {"active", "suspended", "ended"}
    seen, levels = written.get("seen", {}), written.get("level", {})
    activated = written.get("activated", "2026-11-01T09:00:00+01:00")
    return Given(
        id=uuid5(NAMESPACE_URL, f"{name} {written.get('name', '')}"),
        giver=written.get("giver", "anna"),
        helper=written.get("helper", "bram"),
        state=state,
        services=keys,
        first_day=written.get("first_day", date(2026, 11, 1)),
        last_day=written.get("last_day", date(2027, 10, 31)),
        granted=frozenset(written.get("granted", ())),
        seen={key: frozenset(seen.get(key, offered()[key].sensitive_actions)) for key in keys},
        levels={key: AssuranceLevel(levels.get(key, offered()[key].minimum_level)) for key in keys},
        stopped={key: instant(at) for key, at in written.get("stopped", {}).items()},
        shortened=written.get("shortened", {}),
        offered=instant(written.get("offered", "2026-10-01T02:00:00+02:00")),
        activated=instant(activated) if runs and activated else None,
        granted_since=instant(written["granted_since"]) if "granted_since" in written else None,
        suspended=intervals(written.get("suspended", SUSPENDED.get(state, ()))),
        ended=instant(written.get("ended", "2026-11-20T09:00:00+01:00")) if state == "ended" else None,
    )


def _expected(written: Mapping[str, Any], given: tuple[Given, ...]) -> Decision | str:
    expect = written["expect"]
    if "error" in expect:
        return str(expect["error"])
    if "refusal" in expect:
        gap = Missing(Gap(expect["gap"]), expect.get("day")) if "gap" in expect else None
        return Refusal(Reason(expect["refusal"]), gap)
    permit = expect["permit"]
    by = given[permit.get("by", 0)]
    return Permit(
        mandate=by.id,
        service=written.get("question", {}).get("service", "mijn-toeslagen"),
        last_day=permit.get("last_day", by.last_day),
        left_out=frozenset(permit.get("left_out", ("rekeningnummer-wijzigen",))),
    )


def _check(written: Mapping[str, Any], what: str) -> None:
    if unknown := written.keys() - ALLOWED[what]:
        raise ValueError(f"nobody reads {sorted(unknown)} of a {what}")
