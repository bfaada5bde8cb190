"""The proxies of ours that vouch for a client certificate (RFC 8705, 2; RFC 9440)."""

import ipaddress

from django.conf import settings


def is_proxy(address: str) -> bool:
    """Say whether this is the address of a proxy of ours. A socket without an address is nobody's."""
    try:
        place = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = place.ipv4_mapped if isinstance(place, ipaddress.IPv6Address) else None
    return any((mapped or place) in network for network in settings.CLIENT_CERTIFICATE_PROXIES)
