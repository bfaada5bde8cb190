"""Who sends e-mail: one interface, and the mailer that the settings name."""

from datetime import datetime
from typing import Protocol

from django.conf import settings

from namens.post.answers import Answer
from namens.post.mailers.notifynl import NotifyMailer
from namens.post.mailers.smtp import SmtpMailer
from namens.post.mails import Mail

__all__ = ["Mailer", "from_settings"]


class Mailer(Protocol):
    """Takes e-mails. Runs in any thread and never touches the database."""

    def send(self, mail: Mail, *, now: datetime) -> Answer:
        """Send it. Doing it again says so with the same reference; the other side may send nothing twice for it."""


def from_settings() -> Mailer | None:
    """Give the mailer that the settings name; None when this deployment sends no e-mail."""
    match settings.MAILER:
        case "smtp":
            return SmtpMailer(settings.SMTP)
        case "notifynl":
            return NotifyMailer(settings.NOTIFYNL)
    return None
