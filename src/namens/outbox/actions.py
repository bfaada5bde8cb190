"""Putting, leasing and settling outbox rows. A row is leased with one conditional UPDATE, so no two workers hold it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Case, DateTimeField, F, Q, QuerySet, Value, When

from namens.lib.ids import new_id
from namens.outbox.models import Kind, OutboxRow

LEASE = timedelta(minutes=2)
FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(hours=1)
# Of what is in a hurry; letters are tried for longer.
GIVE_UP_AFTER = min(kind.patience for kind in Kind)
_WAITS = {"settled_at__isnull": True, "given_up_at__isnull": True}


class OutsideTransaction(RuntimeError):
    """A row was about to be put apart from the fact it follows from."""


def put(
    kind: Kind,
    *,
    payload: Mapping[str, str],
    now: datetime,
    due_at: datetime | None = None,
    party: UUID | None = None,
    promised_for: date | None = None,
) -> OutboxRow:
    """Put one row in the open transaction, due at once or at `due_at`. Raises OutsideTransaction without one.

    With `party` that person's waiting rows can be found, with `promised_for` those that are late.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction(kind)
    return OutboxRow.objects.create(
        kind=kind, payload=dict(payload), put_at=now, due_at=due_at or now, party=party, promised_for=promised_for
    )


def put_many(kind: Kind, *, rows: Iterable[tuple[UUID, Mapping[str, str]]], now: datetime) -> None:
    """Put a row for each party with its payload, at once, due now. Raises OutsideTransaction."""
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction(kind)
    made = [OutboxRow(kind=kind, payload=dict(payload), put_at=now, due_at=now, party=party) for party, payload in rows]
    OutboxRow.objects.bulk_create(made, batch_size=500)


def is_anything_due(*, now: datetime) -> bool:
    """Say whether any row could be leased. One statement, which looks at each kind by its index."""
    return _due(now, kind=None, tried=None, untried_of=()).filter(kind__in=list(Kind)).exists()


def lease(
    *,
    now: datetime,
    most: int = 20,
    kind: Kind | None = None,
    tried: bool | None = None,
    besides: Collection[UUID] = (),
    untried_of: Collection[UUID] = (),
) -> list[OutboxRow]:
    """Take up to `most` due rows for two minutes: of one kind, or only those that were tried before, or never.

    What is for the parties in `besides` stays where it is. What is for those in `untried_of` counts as tried before.

    What a dead worker held comes back when its lease ends. The try counts from here on, and the pause after it too:
    also a row that kills every worker comes back later each time, and not for ever.
    """
    ticket = new_id()
    found = _due(now, kind=kind, tried=tried, untried_of=untried_of)
    if besides:
        found = found.exclude(party__in=besides)
    due = list(found.order_by("due_at", "id").values_list("id", flat=True)[:most])
    if not due:
        return []
    _free(now).filter(id__in=due).update(
        lease=ticket, leased_until=now + LEASE, attempts=F("attempts") + 1, due_at=_after_this_try(now)
    )
    return list(OutboxRow.objects.filter(lease=ticket, settled_at__isnull=True).order_by("put_at", "id"))


def settle(row: OutboxRow, *, now: datetime) -> bool:
    """Mark the row as done. False when this lease had already passed to another worker."""
    return bool(
        OutboxRow.objects.filter(id=row.id, lease=row.lease, settled_at__isnull=True).update(
            settled_at=now, leased_until=None
        )
    )


def postpone(row: OutboxRow, *, now: datetime, problem: str) -> None:
    """Try again later: after 2 s, then twice as long each time, at most an hour."""
    OutboxRow.objects.filter(id=row.id, lease=row.lease, settled_at__isnull=True).update(
        due_at=now + _pause(row.attempts), leased_until=None, last_problem=problem[:200]
    )


def rest(kind: Kind, *, party: UUID, until: datetime, problem: str) -> None:
    """Let everything that waits for this party rest, for it is away. It does not count as a try, and no pause grows."""
    waiting = OutboxRow.objects.filter(kind=kind, party=party, leased_until__isnull=True, due_at__lt=until, **_WAITS)
    with transaction.atomic():
        _hold(waiting)
        waiting.update(due_at=until, last_problem=problem[:200])


def hurry(kind: Kind, *, party: UUID, now: datetime) -> None:
    """Let everything that waits for this party be due: what it waited for is there."""
    waiting = OutboxRow.objects.filter(kind=kind, party=party, leased_until__isnull=True, due_at__gt=now, **_WAITS)
    with transaction.atomic():
        _hold(waiting)
        waiting.update(due_at=now)


def give_up(*, now: datetime, besides: Collection[Kind] = ()) -> list[OutboxRow]:
    """Give up what was tried for as long as its kind may be, and give those rows.

    Also when no worker lived to say what was wrong. Who does something more with a row in the same transaction leaves
    its kind out here, and gives up `hopeless` rows one by one.
    """
    found = list(_free(now).filter(_is_too_old(now)).exclude(kind__in=besides))
    giving_up = _free(now).filter(id__in=[row.id for row in found])
    with transaction.atomic():
        _hold(giving_up)
        giving_up.update(given_up_at=now)
    return found


def hopeless(kind: Kind, *, now: datetime, most: int, after: OutboxRow | None = None) -> list[OutboxRow]:
    """Give rows of this kind that were tried for as long as may be, whether they rest now or not: those after one."""
    found = _unheld(now).filter(_is_too_old(now), kind=kind)
    if after is not None:
        found = found.filter(Q(put_at__gt=after.put_at) | Q(put_at=after.put_at, id__gt=after.id))
    return list(found.order_by("put_at", "id")[:most])


def give_up_one(row: OutboxRow, *, now: datetime) -> bool:
    """Give up this row. False when another worker has it, or gave it up already."""
    return bool(_unheld(now).filter(id=row.id).update(given_up_at=now))


def _hold(rows: QuerySet[OutboxRow]) -> None:
    """Hold these rows, in the order of their ids: so two workers never wait for each other. In a transaction."""
    list(rows.order_by("id").select_for_update().values_list("id", flat=True))


def _due(now: datetime, *, kind: Kind | None, tried: bool | None, untried_of: Collection[UUID]) -> QuerySet[OutboxRow]:
    due = _free(now).filter(_in_time(now))
    if kind is not None:
        due = due.filter(kind=kind)
    if tried is not None:
        before = Q(attempts__gt=0) | Q(party__in=untried_of) if untried_of else Q(attempts__gt=0)
        due = due.filter(before) if tried else due.filter(attempts=0).exclude(party__in=untried_of)
    return due


def _free(now: datetime) -> QuerySet[OutboxRow]:
    return _unheld(now).filter(due_at__lte=now)


def _unheld(now: datetime) -> QuerySet[OutboxRow]:
    return OutboxRow.objects.filter(Q(leased_until__isnull=True) | Q(leased_until__lt=now), **_WAITS)


def _in_time(now: datetime) -> Q:
    """As long as the kind may be tried, and as often as it is in any case: workers may have been away for so long."""
    patient = [kind for kind in Kind if kind.patience > GIVE_UP_AFTER]
    longest = max(kind.patience for kind in Kind)
    in_time = Q(put_at__gt=now - GIVE_UP_AFTER) | Q(kind__in=patient, put_at__gt=now - longest)
    return in_time | Q(attempts=0) | _tried_too_little()


def _is_too_old(now: datetime) -> Q:
    """The opposite of `_in_time`, in words that lead a database to the oldest rows only."""
    patient = [kind for kind in Kind if kind.patience > GIVE_UP_AFTER]
    longest = max(kind.patience for kind in Kind)
    hurried = ~Q(kind__in=patient) | Q(put_at__lte=now - longest)
    return Q(put_at__lte=now - GIVE_UP_AFTER, attempts__gt=0) & hurried & ~_tried_too_little()


def _tried_too_little() -> Q:
    """What its kind wants to be tried more often, when its tries went on after its time, or only began then."""
    persistent = [kind for kind in Kind if kind.least_tries > 1]
    too_few = Q(kind__in=persistent, attempts__lt=max(kind.least_tries for kind in Kind))
    return too_few & Q(due_at__gt=F("put_at") + GIVE_UP_AFTER)


def _pause(attempts: int) -> timedelta:
    """Give how long a row rests after so many tries."""
    return min(FIRST_PAUSE * (1 << min(attempts - 1, 20)), LONGEST_PAUSE)


def _after_this_try(now: datetime) -> Case:
    """Give when a row is due that nobody is heard of again, as an expression over its tries before this one."""
    growing = [number for number in range(20) if _pause(number + 1) < LONGEST_PAUSE]
    steps = [When(attempts=number, then=Value(now + _pause(number + 1))) for number in growing]
    return Case(*steps, default=Value(now + LONGEST_PAUSE), output_field=DateTimeField())
