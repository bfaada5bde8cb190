"""E-mail by NotifyNL. Its words are templates there, one for each kind of our e-mails."""

from datetime import datetime

import httpx2

from namens.post.answers import Answer, NotTaken, Problem
from namens.post.config import NotifySettings
from namens.post.mails import Mail, MailKind
from namens.post.notify import NotifyClient


class NotifyMailer:
    """Sends an e-mail unless NotifyNL has its reference already. What changed is never in it."""

    def __init__(self, settings: NotifySettings, *, transport: httpx2.BaseTransport | None = None) -> None:
        self._settings = settings
        self._client = NotifyClient(settings, transport=transport)

    def close(self) -> None:
        """Close the connections that were kept open."""
        self._client.close()

    def send(self, mail: Mail, *, now: datetime) -> Answer:
        """Send it. Runs in any thread."""
        template = self._template(mail.kind)
        if not template:
            return NotTaken(Problem.NOT_SET_UP, again=True)
        body: dict[str, object] = {
            "email_address": mail.address.text,
            "template_id": template,
            "personalisation": dict(mail.told),
        }
        return self._client.send_once("email", reference=str(mail.reference), body=body, now=now)

    def _template(self, kind: MailKind) -> str:
        match kind:
            case MailKind.CODE:
                return self._settings.code_template
            case MailKind.INVITATION:
                return self._settings.invitation_template
            case MailKind.APPOINTMENT:
                return self._settings.appointment_template
            case MailKind.SUMMARY:
                return self._settings.summary_template
            case MailKind.CHANGED | MailKind.ATTENTION | MailKind.ACTS:
                return self._settings.email_template
