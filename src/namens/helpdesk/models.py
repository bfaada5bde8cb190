"""Look-ups, which are counted, and calls, which end by themselves."""

from enum import StrEnum
from typing import ClassVar

from django.db import models

from namens.lib.ids import new_id
from namens.parties.models import Party
from namens.signin.models import Staff


class Outcome(StrEnum):
    """What came of a look-up. It is `asked` until the register answered, and counts as a miss so long."""

    ASKED = "asked"
    FOUND = "found"
    MISSED = "missed"
    AWAY = "away"


class LookUp(models.Model):
    """One try of an agent to find a caller. Holds nothing of what was typed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, default=Outcome.ASKED)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=[one.value for one in Outcome]), name="look_up_outcome_known"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["staff", "at"], name="look_up_by_staff")]

    def __str__(self) -> str:
        return f"look-up ({self.outcome})"


class Caller(StrEnum):
    """Who is on the line."""

    CLIENT = "client"
    HELPER = "helper"
    COLLEAGUE = "colleague"


class Call(models.Model):
    """A caller who was found. Only the agent who found them can do something, and only until it ends.

    `mandates` are those that a helper may stop in this call, or the one that a colleague asks about; empty when it is
    the client who calls. `obstacles` is what stood in the way of a letter when the register was asked. `helper` is who
    was named for a code letter, `helper_is_open` that the caller cannot name anybody.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    caller = models.CharField(max_length=10)
    mandates = models.JSONField(default=list)
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    obstacles = models.JSONField(default=list)
    helper = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+")
    helper_is_open = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(caller__in=[one.value for one in Caller]), name="call_caller_known"
            )
        ]

    def __str__(self) -> str:
        return f"call {self.id}"
