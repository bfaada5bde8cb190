"""Which letters follow from what happens to a mandate. Each is put in the action's own transaction, and made later."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.conf import settings

from namens.lib import clock, workdays
from namens.mandates.models import Mandate
from namens.mandates.states import EndReason
from namens.outbox.actions import put
from namens.outbox.models import Kind
from namens.parties.models import Kind as PartyKind

# Of what was replaced, the confirmation of its successor tells.
TOLD_BY_LETTER = frozenset(
    {EndReason.STOPPED_BY_REPRESENTEE, EndReason.STOPPED_BY_REPRESENTATIVE, EndReason.STOPPED_BY_HELPDESK}
    | {EndReason.ORGANISATION_LEFT}
    | {reason for reason in EndReason if reason.is_block}
)

# What e-mails are called in the outbox: that something changed, and that there is something everybody has to see.
CHANGED, ATTENTION = "changed", "attention"


class LetterKind(StrEnum):
    """What a letter is about."""

    CODE = "code"
    CONFIRMATION = "confirmation"
    AGAIN = "again"
    ENDING = "ending"
    OVERVIEW = "overview"
    REMINDER = "reminder"
    EMAIL_CHANGED = "email-changed"


def ask_letter(
    kind: LetterKind, *, mandate: Mandate, now: datetime, due_at: datetime | None = None, to: UUID | None = None
) -> None:
    """Put a letter to the client of this mandate, or `to` its helper, in the open transaction."""
    party = to or mandate.representee_id
    _put(kind, {"party": str(party), "mandate": str(mandate.id)}, now=now, due_at=due_at)


def ask_overview(*, party: UUID, now: datetime) -> None:
    """Put a letter with all mandates of this party, in the open transaction."""
    _put(LetterKind.OVERVIEW, {"party": str(party)}, now=now, due_at=None)


def ask_email_letter(*, party: UUID, now: datetime) -> None:
    """Put a letter that this party's e-mail address changed, in the open transaction."""
    _put(LetterKind.EMAIL_CHANGED, {"party": str(party)}, now=now, due_at=None)


def tell_by_email(*, party: UUID, now: datetime, always: bool = False) -> None:
    """Put an e-mail that something changed for this party, in the open transaction. Whether there is an address to
    send it to, and whether they want it, is seen when it leaves; `always` goes wherever there is an address."""
    if settings.MAILER != "none":
        kind = ATTENTION if always else CHANGED
        put(Kind.EMAIL, payload={"email": kind, "party": str(party)}, now=now, party=party)


def tell_helper(mandate: Mandate, *, now: datetime) -> None:
    """Put an e-mail to a private helper that there is something new, in the open transaction.

    Never of what was taken away: a client who stops a helper must have time before that helper knows. Members of an
    organisation see it in their work list.
    """
    helper = mandate.representative
    if helper is not None and helper.kind == PartyKind.PERSON:
        tell_by_email(party=helper.id, now=now)


def letter_by(day: date) -> date:
    """Give the day on which a letter that is asked for on `day` is there at the latest."""
    return workdays.after_working_days(day, number=settings.LETTER_WORKING_DAYS)


def _put(kind: LetterKind, about: dict[str, str], *, now: datetime, due_at: datetime | None) -> None:
    by = letter_by(clock.day_of(due_at or now))
    put(
        Kind.LETTER,
        payload={"letter": kind.value, "by": by.isoformat(), **about},
        now=now,
        due_at=due_at,
        party=UUID(about["party"]),
        promised_for=by,
    )
