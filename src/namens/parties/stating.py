"""A person whom somebody else stated: kept sealed until the register was asked, and then erased."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from namens.journal.events import Channel
from namens.lib.partial_date import PartialDate
from namens.parties import identifiers, vault
from namens.parties.actions import record_facts, register_person
from namens.parties.facts import PersonFacts
from namens.parties.identifiers import Bsn
from namens.parties.models import Party, StatedPerson

KEPT = timedelta(hours=24)


def state(*, bsn: Bsn, birth_date: PartialDate, now: datetime) -> UUID:
    """Keep what was stated, and give the id under which it is kept. Nobody is looked up."""
    sealed = vault.seal(bsn)
    return StatedPerson.objects.create(bsn_sealed=sealed, birth_date=str(birth_date), stated_at=now).id


def is_oneself(*, bsn: Bsn, party: Party) -> bool:
    """Say whether this is the party's own BSN."""
    return party.person.bsn_digest in identifiers.digests(bsn)


def is_same(*, bsn: Bsn, stated: UUID) -> bool:
    """Say whether this very BSN was stated there."""
    return bsn_of(stated=stated) == bsn


def still_kept(*, stated: Iterable[UUID]) -> set[UUID]:
    """Give those of these ids of which something is still kept."""
    return set(StatedPerson.objects.filter(id__in=list(stated)).values_list("id", flat=True))


def claim(*, stated: UUID, now: datetime) -> bool:
    """Keep what was stated for as long as a request needs it. False when it was erased meanwhile."""
    return bool(StatedPerson.objects.filter(id=stated).update(stated_at=now))


def bsn_of(*, stated: UUID) -> Bsn | None:
    """Give the BSN that was stated; None once it was erased. For who asks the register, and nobody else."""
    sealed = StatedPerson.objects.filter(id=stated).values_list("bsn_sealed", flat=True).first()
    return vault.open_(sealed) if sealed else None


def register_when_true(*, stated: UUID, facts: PersonFacts, now: datetime) -> Party | None:
    """Give the party of a stated person when the date of birth is that of the register; None when it is not.

    Only a whole match counts: a part of the date that the register does not know must be stated as unknown.
    """
    kept = StatedPerson.objects.filter(id=stated).first()
    if kept is None or kept.birth_date != str(facts.birth_date or ""):
        return None
    party = register_person(bsn=vault.open_(kept.bsn_sealed), now=now, channel=Channel.WORKER)
    record_facts(party=party, facts=facts, now=now, channel=Channel.WORKER)
    return Party.objects.select_related("person").get(id=party.id)


def forget(*, stated: UUID) -> None:
    """Erase what was stated."""
    StatedPerson.objects.filter(id=stated).delete()


def forget_stale(*, now: datetime, needed: Iterable[UUID]) -> None:
    """Erase what was stated more than a day ago and never asked: of what is not `needed` nothing came."""
    StatedPerson.objects.filter(stated_at__lt=now - KEPT).exclude(id__in=needed).delete()
