"""From an invitation to an e-mail with its link, and what is left of the link afterwards."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django import Settings

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.organisations.actions import invite_again
from namens.organisations.models import Member, MemberInvitation
from namens.outbox.models import Kind, OutboxRow
from namens.post.config import SmtpSettings
from namens.worker import Worker
from tests.organisations.joining import OLGA, admitted, begun, invited_by, mia_begun
from tests.people import NOW
from tests.post.mailserver import MailServer, mail_server
from tests.worker.working import work

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    with mail_server() as made:
        sender = "Namens <niet-beantwoorden@machtigen.example.nl>"
        settings.MAILER = "smtp"
        settings.SMTP = SmtpSettings(host="127.0.0.1", port=made.port, starttls=False, mail_from=sender)
        yield made


def test_it_says_who_invites_for_which_organisation_with_the_link_and_until_when(
    worker: Worker, server: MailServer
) -> None:
    mia = mia_begun()
    OutboxRow.objects.update(settled_at=NOW)
    link = invited_by(mia)
    work(worker, at=NOW)
    (mail,) = server.mails
    text = mail.get_content()
    assert mail["To"] == "sam@samensterk.example"
    assert mail["Subject"] == "Uitnodiging om met Namens te werken voor Samen Sterk"
    assert "Mia Jansen nodigt u uit om met Namens cliënten te helpen voor Samen Sterk." in text
    assert f"vóór 7 december 2026, 10:00: http://localhost:8000/organisatie/uitnodiging/{link.token}" in text
    assert JournalEntry.objects.get(event=Event.EMAIL_SENT).details == {"email": "invitation"}


def test_it_erases_the_link_once_it_was_sent(worker: Worker, server: MailServer) -> None:
    link = admitted().invited
    assert MemberInvitation.objects.get().sealed
    work(worker, at=NOW)
    assert len(server.mails) == 1
    assert MemberInvitation.objects.get().sealed == ""
    everything = f"{list(OutboxRow.objects.values())}{list(JournalEntry.objects.values())}"
    assert link.token not in everything


@pytest.mark.parametrize("why", ["replaced", "used", "over", "ended"])
def test_it_sends_no_link_that_does_not_work(worker: Worker, server: MailServer, why: str) -> None:
    link, at = admitted().invited, NOW + HOUR
    if why == "replaced":
        invite_again(member=link.member.party_id, by=OLGA, channel=Channel.PAGES, now=at)
    elif why == "used":
        begun("mia", link)
    elif why == "ended":
        Member.objects.update(ended_at=NOW)
    else:
        at = link.expires_at
    work(worker, at=at)
    assert not any(link.token in mail.get_content() for mail in server.mails)
    assert not OutboxRow.objects.filter(kind=Kind.EMAIL, settled_at__isnull=True).exists()


def test_it_forgets_the_link_that_no_mail_server_took(worker: Worker, server: MailServer) -> None:
    server.to_message = "554 no"
    admitted()
    work(worker, at=NOW)
    assert MemberInvitation.objects.get().sealed == ""
    assert JournalEntry.objects.filter(event=Event.EMAIL_NOT_SENT).exists()
