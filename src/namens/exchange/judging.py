"""Whether somebody was allowed to do an act at its own moment: one statement for all, then `decide` for each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from namens.exchange.reports import Report
from namens.exchange.who import People
from namens.mandates.columns import as_instant, as_uuid
from namens.mandates.decision import Decision, Permit, Question, Reason, Refusal, Snapshot, decide
from namens.mandates.past import as_it_was
from namens.mandates.queries import read_many
from namens.mandates.snapshot import Asker, snapshot
from namens.mandates.statement import Found
from namens.services.models import Portal


@dataclass(frozen=True)
class Judged:
    """An act with its answer. `helped`: a mandate between these two is or was active, for something of this portal."""

    report: Report
    people: People
    decision: Decision
    organisation: UUID | None
    helped: bool


def judge(portal: Portal, acts: Sequence[tuple[Report, People]], *, now: datetime) -> list[Judged]:
    """Judge acts, each as of its own moment, in their order. One statement, however many."""
    numbers: dict[object, int] = {}
    asked = [people.asked(portal) for _, people in acts]
    for one in asked:
        numbers.setdefault(one, len(numbers))
    read = read_many([*dict.fromkeys(asked)])
    return [
        _judged(report, people, read.asker, read.lines.get(numbers[one], []), now=now)
        for (report, people), one in zip(acts, asked, strict=True)
    ]


def _judged(report: Report, people: People, asker: Asker | None, lines: Sequence[Found], *, now: datetime) -> Judged:
    question = Question(service=report.service, assurance=people.level)
    read = snapshot(asker, lines, question=question, representative=people.representative)
    # A portal's clock may run ahead of ours; what is to come nobody knows.
    at = min(report.at, now)
    decision = _decided(as_it_was(read, at), act=report.act, at=at)
    return Judged(
        report=report,
        people=people,
        decision=decision,
        organisation=as_uuid(lines[0].representative) if lines and people.is_at_work else None,
        helped=any(as_instant(line.activated_at) is not None for line in lines),
    )


def _decided(then: Snapshot, *, act: str, at: datetime) -> Decision:
    """Decide. What the client left out stays out, also where it is sensitive at another service of the mandate only."""
    if _is_sensitive(then, act):
        return decide(replace(then, question=replace(then.question, action=act)), at)
    answer = decide(then, at)
    if not isinstance(answer, Permit) or act not in answer.left_out:
        return answer
    lines = tuple(line for line in then.lines if act not in line.sensitive_seen - line.granted_actions)
    other = decide(replace(then, lines=lines), at)
    return other if isinstance(other, Permit) else Refusal(Reason.ACTION_LEFT_OUT)


def _is_sensitive(then: Snapshot, act: str) -> bool:
    """Say whether it is a sensitive action of the service: today, or when the client said yes."""
    service = then.question.service
    return any(act in one.sensitive_actions for one in then.services if one.key == service) or any(
        act in line.service_seen for line in then.lines if line.service == service
    )
