"""E-mail by a mail server (SMTP, RFC 5321), through Django's own backend: encrypted before a word is said of a mail."""

import smtplib
from datetime import datetime
from email.utils import format_datetime

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from namens.post.answers import Answer, NotTaken, Problem, Taken
from namens.post.config import SmtpSettings
from namens.post.mails import Mail

PERMANENT = 500


class SmtpMailer:
    """Sends each e-mail over a connection of its own. Another try carries the same Message-ID."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings

    def send(self, mail: Mail, *, now: datetime) -> Answer:
        """Send it. Runs in any thread."""
        try:
            with self._backend() as opened:
                opened.send_messages([self._message(mail, now)])
        except smtplib.SMTPException as problem:
            return judge(problem)
        except TimeoutError:
            return NotTaken(Problem.TIMEOUT, again=True)
        except OSError:
            # Also a certificate that is not trusted: nothing was said then.
            return NotTaken(Problem.CONNECTION, again=True)
        return Taken()

    def _backend(self) -> EmailBackend:
        return EmailBackend(
            host=self._settings.host,
            port=self._settings.port,
            username=self._settings.user,
            password=self._settings.password,
            use_tls=self._settings.starttls,
            use_ssl=self._settings.tls,
            timeout=self._settings.timeout_seconds,
            fail_silently=False,
        )

    def _message(self, mail: Mail, now: datetime) -> EmailMessage:
        domain = self._settings.mail_from.rpartition("@")[2].rstrip(">")
        headers = {
            "Message-ID": f"<{mail.reference}@{domain}>",
            "Date": format_datetime(now),
            "Auto-Submitted": "auto-generated",
        }
        return EmailMessage(
            subject=mail.subject,
            body=mail.text,
            from_email=self._settings.mail_from,
            to=[mail.address.text],
            headers=headers,
        )


def judge(problem: smtplib.SMTPException) -> NotTaken:
    """Give what to think of a mail server that did not take it. What is wrong with us alone may pass."""
    match problem:
        case smtplib.SMTPRecipientsRefused():
            return _by_status(max(status for status, _ in problem.recipients.values()))
        case smtplib.SMTPDataError():
            return _by_status(problem.smtp_code)
        case smtplib.SMTPServerDisconnected():
            return NotTaken(Problem.CONNECTION, again=True)
        case smtplib.SMTPAuthenticationError() | smtplib.SMTPNotSupportedError():
            return NotTaken(Problem.NOT_SET_UP, again=True)
    return NotTaken(Problem.FAILING, again=True)


def _by_status(status: int) -> NotTaken:
    if status >= PERMANENT:
        return NotTaken(Problem.REJECTED, again=False)
    return NotTaken(Problem.BUSY, again=True)
