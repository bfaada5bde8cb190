"""Issuing, checking and redeeming codes.

Every refused try does the same work: the same statements, whatever was wrong with the code. A refusal is a value, so
that its counter and its journal entry are committed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Least

from namens.codes.models import ActivationCode, RefusedTry
from namens.codes.plain import PlainCode
from namens.codes.refusals import CodeReason, CodeRefusal
from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import clock
from namens.lib.ids import new_id
from namens.parties import keys
from namens.parties.actions import hold
from namens.parties.models import Party

WRONG_TRIES_THAT_LOCK = 5
SHOWN_AT_MOST = timedelta(hours=2)
_PURPOSE = "activation-code"


@dataclass(frozen=True)
class Match:
    """A code that fits: the code's id (to redeem it with) and the mandate that it opens."""

    code: UUID
    opens: UUID


def issue(*, opens: UUID, giver: UUID, helper: UUID | None, last_day: date, now: datetime) -> PlainCode:
    """Make a code for mandate `opens`; an older one that still lives dies. Sealed so that it can be shown again."""
    plain = PlainCode.generate()
    with transaction.atomic():
        kill(opens=opens, now=now)
        ActivationCode.objects.create(
            opens=opens,
            giver=giver,
            helper=helper,
            digest=keys.digest_now(_PURPOSE, plain.symbols),
            sealed=keys.seal(_PURPOSE, plain.symbols),
            issued_at=now,
            last_day=last_day,
        )
        write(Event.CODE_ISSUED, at=now, channel=Channel.PAGES, actor=giver, subject=giver, mandate=opens)
    return plain


def issue_for_letter(
    *,
    opens: UUID,
    giver: UUID,
    helper: UUID | None,
    due: date,
    last_day: date,
    now: datetime,
    first_day: date | None = None,
) -> tuple[UUID, PlainCode]:
    """Make a code that is printed in a letter which is there on `due` at the latest; gives its id too.

    With `first_day` it is for that day at the earliest: before it the code is refused as any other, and counts nowhere.

    An older code lives on to the eve of that day: who has it in hand is not stopped by a letter that is not there yet.
    Nothing is kept of the symbols: the letter itself holds them until it is posted.
    """
    plain = PlainCode.generate()
    with transaction.atomic():
        _unspent(opens).update(
            succeeded_at=now, last_day=Least(F("last_day"), Value(due - timedelta(days=1))), sealed=""
        )
        made = ActivationCode.objects.create(
            opens=opens,
            giver=giver,
            helper=helper,
            digest=keys.digest_now(_PURPOSE, plain.symbols),
            issued_at=now,
            first_day=first_day,
            last_day=last_day,
        )
        write(Event.CODE_ISSUED, at=now, channel=Channel.WORKER, subject=giver, mandate=opens)
    return made.id, plain


def count_from_posting(*, code: UUID, last_day: date) -> None:
    """Let the days of a code in a letter begin with its posting. A code that is spent stays so."""
    ActivationCode.objects.filter(
        id=code, redeemed_at__isnull=True, killed_at__isnull=True, succeeded_at__isnull=True
    ).update(last_day=last_day)


def kill(*, opens: UUID, now: datetime) -> None:
    """End every code that still opens this mandate, and erase it."""
    _unspent(opens).update(killed_at=now, sealed="")


def kill_one(*, code: UUID, now: datetime) -> None:
    """End the code with this id, and no other of its mandate."""
    ActivationCode.objects.filter(id=code, redeemed_at__isnull=True, killed_at__isnull=True).update(
        killed_at=now, sealed=""
    )


def check(
    *, code: PlainCode, giver: UUID | None, helper: Party, now: datetime, by: Party | None = None
) -> Match | CodeRefusal:
    """Say what this code opens for this helper, who also named the giver (None: no such person is known here).

    `by` is who tries, when that is somebody else than for whom the code has to be: a member of an organisation. So one
    who guesses pauses nobody but themselves.

    A refusal counts: against who tries always, against the code when the code lives but giver or helper are wrong.
    Nothing around it can take that count back: within another transaction it raises RuntimeError.
    """
    tries = by or helper
    with transaction.atomic(durable=True):
        hold(party=tries)
        if settings.REFUSED_CODES.is_reached(_refused(tries.id, now)):
            _note(tries=tries.id, result=CodeReason.PAUSED, code=None, now=now)
            return CodeRefusal(CodeReason.PAUSED)
        found = ActivationCode.objects.filter(digest__in=keys.digest_all(_PURPOSE, code.symbols)).first()
        if found is not None and _fits(found, giver=giver, helper=helper.id, now=now):
            return Match(code=found.id, opens=found.opens)
        return _refuse(found, tries=tries.id, now=now)


def redeem(*, code: UUID, helper: UUID, now: datetime, by: UUID | None = None) -> Match | CodeRefusal:
    """Use the code up: one conditional UPDATE, so that of any number of tries at once only one succeeds.

    `by` is the member who does it when `helper` is an organisation.
    """
    won = (
        _live(now)
        .filter(Q(helper__isnull=True) | Q(helper=helper), id=code)
        .exclude(giver=helper)
        .update(redeemed_at=now, redeemed_by=by or helper, sealed="")
    )
    if not won:
        return CodeRefusal(CodeReason.NOT_ACCEPTED)
    return Match(code=code, opens=ActivationCode.objects.values_list("opens", flat=True).get(id=code))


def reveal(*, opens: UUID, giver: UUID, now: datetime) -> PlainCode | None:
    """Give the code to the one who gave it, while it is still kept: until logout, at most two hours."""
    with transaction.atomic():
        found = _live(now).filter(opens=opens, giver=giver, issued_at__gt=now - SHOWN_AT_MOST).first()
        if found is None or not found.sealed:
            return None
        write(Event.CODE_SHOWN, at=now, channel=Channel.PAGES, actor=giver, subject=giver, mandate=opens)
        return PlainCode(keys.unseal(_PURPOSE, found.sealed))


def forget(*, giver: UUID) -> None:
    """Erase the codes that were kept to show them again: the giver logs out."""
    ActivationCode.objects.filter(giver=giver).exclude(sealed="").update(sealed="")


def forget_stale(*, now: datetime) -> int:
    """Erase kept codes that are too old to be shown; the worker does this for who never logged out."""
    return ActivationCode.objects.filter(issued_at__lte=now - SHOWN_AT_MOST).exclude(sealed="").update(sealed="")


def opened_by(*, code: UUID) -> UUID | None:
    """Give the mandate that the code with this id was made for, whatever became of the code; None when unknown."""
    return ActivationCode.objects.filter(id=code).values_list("opens", flat=True).first()


def live_code(*, opens: UUID, now: datetime) -> ActivationCode | None:
    """Give the newest code of this mandate that can still be used, without its symbols; None when there is none."""
    return _live(now).filter(opens=opens).order_by("-issued_at").first()


def newest_issue(*, giver: UUID, opens: Iterable[UUID]) -> datetime | None:
    """Give when the newest code for one of these mandates of this giver was made; None when there was none."""
    made = ActivationCode.objects.filter(giver=giver, opens__in=opens).order_by("-issued_at")
    return made.values_list("issued_at", flat=True).first()


def lives(*, code: UUID, opens: UUID, now: datetime) -> bool:
    """Say whether the code with this id can still open this mandate."""
    return _live(now).filter(id=code, opens=opens).exists()


def _fits(found: ActivationCode, *, giver: UUID | None, helper: UUID, now: datetime) -> bool:
    return found.is_live(now) and found.giver == giver and found.helper in {None, helper} and found.giver != helper


def _refuse(found: ActivationCode | None, *, tries: UUID, now: datetime) -> CodeRefusal:
    """Count the try. The UPDATE is done for an unknown code too, where it changes nothing."""
    _live(now).filter(id=found.id if found else new_id()).update(
        wrong_tries=F("wrong_tries") + 1,
        locked_at=Case(When(wrong_tries__gte=WRONG_TRIES_THAT_LOCK - 1, then=Value(now)), default=None),
    )
    RefusedTry.objects.create(helper=tries, at=now)
    _note(tries=tries, result=CodeReason.NOT_ACCEPTED, code=found, now=now)
    return CodeRefusal(CodeReason.NOT_ACCEPTED)


def _note(*, tries: UUID, result: CodeReason, code: ActivationCode | None, now: datetime) -> None:
    live = code if code is not None and code.is_live(now) else None
    write(
        Event.CODE_TRIED,
        at=now,
        channel=Channel.PAGES,
        actor=tries,
        subject=live.giver if live else None,
        mandate=live.opens if live else None,
        result=result,
    )


def _unspent(opens: UUID) -> QuerySet[ActivationCode]:
    return ActivationCode.objects.filter(opens=opens, redeemed_at__isnull=True, killed_at__isnull=True)


def _refused(tries: UUID, now: datetime) -> int:
    return RefusedTry.objects.filter(helper=tries, at__gt=settings.REFUSED_CODES.since(now)).count()


def _live(now: datetime) -> QuerySet[ActivationCode]:
    today = clock.day_of(now)
    unspent = ActivationCode.objects.filter(redeemed_at__isnull=True, killed_at__isnull=True, locked_at__isnull=True)
    return unspent.filter(Q(first_day__isnull=True) | Q(first_day__lte=today), last_day__gte=today)
