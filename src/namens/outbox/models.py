"""The outbox's table."""

from datetime import timedelta
from enum import StrEnum
from typing import ClassVar

from django.db import models

from namens.lib.ids import new_id


class Kind(StrEnum):
    """What has to leave."""

    ACCESS_ENDED = "access-ended"
    MEMBER_ENDED = "member-ended"
    VISIT_ENDED = "visit-ended"
    PORTAL_CHANGED = "portal-changed"
    BACK_CHANNEL_LOGOUT = "back-channel-logout"
    MANDATE_CHANGED = "mandate-changed"
    LICENCE_CHANGED = "licence-changed"
    EXCLUSION_CHANGED = "exclusion-changed"
    LINE_DISPUTED = "line-disputed"
    PORTAL_EVENT = "portal-event"
    SHEET = "sheet"
    REQUEST = "request"
    LETTER = "letter"
    PRINT = "print"
    EMAIL = "email"
    ORGANISATION_LEAVES = "organisation-leaves"
    ORGANISATION_MERGED = "organisation-merged"

    @property
    def patience(self) -> timedelta:
        """Give for how long it is tried: what ends in a letter for as long as a request waits."""
        return timedelta(days=42) if self in _END_IN_LETTERS else timedelta(days=3)

    @property
    def least_tries(self) -> int:
        """Give how often it is tried when its time was over before its tries began: workers can be away so long."""
        return 10 if self is Kind.PORTAL_EVENT else 1


_END_IN_LETTERS = frozenset({Kind.REQUEST, Kind.LETTER, Kind.PRINT, Kind.ORGANISATION_LEAVES, Kind.ORGANISATION_MERGED})
_WAITS = models.Q(settled_at__isnull=True, given_up_at__isnull=True)


class OutboxRow(models.Model):
    """One thing to send. `payload` holds ids only; the room that sends it reads the rest when it is sent.

    `party` is for whom it is and `promised_for` the day on which it should be there, where somebody asks for those.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=40)
    payload = models.JSONField()
    party = models.UUIDField(null=True)
    promised_for = models.DateField(null=True)
    put_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    lease = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    last_problem = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        # A worker takes one kind at a time, and what waits of the others must not be in its way.
        indexes: ClassVar = [
            models.Index(fields=["kind", "due_at", "id"], name="outbox_by_kind", condition=_WAITS),
            models.Index(fields=["put_at"], name="outbox_by_age", condition=_WAITS & models.Q(attempts__gt=0)),
            models.Index(
                fields=["lease"],
                name="outbox_by_lease",
                condition=models.Q(lease__isnull=False, settled_at__isnull=True),
            ),
            models.Index(
                fields=["party"],
                name="outbox_by_party",
                condition=models.Q(party__isnull=False, settled_at__isnull=True),
            ),
            models.Index(
                fields=["promised_for"],
                name="outbox_by_promise",
                condition=models.Q(promised_for__isnull=False, settled_at__isnull=True),
            ),
            # What is over leads the upkeep to the oldest only: each row is in one of these two at most.
            models.Index(fields=["settled_at"], name="outbox_settled", condition=models.Q(settled_at__isnull=False)),
            models.Index(
                fields=["given_up_at"],
                name="outbox_given_up",
                condition=models.Q(given_up_at__isnull=False, settled_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
