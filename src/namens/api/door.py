"""HTTP for every operation: who asks, what was sent, one answer, and one place that says no (RFC 9457)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

import msgspec
import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from namens.api import problems
from namens.api.calls import Call, Operation, Reply
from namens.api.problems import ApiProblem, Problem
from namens.exchange import allowances
from namens.grants import machine_tokens
from namens.grants.addresses import audience_of
from namens.grants.proxies import certificate_in
from namens.grants.signing import NotOurs
from namens.lib import clock, strict_json
from namens.services.models import Portal, Status
from namens.services.profiles import MachineScope
from namens.signin.middleware import for_machines

VERSION = "1.0.0"
JSON, PROBLEM = "application/json", "application/problem+json"
LONGEST_TOKEN = 8192
LONGEST_BODY = 1024 * 1024
_BEARER = "Bearer "
_encoder = msgspec.json.Encoder()
View = Callable[..., HttpResponse]

log = structlog.get_logger()


def at_address(operations: Mapping[str, Operation]) -> View:
    """Give the view of one address, with its operation by method."""
    return for_machines(csrf_exempt(partial(_view, operations)))


def nothing_here(request: HttpRequest, **_place: str) -> HttpResponse:
    """Answer 404 to every other address under `/v1`."""
    return without_body(
        request, _refuse(request, Problem(ApiProblem.NOT_FOUND, "Dit adres is er niet. Zie /v1/openapi.json."))
    )


def wrong_method(request: HttpRequest, *methods: str) -> HttpResponse:
    """Answer OPTIONS with what can be asked at an address that has these methods, and any other method with no."""
    allowed = {*methods, *(["HEAD"] if "GET" in methods else [])}
    words = ", ".join(sorted(allowed))
    if request.method == "OPTIONS":
        answer = HttpResponse(status=204, headers={"Allow": words})
        del answer["Content-Type"]
        return with_headers(answer)
    return _refuse(request, Problem(ApiProblem.WRONG_METHOD, f"Hier kan: {words}.", {"Allow": words}))


def without_body(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Give the answer to HEAD: all of it but the content (RFC 9110, 9.3.2)."""
    if request.method == "HEAD":
        answer["Content-Length"] = str(len(answer.content))
        answer.content = b""
    return answer


def with_headers(answer: HttpResponse) -> HttpResponse:
    """Give the answer with what every answer has (API Design Rules, /core/transport/security-headers)."""
    answer["API-Version"] = VERSION
    answer.headers.setdefault("Cache-Control", "no-store")
    answer["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["X-Frame-Options"] = "DENY"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _view(operations: Mapping[str, Operation], request: HttpRequest, **place: str) -> HttpResponse:
    operation = operations.get("GET" if request.method == "HEAD" else request.method or "")
    if operation is None:
        return wrong_method(request, *operations)
    answer = without_body(request, _answered(operation, request, place))
    for name, value in operation.deprecated.headers().items() if operation.deprecated else ():
        answer[name] = value
    return answer


def _answered(operation: Operation, request: HttpRequest, place: Mapping[str, str]) -> HttpResponse:
    try:
        return _answer(operation.answer(_call(operation, request, place)))
    except Problem as problem:
        return _refuse(request, problem)
    except (OperationalError, InterfaceError) as problem:
        log.error("database away", request=_number(request), problem=type(problem).__name__)
        return _refuse(request, problems.away())
    except Exception:
        log.exception("api failed", request=_number(request))
        return _refuse(request, problems.broken())


def _call(operation: Operation, request: HttpRequest, place: Mapping[str, str]) -> Call:
    """Give the call. Who asks is looked at first: to a stranger nothing else is said. Raises Problem."""
    now = clock.now()
    portal = _portal(request, now=now)
    wait = allowances.admit(portal, now=now)
    if wait is not None:
        # These threads answer people too: one portal must leave them some.
        raise problems.too_many("Uw portaal stuurt te veel verzoeken in één minuut. Er is niets gedaan.", wait=wait)
    return Call(
        portal=portal,
        now=now,
        request_id=_number(request),
        body=_body(request) if operation.asked else {},
        query=_query(operation, request),
        place=place,
    )


def _portal(request: HttpRequest, *, now: datetime) -> Portal:
    """Give the portal whose machine asks: two statements. Raises Problem."""
    shown = request.headers.get("Authorization", "")
    if not shown:
        raise problems.no_token()
    if not shown.startswith(_BEARER) or len(shown) > LONGEST_TOKEN:
        raise problems.unknown_token()
    certificate = certificate_in(request.headers, peer=request.META.get("REMOTE_ADDR", ""))
    try:
        token = machine_tokens.check(
            shown.removeprefix(_BEARER),
            audience=audience_of(MachineScope.PORTALS),
            certificate=certificate.thumbprint if certificate else "",
            now=now,
        )
    except NotOurs:
        raise problems.unknown_token() from None
    portal = Portal.objects.filter(client_id=token.portal, status=Status.APPROVED).first()
    if portal is None:
        raise problems.unknown_token()
    if MachineScope.PORTALS not in portal.machine_scopes:
        raise Problem(ApiProblem.NOT_REGISTERED, "Uw portaal is niet aangemeld voor deze interface.")
    return portal


def _body(request: HttpRequest) -> dict[str, Any]:
    if request.content_type != JSON:
        raise Problem(ApiProblem.WRONG_KIND, "Stuur application/json, in UTF-8.")
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length[:20]) > LONGEST_BODY:
        raise Problem(ApiProblem.TOO_LARGE, f"Stuur hoogstens {LONGEST_BODY} bytes in één verzoek.")
    try:
        # Not `request.body`: a batch may be larger than the forms of pages.
        return strict_json.read_object(request.read())
    except strict_json.NotStrict:
        raise problems.invalid("De inhoud is geen JSON-object zoals de beschrijving vraagt.") from None


def _query(operation: Operation, request: HttpRequest) -> dict[str, str]:
    """Give the query: only names that are known here, each once. Raises Problem."""
    fields = msgspec.structs.fields(operation.query) if operation.query else ()
    known = {field.encode_name for field in fields}
    given = list(request.GET.lists())
    if any(name not in known or len(values) != 1 for name, values in given):
        words = ", ".join(sorted(known)) or "geen"
        raise problems.invalid(f"In het adres kunnen deze parameters staan, elk één keer: {words}.")
    return {name: values[0] for name, values in given}


def _answer(reply: Reply) -> HttpResponse:
    answer = HttpResponse(_encoder.encode(reply.content), status=reply.status, content_type=JSON)
    for name, value in reply.headers.items():
        answer[name] = value
    return with_headers(answer)


def _refuse(request: HttpRequest, problem: Problem) -> HttpResponse:
    document = _encoder.encode(problem.document(request_id=_number(request)))
    answer = HttpResponse(document, status=problem.status, content_type=PROBLEM)
    for name, value in problem.headers.items():
        answer[name] = value
    return with_headers(answer)


def _number(request: HttpRequest) -> str:
    return str(getattr(request, "request_id", ""))
