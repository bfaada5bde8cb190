"""What is asked, as it comes over the wire (AuthZEN 1.0, 5 to 8). Unknown names are passed over.

Whatever is missing, of another type, or not in its bounds is `Malformed`: the door answers 400 and says what is wrong.
"""

import re
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from namens.lib import strict_json
from namens.lib.assurance import AssuranceLevel

MOST_EVALUATIONS = 1000
NUL = rb"\u0000"
Text = Annotated[str, Meta(min_length=1, max_length=256)]
Properties = dict[str, Any]
Read = TypeVar("Read")
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


class Malformed(ValueError):
    """This is no request that can be answered. The message says why, and never repeats an id."""


class Subject(Struct, frozen=True):
    """Who is at the keyboard (5.1): `person`, or `member` with `properties.organisation`."""

    type: Text
    id: Text
    properties: Properties | UnsetType = UNSET


class Resource(Struct, frozen=True):
    """Who is represented (5.2): `person`."""

    type: Text
    id: Text
    properties: Properties | UnsetType = UNSET


class Action(Struct, frozen=True):
    """A service by its key, perhaps with one of its sensitive actions behind a `#` (5.3)."""

    name: Text
    properties: Properties | UnsetType = UNSET


class Context(Struct, frozen=True):
    """What else counts (5.4): how sure the login is, and a moment in the past."""

    assurance: str | None = None
    time: str | None = None
    traceparent: str | None = None


class Evaluation(Struct, frozen=True):
    """One question (6.1)."""

    subject: Subject
    action: Action
    resource: Resource
    context: Context = Context()


class Options(Struct, frozen=True):
    """How many questions are answered (7.1.2)."""

    evaluations_semantic: str = "execute_all"


class Evaluations(Struct, frozen=True):
    """Many questions (7.1). What stands at the top holds for each that does not say otherwise."""

    subject: Properties | UnsetType = UNSET
    action: Properties | UnsetType = UNSET
    resource: Properties | UnsetType = UNSET
    context: Properties | UnsetType = UNSET
    evaluations: list[Properties] | UnsetType = UNSET
    options: Options = Options()


class Sought(Struct, frozen=True):
    """The kind of whom is searched for (8.4.1, 8.5.1); an id is passed over."""

    type: Text
    properties: Properties | UnsetType = UNSET


class Page(Struct, frozen=True):
    """Which part of the results (8.2.1). A `limit` above the most is the most; without one it is the usual."""

    token: Annotated[str, Meta(min_length=1, max_length=1024)] | UnsetType = UNSET
    limit: Annotated[int, Meta(ge=1)] | UnsetType = UNSET


class SubjectSearch(Struct, frozen=True):
    """Who may do this for this person (8.4.1)?"""

    subject: Sought
    action: Action
    resource: Resource
    context: Context = Context()
    page: Page = Page()


class ResourceSearch(Struct, frozen=True):
    """For whom may this subject do this (8.5.1)?"""

    subject: Subject
    action: Action
    resource: Sought
    context: Context = Context()
    page: Page = Page()


class ActionSearch(Struct, frozen=True):
    """What may this subject do for this person (8.6.1)?"""

    subject: Subject
    resource: Resource
    context: Context = Context()
    page: Page = Page()


def parsed(body: bytes) -> Properties:
    """Read a body: UTF-8, one JSON object, no name twice. Raises Malformed."""
    if NUL in body:
        raise Malformed("the body has a text with U+0000 in it, which no database keeps")
    try:
        return strict_json.read_object(body.decode("utf-8"))
    except UnicodeDecodeError:
        raise Malformed("the body is not UTF-8") from None
    except strict_json.NotStrict as problem:
        raise Malformed(f"the body {problem}") from None


def read(given: Properties, form: type[Read]) -> Read:
    """Give what was read as one of the forms above. Raises Malformed."""
    try:
        return msgspec.convert(given, form)
    except msgspec.ValidationError as problem:
        raise Malformed(str(problem)) from None


def level_of(text: str | None) -> AssuranceLevel | None:
    """Give the level of a login: the URI as in tokens, or our word. None for none. Raises Malformed."""
    if text is None:
        return None
    known = AssuranceLevel.from_uri(text) or _LEVELS.get(text)
    if known is None:
        raise Malformed("context.assurance is no level that is known here")
    return known


def moment_of(text: str | None, *, now: datetime) -> datetime | None:
    """Give a moment in the past (RFC 3339, 5.6). None for none. Raises Malformed, for the future too."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text) if _RFC3339.fullmatch(text) else None
        if moment is not None:
            moment.astimezone(UTC)
    except (ValueError, OverflowError):
        moment = None
    if moment is None:
        raise Malformed("context.time is no instant with a time zone (RFC 3339)")
    if moment > now:
        raise Malformed("context.time is in the future: decisions are about now, or about the past")
    return moment


_LEVELS: dict[str, AssuranceLevel] = {level.value: level for level in AssuranceLevel}
