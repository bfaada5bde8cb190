"""Letters by NotifyNL, which prints and posts a PDF that is ready."""

import base64
from datetime import datetime

import httpx2

from namens.post.answers import Answer
from namens.post.config import NotifySettings
from namens.post.notify import NotifyClient


class NotifyPrinter:
    """Sends letters as precompiled PDFs. The kind of a letter is not told."""

    def __init__(self, settings: NotifySettings, *, transport: httpx2.BaseTransport | None = None) -> None:
        self._postage = settings.postage
        self._client = NotifyClient(settings, transport=transport)

    def close(self) -> None:
        """Close the connections that were kept open."""
        self._client.close()

    def hand_over(self, *, reference: str, pdf: bytes, kind: str, now: datetime) -> Answer:
        """Send the letter, unless NotifyNL has this reference already."""
        del kind
        body: dict[str, object] = {"content": base64.b64encode(pdf).decode()}
        if self._postage:
            body["postage"] = self._postage
        return self._client.send_once("letter", reference=reference, body=body, now=now)
