"""E-mail by a mail server, over SMTP to one that a test can tell what to answer."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import override_settings

from namens.post import mailers
from namens.post.answers import Answer, NotTaken, Problem, Taken
from namens.post.config import BadSmtp, SmtpSettings
from namens.post.mailers.smtp import SmtpMailer
from namens.post.mails import Mail
from tests.people import NOW
from tests.post.mailing import CHANGED
from tests.post.mailserver import MailServer, certificate, mail_server
from tools.programs import free_ports

FROM = "Namens <niet-beantwoorden@machtigen.example.nl>"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as made:
        yield made


def plain(port: int, *, host: str = "127.0.0.1") -> SmtpSettings:
    return SmtpSettings(host=host, port=port, starttls=False, mail_from=FROM, timeout_seconds=5)


def send(settings: SmtpSettings, mail: Mail = CHANGED) -> Answer:
    return SmtpMailer(settings).send(mail, now=NOW)


def test_it_sends_the_email(server: MailServer) -> None:
    assert send(plain(server.port)) == Taken()
    (mail,) = server.mails
    assert (mail["To"], mail["From"], mail["Subject"]) == ("anna@example.nl", FROM, "Er is iets veranderd")
    assert mail.get_content().strip() == "Log in om het te zien."
    assert (mail["Auto-Submitted"], mail["Date"]) == ("auto-generated", "Mon, 23 Nov 2026 09:00:00 +0000")
    assert [one.rcpt_tos for one in server.taken] == [["anna@example.nl"]]


def test_it_gives_another_try_the_same_message_id(server: MailServer) -> None:
    for _ in range(2):
        send(plain(server.port))
    assert {mail["Message-ID"] for mail in server.mails} == {f"<{CHANGED.reference}@machtigen.example.nl>"}


@pytest.mark.parametrize("answer", ["421 Too busy", "450 Mailbox busy", "451 Try later", "452 Too many recipients"])
@pytest.mark.parametrize("step", ["to_recipient", "to_message"])
def test_it_can_be_tried_again_after_a_4xx(server: MailServer, step: str, answer: str) -> None:
    setattr(server, step, answer)
    answered = send(plain(server.port))
    assert isinstance(answered, NotTaken)
    assert answered.again
    setattr(server, step, "250 OK")
    assert send(plain(server.port)) == Taken()


@pytest.mark.parametrize("answer", ["550 No such user", "552 Too large", "554 Refused"])
@pytest.mark.parametrize("step", ["to_recipient", "to_message"])
def test_it_is_not_tried_again_after_a_5xx(server: MailServer, step: str, answer: str) -> None:
    setattr(server, step, answer)
    assert send(plain(server.port)) == NotTaken(Problem.REJECTED, again=False)
    assert server.taken == []


def test_it_can_be_tried_again_when_nobody_listens() -> None:
    (port,) = free_ports(1)
    assert send(plain(port)) == NotTaken(Problem.CONNECTION, again=True)


def test_it_can_be_tried_again_when_nobody_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings = replace(plain(silent.getsockname()[1]), timeout_seconds=0.2)
        assert send(settings) == NotTaken(Problem.CONNECTION, again=True)


def test_it_sends_through_starttls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trusted, context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with mail_server(tls=context, must_encrypt=True) as server:
        assert send(replace(plain(server.port, host="localhost"), starttls=True)) == Taken()
        assert server.encrypted == [True]


def test_it_says_nothing_to_a_server_whose_certificate_nobody_trusts(tmp_path: Path) -> None:
    _, context = certificate(tmp_path)
    with mail_server(tls=context) as server:
        settings = replace(plain(server.port, host="localhost"), starttls=True)
        assert send(settings) == NotTaken(Problem.CONNECTION, again=True)
        assert server.taken == []


def test_it_says_nothing_to_a_server_that_does_not_encrypt(server: MailServer) -> None:
    assert send(replace(plain(server.port), starttls=True)) == NotTaken(Problem.NOT_SET_UP, again=True)
    assert server.taken == []


def test_it_waits_when_the_server_does_not_know_us(server: MailServer) -> None:
    settings = replace(plain(server.port), user="namens", password="geheim")
    assert send(settings) == NotTaken(Problem.NOT_SET_UP, again=True)
    assert server.taken == []


@pytest.mark.parametrize(
    ("url", "port", "tls", "starttls"),
    [
        ("smtp://u:p%40ss@mail.example.nl", 587, False, True),
        ("smtps://u:p%40ss@mail.example.nl:4465", 4465, True, False),
        ("smtp+plain://u:p%40ss@mail.example.nl", 25, False, False),
    ],
)
def test_it_reads_the_address_of_the_mail_server(url: str, port: int, tls: bool, starttls: bool) -> None:  # noqa: FBT001 - columns of the table
    read = SmtpSettings.parse(url, mail_from=FROM, timeout_seconds=20, may_be_plain=True)
    assert (read.host, read.port, read.tls, read.starttls) == ("mail.example.nl", port, tls, starttls)
    assert (read.user, read.password) == ("u", "p@ss")
    assert "p@ss" not in repr(read)


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("smtp+plain://u:geheim@mail.example.nl", FROM),
        ("http://u:geheim@mail.example.nl", FROM),
        ("smtp://u:geheim@", FROM),
        ("smtp://u:geheim@mail.example.nl:poort", FROM),
        ("smtp://u:geheim@mail.example.nl", ""),
        ("smtp://u:geheim@mail.example.nl", "x@example.nl\nBcc: y@example.nl"),
    ],
)
def test_it_does_not_start_with_half_a_mail_server_and_shows_no_password(url: str, sender: str) -> None:
    with pytest.raises(BadSmtp) as caught:
        SmtpSettings.parse(url, mail_from=sender, timeout_seconds=20, may_be_plain=False)
    assert "geheim" not in str(caught.value)


def test_it_is_the_mailer_of_the_settings(server: MailServer) -> None:
    with override_settings(MAILER="smtp", SMTP=plain(server.port)):
        mailer = mailers.from_settings()
    assert mailer is not None
    assert mailer.send(CHANGED, now=NOW) == Taken()


def test_it_is_nobody_when_the_settings_name_nobody() -> None:
    assert mailers.from_settings() is None
