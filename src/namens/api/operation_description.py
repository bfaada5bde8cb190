"""One operation in the description: its parameters, what goes in, and everything that can come out."""

import re
from typing import Any

from msgspec import Struct

from namens.api import wire
from namens.api.calls import Operation
from namens.api.door import JSON, PROBLEM
from namens.api.schemas import Schemas
from namens.api.words import HEADERS, STATUSES
from namens.services.profiles import MachineScope

Part = dict[str, Any]
# A parameter that is not known, also where there is none; the token; the registration; too many in a minute; and what
# can go wrong with us.
ALWAYS = (400, 401, 403, 429, 500, 503)
WITH_BODY, WITH_PLACE = (413, 415), (404,)
EVERY_ANSWER = ("API-Version", "X-Request-ID")
WITH_STATUS = {
    201: ("Location",),
    401: ("WWW-Authenticate",),
    429: ("Retry-After",),
    503: ("Retry-After",),
}
WHEN_DEPRECATED = ("Deprecation", "Sunset", "Link")
_PLACE = re.compile(r"<(?:(\w+):)?(\w+)>")
_KINDS: dict[str | None, Part] = {
    "uuid": {"type": "string", "format": "uuid"},
    "int": {"type": "integer", "minimum": 0},
}


def described(one: Operation, schemas: Schemas) -> tuple[str, Part]:
    """Give the address of an operation, and its description."""
    parameters = [*_places(one), *(schemas.parameters(one.query) if one.query else []), _request_id()]
    explained = f"{one.explained} {one.deprecated.in_words()}" if one.deprecated else one.explained
    part: Part = {
        "operationId": one.name,
        "tags": [one.path.partition("/")[0]],
        "summary": one.summary,
        "description": explained,
        "security": [{"portaal": [MachineScope.PORTALS.value]}],
        "parameters": parameters,
        "responses": {str(status): _given(one, status, form, schemas) for status, form in one.given.items()}
        | {str(status): _problem(one, status, schemas) for status in problems_of(one)},
    }
    if one.deprecated is not None:
        part["deprecated"] = True
    if one.asked is not None:
        content = schemas.reference(one.asked)
        part["requestBody"] = {"required": True, "content": {JSON: _with_example(content, one.example)}}
    return "/" + _PLACE.sub(r"{\2}", one.path), part


def problems_of(one: Operation) -> list[int]:
    """Give every status of a problem that this operation can answer with."""
    own = {*ALWAYS, *one.problems}
    if one.asked is not None:
        own |= {*WITH_BODY}
    if _PLACE.search(one.path):
        own |= {*WITH_PLACE}
    return sorted(own)


def headers() -> Part:
    """Give the headers that answers refer to."""
    return {
        name: {"description": words, "required": True, "schema": {"type": "string"}} for name, words in HEADERS.items()
    }


def _places(one: Operation) -> list[Part]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": "Het nummer dat Namens eraan gaf",
            "schema": _KINDS.get(kind, {"type": "string"}),
        }
        for kind, name in _PLACE.findall(one.path)
    ]


def _request_id() -> Part:
    return {
        "name": "X-Request-ID",
        "in": "header",
        "required": False,
        "description": "Uw eigen nummer voor dit verzoek: 8 tot 64 letters, cijfers en streepjes",
        "schema": {"type": "string"},
    }


def _given(one: Operation, status: int, form: type[Struct], schemas: Schemas) -> Part:
    content = _with_example(schemas.reference(form), one.shown.get(status))
    return {"description": STATUSES[status], "headers": _headers(one, status), "content": {JSON: content}}


def _problem(one: Operation, status: int, schemas: Schemas) -> Part:
    content = {PROBLEM: {"schema": schemas.reference(wire.ProblemDocument)}}
    return {"description": STATUSES[status], "headers": _headers(one, status), "content": content}


def _headers(one: Operation, status: int) -> Part:
    names = [*EVERY_ANSWER, *WITH_STATUS.get(status, ()), *(WHEN_DEPRECATED if one.deprecated else ())]
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _with_example(schema: Part, example: Any) -> Part:  # noqa: ANN401 - JSON, of any shape
    return {"schema": schema, **({"example": example} if example is not None else {})}
