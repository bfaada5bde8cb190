"""The description of this door for machines (OpenAPI 3.1), made of its operations and of what they read and write."""

import re
from functools import lru_cache
from typing import Any

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from msgspec import Struct

from namens.api import wire
from namens.api.calls import Operation
from namens.api.door import JSON, PROBLEM, VERSION, with_headers
from namens.api.operations import OPERATIONS
from namens.grants.addresses import TOKEN, full
from namens.services.profiles import MachineScope
from namens.signin.middleware import for_machines

Part = dict[str, Any]
ALWAYS = (401, 403, 405, 500, 503)
_SCHEMA = "#/components/schemas/{name}"
_PLACE = re.compile(r"<(?:\w+:)?(\w+)>")


@for_machines
@require_safe
def openapi(_request: HttpRequest) -> HttpResponse:
    """Give the description, to everybody and to scripts of any site (/core/publish-openapi)."""
    answer = HttpResponse(document(), content_type=JSON)
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = "public, max-age=3600"
    return with_headers(answer)


@lru_cache(maxsize=1)
def document() -> bytes:
    """Give the description."""
    return msgspec.json.encode(_document())


def _document() -> Part:
    forms: list[type[Struct]] = [wire.ProblemDocument]
    for one in OPERATIONS:
        forms += [form for form in (one.asked, *one.given.values()) if form is not None]
    _, schemas = msgspec.json.schema_components(list(dict.fromkeys(forms)), ref_template=_SCHEMA)
    paths: dict[str, Part] = {}
    for one in OPERATIONS:
        paths.setdefault("/" + _PLACE.sub(r"{\1}", one.path), {})[one.method.lower()] = _operation(one)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Namens voor portalen",
            "version": VERSION,
            "summary": "Handelingen melden, gebeurtenissen horen, machtigingen lezen",
            "contact": {"name": settings.HELPDESK_NAME, "url": settings.BASE_URL},
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": full("v1")}],
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": {"portaal": _security()}},
    }


def _security() -> Part:
    return {
        "type": "oauth2",
        "flows": {
            "clientCredentials": {"tokenUrl": full(TOKEN), "scopes": {MachineScope.PORTALS.value: "Deze interface"}}
        },
    }


def _operation(one: Operation) -> Part:
    part: Part = {
        "operationId": one.name,
        "summary": one.summary,
        "description": one.explained,
        "security": [{"portaal": [MachineScope.PORTALS.value]}],
        "responses": {str(status): _given(one, form) for status, form in one.given.items()}
        | {str(status): _problem() for status in sorted({*ALWAYS, *one.problems})},
    }
    if one.asked is not None:
        part["requestBody"] = {"required": True, "content": {JSON: {"schema": _reference(one.asked)}}}
    return part


def _given(one: Operation, form: type[Struct]) -> Part:
    return {"description": one.summary, "content": {JSON: {"schema": _reference(form)}}}


def _problem() -> Part:
    return {
        "description": "Een probleem (RFC 9457)",
        "content": {PROBLEM: {"schema": _reference(wire.ProblemDocument)}},
    }


def _reference(form: type[Struct]) -> Part:
    return {"$ref": _SCHEMA.format(name=form.__name__)}
