"""What leaves as e-mail: something changed, or a confirmation code."""

from dataclasses import dataclass, field
from functools import partial

import structlog

from namens.lib import clock
from namens.outbox import actions as outbox
from namens.outbox.carriers import Carriers
from namens.outbox.models import Kind, OutboxRow
from namens.post import mailers, mails
from namens.post.answers import Answer, NotTaken
from namens.post.mails import Mail
from namens.worker.rows import begin, close, hand_out, settling, take_up

AT_ONCE = 2

log = structlog.get_logger()


@dataclass
class MailDesk:
    """Carriers to the mail server, and what is done with what they bring back."""

    carriers: Carriers = field(default_factory=lambda: Carriers(AT_ONCE))

    def turn(self) -> bool:
        """Begin what is due, as much as can leave at once; True when there was something."""
        return bool(hand_out(kind=Kind.EMAIL, most=self.carriers.free, to=partial(begin, self._send)))

    def _send(self, row: OutboxRow) -> None:
        """Bring an e-mail to the mail server, unless there is nobody to send it to."""
        now, mailer = clock.now(), mailers.from_settings()
        mail = mails.mail_of(row, now=now) if mailer else None
        if mailer is None or mail is None:
            outbox.settle(row, now=now)
            return
        self.carriers.send(partial(mailer.send, mail, now=now), then=partial(take_up, row, partial(_sent, row, mail)))


def _sent(row: OutboxRow, mail: Mail, answer: Answer) -> None:
    now = clock.now()
    if not isinstance(answer, NotTaken):
        with settling(row):
            mails.sent(mail, now=now)
        return
    if answer.again:
        close(row, answer.problem)
        return
    log.warning("mail server refuses an e-mail", row=str(row.id), problem=answer.problem)
    with settling(row):
        mails.not_sent(mail, problem=answer.problem, now=now)
