"""The journal's tables. The database itself refuses to change or remove an entry (see the first migration)."""

from typing import ClassVar

from django.db import models

from namens.journal.events import Event
from namens.lib.ids import new_id


class JournalEntry(models.Model):
    """Who did what for whom, with which result, when, through which door. Ids only: names are resolved on reading."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    event = models.CharField(max_length=40)
    result = models.CharField(max_length=40, default="done")
    channel = models.CharField(max_length=20)
    actor = models.UUIDField(null=True)
    subject = models.UUIDField(null=True)
    mandate = models.UUIDField(null=True)
    portal = models.UUIDField(null=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["mandate", "at"], name="journal_by_mandate"),
            models.Index(fields=["subject", "at"], name="journal_by_subject"),
            models.Index(fields=["actor", "event", "at"], name="journal_by_actor"),
            # Which mandates were used where: a portal without a basis hears of those only.
            models.Index(
                fields=["portal", "mandate"],
                name="journal_used_at_portal",
                condition=models.Q(event=Event.MANDATE_USED.value),
            ),
            # An alarm is counted for each portal, and must not walk through the journal for that.
            models.Index(
                fields=["portal", "at"],
                name="journal_refused_acts",
                condition=models.Q(event=Event.ACT_REFUSED.value),
            ),
            # Whether somebody did something for a client since an entry: one look in here, however long they are one.
            models.Index(
                fields=["subject", "id"],
                name="journal_acts_for",
                condition=models.Q(event__in=[Event.ACT_REPORTED.value, Event.MANDATE_USED.value]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} ({self.result})"


class Heartbeat(models.Model):
    """One row, set to the primary server's clock twice a second: a database where it is old is behind.

    Only where replicas are listed. Whoever sees a beat sees everything that was committed before it.
    """

    ONLY = 1

    id = models.SmallIntegerField(primary_key=True, default=ONLY, editable=False)
    beat_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="journal_one_heartbeat"),
        ]

    def __str__(self) -> str:
        return f"{self.beat_at:%H:%M:%S}"
