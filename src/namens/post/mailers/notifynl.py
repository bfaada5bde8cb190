"""E-mail by NotifyNL. Its words are templates there, one for each of our two e-mails."""

from datetime import datetime

import httpx2

from namens.post.answers import Answer, NotTaken, Problem
from namens.post.config import NotifySettings
from namens.post.mails import Mail
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
        template = self._settings.code_template if mail.code else self._settings.email_template
        if not template:
            return NotTaken(Problem.NOT_SET_UP, again=True)
        told = {"code": mail.code.reveal()} if mail.code else {}
        body: dict[str, object] = {
            "email_address": mail.address.text,
            "template_id": template,
            "personalisation": told,
        }
        return self._client.send_once("email", reference=str(mail.reference), body=body, now=now)
