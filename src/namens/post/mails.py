"""The e-mails that wait in the outbox: which still have to go, and what becomes of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.organisations import actions as organisations
from namens.organisations.models import Member, MemberInvitation
from namens.outbox.models import Kind, OutboxRow
from namens.parties.facts import StopSignal
from namens.parties.models import Person
from namens.post import sender
from namens.post.addresses import VALID, address_in, code_in, is_alive, mailbox_of
from namens.post.messages import Wishes
from namens.post.models import EmailConfirmation
from namens.post.plain import EmailCode, MailAddress
from namens.post.texts import mail as texts


class MailKind(StrEnum):
    """What an e-mail does: it says that there is something to see or planned, brings a code, or invites to work here.

    `CHANGED` is about mandates and `ACTS` about what others did: both only for who wants them. `ATTENTION` is about
    what everybody has to see who has an address. Whoever reads the mailbox sees no difference between the three.
    """

    CHANGED = "changed"
    ATTENTION = "attention"
    ACTS = "acts"
    SUMMARY = "summary"
    APPOINTMENT = "appointment"
    CODE = "code"
    INVITATION = "invitation"


@dataclass(frozen=True)
class Mail:
    """An e-mail that is ready to go. `reference` is that of its outbox row, the same at every try.

    `told` is what a template of somebody else needs to say the same.
    """

    kind: MailKind
    reference: UUID
    party: UUID
    address: MailAddress
    subject: str
    text: str
    code: EmailCode | None = None
    confirmation: UUID | None = None
    invitation: UUID | None = None
    told: Mapping[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return "<e-mail>"


def mail_of(row: OutboxRow, *, now: datetime) -> Mail | None:
    """Give the e-mail that this row asks for. None when there is nobody to send it to, or no reason any more.

    Raises KeyError or ValueError for a payload of another kind.
    """
    match MailKind(row.payload["email"]):
        case MailKind.CODE:
            return _code(row, now)
        case MailKind.INVITATION:
            return _invitation(row, UUID(row.payload["invitation"]), now)
        case MailKind.SUMMARY:
            return _told(MailKind.SUMMARY, texts.summary, row)
        case MailKind.APPOINTMENT:
            return _told(MailKind.APPOINTMENT, texts.appointment, row)
        case MailKind.CHANGED | MailKind.ATTENTION | MailKind.ACTS as kind:
            return _told(kind, texts.changed, row)


def sent(mail: Mail, *, now: datetime) -> None:
    """Keep that the mail server has it; a code is erased. In the open transaction."""
    _close(Event.SUMMARY_SENT if mail.kind is MailKind.SUMMARY else Event.EMAIL_SENT, mail, now=now)


def not_sent(mail: Mail, *, problem: str, now: datetime) -> None:
    """Keep that the mail server refuses it for good. In the open transaction."""
    _close(Event.EMAIL_NOT_SENT, mail, now=now, result=problem)


def _told(kind: MailKind, words: Callable[..., tuple[str, str]], row: OutboxRow) -> Mail | None:
    """Write what says nothing but that there is something to see. None without an address, or when another follows."""
    party = UUID(row.payload["party"])
    reader = _reader(party)
    if reader is None or not _wants(reader.wishes, kind) or _another_follows(row):
        return None
    with translation.override(reader.language):
        subject, text = words(sender=sender.from_settings(), can_choose=reader.wishes is not None)
    return Mail(kind, row.id, party, reader.address, subject, text)


@dataclass(frozen=True)
class _Reader:
    """Where somebody gets e-mail, in which language, and of what: a member of an organisation does not choose."""

    address: MailAddress
    language: str
    wishes: Wishes | None = None


def _wants(wishes: Wishes | None, kind: MailKind) -> bool:
    if wishes is None:
        return True
    chosen = {MailKind.CHANGED: wishes.changes, MailKind.ACTS: wishes.acts, MailKind.SUMMARY: wishes.monthly}
    return chosen.get(kind, True)


def _reader(party: UUID) -> _Reader | None:
    """Give where a party gets e-mail: a person at the own proven address, a member where the invitation went."""
    member = Member.objects.filter(party=party, bound_at__isnull=False, ended_at__isnull=True).first()
    if member is not None:
        return _Reader(MailAddress(member.email), "nl")
    person = Person.objects.filter(party=party).first()
    box = mailbox_of(party)
    if person is None or box is None or StopSignal.DECEASED in person.facts.signals:
        return None
    return _Reader(box.address, person.reads, box.wishes)


def _another_follows(row: OutboxRow) -> bool:
    """Say whether a later e-mail to the same person waits, which says the same."""
    later = OutboxRow.objects.filter(party=row.party, kind=Kind.EMAIL, id__gt=row.id)
    same = later.filter(payload__email=row.payload["email"])
    return same.filter(settled_at__isnull=True, given_up_at__isnull=True).exists()


def _code(row: OutboxRow, now: datetime) -> Mail | None:
    waiting = EmailConfirmation.objects.filter(id=UUID(row.payload["confirmation"])).first()
    code = code_in(waiting) if waiting is not None and is_alive(waiting, now) else None
    if waiting is None or code is None:
        return None
    with translation.override(Person.objects.get(party=waiting.party).reads):
        until = waiting.asked_at + VALID
        subject, text = texts.code(code=code.reveal(), until=until, sender=sender.from_settings())
    told = {"code": code.reveal()}
    return Mail(MailKind.CODE, row.id, waiting.party, address_in(waiting), subject, text, code, waiting.id, told=told)


def _invitation(row: OutboxRow, asked: UUID, now: datetime) -> Mail | None:
    """Write to who is invited to work here, while the link works. There is no language to ask for yet: Dutch."""
    found = MemberInvitation.objects.select_related("member__organisation").filter(id=asked).first()
    secret = organisations.link_in(found) if found else ""
    if found is None or not secret or organisations.trouble_with(found, now=now) is not None:
        return None
    member, inviter = found.member, Member.objects.filter(party=found.invited_by).first()
    link = f"{settings.BASE_URL}{reverse('pages:member-arrive', args=[secret])}"
    with translation.override("nl"):
        invitation = texts.Invitation(
            reader=member.full_name,
            organisation=member.organisation.name,
            inviter=inviter.full_name if inviter else settings.HELPDESK_NAME,
            link=link,
            until=found.expires_at,
        )
        subject, text = texts.invitation(invitation, sender=sender.from_settings())
        told = invitation.told()
    return Mail(
        MailKind.INVITATION,
        row.id,
        member.party_id,
        MailAddress(member.email),
        subject,
        text,
        invitation=found.id,
        told=told,
    )


def _close(event: Event, mail: Mail, *, now: datetime, result: str = "done") -> None:
    if mail.confirmation is not None:
        EmailConfirmation.objects.filter(id=mail.confirmation).update(code_sealed="")
    if mail.invitation is not None:
        organisations.link_sent(invitation=mail.invitation)
    details = {"email": mail.kind.value}
    write(event, at=now, channel=Channel.WORKER, subject=mail.party, result=result, details=details)
