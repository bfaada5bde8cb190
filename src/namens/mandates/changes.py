"""What changed of a mandate that was active once, in order: portals hear of it from here (`exchange.telling`)."""

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from namens.lib.ids import new_id
from namens.mandates.states import EndReason


class Change(StrEnum):
    """What changed, as portals hear it. Who did it and why is for nobody but the client."""

    ACTIVE = "active"
    STOPPED = "stopped"
    SUSPENDED = "suspended"
    RESTORED = "restored"
    ENDED = "ended"
    CHANGED = "changed"


# Somebody did it on purpose. Of all else portals hear that it ended: not whether it was replaced, whether the
# organisation left, or what the register says.
_ON_PURPOSE = {EndReason.STOPPED_BY_REPRESENTEE, EndReason.STOPPED_BY_REPRESENTATIVE, EndReason.STOPPED_BY_HELPDESK}


def heard_as(reason: str) -> Change:
    """Give the word for an ending with this reason, in events and in lists."""
    return Change.STOPPED if reason in _ON_PURPOSE else Change.ENDED


class MandateChange(models.Model):
    """One change of one mandate. `number` counts from 1 for each mandate, without a gap.

    `services` has the keys of those that it is about, empty for all of the mandate. `told_at` is when it was written
    down for the portals that it concerns.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mandate = models.ForeignKey("mandates.Mandate", on_delete=models.PROTECT, related_name="changes")
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=20)
    services = models.JSONField(default=list)
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mandate", "number"], name="change_number_once"),
            models.CheckConstraint(condition=Q(what__in=[one.value for one in Change]), name="change_known"),
            models.CheckConstraint(condition=Q(number__gte=1), name="change_counts_from_one"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["at"], name="change_by_moment"),
            models.Index(F("mandate"), name="change_to_tell", condition=Q(told_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"change {self.number} of {self.mandate_id}"


def concerning(changes: Iterable[MandateChange], *, services: Collection[str]) -> list[MandateChange]:
    """Give those that are about one of these services, by key. One that names none is about all of the mandate."""
    return [change for change in changes if not change.services or not set(services).isdisjoint(change.services)]
