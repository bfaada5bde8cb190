"""Searches: who may, for whom, and what (AuthZEN 1.0, 8). One statement reads a page, and `decide()` judges each on it.

Whom it says no to is left out, so a page can have less on it than was asked for, or nothing, and still not be the last.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from namens.decisions.askers import Askers
from namens.decisions.asking import (
    MEMBER,
    NOBODY,
    PERSON,
    Item,
    check_is_person,
    check_kind,
    decision_of,
    is_by_number,
    organisation_of,
    question_of,
    who_acts,
    whom,
)
from namens.decisions.books import Record
from namens.decisions.evaluating import NUMBERS_NOT_ALLOWED
from namens.decisions.lookups import Answer
from namens.decisions.pages import Page, digest, page_of
from namens.decisions.problems import Problem
from namens.decisions.wire import (
    ActionSearch,
    Properties,
    ResourceSearch,
    SubjectSearch,
    moment_of,
    read,
)
from namens.grants.pairwise import pairwise_id
from namens.mandates.columns import as_uuid
from namens.mandates.decision import Permit, Question
from namens.mandates.snapshot import Asker
from namens.mandates.statement import Asked, Form, Found

NO_BASIS = "this portal has no registered basis for searches"
TOGETHER = 100
_WHO = {Form.CLIENTS_PAGE: "representee", Form.PERSONS_PAGE: "representative", Form.MEMBERS_PAGE: "listed_member"}
Result = dict[str, Any]
Wanted = SubjectSearch | ResourceSearch | ActionSearch


@dataclass(frozen=True)
class Search:
    """What is searched. `by_number`: a BSN stood in it."""

    asked: Asked
    form: Form
    question: Question
    at: datetime | None
    by_number: bool
    page: Page


async def subjects(body: Properties, *, askers: Askers, record: Record, now: datetime) -> Result:
    """Give the persons, or the members of organisations, who may do this for a person (8.4). Raises as `evaluation`."""
    wanted, portal = read(body, SubjectSearch), record.portal
    check_kind(wanted.subject)
    kvk = (organisation_of(wanted.subject) or "") if wanted.subject.type == MEMBER else ""
    sector = await askers.sector(portal)
    representee, named = whom(wanted.resource, sector)
    asked = Asked(portal, representee=representee, party_named=kvk, representee_named=named)
    form = Form.MEMBERS_PAGE if wanted.subject.type == MEMBER else Form.PERSONS_PAGE
    search = _search(asked, form, wanted, record=record, now=now, by_number=is_by_number("", None, named))

    def result(who: UUID, lines: Sequence[Found]) -> Result:
        known = {"type": wanted.subject.type, "id": pairwise_id(who, sector=sector)}
        of_member = {"properties": {"organisation": lines[0].organisation}}
        return {**known, **of_member} if form is Form.MEMBERS_PAGE else known

    return await _people(search, result, askers=askers, sector=sector, record=record, now=now)


async def resources(body: Properties, *, askers: Askers, record: Record, now: datetime) -> Result:
    """Give the persons for whom this subject may do this (8.5). Raises the same."""
    wanted, portal = read(body, ResourceSearch), record.portal
    check_is_person(wanted.resource)
    sector = await askers.sector(portal)
    party, named, member = who_acts(wanted.subject, sector)
    asked = Asked(portal, party, member, party_named=named)
    search = _search(
        asked, Form.CLIENTS_PAGE, wanted, record=record, now=now, by_number=is_by_number(named, member, "")
    )

    def result(who: UUID, _: Sequence[Found]) -> Result:
        return {"type": PERSON, "id": pairwise_id(who, sector=sector)}

    return await _people(search, result, askers=askers, sector=sector, record=record, now=now)


async def actions(body: Properties, *, askers: Askers, record: Record, now: datetime) -> Result:
    """Give the services and sensitive actions that this subject may use for this person (8.6). Raises the same."""
    wanted, portal = read(body, ActionSearch), record.portal
    sector = await askers.sector(portal)
    party, named, member = who_acts(wanted.subject, sector)
    representee, representee_named = whom(wanted.resource, sector)
    asked = Asked(portal, party, member, representee, named, representee_named)
    by_number = is_by_number(named, member, representee_named)
    search = _search(asked, Form.PAIRS, wanted, record=record, now=now, by_number=by_number)
    asker, found = await _looked_up(search, askers=askers, sector=sector)
    lines = found.reading.lines.get(found.first, ())
    names = [name for name in _names(asker) if name > search.page.after]
    shown: list[str] = []
    for name in names:
        note = _permitted(search, asker, lines, member, name=name, record=record, now=now)
        if note is None:
            continue
        if len(shown) == search.page.limit:
            return _answer(search, shown, last=shown[-1:], more=True)
        note()
        shown.append(name)
    return _answer(search, shown, last=shown[-1:], more=False)


def _search(asked: Asked, form: Form, wanted: Wanted, *, record: Record, now: datetime, by_number: bool) -> Search:
    """Give what is searched. Raises Malformed."""
    record.named_trace = wanted.context.traceparent
    moment = moment_of(wanted.context.time, now=now)
    name = "" if isinstance(wanted, ActionSearch) else wanted.action.name
    question = question_of(name, wanted.context)
    page = page_of(wanted.page, portal=asked.portal, question=digest(form, *asked, question, moment))
    if form.page:
        after = UUID(page.after) if page.after else NOBODY
        asked = asked._replace(service=question.service, after=after, most=page.limit + 1)
    return Search(asked._replace(past=moment is not None), form, question, moment, by_number, page)


async def _people(
    search: Search,
    result: Callable[[UUID, Sequence[Found]], Result],
    *,
    askers: Askers,
    sector: str,
    record: Record,
    now: datetime,
) -> Result:
    """Give a page of people. One more than fits is read, to know whether there is another page."""
    asker, found = await _looked_up(search, askers=askers, sector=sector)
    candidates: dict[UUID, list[Found]] = {}
    for line in found.reading.lines.get(found.first, ()):
        candidates.setdefault(as_uuid(getattr(line, _WHO[search.form])), []).append(line)
    shown = sorted(candidates)[: search.page.limit]
    record.pairs = len(shown)
    results = []
    for place, who in enumerate(shown):
        if place % TOGETHER == TOGETHER - 1:
            await asyncio.sleep(0)  # Others wait for one decision.
        member = who if search.form is Form.MEMBERS_PAGE else search.asked.member
        note = _permitted(search, asker, candidates[who], member, record=record, now=now)
        if note is not None:
            note()
            results.append(result(who, candidates[who]))
    last = [who.hex for who in shown[-1:]]
    return _answer(search, results, last=last, more=len(candidates) > len(shown))


async def _looked_up(search: Search, *, askers: Askers, sector: str) -> tuple[Asker, Answer]:
    """Read what is searched, and the portal. Raises Problem for one that may not search, or not by BSN."""
    found = await askers.look_up([search.asked], search.form)
    asker = askers.of(search.asked.portal, found, sector=sector)
    if not asker.may_search:
        raise Problem(403, NO_BASIS)
    if search.by_number and not asker.may_name_bsn:
        raise Problem(403, NUMBERS_NOT_ALLOWED)
    return asker, found


def _permitted(
    search: Search,
    asker: Asker,
    lines: Sequence[Found],
    member: UUID | None,
    *,
    record: Record,
    now: datetime,
    name: str = "",
) -> Callable[[], None] | None:
    """Decide about one candidate. Gives what notes a yes once it is told, and None for a no: nobody is told of that."""
    service, _, action = name.partition("#")
    question = replace(search.question, service=service, action=action or None) if name else search.question
    item = Item(search.asked._replace(member=member), question, search.at, by_number=search.by_number)
    decision = decision_of(item, asker, lines, now=now)
    if not isinstance(decision, Permit):
        return None
    return partial(record.decided, decision, item, asker, lines, now=now)


def _names(asker: Asker) -> list[str]:
    """Give all that could be asked of this portal, in order."""
    return sorted(
        name
        for one in asker.services
        for name in (one.key, *(f"{one.key}#{action}" for action in one.sensitive_actions))
    )


def _answer(search: Search, results: Sequence[Result | str], *, last: Sequence[str], more: bool) -> Result:
    """Give what goes over the wire (8.3): the page first, so that whoever reads knows how much comes."""
    after = last[0] if last else search.page.after
    answer: Result = {"page": {"next_token": search.page.token(after) if more else "", "count": len(results)}}
    if search.at is not None:
        answer["context"] = {"as_of": search.at}
    return {**answer, "results": [{"name": one} if isinstance(one, str) else one for one in results]}
