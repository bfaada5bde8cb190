"""Errors as the BRP gives them: problem documents with a code and the parameters that are wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from starlette.responses import JSONResponse

_TYPES = {
    HTTPStatus.BAD_REQUEST: "https://datatracker.ietf.org/doc/html/rfc7231#section-6.5.1",
    HTTPStatus.UNAUTHORIZED: "https://datatracker.ietf.org/doc/html/rfc7235#section-3.1",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "https://datatracker.ietf.org/doc/html/rfc7231#section-6.5.13",
    HTTPStatus.INTERNAL_SERVER_ERROR: "https://datatracker.ietf.org/doc/html/rfc7231#section-6.6.1",
    HTTPStatus.SERVICE_UNAVAILABLE: "https://datatracker.ietf.org/doc/html/rfc7231#section-6.6.4",
}


@dataclass(frozen=True)
class InvalidParameter:
    """One parameter that is wrong, and why."""

    code: str
    name: str
    reason: str


def invalid(parameters: Sequence[InvalidParameter]) -> JSONResponse:
    """Answer 400. What is missing goes before what is wrong, as in the real API."""
    missing = [parameter for parameter in parameters if parameter.code == "required"]
    named = missing or list(parameters)
    title = "Minimale combinatie van parameters moet worden opgegeven." if missing else _ONE_OR_MORE_WRONG
    return problem(
        HTTPStatus.BAD_REQUEST,
        title=title,
        code="paramsCombination" if missing else "paramsValidation",
        detail=f"De foutieve parameter(s) zijn: {', '.join(parameter.name for parameter in named)}.",
        invalidParams=[{"name": found.name, "code": found.code, "reason": found.reason} for found in named],
    )


def problem(status: HTTPStatus, *, title: str, code: str, **more: object) -> JSONResponse:
    """Answer with a problem document."""
    document: dict[str, Any] = {
        "type": _TYPES[status],
        "title": title,
        "status": int(status),
        "instance": "/brp/personen",
        "code": code,
        **more,
    }
    headers = {"WWW-Authenticate": 'Bearer realm="BRP"'} if status is HTTPStatus.UNAUTHORIZED else None
    return JSONResponse(document, status_code=status, media_type="application/problem+json", headers=headers)


_ONE_OR_MORE_WRONG = "Een of meerdere parameters zijn niet correct."
