"""A request to the token endpoint, from a portal that proved who it is."""

from dataclasses import dataclass
from datetime import datetime

from namens.grants.clients import Proven
from namens.openid.parameters import Parameters


class TokenRefused(Exception):
    """The request itself is wrong (RFC 6749, 5.2). `status` is that of the answer.

    `reason` is more precise, and not for the portal.
    """

    def __init__(self, code: str, description: str, *, status: int = 400, reason: str = "") -> None:
        super().__init__(code)
        self.code, self.description, self.status, self.reason = code, description, status, reason


@dataclass(frozen=True)
class Asking:
    """What a portal asks, and who it proved to be."""

    parameters: Parameters
    proven: Proven
    now: datetime

    def need(self, *names: str) -> None:
        """Raise TokenRefused when one of these parameters is missing."""
        for name in names:
            if name not in self.parameters:
                raise TokenRefused("invalid_request", f"{name} is missing")
