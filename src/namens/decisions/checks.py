"""What stops a start whose portals would ask for decisions in the clear, or at an address that is none."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, register

NAME = "NAMENS_DECISIONS_URL"
HINT = "docs/authzen.md"


@register
def address_is_plain(**_options: object) -> list[Error]:
    """Give an error for each thing that is wrong with where portals reach the decisions door."""
    parts = urlsplit(settings.DECISIONS.url)
    wrong = {
        "namens.E040": (
            parts.scheme != "https" and not settings.IS_PRACTICE,
            f"{NAME} is not https: tokens of portals would travel in the clear",
        ),
        "namens.E041": (
            bool(parts.path or parts.query or parts.fragment or parts.username is not None),
            f"{NAME} is more than a host and a port: /access/v1 comes behind it",
        ),
    }
    if not settings.DECISIONS.url:
        return []
    return [Error(sentence, hint=HINT, id=number) for number, (is_wrong, sentence) in wrong.items() if is_wrong]
