"""Spreadsheets with people, as a manager sent them in: what each line asks, and what came of it."""

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import Q

from namens.lib.ids import new_id


class LineState(StrEnum):
    """What a line will do, and after the yes what it did."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WRONG = "wrong"


class Step(StrEnum):
    """One thing that a line does."""

    INVITE = "invite"
    CHANGE_DETAILS = "change-details"
    GIVE_LICENCE = "give-licence"
    CHANGE_LICENCE = "change-licence"


class LineReason(StrEnum):
    """Why a line cannot be read, or contradicts another one. docs/managers.md explains them."""

    DAY_UNREADABLE = "day-unreadable"
    EMAIL_UNREADABLE = "email-unreadable"
    KIND_UNREADABLE = "kind-unreadable"
    NAME_UNREADABLE = "name-unreadable"
    OTHER_LINE_DIFFERS = "other-line-differs"
    SERVICE_UNKNOWN = "service-unknown"
    TEAM_UNREADABLE = "team-unreadable"


class Sheet(models.Model):
    """One file. Nothing of it happens before `agreed_at`; it is erased a day after it came."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey("organisations.Member", on_delete=models.PROTECT, related_name="+")
    ignored_columns = models.JSONField(default=list)
    sent_at = models.DateTimeField(db_index=True)
    agreed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(agreed_at__isnull=False), name="sheet_agreed_before_finished"
            )
        ]

    def __str__(self) -> str:
        return f"sheet {self.id}"


class SheetLine(models.Model):
    """One line. `asked` has what was read in it, `steps` what it will do and `reasons` why it will not.

    `done_at` is when it was carried out, or found to be impossible after all: then `state` is `wrong`.
    """

    id = models.BigAutoField(primary_key=True)
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="lines", db_index=False)
    number = models.PositiveIntegerField()
    asked = models.JSONField()
    state = models.CharField(max_length=20)
    steps = models.JSONField(default=list)
    reasons = models.JSONField(default=list)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="sheet_line_once"),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in LineState]), name="sheet_line_state_known"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["sheet", "state"], name="sheet_line_by_state")]

    def __str__(self) -> str:
        return f"line {self.number} of {self.sheet_id}"
