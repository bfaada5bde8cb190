"""What an access token is bound to, so that who steals it has nothing (RFC 7800, RFC 8705 3.1, RFC 9449 6.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from namens.services.profiles import Binding


@dataclass(frozen=True)
class Confirmation:
    """The thumbprint of the key or of the certificate that a portal showed; neither for a bearer token."""

    key: str = ""
    certificate: str = ""

    @classmethod
    def of(cls, claims: Mapping[str, Any]) -> "Confirmation":
        """Read what one of our own access tokens is bound to."""
        held = claims.get("cnf", {})
        return cls(key=held.get("jkt", ""), certificate=held.get("x5t#S256", ""))

    @property
    def claims(self) -> dict[str, Any]:
        """Give `cnf` for the access token; nothing for a bearer token."""
        said = {"jkt": self.key, "x5t#S256": self.certificate}
        held = {name: value for name, value in said.items() if value}
        return {"cnf": held} if held else {}

    @property
    def token_type(self) -> str:
        """Give the word by which the token endpoint names such a token (RFC 9449, 5)."""
        return "DPoP" if self.key else "Bearer"

    @property
    def binding(self) -> Binding:
        """Give what a token with this confirmation is bound to."""
        if self.key:
            return Binding.PROOF
        return Binding.CERTIFICATE if self.certificate else Binding.NONE

    @property
    def satisfies(self) -> frozenset[Binding]:
        """Give every binding that is kept by who shows this: none at all always is."""
        shown = {Binding.PROOF: self.key, Binding.CERTIFICATE: self.certificate}
        return frozenset({Binding.NONE, *(binding for binding, thumbprint in shown.items() if thumbprint)})


BEARER = Confirmation()
