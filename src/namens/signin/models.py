"""Staff accounts and drafts. Citizens and helpers have a session and a party, never a user row."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models

from namens.lib.ids import new_id
from namens.parties.models import Party


class Staff(AbstractUser):
    """Somebody who works for the operator: helpdesk, operator, auditor."""

    class Meta:
        verbose_name = "staff account"

    def __str__(self) -> str:
        return self.get_username()


class Draft(models.Model):
    """A journey of several pages, half-way. `answers` never holds a BSN or a code."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="drafts")
    journey = models.CharField(max_length=200)
    answers = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    result = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["party", "journey"], name="draft_by_party"),
            models.Index(fields=["saved_at"], name="draft_by_age"),
        ]

    def __str__(self) -> str:
        return f"draft of {self.journey}"
