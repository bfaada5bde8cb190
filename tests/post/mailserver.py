"""A mail server on this machine that takes mail, or does not, as a test asks."""

import datetime as dates
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from namens.lib import clock
from tools.programs import free_ports

TAKEN = "250 OK"


@dataclass
class MailServer:
    """What it answers to a recipient and to a message, and what it took. Called by aiosmtpd."""

    port: int = 0
    to_recipient: str = TAKEN
    to_message: str = TAKEN
    taken: list[Envelope] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer to a recipient."""
        del server, session, options
        if self.to_recipient == TAKEN:
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        """Answer to a message."""
        del server
        if self.to_message == TAKEN:
            self.taken.append(envelope)
            self.encrypted.append(session.ssl is not None)
        return self.to_message

    @property
    def mails(self) -> list[EmailMessage]:
        """Give what was taken, read."""
        contents = [one.content for one in self.taken]
        return [message_from_bytes(bytes(one), policy=policy.default) for one in contents if isinstance(one, bytes)]


@contextmanager
def mail_server(*, tls: ssl.SSLContext | None = None, must_encrypt: bool = False) -> Iterator[MailServer]:
    """Have one that listens; with `tls` it offers STARTTLS."""
    (port,) = free_ports(1)
    made = MailServer(port=port)
    controller = Controller(
        made, hostname="127.0.0.1", port=port, tls_context=tls, require_starttls=must_encrypt, server_hostname="mail"
    )
    controller.start()
    try:
        yield made
    finally:
        controller.stop()


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """Make a certificate for localhost that nobody trusts by themselves. Gives its file, and a server's context."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail")])
    now = clock.now()
    made = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dates.timedelta(days=3660))
        .not_valid_after(now + dates.timedelta(days=3660))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    both, public = folder / "both.pem", folder / "public.pem"
    encoding = serialization.Encoding.PEM
    private = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    public.write_bytes(made.public_bytes(encoding))
    both.write_bytes(private + public.read_bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    return public, context
