"""What a client wanted, and gets with a second yes: a table of its own."""

from django.db import models
from django.db.models import F, Q

from namens.lib.ids import new_id


class SecondYes(models.Model):
    """What a client wanted, and gets with a second yes elsewhere: giver and helper were at one browser.

    The mandate was held at `held_at`; a client who shortens it wants no more. `browser` is the keyed digest of where
    the first yes was said, erased with the answer.
    """

    YES, NO = "yes", "no"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mandate = models.OneToOneField("mandates.Mandate", on_delete=models.PROTECT, related_name="second_yes")
    held_at = models.DateField()
    last_day = models.DateField()
    granted_actions = models.JSONField(default=list)
    browser = models.CharField(max_length=100, blank=True)
    asked_at = models.DateTimeField()
    waits_until = models.DateField()
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("held_at")), name="second_yes_gives_no_less"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="")
                | Q(answered_at__isnull=False, answer__in=["yes", "no"], browser=""),
                name="second_yes_answered_once",
            ),
        ]

    def __str__(self) -> str:
        return f"second yes to {self.mandate_id}"
