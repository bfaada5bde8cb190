"""The mailbox: what came in by SMTP, for people to read."""

import html
from collections.abc import Iterator
from dataclasses import replace

import httpx2
import pytest

from namens.post.answers import NotTaken, Taken
from namens.post.config import SmtpSettings
from namens.post.mailers.smtp import SmtpMailer
from rehearsal import program
from rehearsal.mailbox.receiver import KEPT, Mail, Receiver
from rehearsal.stage import Settings, build, wall_clock
from tests.people import NOW
from tests.post.mailing import CHANGED
from tests.rehearsal.playing import BASE, Direct
from tests.rehearsal.serving import free_port, rehearsal


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def address(port: int) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REHEARSAL_SMTP_PORT", str(port))
        with rehearsal() as found:
            yield found


def mailer(port: int) -> SmtpMailer:
    settings = SmtpSettings(host="localhost", port=port, starttls=False, mail_from="Namens <namens@namens.example>")
    return SmtpMailer(settings)


def mailbox(address: str) -> str:
    page = httpx2.get(f"{address}/postvak", trust_env=False)
    page.raise_for_status()
    return page.text


def test_it_shows_what_came_in_with_the_newest_first(address: str, port: int) -> None:
    assert "Er is nog geen e-mail." in mailbox(address)
    assert mailer(port).send(CHANGED, now=NOW) == Taken()
    assert mailer(port).send(replace(CHANGED, subject="Nog een", text="Eén.\n\n<b>Twee</b>"), now=NOW) == Taken()
    page = mailbox(address)
    assert page.index("Nog een") < page.index(CHANGED.subject)
    assert "anna@example.nl" in page
    assert "<b>Twee" not in page
    assert "<b>Twee</b>" in html.unescape(page)


def test_it_takes_no_mail_without_a_port() -> None:
    stage = build(Settings())
    with httpx2.Client(transport=Direct(program.assemble(stage)), base_url=BASE) as visitor:
        assert "Er is nog geen e-mail." in visitor.get("/postvak").text
    idle = Receiver(port=0, clock=wall_clock)
    idle.start()
    idle.stop()
    assert isinstance(mailer(free_port()).send(CHANGED, now=NOW), NotTaken)


def test_it_forgets_the_oldest() -> None:
    receiver = Receiver(port=0, clock=wall_clock)
    for number in range(KEPT + 1):
        receiver.mails.appendleft(Mail("x", str(number), "", NOW))
    assert (receiver.mails[0].subject, receiver.mails[-1].subject) == (str(KEPT), "1")
