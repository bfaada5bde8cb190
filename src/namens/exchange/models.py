"""What portals reported, and what they have to hear. Written by this room only."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from namens.lib.ids import new_id
from namens.services.models import Portal


class ReportedAct(models.Model):
    """An act that a portal reported and that was allowed then. Its journal entry has the same id.

    `reference` is the portal's own word for it, once for each portal; `fingerprint` is the digest of all that was
    reported with it, so that the same report twice is one act, and another report under the same reference is not.
    `actor` is the person or member at the keyboard, `organisation` is in whose name, where that is so.
    `disputed_told_at` is when its portal was told, once, that the client says that it is not right.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    portal = models.ForeignKey(Portal, on_delete=models.PROTECT, related_name="+", db_index=False)
    reference = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    act = models.CharField(max_length=60)
    service = models.CharField(max_length=60)
    actor = models.UUIDField()
    organisation = models.UUIDField(null=True)
    representee = models.UUIDField()
    mandate = models.UUIDField()
    done_at = models.DateTimeField()
    reported_at = models.DateTimeField()
    disputed_told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["portal", "reference"], name="act_reference_once")]
        indexes: ClassVar = [
            models.Index(fields=["reported_at"], name="act_by_age"),
            # How many of one portal lately, however many there are of the others.
            models.Index(fields=["portal", "reported_at"], name="act_by_portal"),
        ]

    def __str__(self) -> str:
        return f"act {self.id}"


class Allowance(models.Model):
    """How much of one portal came in one minute (`minute` is its first instant): a flood is turned away.

    `requests` is how often it asked anything, `acts` how many acts it reported.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    portal = models.ForeignKey(Portal, on_delete=models.CASCADE, related_name="+", db_index=False)
    minute = models.DateTimeField(db_index=True)
    acts = models.PositiveIntegerField(default=0)
    requests = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["portal", "minute"], name="allowance_once_a_minute")]

    def __str__(self) -> str:
        return f"allowance {self.id}"


class RefusedActs(models.Model):
    """How many acts a portal reported that nobody was allowed to do, in the hour that began at `since`.

    `told_at` is when it was turned away for that, and noted, in this hour.
    """

    portal = models.OneToOneField(Portal, on_delete=models.CASCADE, primary_key=True, related_name="+")
    since = models.DateTimeField()
    acts = models.PositiveIntegerField(default=0)
    told_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"refused acts of {self.portal_id}"


class RefusedFingerprint(models.Model):
    """A report that was refused, by the digest of all that it said: sent again it alarms nobody anew."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    portal = models.ForeignKey(Portal, on_delete=models.CASCADE, related_name="+", db_index=False)
    fingerprint = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["portal", "fingerprint"], name="refused_fingerprint_once")]

    def __str__(self) -> str:
        return f"refused fingerprint {self.id}"


class Stream(models.Model):
    """The numbering of one portal's events. Its row is held while events are written: numbers appear in their order."""

    portal = models.OneToOneField(Portal, on_delete=models.CASCADE, primary_key=True, related_name="+")
    last_number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"stream of {self.portal_id}"


class PortalEvent(models.Model):
    """One event as one portal hears it. Its id is the same at every try (`webhook-id`).

    `number` counts for each portal, and is what it reads on from. `about` is the mandate, the member or whatever else
    it tells of (an id made of both, for a client and a member whom they leave out): of one portal the events about the
    same thing leave one after the other, in the order of their numbers.
    `data` is exactly what is sent, in this portal's own ids. `at` is when it happened; `written_at` is when it was
    written down, from which its three days count, whatever it waited for; none of those from before that was kept.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    portal = models.ForeignKey(Portal, on_delete=models.CASCADE, related_name="+", db_index=False)
    number = models.BigIntegerField()
    about = models.UUIDField()
    kind = models.CharField(max_length=40)
    data = models.JSONField()
    at = models.DateTimeField(db_index=True)
    written_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["portal", "number"], name="event_number_once"),
            models.CheckConstraint(
                condition=Q(delivered_at__isnull=True) | Q(given_up_at__isnull=True), name="event_ends_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["portal", "about", "number"],
                name="event_in_line",
                condition=Q(delivered_at__isnull=True, given_up_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"event {self.number} of {self.portal_id}"


class MadeBy(models.TextChoices):
    """Who made a secret, and so who has seen it."""

    PORTAL = "portal"
    OPERATOR = "operator"


class WebhookSecret(models.Model):
    """What a portal's events are signed with. Until `ends_at` an older one signs beside the newer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    portal = models.ForeignKey(Portal, on_delete=models.CASCADE, related_name="+")
    sealed = models.CharField(max_length=300)
    # Of one that was there before we kept this we say that an operator may have seen it.
    made_by = models.CharField(max_length=8, choices=MadeBy, default=MadeBy.OPERATOR)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["portal"], condition=Q(ends_at__isnull=True), name="webhook_secret_newest_once"
            )
        ]

    def __str__(self) -> str:
        return "<webhook secret>"
