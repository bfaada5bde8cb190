"""The journal's table. The database itself refuses to change or remove a row (see the first migration)."""

from typing import ClassVar

from django.db import models

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
        ]

    def __str__(self) -> str:
        return f"{self.event} ({self.result})"
