"""A hand-off: a request that is opened on the client's own phone, with a QR or a number, once."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from namens.lib.ids import new_id
from namens.mandates.models import MandateRequest


class HandOff(models.Model):
    """The way to one request: `opens_until` is fixed when it is made, and so is the `closes_at` of the request.

    Who opened it, and when, stands in the mandate that comes of it, and nowhere else: nothing here changes when
    somebody opens it, so nothing that a helper reads here can tell. Id and number are found by keyed digests. They
    are also kept sealed, to be shown again, and erased with the digests when their time is over.

    `appointment` is for which one it was made: what comes of it stops when that one is closed.

    `with_partner`: the helper asks the allowance partner too, so it is complete when both said yes. `standing` is there
    on those that `queries` gives.
    """

    standing: str

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # CASCADE: a request that met nobody is erased, and then there is nothing to hand over any more.
    request = models.OneToOneField(MandateRequest, on_delete=models.CASCADE, related_name="hand_off")
    appointment = models.ForeignKey(
        "appointments.Appointment", on_delete=models.SET_NULL, null=True, related_name="hand_offs"
    )
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    opens_until = models.DateTimeField()
    with_partner = models.BooleanField(default=False)
    id_digest = models.CharField(max_length=100, blank=True)
    number_digest = models.CharField(max_length=100, blank=True)
    id_sealed = models.CharField(max_length=200, blank=True)
    number_sealed = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id_digest"], condition=~Q(id_digest=""), name="hand_off_id_once"),
            models.UniqueConstraint(
                fields=["number_digest"], condition=~Q(number_digest=""), name="hand_off_number_once"
            ),
            models.CheckConstraint(
                condition=Q(id_digest="", number_digest="") | (~Q(id_digest="") & ~Q(number_digest="")),
                name="hand_off_id_with_number",
            ),
            models.CheckConstraint(
                condition=Q(id_sealed="", number_sealed="") | (~Q(id_sealed="") & ~Q(number_sealed="")),
                name="hand_off_sealed_together",
            ),
            models.CheckConstraint(condition=Q(id_sealed="") | ~Q(id_digest=""), name="hand_off_shown_opens"),
            models.CheckConstraint(condition=Q(opens_until__gt=F("made_at")), name="hand_off_opens_after_making"),
        ]
        indexes: ClassVar = [models.Index(fields=["made_by", "made_at"], name="hand_off_by_maker")]

    def __str__(self) -> str:
        return f"hand-off {self.id}"
