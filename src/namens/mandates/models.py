"""Mandates and the services in them. The database holds the invariants; `mandates.actions` writes, nobody else."""

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from namens.lib.assurance import AssuranceLevel
from namens.lib.ids import new_id
from namens.mandates.changes import Change, MandateChange
from namens.mandates.second_yes import SecondYes
from namens.mandates.states import EndReason, State
from namens.organisations.models import Member
from namens.parties.models import Party
from namens.services.models import CatalogueVersion, Service

__all__ = [
    "Change",
    "Mandate",
    "MandateChange",
    "MandateRequest",
    "MandateService",
    "Origin",
    "Report",
    "ReportKind",
    "SecondYes",
    "Suspension",
]


class Origin(StrEnum):
    """How a mandate came about."""

    GIVEN = "given"
    REQUESTED = "requested"
    BY_PHONE = "by-phone"


class ReportKind(StrEnum):
    """What is wrong, in the words of who reports it."""

    SPELLING = "spelling"
    UNWANTED = "unwanted"
    UNKNOWN_PERSON = "unknown-person"


class Mandate(models.Model):
    """One representee lets one representative act. The representative is empty while an open code waits.

    What was asked for (by a helper, or by phone) has a `duration` and can be agreed to up to and including
    `waits_until`. Its days are fixed by the yes or the activation; before that they are the outermost that it can get.
    It can be agreed to from `opens_on`, and before `closes_at`, where its request has those.

    Where the helper was known earlier or later than `offered_at` (the yes), `helper_since` says since when.

    `held_to` is there while giver and helper were at one browser and the client did not say yes a second time: it ends
    on that day at the latest, with nothing sensitive. A second yes grants the rest from `granted_since` on.
    On `reminded_on` both sides were told that it ends soon.

    `shown_lines` is there on mandates that `queries` gives to be shown: the lines in the order of the catalogue.
    """

    shown_lines: list["MandateService"]

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    representee = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="mandates_given")
    representative = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="mandates_held")
    origin = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    end_reason = models.CharField(max_length=30, blank=True)
    first_day = models.DateField()
    last_day = models.DateField()
    duration = models.CharField(max_length=20, blank=True)
    waits_until = models.DateField(null=True)
    opens_on = models.DateField(null=True)
    closes_at = models.DateTimeField(null=True)
    level_given = models.CharField(max_length=20)
    granted_actions = models.JSONField(default=list)
    granted_since = models.DateTimeField(null=True)
    sensitive_seen = models.JSONField(default=list)
    offered_at = models.DateTimeField()
    helper_since = models.DateTimeField(null=True)
    activated_at = models.DateTimeField(null=True)
    suspended_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reminded_on = models.DateField(null=True)
    held_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[one.value for one in State]), name="mandate_state_known"),
            models.CheckConstraint(condition=Q(origin__in=[one.value for one in Origin]), name="mandate_origin_known"),
            models.CheckConstraint(
                condition=Q(end_reason__in=["", *(one.value for one in EndReason)]), name="mandate_end_reason_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.REQUESTED.value) | (~Q(duration="") & Q(waits_until__isnull=False)),
                name="mandate_requested_has_length",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SUSPENDED.value) | Q(suspended_at__isnull=False),
                name="mandate_suspended_since",
            ),
            models.CheckConstraint(
                condition=Q(representative__isnull=True) | ~Q(representative=F("representee")),
                name="mandate_not_oneself",
            ),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="mandate_days_in_order"),
            models.CheckConstraint(
                condition=Q(held_to__isnull=True) | Q(last_day__lte=F("held_to"), granted_actions=[]),
                name="mandate_held_back",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.ACTIVE.value, State.SUSPENDED.value])
                | Q(representative__isnull=False, activated_at__isnull=False),
                name="mandate_active_has_helper",
            ),
            models.CheckConstraint(
                condition=(Q(state=State.ENDED.value) & Q(ended_at__isnull=False) & ~Q(end_reason=""))
                | (~Q(state=State.ENDED.value) & Q(ended_at__isnull=True) & Q(end_reason="")),
                name="mandate_end_has_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["representee", "state"], name="mandate_by_representee"),
            models.Index(fields=["representative", "state"], name="mandate_by_representative"),
            models.Index(
                fields=["last_day"],
                condition=Q(state=State.ACTIVE.value, reminded_on__isnull=True),
                name="mandate_to_remind",
            ),
        ]

    def __str__(self) -> str:
        return f"mandate {self.id} ({self.state})"


class MandateService(models.Model):
    """One service of a mandate, which can end by itself. The parties stand here too, for one look-up a decision.

    `minimum_level` and `sensitive_seen` are what the service asked and had when the client said yes.

    `over_noted_at` is when it was noted for portals that its last day is over.

    `current` is true for the one line of two parties and a service that new mandates replace. It is null (never
    false) once a later mandate took that place, or before activation and after the end.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="lines")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    representee = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", db_index=False)
    representative = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    version = models.ForeignKey(CatalogueVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    last_day = models.DateField()
    minimum_level = models.CharField(max_length=20)
    sensitive_seen = models.JSONField(default=list)
    stopped_at = models.DateTimeField(null=True)
    over_noted_at = models.DateTimeField(null=True)
    current = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mandate", "service"], name="line_service_once"),
            models.UniqueConstraint(
                fields=["representee", "representative", "service"], condition=Q(current=True), name="line_one_current"
            ),
            models.CheckConstraint(condition=~Q(current=False), name="line_current_or_null"),
            models.CheckConstraint(
                condition=~Q(current=True) | Q(stopped_at__isnull=True, representative__isnull=False),
                name="line_current_runs",
            ),
            models.CheckConstraint(
                condition=Q(minimum_level__in=[one.value for one in AssuranceLevel]), name="line_level_known"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["representative", "representee", "service"], name="line_by_pair"),
            models.Index(fields=["representee"], name="line_by_representee"),
            models.Index(
                fields=["last_day", "id"],
                condition=Q(stopped_at__isnull=True, over_noted_at__isnull=True),
                name="line_to_note_over",
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.id}"


class MandateRequest(models.Model):
    """What a helper asked for somebody whom they stated by BSN and date of birth. `mandate` is there once that fits.

    A member of an organisation asks in its name: then `helper` is the organisation, and `asked_by_member` that member.

    With `renews` a known client was asked to go on with that mandate; then nothing was stated.

    With `closes_at` it is asked at the table, of whoever opens it there: nobody can agree from that instant on. With
    `opens_on` nobody can agree before that day.

    With `again_of` the same person is asked again, because the day moved; whom, the worker sees in that request.

    The helper sees the own `label` and what follows from the days, until the mandate is active. `letter_by` is the day
    on which the letter is there at the latest, `waits_until` the last day on which the client can agree.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    helper = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="requests_made")
    asked_by_member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="requests_made")
    label = models.CharField(max_length=60)
    stated = models.UUIDField(null=True)
    services = models.ManyToManyField(Service, related_name="+")
    duration = models.CharField(max_length=20)
    asked_at = models.DateTimeField()
    letter_by = models.DateField()
    waits_until = models.DateField()
    opens_on = models.DateField(null=True)
    closes_at = models.DateTimeField(null=True)
    partner_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="partners")
    mandate = models.OneToOneField(Mandate, on_delete=models.PROTECT, null=True, related_name="asked_by")
    renews = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, related_name="renewals")
    again_of = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="asked_again")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stated"], condition=Q(stated__isnull=False), name="request_of_one_stated_person"
            ),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(opens_on__lte=F("waits_until")), name="request_opens_in_time"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(stated__isnull=True), name="request_at_table_states_nobody"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["helper", "asked_at"], name="request_by_helper")]

    def __str__(self) -> str:
        return f"request {self.id}"


class Suspension(models.Model):
    """From when until when a mandate could not be used, because it was reported as wrong."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="suspensions")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mandate"], condition=Q(until__isnull=True), name="suspension_one_open_per_mandate"
            )
        ]

    def __str__(self) -> str:
        return f"suspension of {self.mandate_id}"


class Report(models.Model):
    """Somebody said that a mandate is wrong. Open until the helpdesk, or the client, is done with it.

    `first_agent` proposed to restore the mandate; another agent has to agree, and finds it by `case_number`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=20)
    reported_by = models.UUIDField()
    channel = models.CharField(max_length=20)
    opened_at = models.DateTimeField()
    first_agent = models.UUIDField(null=True)
    case_number = models.CharField(max_length=6, blank=True, default="", db_default="")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[one.value for one in ReportKind]), name="report_kind_known"),
            models.UniqueConstraint(
                fields=["case_number"], condition=~Q(case_number=""), name="report_case_number_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["mandate", "opened_at"], name="report_by_mandate")]

    def __str__(self) -> str:
        return f"report {self.id}"
