"""Keeping what was judged: acts and their journal entries, those that were refused too, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import structlog
from django.db import transaction

from namens.exchange.allowances import count_refused
from namens.exchange.judging import Judged
from namens.exchange.models import RefusedFingerprint, ReportedAct
from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.journal.write import AT_ONCE, Detail, write_many
from namens.lib.ids import new_id
from namens.mandates.decision import Permit, Refusal
from namens.parties.models import Person
from namens.post.messages import alarm
from namens.services.models import Portal

log = structlog.get_logger()


class NotAllowed(RuntimeError):
    """An act was about to be kept that nobody was allowed to do."""


@dataclass(frozen=True)
class Kept:
    """An act as it stands in the database: made just now, or by who had its reference first."""

    act: ReportedAct
    is_new: bool


def keep(portal: Portal, *, allowed: Sequence[Judged], refused: Sequence[Judged], now: datetime) -> dict[str, Kept]:
    """Keep each act that was allowed once, under a reference of its own, and give by reference what is kept.

    What was refused is written beside it, and rings: once, however often the portal sends it again. A bounded number of
    statements.
    """
    # In one order: two batches with the same references never wait for each other.
    made = sorted((_act(portal, one, now=now) for one in allowed), key=lambda act: act.reference)
    names = {act["key"]: act["name"] for act in portal.acts}
    with transaction.atomic():
        kept = _insert(portal, made)
        entries = [_entry(one.act, name=names[one.act.act]) for one in kept.values() if one.is_new]
        unheard = _first_time(portal, refused, now=now)
        refusals = _refusals(portal, unheard, names=names, now=now)
        entries += refusals
        if entries:
            write_many(entries)
        if unheard:
            count_refused(portal, acts=len(unheard), now=now)
            alarm(parties={entry.subject for entry in refusals if entry.subject}, now=now)
    if unheard:
        log.error("act refused", portal=portal.client_id, acts=len(unheard))
    return kept


def _act(portal: Portal, judged: Judged, *, now: datetime) -> ReportedAct:
    """Make the act. Raises NotAllowed for one that was refused, or of which nobody knows who did it for whom."""
    report, people, permit = judged.report, judged.people, judged.decision
    if not isinstance(permit, Permit) or people.actor is None or people.representee is None:
        raise NotAllowed(report.reference)
    return ReportedAct(
        id=new_id(),
        portal=portal,
        reference=report.reference,
        fingerprint=report.fingerprint,
        act=report.act,
        service=report.service,
        actor=people.actor,
        organisation=judged.organisation,
        representee=people.representee,
        mandate=permit.mandate,
        done_at=report.at.astimezone(UTC),
        reported_at=now,
    )


def _insert(portal: Portal, made: Sequence[ReportedAct]) -> dict[str, Kept]:
    """Insert the acts whose reference is free, and give what stands under each reference."""
    if not made:
        return {}
    ReportedAct.objects.bulk_create(made, batch_size=AT_ONCE, ignore_conflicts=True)
    # Whoever had the reference first has committed by now: the insert waited for that.
    there = set(ReportedAct.objects.filter(id__in=[act.id for act in made]).values_list("id", flat=True))
    lost = [act.reference for act in made if act.id not in there]
    others = ReportedAct.objects.filter(portal=portal, reference__in=lost) if lost else ()
    kept = {act.reference: Kept(act, is_new=True) for act in made if act.id in there}
    return kept | {act.reference: Kept(act, is_new=False) for act in others}


def _entry(act: ReportedAct, *, name: str) -> JournalEntry:
    details: dict[str, Detail] = {
        "act": act.act,
        "name": name,
        "service": act.service,
        "reported_at": act.reported_at.isoformat(),
    }
    return JournalEntry(
        id=act.id,
        at=act.done_at,
        event=Event.ACT_REPORTED,
        channel=Channel.PORTAL,
        actor=act.actor,
        subject=act.representee,
        mandate=act.mandate,
        portal=act.portal_id,
        details={**details, "organisation": str(act.organisation)} if act.organisation else details,
    )


def _first_time(portal: Portal, refused: Sequence[Judged], *, now: datetime) -> list[Judged]:
    """Give those that this portal did not report before. Of two at one moment one is the first."""
    if not refused:
        return []
    prints = {one.report.fingerprint for one in refused}
    made = [RefusedFingerprint(id=new_id(), portal=portal, fingerprint=one, at=now) for one in sorted(prints)]
    RefusedFingerprint.objects.bulk_create(made, batch_size=AT_ONCE, ignore_conflicts=True)
    new = set(RefusedFingerprint.objects.filter(id__in=[one.id for one in made]).values_list("fingerprint", flat=True))
    return [one for one in refused if one.report.fingerprint in new]


def _refusals(
    portal: Portal, refused: Sequence[Judged], *, names: Mapping[str, str], now: datetime
) -> list[JournalEntry]:
    """Give an entry for each. It stands with the client who is known here: a portal says that something was done for
    them. It stands with the other one only where that one helps or helped this client."""
    clients = {one.people.representee for one in refused if one.people.representee is not None}
    known = set(Person.objects.filter(party__in=clients).values_list("party", flat=True)) if clients else set()
    return [_refusal(portal, one, known=known, name=names[one.report.act], now=now) for one in refused]


def _refusal(portal: Portal, refused: Judged, *, known: set[UUID], name: str, now: datetime) -> JournalEntry:
    report, people = refused.report, refused.people
    done_at = report.at.astimezone(UTC).isoformat()
    return JournalEntry(
        at=now,
        event=Event.ACT_REFUSED,
        result=refused.decision.reason if isinstance(refused.decision, Refusal) else "",
        channel=Channel.PORTAL,
        actor=people.actor if refused.helped else None,
        subject=people.representee if people.representee in known else None,
        portal=portal.id,
        details={
            "act": report.act,
            "name": name,
            "service": report.service,
            "done_at": done_at,
        },
    )
