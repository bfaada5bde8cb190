"""Licences: what a member may do, from when until when, and when that was paused."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from namens.lib import clock
from namens.lib.ids import new_id
from namens.services.models import Service


class Licence(models.Model):
    """What a member may do in the organisation's name: these services, these days, all clients or those of `team`.

    `version` rises with every change: who changes an older one is told. Where services or team change, how it was until
    then stays as another row, ended and with `later`, so that yesterday can still be asked about. `told_on` is the day
    on which portals were told last how its days stand.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    member = models.ForeignKey("organisations.Member", on_delete=models.PROTECT, related_name="licences")
    services = models.ManyToManyField(Service, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    team = models.ForeignKey("organisations.Team", on_delete=models.PROTECT, null=True, related_name="licences")
    given_by = models.UUIDField()
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    later = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="earlier")
    told_on = models.DateField(default=clock.today)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(later__isnull=True) | Q(ended_at__isnull=False), name="licence_earlier_ended"
            ),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="licence_days_in_order"),
            models.CheckConstraint(condition=~Q(given_by=F("member")), name="licence_not_ones_own"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["member", "last_day"], name="licence_by_member"),
            # What begins or is over these days, however many licences there are.
            models.Index(fields=["first_day"], name="licence_by_first_day", condition=Q(ended_at__isnull=True)),
            models.Index(fields=["last_day"], name="licence_by_last_day", condition=Q(ended_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"licence {self.id}"


class LicencePause(models.Model):
    """From when until when a licence could not be used."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="pauses")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["licence"], condition=Q(until__isnull=True), name="licence_paused_once")
        ]

    def __str__(self) -> str:
        return f"pause of {self.licence_id}"
