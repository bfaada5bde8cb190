"""A new version of the catalogue. Mandates keep what their clients saw; a higher minimum level counts at once."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.services import catalogue
from namens.services.catalogue import Catalogue, ServiceEntry
from namens.services.models import CatalogueVersion, Service, ServiceSet, Status
from namens.services.refusals import ServiceReason, ServiceRefused


def propose_catalogue(*, content: Mapping[str, Any], by: str, now: datetime) -> CatalogueVersion:
    """Keep a catalogue as the next version, to be approved by another operator. Raises BadCatalogue."""
    catalogue.parse(content)
    with transaction.atomic():
        _hold_catalogue()
        newest = CatalogueVersion.objects.aggregate(number=Max("number"))["number"] or 0
        version = CatalogueVersion.objects.create(
            number=newest + 1, content=dict(content), status=Status.PROPOSED, proposed_by=by, proposed_at=now
        )
        _note(Event.CATALOGUE_PROPOSED, version, by, now)
        return version


def approve_catalogue(*, number: int, by: str, now: datetime) -> None:
    """Let a proposed version hold from now on.

    Raises ServiceRefused: not proposed (or a newer one holds already), the same operator, a changed key.
    """
    with transaction.atomic():
        _hold_catalogue()
        proposed = CatalogueVersion.objects.filter(number=number, status=Status.PROPOSED)
        if proposed.filter(proposed_by=by).exists():
            raise ServiceRefused(ServiceReason.SECOND_OPERATOR)
        newer = CatalogueVersion.objects.filter(number__gt=number, status=Status.APPROVED)
        if newer.exists() or not proposed.update(status=Status.APPROVED, approved_by=by, approved_at=now):
            raise ServiceRefused(ServiceReason.NOT_PROPOSED)
        version = CatalogueVersion.objects.get(number=number)
        _apply(catalogue.parse(version.content), version)
        _note(Event.CATALOGUE_APPROVED, version, by, now)


def _hold_catalogue() -> None:
    """Hold the catalogue until the transaction ends, so that versions come one after the other.

    An UPDATE, since SQLite ignores `select_for_update`; of the first version only, which stands for all of them: who
    takes many rows may wait for somebody who took them in another order.
    """
    CatalogueVersion.objects.filter(number=1).update(status=F("status"))


def _apply(content: Catalogue, version: CatalogueVersion) -> None:
    _check_immutable(content)
    Service.objects.exclude(key__in=[entry.key for entry in content.services]).update(active=False)
    for position, entry in enumerate(content.services):
        Service.objects.update_or_create(id=entry.id, defaults=_fields(entry, version, position))
    ServiceSet.objects.exclude(key__in=[entry.key for entry in content.sets]).update(active=False)
    for position, one in enumerate(content.sets):
        said = {"name": one.name, "sentence": one.sentence, "other_languages": one.other_languages}
        defaults = {**said, "position": position, "active": True}
        kept, _ = ServiceSet.objects.update_or_create(key=one.key, defaults=defaults)
        kept.services.set(Service.objects.filter(key__in=one.services))


def _check_immutable(content: Catalogue) -> None:
    """A service's key and id belong together for ever."""
    known = dict(Service.objects.values_list("key", "id"))
    by_id = {service_id: key for key, service_id in known.items()}
    for entry in content.services:
        if known.get(entry.key, entry.id) != entry.id or by_id.get(entry.id, entry.key) != entry.key:
            raise ServiceRefused(ServiceReason.KEY_CHANGED, entry.key)


def _fields(entry: ServiceEntry, version: CatalogueVersion, position: int) -> dict[str, Any]:
    fields = {name: value for name, value in asdict(entry).items() if name != "id"}
    fields["sensitive_actions"] = list(entry.sensitive_actions)
    return {**fields, "version": version, "position": position, "active": True}


def _note(event: Event, version: CatalogueVersion, by: str, now: datetime) -> None:
    write(event, at=now, channel=Channel.COMMAND, details={"version": version.number, "operator": by})
