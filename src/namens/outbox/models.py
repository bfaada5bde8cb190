"""The outbox's table."""

from datetime import timedelta
from enum import StrEnum
from typing import ClassVar

from django.db import models

from namens.lib.ids import new_id


class Kind(StrEnum):
    """What has to leave."""

    ACCESS_ENDED = "access-ended"
    BACK_CHANNEL_LOGOUT = "back-channel-logout"
    REQUEST = "request"
    LETTER = "letter"
    PRINT = "print"

    @property
    def patience(self) -> timedelta:
        """Give for how long it is tried: a letter and the question before it for as long as a request waits."""
        return timedelta(days=42) if self in {Kind.REQUEST, Kind.LETTER, Kind.PRINT} else timedelta(days=3)


class OutboxRow(models.Model):
    """One thing to send. `payload` holds ids only; the room that sends it reads the rest when it is sent."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=40)
    payload = models.JSONField()
    put_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    lease = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    last_problem = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                name="outbox_waiting",
                condition=models.Q(settled_at__isnull=True, given_up_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
