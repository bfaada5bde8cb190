"""The description of this door for machines (OpenAPI 3.1), made of what it reads and writes."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import Struct

from namens.decisions import answers, wire
from namens.decisions.http import VERSION
from namens.decisions.metadata import address

Part = dict[str, Any]
_PLACE = "#/components/schemas/{name}"
_QUESTIONS: Mapping[str, tuple[str, type[Struct], tuple[type[Struct], ...]]] = {
    "evaluation": ("May this subject do this for this person?", wire.Evaluation, (answers.Answer,)),
    "evaluations": ("The same, many times", wire.Evaluations, (answers.Answers, answers.Answer)),
    "search/subject": ("Who may do this for this person?", wire.SubjectSearch, (answers.SubjectsFound,)),
    "search/resource": ("For whom may this subject do this?", wire.ResourceSearch, (answers.ResourcesFound,)),
    "search/action": ("What may this subject do for this person?", wire.ActionSearch, (answers.ActionsFound,)),
}
_PROBLEMS = {
    "400": "The request is no question that can be answered",
    "401": "The access token is missing, or not valid (any more)",
    "403": "The portal may not ask this",
    "408": "The body came too slowly",
    "413": "The body is too large, or holds too many questions",
    "500": "Something went wrong here",
    "503": "No decision can be made now: ask again after `Retry-After` seconds",
}
_HEADERS = {
    "X-Request-ID": {
        "description": "The one of the request, or one of ours",
        "required": True,
        "schema": {"type": "string"},
    },
    "API-Version": {"description": "The version of this door", "required": True, "schema": {"type": "string"}},
}


@lru_cache(maxsize=1)
def document() -> bytes:
    """Give the description."""
    return msgspec.json.encode(_document())


def _document() -> Part:
    forms = [form for _, asked, given in _QUESTIONS.values() for form in (asked, *given)]
    forms = [*forms, answers.ProblemDocument, answers.MetadataDocument]
    _, schemas = msgspec.json.schema_components(list(dict.fromkeys(forms)), ref_template=_PLACE)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Namens: decisions",
            "version": VERSION,
            "summary": "Asks whether somebody may act for somebody else, now",
            "description": "OpenID AuthZEN Authorization API 1.0. Every portal asks about its own services only.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": address()}],
        "tags": [{"name": "decisions", "description": "Questions of the machines of portals"}],
        "paths": {
            **{f"/access/v1/{name}": {"post": _question(name)} for name in _QUESTIONS},
            "/access/v1/openapi.json": {"get": _open_to_all("description", "This description", {"type": "object"})},
            "/.well-known/authzen-configuration": {
                "get": _open_to_all("metadata", "What this door can do", _reference(answers.MetadataDocument))
            },
        },
        "components": {
            "schemas": schemas,
            "headers": _HEADERS,
            "responses": {status: _problem(words) for status, words in _PROBLEMS.items()},
            "securitySchemes": {
                "machine": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "JWT",
                    "description": "From the token endpoint: `client_credentials` with the scope for decisions",
                }
            },
        },
    }


def _question(name: str) -> Part:
    words, asked, given = _QUESTIONS[name]
    schemas = [_reference(form) for form in given]
    return {
        "operationId": name.replace("/", "-"),
        "summary": words,
        "tags": ["decisions"],
        "security": [{"machine": []}],
        "parameters": [
            {
                "name": "X-Request-ID",
                "in": "header",
                "description": "A name of the portal's own for this request; it comes back",
                "schema": {"type": "string"},
            }
        ],
        "requestBody": {"required": True, "content": {"application/json": {"schema": _reference(asked)}}},
        "responses": {
            "200": _answer(words, schemas[0] if len(schemas) == 1 else {"anyOf": schemas}),
            **{status: {"$ref": f"#/components/responses/{status}"} for status in _PROBLEMS},
        },
    }


def _open_to_all(name: str, words: str, schema: Part) -> Part:
    return {
        "operationId": name,
        "summary": words,
        "tags": ["decisions"],
        "security": [],
        "responses": {"200": _answer(words, schema), "500": {"$ref": "#/components/responses/500"}},
    }


def _answer(words: str, schema: Part) -> Part:
    return {"description": words, "headers": _headers(), "content": {"application/json": {"schema": schema}}}


def _problem(words: str) -> Part:
    content = {"application/problem+json": {"schema": _reference(answers.ProblemDocument)}}
    return {"description": words, "headers": _headers(), "content": content}


def _headers() -> Part:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in _HEADERS}


def _reference(form: type[Struct]) -> Part:
    return {"$ref": _PLACE.format(name=form.__name__)}
