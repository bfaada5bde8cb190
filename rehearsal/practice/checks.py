"""What the steps of exercises look for. Each check says when it was done, or what went otherwise, or nothing yet.

A check looks at everything since the exercise began, so that steps may be done in another order than they are told.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from rehearsal.practice.facts import Entry, Given, Seen

SET = frozenset({"mijn-toeslagen", "inkomstenbelasting"})
ALLOWANCES = frozenset({"mijn-toeslagen"})


@dataclass(frozen=True)
class Done:
    """The step is done."""

    at: datetime


@dataclass(frozen=True)
class Astray:
    """Something else happened: the key of the sentence that says so, and the values in it."""

    word: str
    values: Mapping[str, str] = field(default_factory=dict)


Outcome = Done | Astray | None
Check = Callable[[Seen], Outcome]


@dataclass(frozen=True)
class Wanted:
    """The mandate that an exercise asks for."""

    giver: str
    helper: str
    length: str
    services: frozenset[str]

    def judge(self, given: Given) -> Astray | None:
        """Say in what a mandate differs from it; None when it is this one."""
        if not given.helper:
            return Astray("open-code")
        if given.helper != self.helper:
            return Astray("other-helper")
        if given.services != self.services:
            return Astray("other-services")
        if given.length != self.length:
            return Astray("other-length", {"given": given.length or "own", "asked": self.length})
        return None


def logged_in(part: str, *, wrong: str = "") -> Check:
    """Somebody logged in at Namens. `wrong`: who should not."""

    def check(seen: Seen) -> Outcome:
        came = seen.last("signed-in", actor=part)
        if came:
            return Done(came.at)
        return Astray("wrong-person") if wrong and seen.last("signed-in", actor=wrong) else None

    return check


def at_portal(part: str, *, helper: str) -> Check:
    """Somebody logged in at a portal, for themselves."""

    def check(seen: Seen) -> Outcome:
        came = seen.last("portal-signed-in", actor=part)
        if came:
            return Done(came.at)
        return Astray("helper-at-portal") if seen.last("portal-signed-in", actor=helper) else None

    return check


def left_portal(part: str) -> Check:
    """That login ended, or the one at Namens with it."""

    def check(seen: Seen) -> Outcome:
        came = seen.last("portal-signed-in", actor=part)
        left = seen.since(came.at) if came else Seen()
        ended = left.last("tokens-ended", actor=part) or left.last("signed-out", actor=part)
        return Done(ended.at) if ended else None

    return check


def offered(wanted: Wanted, *, by_phone: bool = False) -> Check:
    """The client gave the mandate, on the pages or by telephone."""

    def check(seen: Seen) -> Outcome:
        astray: Outcome = None
        for entry in reversed(list(seen.all("mandate-offered", subject=wanted.giver))):
            given = seen.mandate(entry)
            if given is None or (entry.actor == wanted.giver) is by_phone:
                continue
            judged = wanted.judge(given)
            if judged is None:
                return Done(entry.at)
            astray = astray or judged
        return astray

    return check


def code_shown(wanted: Wanted) -> Check:
    """The client looked at the code of it."""

    def check(seen: Seen) -> Outcome:
        shown = [entry for entry in seen.all("code-shown", actor=wanted.giver) if _is(wanted, entry, seen)]
        return Done(shown[-1].at) if shown else None

    return check


def activated(wanted: Wanted, *, by: str) -> Check:
    """The helper used the code."""

    def check(seen: Seen) -> Outcome:
        used = [entry for entry in seen.all("mandate-activated", subject=wanted.giver) if _is(wanted, entry, seen)]
        if used:
            return Done(used[-1].at)
        if seen.last("code-tried", actor=by):
            return Astray("code-refused")
        ended = [one for one in seen.mandates.values() if one.giver == wanted.giver and one.state == "ended"]
        return Astray("ended-already") if ended and seen.last("mandate-stopped", subject=wanted.giver) else None

    return check


def used(giver: str, *, by: str) -> Check:
    """The helper logged in at a portal for the client."""

    def check(seen: Seen) -> Outcome:
        came = seen.last("mandate-used", actor=by, subject=giver)
        if came:
            return Done(came.at)
        if seen.last("portal-signed-in", actor=by):
            return Astray("for-oneself")
        return Astray("use-refused") if seen.last("use-refused", actor=by) else None

    return check


def requested(by: str, *, length: str, services: frozenset[str]) -> Check:
    """The helper asked for it; for whom is not in the journal before the register was asked."""

    def check(seen: Seen) -> Outcome:
        asked = list(seen.all("mandate-requested", actor=by))
        for entry in reversed(asked):
            if _services_in(entry) == services and entry.details.get("duration") == length:
                return Done(entry.at)
        if not asked:
            return None
        if _services_in(asked[-1]) != services:
            return Astray("other-services")
        return Astray("other-length", {"given": str(asked[-1].details.get("duration")), "asked": length})

    return check


def matched(*givers: str, by: str) -> Check:
    """The register knows everybody as the helper stated them."""

    def check(seen: Seen) -> Outcome:
        compared = list(seen.all("request-compared", actor=by))
        found = {entry.subject: entry.at for entry in compared if entry.result == "done"}
        if all(giver in found for giver in givers):
            return Done(max(found[giver] for giver in givers))
        if any(entry.result == "no-match" for entry in compared):
            return Astray("no-match")
        return Astray("partner-forgotten") if len(givers) > 1 and givers[0] in found else None

    return check


def letter(*givers: str, kind: str = "code") -> Check:
    """A letter of this kind was posted to each."""

    def check(seen: Seen) -> Outcome:
        posted = {entry.subject: entry.at for entry in seen.all("letter-posted") if entry.details.get("letter") == kind}
        if all(giver in posted for giver in givers):
            return Done(max(posted[giver] for giver in givers))
        unsent = any(entry.subject in givers for entry in seen.all("letter-not-sent"))
        return Astray("letter-not-sent") if unsent else None

    return check


def approved(giver: str, *, helper: str) -> Check:
    """The client, logged in, said yes to what the helper asked."""

    def check(seen: Seen) -> Outcome:
        agreed = seen.last("mandate-approved", actor=giver)
        given = seen.mandate(agreed) if agreed else None
        if agreed and given and given.helper == helper:
            return Done(agreed.at)
        if seen.last("mandate-declined", subject=giver):
            return Astray("declined")
        return Astray("by-letter-instead") if seen.last("mandate-activated", subject=giver) else None

    return check


def licensed(manager: str, *, member: str, services: frozenset[str]) -> Check:
    """The manager gave the member a licence for these services."""

    def check(seen: Seen) -> Outcome:
        given = list(seen.all("licence-given", actor=manager))
        for entry in reversed(given):
            if entry.subject == member and services <= _services_in(entry):
                return Done(entry.at)
        if not given:
            return None
        return Astray("other-licence" if given[-1].subject == member else "other-member")

    return check


def stopped(giver: str, *, helper: str) -> Check:
    """The client stopped the mandate with this helper."""

    def check(seen: Seen) -> Outcome:
        for entry in reversed(list(seen.all("mandate-stopped"))):
            given = seen.mandate(entry)
            if given and (given.giver, given.helper) == (giver, helper):
                return Done(entry.at) if entry.actor == giver else Astray("helper-stopped")
        return Astray("service-only") if seen.last("service-stopped", actor=giver) else None

    return check


def saw_the_end(helper: str, *, giver: str) -> Check:
    """After that the helper came, and found that it is over."""

    def check(seen: Seen) -> Outcome:
        ended = seen.last("mandate-stopped", actor=giver)
        came = seen.since(ended.at).last("signed-in", actor=helper) if ended else None
        return Done(came.at) if came else None

    return check


def _is(wanted: Wanted, entry: Entry, seen: Seen) -> bool:
    given = seen.mandate(entry)
    return given is not None and (given.giver, given.helper) == (wanted.giver, wanted.helper)


def _services_in(entry: Entry) -> frozenset[str]:
    told = entry.details.get("services")
    return frozenset(map(str, told)) if isinstance(told, list) else frozenset()
