"""Letters in tests: what the worker would make of the outbox, without a register or a printer."""

from datetime import datetime
from io import BytesIO

from django.db import transaction
from pypdf import PdfReader

from namens.codes import actions as codes
from namens.codes.plain import PlainCode
from namens.lib import clock
from namens.mandates.letters import letter_by
from namens.mandates.models import Mandate
from namens.outbox.models import Kind, OutboxRow
from namens.post import actions as post
from namens.post.letters import Recipient
from namens.post.models import Letter
from namens.post.wanted import Asked
from namens.post.writing import code_last_day
from tests.people import NOW

HOME = Recipient("A.M. de Vries", ("Lindenhof 12", "3511AB UTRECHT"))


def code_by_letter(mandate: Mandate, *, now: datetime = NOW) -> PlainCode:
    """Make the code that a letter for this mandate brings, as the letter does."""
    today = clock.day_of(now)
    _, plain = codes.issue_for_letter(
        opens=mandate.id,
        giver=mandate.representee_id,
        helper=mandate.representative_id,
        due=letter_by(today),
        last_day=code_last_day(mandate, posted_on=today),
        now=now,
    )
    return plain


def asked_for(kind: str, *, mandate: Mandate | None = None) -> Asked:
    """Give the newest letter of this kind that waits in the outbox."""
    rows = OutboxRow.objects.filter(kind=Kind.LETTER, settled_at__isnull=True).order_by("-put_at", "-id")
    row = next(
        one
        for one in rows
        if one.payload["letter"] == kind and (mandate is None or one.payload["mandate"] == str(mandate.id))
    )
    return Asked.read(row.payload, row=row.id, asked_at=row.put_at)


def made(kind: str, *, mandate: Mandate | None = None, now: datetime = NOW) -> Letter:
    """Make the newest letter of this kind."""
    with transaction.atomic():
        return post.make(asked_for(kind, mandate=mandate), to=HOME, now=now)


def text_of(letter: Letter) -> str:
    """Give the words of a letter as they stand on paper."""
    sheet = post.sheet_of(letter.id, now=NOW)
    assert sheet is not None
    return " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(sheet.pdf)).pages).split())
