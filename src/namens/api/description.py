"""The description of this door for machines (OpenAPI 3.1), made of its operations and of what they read and write."""

from collections.abc import Sequence
from functools import lru_cache

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from namens.api import wire
from namens.api.advice import ADVICE, FALLBACK
from namens.api.calls import Operation
from namens.api.door import JSON, VERSION, with_headers, without_body, wrong_method
from namens.api.operation_description import Part, described, headers
from namens.api.operations import OPERATIONS
from namens.api.problems import ApiProblem, status_of, title_of
from namens.api.schemas import Schemas
from namens.api.webhook_description import webhooks
from namens.api.wire_events import EVENTS
from namens.api.words import TAGS
from namens.grants.addresses import TOKEN, full
from namens.services.profiles import MachineScope
from namens.signin.middleware import for_machines

METHODS = ("GET",)


@for_machines
@csrf_exempt
def openapi(request: HttpRequest) -> HttpResponse:
    """Give the description, to everybody and to scripts of any site (/core/publish-openapi)."""
    if request.method not in {"GET", "HEAD"}:
        answer = wrong_method(request, *METHODS)
    else:
        answer = HttpResponse(document(), content_type=JSON)
        answer["Cache-Control"] = "public, max-age=3600"
    answer["Access-Control-Allow-Origin"] = "*"
    return without_body(request, with_headers(answer))


@lru_cache(maxsize=1)
def document() -> bytes:
    """Give the description of all that can be asked here."""
    return msgspec.json.encode(describe(OPERATIONS))


def describe(operations: Sequence[Operation]) -> Part:
    """Give the description of these operations."""
    schemas = Schemas([wire.ProblemDocument, *EVENTS, *(form for one in operations for form in _forms(one))])
    paths: dict[str, Part] = {}
    for one in operations:
        address, part = described(one, schemas)
        paths.setdefault(address, {})[one.method.lower()] = part
    tags = dict.fromkeys(tag for path in paths.values() for part in path.values() for tag in part["tags"])
    return {
        "openapi": "3.1.0",
        "info": _info(),
        "servers": [{"url": full("v1")}],
        "tags": [{"name": tag, **({"description": TAGS[tag]} if tag in TAGS else {})} for tag in tags],
        "paths": paths,
        "webhooks": webhooks(schemas),
        "components": {
            "schemas": schemas.components(),
            "headers": headers(),
            "securitySchemes": {"portaal": _security()},
        },
        "x-problemen": {code.value: _problem(code) for code in ApiProblem},
    }


def _forms(one: Operation) -> Sequence[type[msgspec.Struct]]:
    return [form for form in (one.asked, one.query, *one.given.values()) if form is not None]


def _info() -> Part:
    return {
        "title": "Namens voor portalen",
        "version": VERSION,
        "summary": "Handelingen melden, gebeurtenissen horen, machtigingen lezen",
        "description": (
            "Voor de machine van een portaal. Personen hebben hier het nummer dat uw portaal uit het ID-token kent; "
            "een BSN komt in geen verzoek en in geen antwoord voor. Volgt de NLGov API Design Rules 2.2."
        ),
        "contact": {
            "name": settings.API_CONTACT.name,
            "url": settings.API_CONTACT.url,
            **({"email": settings.API_CONTACT.email} if settings.API_CONTACT.email else {}),
        },
        "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    }


def _security() -> Part:
    return {
        "type": "oauth2",
        "description": "Een toegangstoken voor machines, met het adres van deze interface als doel",
        "flows": {
            "clientCredentials": {"tokenUrl": full(TOKEN), "scopes": {MachineScope.PORTALS.value: "Deze interface"}}
        },
    }


def _problem(code: ApiProblem) -> Part:
    return {"status": status_of(code), "titel": title_of(code), "watTeDoen": ADVICE.get(code, FALLBACK)}
