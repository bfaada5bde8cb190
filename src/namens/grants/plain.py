"""Secrets that a portal gets from us and shows once more, as values that do not print themselves."""

import secrets
from dataclasses import dataclass
from typing import ClassVar, Self

from namens.parties import keys

BYTES = 32


@dataclass(frozen=True, repr=False)
class _Plain:
    """A random secret of 256 bits. `purpose` is bound to its digest and its seal: no kind is taken for another."""

    text: str
    purpose: ClassVar[str]
    prints_as: ClassVar[str]

    @classmethod
    def generate(cls) -> Self:
        """Make a new random one."""
        return cls(secrets.token_urlsafe(BYTES))

    @classmethod
    def unseal(cls, sealed: str) -> Self:
        """Give back one that was sealed."""
        return cls(keys.unseal(cls.purpose, sealed))

    def seal(self) -> str:
        """Give it encrypted, ready to store."""
        return keys.seal(self.purpose, self.text)

    def digest(self) -> str:
        """Give the digest to store."""
        return keys.digest_now(self.purpose, self.text)

    def digests(self) -> list[str]:
        """Give the digests to look for."""
        return keys.digest_all(self.purpose, self.text)

    def __repr__(self) -> str:
        return self.prints_as

    __str__ = __repr__


class PlainGrant(_Plain):
    """An authorization code. Prints as `<code>`."""

    purpose = "authorization-code"
    prints_as = "<code>"


class PlainReference(_Plain):
    """The random part of a pushed request's address (RFC 9126, 2.2). Prints as `<reference>`."""

    purpose = "pushed-request"
    prints_as = "<reference>"


class PlainRefreshToken(_Plain):
    """A refresh token. Prints as `<refresh token>`."""

    purpose = "refresh-token"
    prints_as = "<refresh token>"
