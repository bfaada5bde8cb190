"""What operators keep of an organisation: the switch, and a merger that two of them agree to. Part of `models`."""

from django.db import models
from django.db.models import F, Q

from namens.lib.ids import new_id


class Block(models.Model):
    """The operator's switch: nobody acts for this organisation, or not this one member. Two operators undo it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="blocks")
    member = models.ForeignKey("organisations.Member", on_delete=models.PROTECT, null=True, related_name="blocks")
    blocked_by = models.CharField(max_length=100)
    reason = models.CharField(max_length=300, blank=True, default="", db_default="")
    first_lifter = models.CharField(max_length=100, blank=True)
    second_lifter = models.CharField(max_length=100, blank=True, default="", db_default="")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(until__isnull=True, member__isnull=True),
                name="block_of_organisation_once",
            ),
            models.UniqueConstraint(fields=["member"], condition=Q(until__isnull=True), name="block_of_member_once"),
            models.CheckConstraint(
                condition=Q(second_lifter="", until__isnull=True)
                | (
                    Q(until__isnull=False)
                    & ~Q(second_lifter="")
                    & ~Q(first_lifter="")
                    & ~Q(first_lifter=F("second_lifter"))
                ),
                name="block_two_lifters",
            ),
        ]

    def __str__(self) -> str:
        return f"block {self.id}"


class Merger(models.Model):
    """An organisation goes on under another KvK number, where each client is asked again. Two operators decide it.

    What stands here is what the first operator proposes of the new organisation and of its first manager.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="mergers")
    kvk_number = models.CharField(max_length=8)
    name = models.CharField(max_length=150)
    may_process_bsn = models.BooleanField(default=False)
    bsn_basis = models.CharField(max_length=300, blank=True)
    manager_given_name = models.CharField(max_length=75)
    manager_family_name = models.CharField(max_length=75)
    manager_email = models.EmailField()
    last_day = models.DateField()
    proposed_by = models.CharField(max_length=100)
    proposed_at = models.DateTimeField()
    agreed_by = models.CharField(max_length=100, blank=True)
    agreed_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by="")
                | (Q(agreed_at__isnull=False) & ~Q(agreed_by="") & ~Q(agreed_by=F("proposed_by"))),
                name="merger_two_operators",
            ),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(refused_at__isnull=True), name="merger_one_open"
            ),
            models.CheckConstraint(condition=Q(may_process_bsn=False) | ~Q(bsn_basis=""), name="merger_bsn_has_basis"),
        ]

    def __str__(self) -> str:
        return f"merger {self.id}"
