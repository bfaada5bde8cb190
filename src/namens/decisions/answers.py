"""What is answered, as it goes over the wire: for the description of this door, and for whoever reads answers."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from namens.decisions.wire import Text
from namens.mandates.decision import Reason

Count = Annotated[int, Meta(ge=0)]


class ItemError(Struct, frozen=True):
    """Why one of many questions could not be answered (7.2.1)."""

    status: int
    message: str


class AnswerContext(Struct, frozen=True, forbid_unknown_fields=True):
    """With a yes the mandate and its last day, with a no perhaps why; `as_of` where a moment was asked about."""

    mandate: UUID | UnsetType = UNSET
    valid_until: date | UnsetType = UNSET
    reason: Reason | UnsetType = UNSET
    as_of: datetime | UnsetType = UNSET
    error: ItemError | UnsetType = UNSET


class Answer(Struct, frozen=True, forbid_unknown_fields=True):
    """Yes or no (5.5)."""

    decision: bool
    context: AnswerContext | UnsetType = UNSET


class Answers(Struct, frozen=True, forbid_unknown_fields=True):
    """Yes or no to each question, in their order (7.2)."""

    evaluations: list[Answer]


class PageAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """How many results these are, and the token of the next page: empty on the last (8.2.2)."""

    next_token: str
    count: Count


class SearchContext(Struct, frozen=True, forbid_unknown_fields=True):
    """The moment that was asked about."""

    as_of: datetime


class Organisation(Struct, frozen=True, forbid_unknown_fields=True):
    """Whom a member works for: a KvK number."""

    organisation: str


class SubjectFound(Struct, frozen=True, forbid_unknown_fields=True):
    """A person or a member, by the id that the portal knows them by."""

    type: Text
    id: Text
    properties: Organisation | UnsetType = UNSET


class ResourceFound(Struct, frozen=True, forbid_unknown_fields=True):
    """A person, by the id that the portal knows them by."""

    type: Text
    id: Text


class ActionFound(Struct, frozen=True, forbid_unknown_fields=True):
    """A service, or one of its sensitive actions."""

    name: Text


class SubjectsFound(Struct, frozen=True, forbid_unknown_fields=True):
    """Who may (8.3)."""

    page: PageAnswer
    results: list[SubjectFound]
    context: SearchContext | UnsetType = UNSET


class ResourcesFound(Struct, frozen=True, forbid_unknown_fields=True):
    """For whom (8.3)."""

    page: PageAnswer
    results: list[ResourceFound]
    context: SearchContext | UnsetType = UNSET


class ActionsFound(Struct, frozen=True, forbid_unknown_fields=True):
    """What (8.3)."""

    page: PageAnswer
    results: list[ActionFound]
    context: SearchContext | UnsetType = UNSET


class ProblemDocument(Struct, frozen=True, forbid_unknown_fields=True):
    """Why there is no answer (RFC 9457)."""

    title: str
    status: int
    detail: str


class MetadataDocument(Struct, frozen=True):
    """What this door can do (9.1)."""

    policy_decision_point: str
    access_evaluation_endpoint: str
    access_evaluations_endpoint: str
    search_subject_endpoint: str
    search_resource_endpoint: str
    search_action_endpoint: str
    signed_metadata: str | UnsetType = UNSET
