"""Answers to portals and their users: redirects, JSON and our own error page."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit, urlunsplit

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render

from namens.grants.addresses import issuer
from namens.grants.models import LONGEST_STATE, AuthorizationRequest


class SeeOther(HttpResponseRedirect):
    """A redirect that is always fetched with GET (OAuth 2.0 Security BCP 4.12)."""

    status_code = 303


def back_to_portal(address: str, *, state: str, answer: Mapping[str, str]) -> HttpResponse:
    """Send the browser to a registered address with the answer, `state` as it came, and `iss` (RFC 9207)."""
    query = {**answer, "iss": issuer(), **({"state": state} if state else {})}
    return no_store(SeeOther(with_query(address, query)))


def answer_to(asked: AuthorizationRequest, answer: Mapping[str, str]) -> HttpResponse:
    """Send the browser back to who asked."""
    return back_to_portal(asked.redirect_uri, state=asked.state, answer=answer)


def is_returnable(state: str) -> bool:
    """Say whether `state`, as it is written in an address, is short enough for every browser and site on its way."""
    return len(quote_plus(state)) <= LONGEST_STATE


def error(code: str, description: str) -> dict[str, str]:
    """Give an error as OAuth writes it."""
    return {"error": code, "error_description": description}


def json_answer(content: Mapping[str, Any], *, status: int = 200) -> JsonResponse:
    """Give JSON that nobody keeps."""
    answer = JsonResponse(dict(content), status=status)
    no_store(answer)
    return answer


def no_store(answer: HttpResponse) -> HttpResponse:
    """Let nobody keep this answer."""
    answer["Cache-Control"] = "no-store"
    answer["Pragma"] = "no-cache"
    return answer


def page(
    request: HttpRequest, *, template: str, context: Mapping[str, Any], status: int = 200, form_to: str = ""
) -> HttpResponse:
    """Give a page whose forms may lead to the origin of `form_to`: Chromium applies form-action to redirects too."""
    answer = no_store(render(request, f"openid/{template}.html", dict(context), status=status))
    if form_to:
        csp_update({"form-action": [SELF, origin(form_to)]})(lambda _request: answer)(request)
    return answer


def unanswerable(request: HttpRequest) -> HttpResponse:
    """Give our own error page, for who cannot be sent back safely."""
    return page(request, template="unanswerable", context={"request_id": request_id(request)}, status=400)


def request_id(request: HttpRequest) -> str:
    """Give the number by which the helpdesk finds what happened."""
    return str(getattr(request, "request_id", ""))


def origin(address: str) -> str:
    """Give scheme and host of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def with_query(address: str, query: Mapping[str, str]) -> str:
    """Give an address with more in its query string; what stood there stays."""
    parts = urlsplit(address)
    together = "&".join(part for part in (parts.query, urlencode(query)) if part)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, together, ""))
