"""Reading what a request shows beside its parameters, and handing out nonces for the next one (RFC 9449, 8.2)."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse

from namens.grants import nonces
from namens.grants.addresses import full
from namens.grants.certificates import Certificate
from namens.grants.evidence import Evidence
from namens.grants.proxies import certificate_in

PROOF, NONCE = "DPoP", "DPoP-Nonce"


def evidence_of(request: HttpRequest) -> Evidence:
    """Give what this request shows. Its address is the one that stands in discovery: a host header proves nothing."""
    return Evidence(
        method=request.method or "",
        address=full(request.path.removeprefix("/")),
        proof=request.headers.get(PROOF),
        certificate=certificate_of(request),
    )


def certificate_of(request: HttpRequest) -> Certificate | None:
    """Give the certificate that a proxy of ours vouches for; None from anybody else, whatever the headers say."""
    return certificate_in(request.headers, peer=request.META.get("REMOTE_ADDR", ""))


def with_nonce(answer: HttpResponse, *, now: datetime) -> HttpResponse:
    """Give the answer with the nonce for the next proof."""
    answer[NONCE] = nonces.nonce(now=now)
    return answer
