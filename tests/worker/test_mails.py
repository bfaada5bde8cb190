"""From something that happened to an e-mail: who gets one, what is in it, and what a mail server may answer."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
from pytest_django import Settings
from structlog.testing import capture_logs

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.mandates.actions import block, report, shorten, stop
from namens.mandates.models import Mandate, ReportKind
from namens.mandates.refusals import MandateRefused
from namens.outbox.models import Kind, OutboxRow
from namens.parties.facts import StopSignal
from namens.parties.models import Party, Person
from namens.post import addresses
from namens.post.config import SmtpSettings
from namens.post.plain import EmailCode
from namens.worker import Worker
from tests.asking import requested, says_yes
from tests.people import BSNS, NOW, TODAY, active, told
from tests.post.mailing import ADDRESS, with_address
from tests.post.mailserver import MailServer, mail_server
from tests.worker.working import work

pytestmark = pytest.mark.usefixtures("catalogue")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def no_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let letters wait: this is about e-mail."""
    monkeypatch.setattr("namens.worker.letters.LetterDesk.turn", lambda _desk: False)


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    with mail_server() as made:
        sender = "Namens <niet-beantwoorden@machtigen.example.nl>"
        settings.MAILER = "smtp"
        settings.SMTP = SmtpSettings(host="127.0.0.1", port=made.port, starttls=False, mail_from=sender)
        yield made


@pytest.fixture
def mandate(server: MailServer, anna: Party, bram: Party, catalogue: None) -> Mandate:  # noqa: ARG001 - asked for its effect
    """A mandate that runs, of a client with an e-mail address, who heard of it before."""
    with_address(anna)
    made = active(anna, bram)
    OutboxRow.objects.filter(kind=Kind.EMAIL).update(settled_at=NOW)
    return made


def last(server: MailServer) -> EmailMessage:
    (mail,) = server.mails
    return mail


def waiting() -> list[OutboxRow]:
    return list(OutboxRow.objects.filter(kind=Kind.EMAIL, settled_at__isnull=True))


def test_it_says_that_something_changed_and_not_a_word_about_what(
    worker: Worker, server: MailServer, anna: Party, mandate: Mandate
) -> None:
    stop(mandate=mandate.id, by=anna, now=NOW)
    work(worker)
    mail = last(server)
    text = mail.get_content()
    assert mail["To"] == ADDRESS.text
    assert mail["Subject"] == "Er is iets veranderd bij Namens"
    assert "Er is iets veranderd. Log in bij Namens om het te zien." in text
    assert "Typ het adres van Namens zelf in uw browser: localhost:8000" in text
    assert "Wij sturen nooit een link om in te loggen." in text
    said = f"{mail}"
    assert not any(name in said for name in ("Anna", "Vries", "Bram", "Bakker", "toeslagen", "gestopt", "http"))
    assert str(mandate.id) not in said
    assert waiting() == []


@pytest.mark.parametrize(
    "what", ["activated", "approved", "stopped by the helper", "suspended", "one service stopped", "blocked"]
)
def test_it_tells_the_client_whoever_did_it(
    worker: Worker, server: MailServer, anna: Party, bram: Party, mandate: Mandate, what: str
) -> None:
    deeds: dict[str, Callable[[], object]] = {
        "activated": lambda: active(anna, bram),
        "approved": lambda: says_yes(requested(anna, bram, keys=("inkomstenbelasting",)), anna),
        "stopped by the helper": lambda: stop(mandate=mandate.id, by=bram, now=NOW),
        "suspended": lambda: report(mandate=mandate.id, by=anna, kind=ReportKind.UNWANTED, now=NOW),
        "one service stopped": lambda: stop(mandate=mandate.id, by=anna, service="mijn-toeslagen", now=NOW),
        "blocked": lambda: block(
            person=Person.objects.get(party=told(bram, signals=[StopSignal.DECEASED])), now=NOW, channel=Channel.WORKER
        ),
    }
    deeds[what]()
    work(worker)
    assert last(server)["To"] == ADDRESS.text


def test_it_sends_one_for_what_happened_together(
    worker: Worker, server: MailServer, anna: Party, bram: Party, mandate: Mandate
) -> None:
    active(anna, bram, now=NOW + timedelta(minutes=1))
    assert Mandate.objects.get(id=mandate.id).end_reason == "replaced"
    assert sorted(str(row.party) for row in waiting()) == [str(anna.id)] * 2
    work(worker, at=NOW + HOUR)
    assert len(server.mails) == 1
    assert waiting() == []


def test_it_writes_in_the_language_of_the_reader(
    worker: Worker, server: MailServer, anna: Party, mandate: Mandate
) -> None:
    Person.objects.filter(party=anna).update(letter_language="en")
    stop(mandate=mandate.id, by=anna, now=NOW)
    work(worker)
    assert last(server)["Subject"] == "Something has changed at Namens"


def test_it_sends_nothing_without_an_address_that_was_proven(
    worker: Worker, server: MailServer, anna: Party, bram: Party, dirk: Party
) -> None:
    with_address(dirk)
    addresses.ask(party=anna, address=ADDRESS, now=NOW)
    OutboxRow.objects.filter(kind=Kind.EMAIL).update(settled_at=NOW)
    active(anna, bram)
    work(worker)
    assert (server.mails, waiting()) == ([], [])


def test_it_sends_nothing_to_who_wants_none_any_more(
    worker: Worker, server: MailServer, anna: Party, mandate: Mandate
) -> None:
    stop(mandate=mandate.id, by=anna, now=NOW)
    addresses.remove(party=anna, now=NOW)
    work(worker)
    assert (server.mails, waiting()) == ([], [])


def test_it_writes_no_e_mail_to_the_dead(worker: Worker, server: MailServer, anna: Party, mandate: Mandate) -> None:
    block(person=Person.objects.get(party=told(anna, signals=[StopSignal.DECEASED])), now=NOW, channel=Channel.WORKER)
    work(worker)
    assert (server.mails, waiting()) == ([], [])
    assert mandate.activated_at


def test_it_puts_no_e_mail_where_none_is_sent(settings: Settings, anna: Party, mandate: Mandate) -> None:
    settings.MAILER = "none"
    stop(mandate=mandate.id, by=anna, now=NOW)
    assert waiting() == []


@pytest.mark.usefixtures("server")
def test_it_puts_no_e_mail_when_it_did_not_happen(anna: Party, mandate: Mandate) -> None:
    with pytest.raises(MandateRefused):
        shorten(mandate=mandate.id, by=anna, last_day=TODAY + 400 * DAY, now=NOW)
    assert waiting() == []


def test_it_brings_a_code_to_the_address_that_somebody_gave(worker: Worker, server: MailServer, anna: Party) -> None:
    addresses.ask(party=anna, address=ADDRESS, now=NOW)
    work(worker)
    mail = last(server)
    assert (mail["To"], mail["Subject"]) == (ADDRESS.text, "Uw bevestigingscode voor Namens")
    line = next(line for line in mail.get_content().splitlines() if "bevestigingscode is" in line)
    code = EmailCode(line.partition(": ")[2].replace(" ", ""))
    assert "De code werkt tot 11:00 uur." in mail.get_content()
    assert "Anna" not in f"{mail}"
    assert addresses.confirm(party=anna, code=code, now=NOW) == addresses.Confirmed()


def test_it_brings_no_code_that_is_too_late(worker: Worker, server: MailServer, anna: Party) -> None:
    addresses.ask(party=anna, address=ADDRESS, now=NOW)
    work(worker, at=NOW + HOUR)
    assert (server.mails, waiting()) == ([], [])


def test_it_tries_again_while_the_server_is_busy(
    worker: Worker, server: MailServer, anna: Party, mandate: Mandate
) -> None:
    server.to_message = "451 Try later"
    stop(mandate=mandate.id, by=anna, now=NOW)
    work(worker)
    (row,) = waiting()
    assert (server.mails, row.last_problem) == ([], "busy")
    server.to_message = "250 OK"
    work(worker, at=NOW + HOUR)
    assert (len(server.mails), waiting()) == (1, [])


def test_it_tries_no_more_after_a_no(worker: Worker, server: MailServer, anna: Party, mandate: Mandate) -> None:
    server.to_recipient = "550 No such user"
    stop(mandate=mandate.id, by=anna, now=NOW)
    work(worker)
    assert (server.mails, waiting()) == ([], [])
    note = JournalEntry.objects.get(event=Event.EMAIL_NOT_SENT)
    assert (note.subject, note.result, note.details) == (anna.id, "rejected", {"email": "changed"})


def test_it_sends_the_same_message_again_when_nobody_wrote_down_that_it_left(
    worker: Worker, server: MailServer, anna: Party, mandate: Mandate
) -> None:
    stop(mandate=mandate.id, by=anna, now=NOW)
    work(worker)
    # As if the worker was killed between the server's yes and the settling.
    newest = OutboxRow.objects.filter(kind=Kind.EMAIL, party=anna.id).order_by("-id")[0]
    OutboxRow.objects.filter(id=newest.id).update(settled_at=None, leased_until=None, due_at=NOW)
    work(worker)
    first, second = server.mails
    assert first["Message-ID"] == second["Message-ID"]


def test_it_logs_no_address_code_or_name(worker: Worker, server: MailServer, anna: Party, mandate: Mandate) -> None:
    server.to_recipient = "550 anna@example.nl has no mailbox"
    stop(mandate=mandate.id, by=anna, now=NOW)
    with capture_logs() as logs:
        work(worker)
    assert logs
    assert not any(secret in str(logs) for secret in (ADDRESS.text, "Vries", BSNS["anna"].digits))
    assert not any(ADDRESS.text in str(row) for row in JournalEntry.objects.values())
