"""What connections to NotifyNL and to a mail server need. Imports no Django, so that the settings can build them."""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from namens.lib import env

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
    code_template: str = ""
    invitation_template: str = ""
    appointment_template: str = ""
    summary_template: str = ""
    timeout_seconds: float = 20

    @classmethod
    def read(cls) -> "NotifySettings":
        """Read them from the environment. Raises WrongVariable."""
        return cls(
            url=env.text("NAMENS_NOTIFYNL_URL", default=""),
            api_key=env.text("NAMENS_NOTIFYNL_API_KEY", default=""),
            postage=env.text("NAMENS_NOTIFYNL_POSTAGE", default=""),
            email_template=env.text("NAMENS_NOTIFYNL_EMAIL_TEMPLATE", default=""),
            code_template=env.text("NAMENS_NOTIFYNL_CODE_TEMPLATE", default=""),
            invitation_template=env.text("NAMENS_NOTIFYNL_INVITATION_TEMPLATE", default=""),
            appointment_template=env.text("NAMENS_NOTIFYNL_APPOINTMENT_TEMPLATE", default=""),
            summary_template=env.text("NAMENS_NOTIFYNL_SUMMARY_TEMPLATE", default=""),
            timeout_seconds=env.number("NAMENS_NOTIFYNL_TIMEOUT_SECONDS", default=20),
        )

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


class BadSmtp(ValueError):
    """The address of the mail server, or of the sender, cannot be used. Neither is in the message."""


@dataclass(frozen=True)
class SmtpSettings:
    """A mail server. `tls`: encrypted from the first byte; `starttls`: encrypted before anything is said of a mail."""

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = field(default="", repr=False)
    tls: bool = False
    starttls: bool = True
    mail_from: str = ""
    timeout_seconds: float = 20

    @classmethod
    def parse(cls, url: str, *, mail_from: str, timeout_seconds: float, may_be_plain: bool) -> "SmtpSettings":
        """Read `smtp://user:password@host:port` (STARTTLS), `smtps://…` (TLS) or, if it may be, `smtp+plain://…`.

        An empty text gives settings for nobody. Raises BadSmtp.
        """
        if not url:
            return cls()
        schemes = {"smtp": 587, "smtps": 465, **({"smtp+plain": 25} if may_be_plain else {})}
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port or schemes[parts.scheme]
        except (ValueError, KeyError):
            raise BadSmtp("NAMENS_SMTP_URL must be smtp://user:password@host:port, or smtps://…") from None
        if not host or "@" not in mail_from or not mail_from.isprintable():
            raise BadSmtp("NAMENS_SMTP_URL needs a host, and NAMENS_MAIL_FROM an e-mail address")
        return cls(
            host=host,
            port=port,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            tls=parts.scheme == "smtps",
            starttls=parts.scheme == "smtp",
            mail_from=mail_from,
            timeout_seconds=timeout_seconds,
        )
