"""Of what somebody hears by e-mail: chosen with an address only, kept, and respected by every e-mail."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from pytest_django import Settings

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.mandates.actions import report, restore, shorten, stop
from namens.mandates.letters import tell_by_email
from namens.mandates.models import ReportKind
from namens.outbox.actions import put
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from namens.post import addresses, mails
from namens.post.mails import MailKind
from namens.post.messages import Wishes, alarm, choose, wishes_of
from namens.post.models import EmailAddress
from namens.post.plain import MailAddress
from tests.asking import requested, says_yes
from tests.people import NOW, TODAY, active, terms
from tests.post.mailing import mailed, waiting_rows, with_address

pytestmark = pytest.mark.usefixtures("catalogue")
DAY = timedelta(days=1)
NOTHING = Wishes(changes=False, acts=False, monthly=False)
BRAMS = MailAddress("bram@example.nl")


@pytest.fixture(autouse=True)
def mailer(settings: Settings) -> None:
    """Send e-mail."""
    settings.MAILER = "smtp"


def of_kind(kind: str, party: Party) -> None:
    """Put an e-mail of this kind."""
    payload = {"email": kind, "party": str(party.id), "month": "2026-11-01"}
    with transaction.atomic():
        put(Kind.EMAIL, payload=payload, now=NOW, party=party.id)


def told(party: Party) -> int:
    """Give how many e-mails wait for this person, and forget them."""
    waiting = OutboxRow.objects.filter(kind=Kind.EMAIL, party=party.id, settled_at__isnull=True)
    return waiting.update(settled_at=NOW)


def test_it_tells_of_changes_only_until_somebody_chooses(anna: Party) -> None:
    assert wishes_of(anna.id) is None
    with_address(anna)
    assert wishes_of(anna.id) == Wishes(changes=True, acts=False, monthly=False)


def test_it_chooses_nothing_without_an_address(anna: Party) -> None:
    assert not choose(party=anna, wishes=NOTHING, now=NOW)
    assert not JournalEntry.objects.filter(event=Event.MESSAGE_PREFERENCES_CHANGED).exists()


def test_it_keeps_the_choice_with_one_journal_entry(anna: Party) -> None:
    with_address(anna)
    for _ in range(2):
        assert choose(party=anna, wishes=Wishes(changes=False, acts=True, monthly=True), now=NOW)
    assert wishes_of(anna.id) == Wishes(changes=False, acts=True, monthly=True)
    entry = JournalEntry.objects.get(event=Event.MESSAGE_PREFERENCES_CHANGED)
    assert (entry.actor, entry.subject, entry.details) == (anna.id, anna.id, {"wanted": ["acts", "monthly"]})


def test_it_keeps_the_choice_at_another_address_and_forgets_it_with_the_address(anna: Party) -> None:
    with_address(anna)
    choose(party=anna, wishes=NOTHING, now=NOW)
    with_address(anna, MailAddress("anna@elders.example"), now=NOW + DAY)
    assert wishes_of(anna.id) == NOTHING
    addresses.remove(party=anna, now=NOW + DAY)
    assert wishes_of(anna.id) is None
    with_address(anna, now=NOW + 2 * DAY)
    assert wishes_of(anna.id) == Wishes()


def test_it_changes_nothing_for_anybody_else(anna: Party, dirk: Party) -> None:
    with_address(anna)
    choose(party=dirk, wishes=NOTHING, now=NOW)
    assert wishes_of(anna.id) == Wishes()


@pytest.mark.parametrize(
    ("kind", "wishes"),
    [
        ("changed", Wishes(changes=False, acts=True, monthly=True)),
        ("acts", Wishes(changes=True, acts=False, monthly=True)),
        ("summary", Wishes(changes=True, acts=True, monthly=False)),
    ],
    ids=["changed", "acts", "summary"],
)
def test_it_sends_what_is_wanted_when_it_leaves_and_nothing_else(anna: Party, kind: str, wishes: Wishes) -> None:
    with_address(anna)
    of_kind(kind, anna)
    choose(party=anna, wishes=wishes, now=NOW)
    assert mailed() is None
    choose(party=anna, wishes=Wishes(changes=True, acts=True, monthly=True), now=NOW)
    mail = mailed()
    assert mail is not None
    assert mail.kind == kind


def test_it_sends_what_must_be_seen_whatever_was_chosen(anna: Party) -> None:
    with_address(anna)
    choose(party=anna, wishes=NOTHING, now=NOW)
    with transaction.atomic():
        tell_by_email(party=anna.id, now=NOW, always=True)
    mail = mailed()
    assert mail is not None
    assert mail.kind is MailKind.ATTENTION


def test_it_looks_the_same_to_who_reads_the_mailbox(anna: Party) -> None:
    with_address(anna)
    choose(party=anna, wishes=Wishes(changes=True, acts=True, monthly=False), now=NOW)
    texts = set()
    for kind in ("changed", "attention", "acts"):
        of_kind(kind, anna)
        mail = mailed()
        assert mail is not None
        texts.add((mail.subject, mail.text))
    ((subject, text),) = texts
    assert subject == "Er is iets veranderd bij Namens"
    assert "Wilt u minder e-mail, of juist meer?" in text
    assert "Na het inloggen kiest u dat bij Mijn brieven." in text
    assert "/mijn-brieven" not in text
    assert "http" not in text


def test_it_raises_the_alarm_once_a_day_whatever_was_chosen(anna: Party, dirk: Party) -> None:
    with_address(anna)
    choose(party=anna, wishes=NOTHING, now=NOW)
    with transaction.atomic():
        assert [alarm(parties={anna.id, dirk.id}, now=NOW) for _ in range(3)] == [1, 0, 0]
        assert alarm(parties={dirk.id}, now=NOW) == alarm(parties=set(), now=NOW) == 0
        assert alarm(parties={anna.id}, now=NOW + DAY) == 1
    assert [row.payload["email"] for row in waiting_rows()] == ["attention", "attention"]


def test_it_raises_the_alarm_by_the_day_in_amsterdam(anna: Party) -> None:
    with_address(anna)
    with transaction.atomic():
        assert alarm(parties={anna.id}, now=datetime(2027, 3, 27, 22, 59, tzinfo=UTC)) == 1
        assert alarm(parties={anna.id}, now=datetime(2027, 3, 27, 23, 0, tzinfo=UTC)) == 1
    assert EmailAddress.objects.get().alarmed_on == date(2027, 3, 28)


def test_it_tells_the_client_and_never_the_helper_that_something_was_taken_away(anna: Party, bram: Party) -> None:
    mandate = active(anna, bram, what=terms("mijn-toeslagen", "inkomstenbelasting"))
    changes: list[Callable[[], object]] = [
        lambda: shorten(mandate=mandate.id, by=anna, last_day=TODAY + 9 * DAY, now=NOW),
        lambda: stop(mandate=mandate.id, by=anna, service="mijn-toeslagen", now=NOW),
        lambda: report(mandate=mandate.id, by=anna, kind=ReportKind.UNWANTED, now=NOW),
        lambda: stop(mandate=mandate.id, by=anna, now=NOW),
    ]
    told(bram)
    for change in changes:
        OutboxRow.objects.filter(kind=Kind.EMAIL).update(settled_at=NOW)
        change()
        assert (told(anna), told(bram)) == (1, 0)


def test_it_tells_the_helper_that_it_goes_on_and_that_the_client_said_yes(anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    report(mandate=mandate.id, by=anna, kind=ReportKind.UNWANTED, now=NOW)
    told(bram)
    restore(mandate=mandate.id, by=anna, now=NOW)
    assert told(bram) == 1
    asked = requested(anna, bram, keys=("inkomstenbelasting",))
    assert told(bram) == 0
    says_yes(asked, anna)
    assert told(bram) == 1


def test_it_is_silent_to_the_helper_about_a_no(anna: Party, bram: Party) -> None:
    asked = requested(anna, bram)
    told(bram)
    stop(mandate=asked.id, by=anna, now=NOW)
    assert told(bram) == 0


def test_it_respects_the_choice_of_the_helper(anna: Party, bram: Party) -> None:
    with_address(bram, BRAMS)
    choose(party=bram, wishes=NOTHING, now=NOW)
    says_yes(requested(anna, bram), anna)
    rows = [row for row in waiting_rows() if row.party == bram.id]
    assert rows != []
    assert [mails.mail_of(row, now=NOW) for row in rows] == [None] * len(rows)
