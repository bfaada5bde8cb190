"""The one e-mail that Namens sends, by NotifyNL: something changed, log in. Its words are a template there."""

from datetime import datetime

import httpx2

from namens.post.answers import Answer, NotTaken, Problem
from namens.post.config import NotifySettings
from namens.post.notify import NotifyClient


class NotifyMailer:
    """Sends that e-mail. What changed is never in it."""

    def __init__(self, settings: NotifySettings, *, transport: httpx2.BaseTransport | None = None) -> None:
        self._template = settings.email_template
        self._client = NotifyClient(settings, transport=transport)

    def close(self) -> None:
        """Close the connections that were kept open."""
        self._client.close()

    def send(self, *, reference: str, address: str, now: datetime) -> Answer:
        """Send it to this address, unless NotifyNL has this reference already. Runs in any thread."""
        if not self._template:
            return NotTaken(Problem.NOT_SET_UP, again=True)
        body: dict[str, object] = {"email_address": address, "template_id": self._template, "personalisation": {}}
        return self._client.send_once("email", reference=reference, body=body, now=now)
