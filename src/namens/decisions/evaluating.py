"""Answering questions: one, or many in one request (AuthZEN 1.0, 6 and 7)."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from msgspec import UNSET

from namens.decisions.askers import Askers
from namens.decisions.asking import Item, answer_of, decision_of, item_of
from namens.decisions.books import Record
from namens.decisions.lookups import Answer
from namens.decisions.problems import Problem
from namens.decisions.wire import MOST_EVALUATIONS, Evaluation, Evaluations, Malformed, Properties, read
from namens.mandates.snapshot import Asker
from namens.mandates.statement import Asked, Form

STOPS_AT = {"execute_all": None, "deny_on_first_deny": False, "permit_on_first_permit": True}
NUMBERS_NOT_ALLOWED = "this portal has no registered basis for BSNs"
TOGETHER = 64
_NAMES = ("subject", "action", "resource", "context")


@dataclass(frozen=True)
class Refused:
    """One of many questions that cannot be answered, and why (7.2.1)."""

    status: int
    message: str


async def evaluation(body: Properties, *, askers: Askers, record: Record, now: datetime) -> dict[str, Any]:
    """Answer one question. Raises Malformed, Problem and Away."""
    wanted, portal = read(body, Evaluation), record.portal
    record.named_trace, record.pairs = wanted.context.traceparent, 1
    sector = await askers.sector(portal)
    item = item_of(wanted, portal=portal, sector=sector, now=now)
    found = await askers.look_up([item.asked], Form.PAIRS)
    asker = askers.of(portal, found, sector=sector)
    answer = _answer(item, asker, found, 0, now, record)
    if isinstance(answer, Refused):
        raise Problem(answer.status, answer.message)
    return answer


async def evaluations(body: Properties, *, askers: Askers, record: Record, now: datetime) -> dict[str, Any]:
    """Answer many questions, in their order. Without any it is one question (7.1). Raises the same."""
    wanted, portal = read(body, Evaluations), record.portal
    if not wanted.evaluations:
        return await evaluation(body, askers=askers, record=record, now=now)
    if len(wanted.evaluations) > MOST_EVALUATIONS:
        raise Problem(413, f"more than {MOST_EVALUATIONS} evaluations in one request")
    stops_at = _stops_at(wanted)
    sector = await askers.sector(portal)
    items = _items(wanted, portal=portal, sector=sector, now=now)
    asked = [item.asked for item in items if isinstance(item, Item)]
    record.named_trace, record.pairs = _trace_in(wanted), len(asked)
    found = await askers.look_up(asked or [Asked(portal)], Form.PAIRS)
    asker = askers.of(portal, found, sector=sector)
    answers: list[dict[str, Any]] = []
    place = 0
    for number, item in enumerate(items, start=1):
        if number % TOGETHER == 0:
            await asyncio.sleep(0)  # Others wait for one decision.
        answer: dict[str, Any] | Refused
        if isinstance(item, Item):
            answer = _answer(item, asker, found, place, now, record)
            place += 1
        else:
            answer = item
        if isinstance(answer, Refused):
            error = {"status": answer.status, "message": answer.message}
            answer = {"decision": False, "context": {"error": error}}
        answers.append(answer)
        if answer["decision"] is stops_at:
            break
    return {"evaluations": answers}


def _stops_at(wanted: Evaluations) -> bool | None:
    try:
        return STOPS_AT[wanted.options.evaluations_semantic]
    except KeyError:
        raise Malformed(f"options.evaluations_semantic is none of: {', '.join(STOPS_AT)}") from None


def _items(wanted: Evaluations, *, portal: str, sector: str, now: datetime) -> list[Item | Refused]:
    """Give the questions; one that is no question keeps its place."""
    given = {name: getattr(wanted, name) for name in _NAMES}
    defaults = {name: value for name, value in given.items() if value is not UNSET}
    items: list[Item | Refused] = []
    for one in wanted.evaluations or []:
        try:
            whole = read({**defaults, **one}, Evaluation)
            items.append(item_of(whole, portal=portal, sector=sector, now=now))
        except Malformed as problem:
            items.append(Refused(400, str(problem)))
    return items


def _trace_in(wanted: Evaluations) -> object:
    return wanted.context.get("traceparent") if isinstance(wanted.context, dict) else None


def _answer(
    item: Item, asker: Asker, found: Answer, place: int, now: datetime, record: Record
) -> dict[str, Any] | Refused:
    if item.by_number and not asker.may_name_bsn:
        return Refused(403, NUMBERS_NOT_ALLOWED)
    lines = found.reading.lines.get(found.first + place, ())
    decision = decision_of(item, asker, lines, now=now)
    record.decided(decision, item, asker, lines, now=now)
    return answer_of(decision, with_reason=asker.gives_reasons, as_of=item.at)
