"""The authorization code itself, as a value that does not print itself."""

import secrets
from dataclasses import dataclass

from namens.parties import keys

_PURPOSE = "authorization-code"
BYTES = 32


@dataclass(frozen=True, repr=False)
class PlainGrant:
    """An authorization code of 256 bits. Prints as `<code>`."""

    text: str

    @classmethod
    def generate(cls) -> "PlainGrant":
        """Make a new random code."""
        return cls(secrets.token_urlsafe(BYTES))

    @classmethod
    def unseal(cls, sealed: str) -> "PlainGrant":
        """Give back a code that was sealed."""
        return cls(keys.unseal(_PURPOSE, sealed))

    def seal(self) -> str:
        """Give the code encrypted, ready to store."""
        return keys.seal(_PURPOSE, self.text)

    def digest(self) -> str:
        """Give the digest to store."""
        return keys.digest_now(_PURPOSE, self.text)

    def digests(self) -> list[str]:
        """Give the digests to look for."""
        return keys.digest_all(_PURPOSE, self.text)

    def __repr__(self) -> str:
        return "<code>"

    __str__ = __repr__
