"""What stops a start with mutual TLS half configured: a certificate that anybody can claim proves nothing."""

from pathlib import Path

from django.conf import settings
from django.core.checks import Error, register

from namens.grants import certificates

NOTHING = Path("/dev/null")
"""The authorities of a deployment that names none."""


@register
def proxies_are_complete(**_options: object) -> list[Error]:
    """Give an error for each thing that is wrong with who vouches for certificates, and with who gave them."""
    proxies, roots = settings.CLIENT_CERTIFICATE_PROXIES, settings.CLIENT_CERTIFICATE_ROOTS
    has_roots = roots != NOTHING
    wrong = {
        "namens.E030": (
            bool(proxies) and not (settings.IS_HTTPS or settings.IS_PRACTICE),
            "NAMENS_CLIENT_CERTIFICATE_PROXIES is set, and NAMENS_BASE_URL is not https",
        ),
        "namens.E031": (
            any(network.prefixlen == 0 for network in proxies),
            "NAMENS_CLIENT_CERTIFICATE_PROXIES believes everybody",
        ),
        "namens.E032": (
            has_roots and not _are_readable(roots),
            "NAMENS_CLIENT_CERTIFICATE_ROOTS is no PEM file with certificates",
        ),
        "namens.E033": (
            has_roots and not proxies,
            "NAMENS_CLIENT_CERTIFICATE_ROOTS is set, and no NAMENS_CLIENT_CERTIFICATE_PROXIES",
        ),
    }
    return [Error(sentence, id=number) for number, (is_wrong, sentence) in wrong.items() if is_wrong]


def _are_readable(roots: Path) -> bool:
    try:
        return bool(certificates.roots_in(roots))
    except (OSError, ValueError):
        return False
