"""Codes and refused tries. A code is found by its keyed digest; the code itself is kept only while it is shown."""

from datetime import datetime
from typing import ClassVar

from django.db import models

from namens.lib import clock
from namens.lib.ids import new_id


class ActivationCode(models.Model):
    """One code. `opens` is a mandate, `giver` its representee, `helper` who alone may use it (None: anybody).

    Where there is a `first_day` it works from that day on.

    `succeeded_at` is when a newer letter was made: this code lives to the eve of the day on which that letter is due.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    opens = models.UUIDField()
    giver = models.UUIDField()
    helper = models.UUIDField(null=True)
    digest = models.CharField(max_length=100, unique=True)
    sealed = models.CharField(max_length=200, blank=True)
    issued_at = models.DateTimeField()
    first_day = models.DateField(null=True)
    last_day = models.DateField()
    wrong_tries = models.PositiveIntegerField(default=0)
    locked_at = models.DateTimeField(null=True)
    redeemed_at = models.DateTimeField(null=True)
    redeemed_by = models.UUIDField(null=True)
    killed_at = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opens"],
                condition=models.Q(redeemed_at__isnull=True, killed_at__isnull=True, succeeded_at__isnull=True),
                name="code_one_live_per_mandate",
            ),
            models.CheckConstraint(
                condition=models.Q(helper__isnull=True) | ~models.Q(helper=models.F("giver")),
                name="code_not_for_oneself",
            ),
            models.CheckConstraint(
                condition=models.Q(redeemed_at__isnull=True) | models.Q(redeemed_by__isnull=False),
                name="code_redeemed_by_somebody",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["giver", "issued_at"], name="code_by_giver")]

    def __str__(self) -> str:
        return "<code>"

    def is_live(self, now: datetime) -> bool:
        """Say whether the code can still be used at `now`."""
        spent = self.redeemed_at or self.killed_at or self.locked_at
        today = clock.day_of(now)
        return spent is None and (self.first_day is None or self.first_day <= today) and today <= self.last_day


class RefusedTry(models.Model):
    """A well-formed code that was refused: what pauses who guesses. `helper` is who tried, perhaps a member."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    helper = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["helper", "at"], name="refused_try_by_helper")]

    def __str__(self) -> str:
        return f"refused try of {self.helper}"
