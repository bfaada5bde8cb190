"""E-mails to Anna, as they leave the house, and giving an address as one of the people of the tests."""

import uuid
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from namens.lib.ids import new_id
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from namens.post import addresses, mails
from namens.post.mails import Mail, MailKind
from namens.post.plain import EmailCode, MailAddress
from tests.people import NOW

ADDRESS = MailAddress("anna@example.nl")
CHANGED = Mail(
    kind=MailKind.CHANGED,
    reference=uuid.UUID(int=7),
    party=new_id(),
    address=ADDRESS,
    subject="Er is iets veranderd",
    text="Log in om het te zien.\n",
)
PLANNED = replace(CHANGED, kind=MailKind.APPOINTMENT)
_CODE = EmailCode.generate()
WITH_CODE = Mail(
    kind=MailKind.CODE,
    reference=uuid.UUID(int=8),
    party=new_id(),
    address=ADDRESS,
    subject="Uw bevestigingscode",
    text="De code is 346 789.\n",
    code=_CODE,
    told={"code": _CODE.reveal()},
)
INVITATION = Mail(
    kind=MailKind.INVITATION,
    reference=uuid.UUID(int=9),
    party=new_id(),
    address=MailAddress("sam@samensterk.example"),
    subject="Uitnodiging",
    text="Begin met deze link.\n",
    told={"organisation": "Samen Sterk", "inviter": "Mia Jansen", "link": "https://x.example/y", "until": "1 mei"},
)


def waiting_rows() -> list[OutboxRow]:
    """Give the e-mails that wait, oldest first."""
    return list(OutboxRow.objects.filter(kind=Kind.EMAIL, settled_at__isnull=True).order_by("id"))


def mailed(*, now: datetime = NOW) -> Mail | None:
    """Give the newest e-mail, as it would leave now."""
    return mails.mail_of(waiting_rows()[-1], now=now)


def code_for(party: Party, address: MailAddress = ADDRESS, *, now: datetime = NOW) -> EmailCode:
    """Let somebody give an address, and read the code that goes there."""
    assert addresses.ask(party=party, address=address, now=now) is None
    mail = mailed(now=now)
    assert mail is not None
    assert mail.address == address
    assert mail.code is not None
    with transaction.atomic():
        mails.sent(mail, now=now)
    return mail.code


def with_address(party: Party, address: MailAddress = ADDRESS, *, now: datetime = NOW) -> Party:
    """Let somebody have an address that was proven."""
    answer = addresses.confirm(party=party, code=code_for(party, address, now=now), now=now)
    assert answer == addresses.Confirmed()
    OutboxRow.objects.filter(kind=Kind.EMAIL).update(settled_at=now)
    return party
