"""The certificate that a proxy of ours vouches for, at this door."""

from functools import lru_cache

from django.conf import settings

from namens.decisions.http import Request
from namens.grants import certificates
from namens.grants.certificates import BadCertificate
from namens.grants.proxies import is_proxy


def thumbprint_of(request: Request) -> str:
    """Give `x5t#S256` of it (RFC 8705, 3.1); empty from anybody else, whatever the headers say."""
    header = request.header(_name(settings.CLIENT_CERTIFICATE_HEADER))
    return _thumbprint(header) if header and is_proxy(request.peer) else ""


@lru_cache(maxsize=8)
def _name(header: str) -> bytes:
    return header.lower().encode()


@lru_cache(maxsize=1024)
def _thumbprint(header: str) -> str:
    try:
        return certificates.read(header).thumbprint
    except BadCertificate:
        return ""
