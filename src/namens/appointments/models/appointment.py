"""An appointment: a talk that a helper prepares, and who comes to it."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from namens.lib import clock
from namens.lib.ids import new_id
from namens.lib.periods import Duration
from namens.mandates.models import MandateRequest
from namens.organisations.models import Member
from namens.parties.models import Party
from namens.services.models import Service

LONGEST_PLACE = 120
LONGEST_LABEL = 60
SHORTEST, LONGEST = 5, 720


class Role(StrEnum):
    """Who comes: the client, or the client's allowance partner."""

    CLIENT = "client"
    PARTNER = "partner"


class Way(StrEnum):
    """How somebody says yes: with the code of a letter, on the own phone at the table, or by logging in here without a
    mandate. With `runs` nothing is asked: they mandated this helper before."""

    LETTER = "letter"
    HAND_OFF = "hand-off"
    HERE = "here"
    RUNS = "runs"


class Outcome(StrEnum):
    """What became of an appointment that was closed."""

    HELD = "held"
    NOT_HELD = "not-held"


class Appointment(models.Model):
    """A talk of a helper with a client. For an organisation a `member` of it keeps the appointment.

    `duration` is for how long the helper asks; with `only_during` it is that day, and what was asked stops when the
    appointment is closed. `sequence` rises with every change that a calendar has to know (RFC 5545, 3.8.7.4).

    `is_agreed` is there on those that `agenda` gives to a client.
    """

    is_agreed: bool

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    helper = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="appointments")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="appointments")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=LONGEST_PLACE, blank=True)
    services = models.ManyToManyField(Service, related_name="+")
    duration = models.CharField(max_length=20, blank=True)
    only_during = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    sequence = models.PositiveIntegerField(default=0)
    remind_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=SHORTEST, minutes__lte=LONGEST), name="appointment_not_endless"
            ),
            models.CheckConstraint(
                condition=Q(duration__in=["", *(one.value for one in Duration)]), name="appointment_length_known"
            ),
            models.CheckConstraint(
                condition=Q(only_during=False) | Q(duration=Duration.TODAY.value), name="appointment_only_that_day"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | Q(closed_at__isnull=True, opened_at__isnull=True),
                name="appointment_cancelled_unopened",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="appointment_closed_after",
            ),
            models.CheckConstraint(
                condition=(Q(closed_at__isnull=True) & Q(outcome=""))
                | (Q(closed_at__isnull=False) & Q(outcome__in=[one.value for one in Outcome])),
                name="appointment_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(remind_at__isnull=True) | Q(cancelled_at__isnull=True, closed_at__isnull=True),
                name="appointment_reminds_alive",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["helper", "starts_at"], name="appointment_by_helper"),
            models.Index(fields=["member", "starts_at"], name="appointment_by_member"),
            models.Index(fields=["starts_at"], name="appointment_by_age"),
            models.Index(fields=["remind_at"], name="appointment_by_reminder", condition=Q(remind_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"appointment {self.id}"

    @property
    def ends_at(self) -> datetime:
        """Give when it is over, as planned."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_over(self) -> bool:
        """Say whether nothing can be done with it any more: it was closed or cancelled."""
        return self.closed_at is not None or self.cancelled_at is not None

    def was_forgotten(self, now: datetime) -> bool:
        """Say whether its day is past, and nobody closed it."""
        return not self.is_over and clock.day_of(self.starts_at) < clock.day_of(now)


class Attendee(models.Model):
    """Somebody who comes, by the helper's own name for them. `request` is what was asked of them by letter, `at_table`
    what was handed over to them last; both as long as requests are kept.

    `known` is there for a client who had mandated this helper already, and was chosen for that.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="attendees")
    role = models.CharField(max_length=20)
    label = models.CharField(max_length=LONGEST_LABEL)
    way = models.CharField(max_length=20)
    known = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+")
    request = models.OneToOneField(MandateRequest, on_delete=models.SET_NULL, null=True, related_name="attendee")
    at_table = models.OneToOneField(
        MandateRequest, on_delete=models.SET_NULL, null=True, related_name="attendee_at_table"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appointment", "role"], name="attendee_role_once"),
            models.CheckConstraint(condition=Q(role__in=[one.value for one in Role]), name="attendee_role_known"),
            models.CheckConstraint(condition=Q(way__in=[one.value for one in Way]), name="attendee_way_known"),
        ]

    def __str__(self) -> str:
        return f"attendee {self.id}"
