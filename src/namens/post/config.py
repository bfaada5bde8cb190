"""What a connection to NotifyNL needs. Imports no Django, so that the settings can build it."""

from dataclasses import dataclass, field

UUID_LENGTH = 36


class BadApiKey(ValueError):
    """The key of NotifyNL is not a name, a service id and a secret. The key itself is never in the message."""

    def __init__(self) -> None:
        super().__init__("NAMENS_NOTIFYNL_API_KEY must be a name, a service id and a secret, with dashes between")


@dataclass(frozen=True)
class NotifySettings:
    """One service at NotifyNL. Secrets stay out of the printed form."""

    url: str
    api_key: str = field(default="", repr=False)
    postage: str = ""
    email_template: str = ""
    timeout_seconds: float = 20

    @property
    def service_id(self) -> str:
        """Give who we are there. Raises BadApiKey."""
        return self._parts()[0]

    @property
    def secret(self) -> str:
        """Give what our tokens are signed with. Raises BadApiKey."""
        return self._parts()[1]

    def _parts(self) -> tuple[str, str]:
        rest, secret = self.api_key[: -UUID_LENGTH - 1], self.api_key[-UUID_LENGTH:]
        service_id = rest[-UUID_LENGTH:]
        if len(service_id) != UUID_LENGTH or len(secret) != UUID_LENGTH:
            raise BadApiKey
        return service_id, secret
