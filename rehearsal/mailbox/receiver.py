"""A mail server that takes everything and sends nothing on: SMTP without encryption, on this machine only."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

KEPT = 200


@dataclass(frozen=True)
class Mail:
    """One e-mail as its reader sees it."""

    to: str
    subject: str
    text: str
    came_at: datetime


@dataclass
class Receiver:
    """What came in, newest first; kept in memory. Its `handle_DATA` is called by aiosmtpd, in a thread of its own."""

    port: int
    clock: Callable[[], datetime]
    mails: deque[Mail] = field(default_factory=lambda: deque(maxlen=KEPT))
    _controller: Controller | None = None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        """Keep a mail."""
        del server, session
        message = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        text = str(message.get_content()) if message.get_content_type() == "text/plain" else ""
        subject = str(message["Subject"] or "")
        self.mails.appendleft(Mail(", ".join(envelope.rcpt_tos), subject, "\n".join(text.splitlines()), self.clock()))
        return "250 OK"

    def start(self) -> None:
        """Listen, when there is a port for it."""
        if self.port:
            self._controller = Controller(self, hostname="127.0.0.1", port=self.port, server_hostname="rehearsal")
            self._controller.start()

    def stop(self) -> None:
        """Listen no more."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None
