"""Reporting acts. Each has a reference of our own, so the same report twice is one act, and trying again is safe."""

from collections.abc import Mapping, Sequence
from typing import Any

from namens_client import _people
from namens_client._exchange import PASSES, PORTALS, Call, Problem, ask, back_off, failure
from namens_client._flow import Answer, Flow, Pause
from namens_client._reading import Fields, Unreadable, understood
from namens_client._setup import Setup
from namens_client.acts import Act, AlreadyReported, NotAllowedThen, Outcome, Rejected, Reported
from namens_client.decisions import Reason
from namens_client.problems import NoAnswer

MOST_AT_ONCE = 1000
NOT_THEN = "niet-toegestaan-toen"
# What is wrong with this one act: the next one may be right.
OF_THIS_ACT = frozenset({400, 404, 409, 422})


def report(setup: Setup, act: Act) -> Flow[Outcome]:
    """Report one act, for as long as it takes and no longer than our patience. Raises NoAnswer."""
    until = setup.ticks() + setup.long_patience
    answer = yield from ask(setup, _call(setup, "handelingen", _content(act), until))
    problem = Problem.of(answer)
    if answer.status in {200, 201}:
        with understood(answer) as fields:
            return _reported(fields, new=answer.status == 201)
    outcome = _refused(answer.status, problem, request_id=answer.request_id)
    if outcome is None:
        raise failure(answer)
    return outcome


def report_all(setup: Setup, acts: Sequence[Act]) -> Flow[list[Outcome]]:
    """Report many acts, at most a thousand in one request; an outcome for each, in their order. Raises NoAnswer."""
    until = setup.ticks() + setup.long_patience
    outcomes: dict[int, Outcome] = {}
    for start in range(0, len(acts), MOST_AT_ONCE):
        waiting = list(range(start, min(start + MOST_AT_ONCE, len(acts))))
        tries = 0
        while waiting:
            found = yield from _row(setup, [acts[place] for place in waiting], until)
            outcomes |= {place: one for place, one in zip(waiting, found, strict=True) if one is not None}
            waiting = [place for place, one in zip(waiting, found, strict=True) if one is None]
            if waiting:
                yield from _wait(setup, tries, until)
                tries += 1
    return [outcomes[place] for place in range(len(acts))]


def _row(setup: Setup, acts: Sequence[Act], until: float) -> Flow[list[Outcome | None]]:
    content = {"handelingen": [_content(act) for act in acts]}
    answer: Answer = yield from ask(setup, _call(setup, "handelingreeksen", content, until))
    if answer.status != 200:
        raise failure(answer)
    with understood(answer) as fields:
        found = [_result(one, request_id=answer.request_id) for one in fields.many("resultaten")]
        if len(found) != len(acts):
            raise Unreadable("resultaten")
        return found


def _wait(setup: Setup, tries: int, until: float) -> Flow[None]:
    seconds = back_off(tries)
    if setup.ticks() + seconds >= until:
        raise NoAnswer("some acts were not taken yet")
    yield Pause(seconds)


def _result(fields: Fields, *, request_id: str) -> Outcome | None:
    """Read what became of one act in a row; None for what passes by itself. Raises Unreadable."""
    status = fields.number("status")
    if status in {200, 201}:
        return _reported(fields.inner("handeling"), new=status == 201)
    if status in PASSES:
        return None
    outcome = _refused(status, Problem.read(fields.inner("probleem")), request_id=request_id)
    if outcome is None:
        raise Unreadable("status")
    return outcome


def _refused(status: int, problem: Problem, *, request_id: str) -> Outcome | None:
    if status == 403 and problem.code == NOT_THEN:
        reason = Reason(problem.reason) if problem.reason else None
        return NotAllowedThen(reason=reason, request_id=request_id)
    if status in OF_THIS_ACT and problem.code:
        return Rejected(code=problem.code, detail=problem.detail, request_id=request_id)
    return None


def _reported(fields: Fields, *, new: bool) -> Outcome:
    kind = Reported if new else AlreadyReported
    return kind(id=fields.uuid("id"), mandate=fields.uuid("machtiging"), reported_at=fields.moment("gemeldOp"))


def _call(setup: Setup, path: str, content: object, until: float) -> Call:
    url = f"{setup.portals}/{path}"
    return Call(scope=PORTALS, method="POST", url=url, content=content, until=until, keeps_trying=True)


def _content(act: Act) -> Mapping[str, Any]:
    content: dict[str, Any] = {"handeling": act.key, "tijdstip": act.at.isoformat(), "kenmerk": act.reference}
    if act.service:
        content["dienst"] = act.service
    if act.on_behalf_of is None or act.by is None:
        return {**content, "login": act.login}
    return {**content, "voorWie": _people.written(act.on_behalf_of), "doorWie": _people.written(act.by)}
