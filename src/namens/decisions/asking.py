"""From what goes over the wire to who is asked about, and from a decision back to an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from namens.decisions.wire import (
    Context,
    Evaluation,
    Malformed,
    Properties,
    Resource,
    Sought,
    Subject,
    level_of,
    moment_of,
)
from namens.grants.pairwise import UnknownPairwiseId, party_of
from namens.mandates.decision import Decision, Permit, Question, Representative, Snapshot, decide
from namens.mandates.past import as_it_was
from namens.mandates.snapshot import Asker, snapshot
from namens.mandates.statement import Asked, Found
from namens.parties.identifiers import Bsn, InvalidBsn, InvalidKvkNumber, KvkNumber, digests

PERSON, MEMBER = "person", "member"
PAIRWISE, BSN = "pairwise", "bsn"
NOBODY = UUID(int=0)
_NOT_THERE = "-"


@dataclass(frozen=True)
class Item:
    """One question: who is asked about, what, and when. `by_number`: a BSN stood in it."""

    asked: Asked
    question: Question
    at: datetime | None
    by_number: bool

    @property
    def representative(self) -> Representative:
        """Give who acts; who is known by a number only has no id here yet."""
        return Representative(self.asked.party or NOBODY, member=self.asked.member)


def item_of(wanted: Evaluation, *, portal: str, sector: str, now: datetime) -> Item:
    """Give the question. Raises Malformed; an id that says nothing here is nobody, and no mistake."""
    moment = moment_of(wanted.context.time, now=now)
    party, party_named, member = who_acts(wanted.subject, sector)
    representee, representee_named = whom(wanted.resource, sector)
    return Item(
        asked=Asked(portal, party, member, representee, party_named, representee_named, moment is not None),
        question=question_of(wanted.action.name, wanted.context),
        at=moment,
        by_number=is_by_number(party_named, member, representee_named),
    )


def is_by_number(party_named: str, member: UUID | None, representee_named: str) -> bool:
    """Say whether a BSN stood in a question: for that a portal needs a basis. For a member it is a KvK number."""
    return bool(representee_named) or (bool(party_named) and member is None)


def who_acts(subject: Subject, sector: str) -> tuple[UUID | None, str, UUID | None]:
    """Give the representative, or what it is known by, and the member. Raises Malformed."""
    check_kind(subject)
    if subject.type == PERSON:
        return *_person(subject, sector), None
    kvk = organisation_of(subject)
    if kvk is None:
        raise Malformed("subject.properties.organisation is missing: the KvK number of who a member works for")
    return None, kvk, _known(subject.id, sector)


def check_kind(subject: Subject | Sought) -> None:
    """Raise Malformed for a subject that is neither a person nor a member."""
    if subject.type not in {PERSON, MEMBER}:
        raise Malformed("subject.type is neither person nor member")


def organisation_of(subject: Subject | Sought) -> str | None:
    """Give the KvK number of whom a member works for; None where it does not say. Raises Malformed."""
    named = _properties(subject).get("organisation")
    if named is None:
        return None
    try:
        return KvkNumber(named if isinstance(named, str) else "").digits
    except InvalidKvkNumber:
        raise Malformed("subject.properties.organisation is no KvK number") from None


def whom(resource: Resource, sector: str) -> tuple[UUID | None, str]:
    """Give the representee, or what it is known by. Raises Malformed."""
    check_is_person(resource)
    return _person(resource, sector)


def check_is_person(resource: Resource | Sought) -> None:
    """Raise Malformed for a resource that is no person."""
    if resource.type != PERSON:
        raise Malformed("resource.type is not person")


def question_of(name: str, context: Context) -> Question:
    """Give what the name of an action asks: a service, perhaps a sensitive action of it. Raises Malformed."""
    service, mark, action = name.partition("#")
    # A mark with nothing behind it asks for a sensitive action that nobody was granted, and never for none.
    return Question(service, level_of(context.assurance), action if mark else None)


def decision_of(item: Item, asker: Asker, lines: Sequence[Found], *, now: datetime) -> Decision:
    """Decide, about now or about the moment that was asked."""
    read = snapshot(asker, lines, question=item.question, representative=item.representative)
    return decided(read, at=item.at, now=now)


def decided(read: Snapshot, *, at: datetime | None, now: datetime) -> Decision:
    """Decide about `at`, an earlier moment, or about now where there is none."""
    return decide(read, now) if at is None else decide(as_it_was(read, at), at)


def answer_of(decision: Decision, *, with_reason: bool, as_of: datetime | None) -> dict[str, Any]:
    """Give what goes over the wire (6.2)."""
    context: dict[str, Any] = {}
    if isinstance(decision, Permit):
        context = {"mandate": decision.mandate, "valid_until": decision.last_day}
    elif with_reason:
        context = {"reason": decision.reason}
    if as_of is not None:
        context["as_of"] = as_of
    answer: dict[str, Any] = {"decision": isinstance(decision, Permit)}
    if context:
        answer["context"] = context
    return answer


def _person(named: Subject | Resource, sector: str) -> tuple[UUID | None, str]:
    kind = _properties(named).get("id_type", PAIRWISE)
    if kind == PAIRWISE:
        return _known(named.id, sector), ""
    if kind != BSN:
        raise Malformed("id_type is neither pairwise nor bsn")
    try:
        return None, " ".join(digests(Bsn(named.id)))
    except InvalidBsn:
        return None, _NOT_THERE


def _properties(named: Subject | Resource | Sought) -> Properties:
    return named.properties if isinstance(named.properties, dict) else {}


def _known(text: str, sector: str) -> UUID:
    """Give the party behind a pairwise id, and nobody for an id that this sector was never given."""
    try:
        return _party(text, sector)
    except UnknownPairwiseId:
        return NOBODY


@lru_cache(maxsize=32_768)
def _party(text: str, sector: str) -> UUID:
    """Remember who is behind an id. Raises UnknownPairwiseId, which is not remembered: there is no end to those."""
    return party_of(text, sector=sector)
