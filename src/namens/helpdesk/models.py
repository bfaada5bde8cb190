"""Look-ups, which are counted, calls, which end by themselves, and lines of which a client says that they are wrong."""

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import Q

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
                condition=Q(outcome__in=[one.value for one in Outcome]), name="look_up_outcome_known"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["staff", "at"], name="look_up_by_staff")]

    def __str__(self) -> str:
        return f"look-up ({self.outcome})"


class DisputeKind(StrEnum):
    """What is wrong with a line, in the words of whose line it is. Never free text: that gathers personal data."""

    NOT_DONE = "not-done"
    UNWANTED = "unwanted"
    DID_NOT_CALL = "did-not-call"
    DISAGREED = "disagreed"
    WRONG = "wrong"


class Answer(StrEnum):
    """What came of it."""

    CORRECTED = "corrected"
    RIGHT = "right"
    PASSED_ON = "passed-on"
    STOPPED = "stopped"


class Dispute(models.Model):
    """A client says that a line of the own journal is not right. Open until it is taken back or answered.

    `entry` is the line: an id without a foreign key, as everywhere where the journal is meant. A line that was answered
    is not disputed again; one that was taken back may be. The helpdesk finds it by `case_number`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.UUIDField()
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    case_number = models.CharField(max_length=6, unique=True)
    opened_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=20, blank=True, default="")
    answered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=[one.value for one in DisputeKind]), name="dispute_kind_known"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | Q(answer__in=[one.value for one in Answer], answered_at__isnull=False, answered_by__isnull=False),
                name="dispute_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(answered_at__isnull=True), name="dispute_ends_once"
            ),
            models.UniqueConstraint(
                fields=["entry"], condition=Q(withdrawn_at__isnull=True), name="dispute_once_for_a_line"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["party", "opened_at"], name="dispute_by_party"),
            models.Index(
                fields=["opened_at"],
                name="dispute_waits",
                condition=Q(withdrawn_at__isnull=True, answered_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"dispute {self.id}"

    @property
    def is_open(self) -> bool:
        """Say whether it waits for an answer."""
        return self.withdrawn_at is None and self.answered_at is None


class Caller(StrEnum):
    """Who is on the line; `LINE` is nobody: the agent looks at a line of which a client says that it is wrong."""

    CLIENT = "client"
    HELPER = "helper"
    COLLEAGUE = "colleague"
    LINE = "line"


class Call(models.Model):
    """A caller who was found. Only the agent who found them can do something, and only until it ends.

    `mandates` are those that a helper may stop in this call, or the one that a colleague asks about; empty when it is
    the client who calls. `obstacles` is what stood in the way of a letter when the register was asked. `helper` is who
    was named for a code letter, `helper_is_open` that the caller cannot name anybody. `dispute` is what it is about
    when no caller is on the line.
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
    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(caller__in=[one.value for one in Caller]), name="call_caller_known"),
            models.CheckConstraint(
                condition=Q(caller=Caller.LINE.value, dispute__isnull=False)
                | (~Q(caller=Caller.LINE.value) & Q(dispute__isnull=True)),
                name="call_dispute_of_a_line",
            ),
        ]

    def __str__(self) -> str:
        return f"call {self.id}"
