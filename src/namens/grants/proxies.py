"""The proxies of ours that vouch for a client certificate (RFC 8705, 2; RFC 9440)."""

import ipaddress
from collections.abc import Mapping

import structlog
from django.conf import settings

from namens.grants import certificates
from namens.grants.certificates import BadCertificate, Certificate

log = structlog.get_logger()


def certificate_in(headers: Mapping[str, str], *, peer: str) -> Certificate | None:
    """Give the certificate that a proxy of ours at `peer` vouches for; None from anybody else, whatever headers say.

    The proxy must take these headers away from who comes from outside; docs/openid.md says how.
    """
    name = settings.CLIENT_CERTIFICATE_HEADER
    header = headers.get(name, "")
    if not header or not is_proxy(peer):
        return None
    try:
        return certificates.read(header, chain=headers.get(f"{name}Chain", ""))
    except BadCertificate:
        log.warning("client certificate not readable")
        return None


def is_proxy(address: str) -> bool:
    """Say whether this is the address of a proxy of ours. A socket without an address is nobody's."""
    try:
        place = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = place.ipv4_mapped if isinstance(place, ipaddress.IPv6Address) else None
    return any((mapped or place) in network for network in settings.CLIENT_CERTIFICATE_PROXIES)
