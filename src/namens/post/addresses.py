"""E-mail addresses: given, proven with a code that went there, and removed. One address belongs to one person.

Giving an address looks nothing up: who gives the address of somebody else reads the same, and learns that it is taken
only with the code from that mailbox.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.journal.write import write
from namens.mandates.letters import ask_email_letter
from namens.outbox.actions import put
from namens.outbox.models import Kind
from namens.parties import keys
from namens.parties.actions import hold
from namens.parties.models import Party
from namens.post.messages import Wishes, wishes_in
from namens.post.models import EmailAddress, EmailConfirmation
from namens.post.plain import EmailCode, MailAddress
from namens.post.refusals import EmailRefusal

VALID = timedelta(hours=1)
MOST_WRONG_TRIES = 5
_ADDRESS, _CODE = "email-address", "email-code"


@dataclass(frozen=True)
class Confirmed:
    """The address is this person's from now on."""


def ask(*, party: Party, address: MailAddress, now: datetime) -> EmailRefusal | None:
    """Send a code to this address. It takes the place of an earlier one; the address that holds now stays until then.

    None when the code is on its way.
    """
    with transaction.atomic():
        hold(party=party)
        if settings.EMAIL_ADDRESSES.is_reached(_asked_lately(party.id, now)):
            _note(Event.EMAIL_ADDRESS_ASKED, party.id, now=now, result=EmailRefusal.TOO_MANY_ADDRESSES)
            return EmailRefusal.TOO_MANY_ADDRESSES
        EmailConfirmation.objects.filter(party=party.id).delete()
        code = EmailCode.generate()
        waiting = EmailConfirmation(party=party.id, sealed=keys.seal(_ADDRESS, address.text), asked_at=now)
        waiting.code_sealed = keys.seal(_CODE, code.symbols)
        waiting.code_digest = keys.digest_now(_CODE, f"{waiting.id}:{code.symbols}")
        waiting.save(force_insert=True)
        put(Kind.EMAIL, payload={"email": "code", "confirmation": str(waiting.id)}, now=now)
        _note(Event.EMAIL_ADDRESS_ASKED, party.id, now=now)
        return None


def confirm(*, party: Party, code: EmailCode, now: datetime) -> Confirmed | EmailRefusal:
    """Take the address whose code this is. The fifth wrong code ends it, and so does an hour. A letter tells of it."""
    with transaction.atomic():
        hold(party=party)
        waiting = EmailConfirmation.objects.filter(party=party.id).first()
        if waiting is None or not is_alive(waiting, now) or not _fits(waiting, code):
            EmailConfirmation.objects.filter(party=party.id).update(wrong_tries=F("wrong_tries") + 1)
            return _refused(EmailRefusal.CODE_NOT_ACCEPTED, party.id, now)
        waiting.delete()
        address = MailAddress(keys.unseal(_ADDRESS, waiting.sealed))
        before = address_of(party.id)
        if not _take(address, party.id, now):
            return _refused(EmailRefusal.ADDRESS_TAKEN, party.id, now)
        _note(Event.EMAIL_ADDRESS_CONFIRMED, party.id, now=now)
        if before != address:
            ask_email_letter(party=party.id, now=now)
        return Confirmed()


def remove(*, party: Party, now: datetime) -> None:
    """Forget this person's address, and one that waits for its code. A letter tells of it."""
    with transaction.atomic():
        hold(party=party)
        EmailConfirmation.objects.filter(party=party.id).delete()
        gone, _ = EmailAddress.objects.filter(party=party.id).delete()
        if gone:
            _note(Event.EMAIL_ADDRESS_REMOVED, party.id, now=now)
            ask_email_letter(party=party.id, now=now)


@dataclass(frozen=True)
class Mailbox:
    """An own address, and of what its owner wants to hear there."""

    address: MailAddress
    wishes: Wishes


def mailbox_of(party: UUID) -> Mailbox | None:
    """Give this party's own mailbox; only one that was proven."""
    kept = EmailAddress.objects.filter(party=party).first()
    return Mailbox(MailAddress(keys.unseal(_ADDRESS, kept.sealed)), wishes_in(kept)) if kept else None


def address_of(party: UUID) -> MailAddress | None:
    """Give this party's own address; only one that was proven."""
    box = mailbox_of(party)
    return box.address if box else None


def waiting_address_of(party: UUID, *, now: datetime) -> MailAddress | None:
    """Give the address of this party that waits for its code."""
    waiting = EmailConfirmation.objects.filter(party=party).first()
    return address_in(waiting) if waiting is not None and is_alive(waiting, now) else None


def address_in(waiting: EmailConfirmation) -> MailAddress:
    """Give the address that waits for its code."""
    return MailAddress(keys.unseal(_ADDRESS, waiting.sealed))


def code_in(waiting: EmailConfirmation) -> EmailCode | None:
    """Give the code that still has to be sent; None once it was."""
    return EmailCode(keys.unseal(_CODE, waiting.code_sealed)) if waiting.code_sealed else None


def is_alive(waiting: EmailConfirmation, now: datetime) -> bool:
    """Say whether this address can still be confirmed."""
    return waiting.wrong_tries < MOST_WRONG_TRIES and now < waiting.asked_at + VALID


def forget_stale(*, now: datetime) -> None:
    """Erase addresses that nobody confirmed in time."""
    EmailConfirmation.objects.filter(asked_at__lte=now - VALID).delete()


def _asked_lately(party: UUID, now: datetime) -> int:
    since = settings.EMAIL_ADDRESSES.since(now)
    asked = JournalEntry.objects.filter(actor=party, event=Event.EMAIL_ADDRESS_ASKED, at__gt=since)
    return asked.exclude(result=EmailRefusal.TOO_MANY_ADDRESSES).count()


def _fits(waiting: EmailConfirmation, code: EmailCode) -> bool:
    return waiting.code_digest in keys.digest_all(_CODE, f"{waiting.id}:{code.symbols}")


def _take(address: MailAddress, party: UUID, now: datetime) -> bool:
    """Let this party have this address. False when another has it; of two at one moment, the database takes one."""
    if EmailAddress.objects.filter(digest__in=keys.digest_all(_ADDRESS, address.text)).exclude(party=party).exists():
        return False
    kept = {"digest": keys.digest_now(_ADDRESS, address.text), "sealed": keys.seal(_ADDRESS, address.text)}
    try:
        with transaction.atomic():
            EmailAddress.objects.update_or_create(party=party, defaults={**kept, "verified_at": now})
    except IntegrityError:
        return False
    return True


def _refused(reason: EmailRefusal, party: UUID, now: datetime) -> EmailRefusal:
    _note(Event.EMAIL_CODE_TRIED, party, now=now, result=reason)
    return reason


def _note(event: Event, party: UUID, *, now: datetime, result: str = "done") -> None:
    write(event, at=now, channel=Channel.PAGES, actor=party, subject=party, result=result)
