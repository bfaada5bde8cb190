"""Reading what a request shows beside its parameters, and handing out nonces for the next one (RFC 9449, 8.2)."""

from datetime import datetime

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from namens.grants import certificates, nonces
from namens.grants.addresses import full
from namens.grants.certificates import BadCertificate, Certificate
from namens.grants.evidence import Evidence
from namens.grants.proxies import is_proxy

PROOF, NONCE = "DPoP", "DPoP-Nonce"

log = structlog.get_logger()


def evidence_of(request: HttpRequest) -> Evidence:
    """Give what this request shows. Its address is the one that stands in discovery: a host header proves nothing."""
    return Evidence(
        method=request.method or "",
        address=full(request.path.removeprefix("/")),
        proof=request.headers.get(PROOF),
        certificate=certificate_of(request),
    )


def certificate_of(request: HttpRequest) -> Certificate | None:
    """Give the certificate that a proxy of ours vouches for; None from anybody else, whatever the headers say.

    The proxy must take these headers away from who comes from outside; docs/openid.md says how.
    """
    name = settings.CLIENT_CERTIFICATE_HEADER
    header = request.headers.get(name, "")
    if not header or not is_proxy(request.META.get("REMOTE_ADDR", "")):
        return None
    try:
        return certificates.read(header, chain=request.headers.get(f"{name}Chain", ""))
    except BadCertificate:
        log.warning("client certificate not readable")
        return None


def with_nonce(answer: HttpResponse, *, now: datetime) -> HttpResponse:
    """Give the answer with the nonce for the next proof."""
    answer[NONCE] = nonces.nonce(now=now)
    return answer
