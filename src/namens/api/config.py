"""Whom the team of a portal asks about `/v1`. Imports no Django, so that the settings can build it."""

from dataclasses import dataclass

from namens.lib import env


@dataclass(frozen=True, kw_only=True)
class ApiContact:
    """What stands in the description (API Design Rules, /core/doc-openapi-contact). Without an `email` none does."""

    name: str
    url: str
    email: str = ""

    @classmethod
    def read(cls, *, url: str) -> "ApiContact":
        """Read it from the environment; `url` is where Namens itself is."""
        return cls(
            name=env.text("NAMENS_API_CONTACT_NAME", default="Beheer van Namens"),
            url=env.text("NAMENS_API_CONTACT_URL", default=url),
            email=env.text("NAMENS_API_CONTACT_EMAIL", default=""),
        )
