"""An operation that will go: since when, until when it works, and what comes in its place (RFC 9745, RFC 8594)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.http import http_date

from namens.lib import clock


@dataclass(frozen=True, kw_only=True)
class Deprecation:
    """From `since` on nobody should begin with it; after `sunset` it is gone. `successor` is an address."""

    since: date
    sunset: date
    successor: str

    def headers(self) -> Mapping[str, str]:
        """Give what every answer of the operation says of it."""
        return {
            "Deprecation": f"@{int(clock.start_of(self.since).timestamp())}",
            "Sunset": http_date(clock.end_of(self.sunset).timestamp()),
            "Link": f'<{self.successor}>; rel="successor-version"',
        }

    def in_words(self) -> str:
        """Give what the description says of it, in Dutch."""
        return (
            f"Uitgefaseerd sinds {self.since.isoformat()}; werkt tot en met {self.sunset.isoformat()}. "
            f"Gebruik {self.successor}."
        )
