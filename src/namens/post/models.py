"""Letters: what was made, when it left, and what stood in the way. The letter itself is kept until it is posted."""

from enum import StrEnum
from typing import ClassVar

from django.db import models

from namens.lib.ids import new_id


class Outcome(StrEnum):
    """What became of a letter. Between making and posting it is `made`; the others never left."""

    MADE = "made"
    POSTED = "posted"
    RETURNED = "returned"
    NOT_WANTED = "not-wanted"
    NOWHERE_TO_SEND = "nowhere-to-send"
    REFUSED = "refused"


_LEFT = [Outcome.POSTED.value, Outcome.RETURNED.value]


class Letter(models.Model):
    """One letter to one party. `sealed` is the encrypted PDF, and empty from posting on.

    `id` is that of the outbox row that asked for it, so that no letter is made twice; `reference` stands on the paper
    and is what the printer knows it by. `obstacle` is why it could not be sent.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=20)
    party = models.UUIDField()
    reference = models.CharField(max_length=20, unique=True)
    asked_at = models.DateTimeField()
    due_by = models.DateField()
    made_at = models.DateTimeField(null=True)
    posted_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20)
    obstacle = models.CharField(max_length=40, blank=True)
    sealed = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=[one.value for one in Outcome]), name="letter_outcome_known"
            ),
            models.CheckConstraint(
                condition=models.Q(posted_at__isnull=False, outcome__in=_LEFT)
                | (models.Q(posted_at__isnull=True) & ~models.Q(outcome__in=_LEFT)),
                name="letter_posted_when_it_left",
            ),
            models.CheckConstraint(
                condition=models.Q(sealed="") | models.Q(outcome=Outcome.MADE.value), name="letter_kept_until_posted"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["party", "asked_at"], name="letter_by_party"),
            models.Index(fields=["outcome", "due_by"], name="letter_by_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} letter {self.id}"


class EmailAddress(models.Model):
    """Where a party wants e-mail: proven to be theirs, kept sealed, and of one party only. And of what they hear there.

    Of acts by others they hear at most once a day (`acts_told_at`), of those that were written down after `acts_seen`:
    an id of that moment, since a portal may report an act long after it was done. `summary_of` is the
    first day of the month of which they last heard that the overview is ready, or that needs none any more;
    `summary_ticket` is of the worker's turn that said so. On `alarmed_on` they last heard of what a portal did wrong.
    """

    party = models.UUIDField(primary_key=True, editable=False)
    digest = models.CharField(max_length=100, unique=True)
    sealed = models.CharField(max_length=500)
    verified_at = models.DateTimeField()
    tells_changes = models.BooleanField(default=True, db_default=True)
    tells_acts = models.BooleanField(default=False, db_default=False)
    tells_monthly = models.BooleanField(default=False, db_default=False)
    acts_seen = models.UUIDField(null=True)
    acts_told_at = models.DateTimeField(null=True)
    summary_of = models.DateField(null=True)
    summary_ticket = models.UUIDField(null=True)
    alarmed_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(tells_acts=False) | models.Q(acts_seen__isnull=False), name="email_acts_since"
            ),
            models.CheckConstraint(
                condition=models.Q(tells_monthly=False) | models.Q(summary_of__isnull=False), name="email_monthly_since"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["acts_told_at"], name="email_by_acts", condition=models.Q(tells_acts=True)),
            models.Index(fields=["summary_of"], name="email_by_summary", condition=models.Q(tells_monthly=True)),
            models.Index(
                fields=["summary_ticket"],
                name="email_by_ticket",
                condition=models.Q(summary_ticket__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"e-mail address of {self.party}"


class EmailConfirmation(models.Model):
    """An address that somebody gave, until the code that was sent there is typed. `code_sealed` is empty once sent."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    party = models.UUIDField(unique=True)
    sealed = models.CharField(max_length=500)
    code_digest = models.CharField(max_length=100)
    code_sealed = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    wrong_tries = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"e-mail confirmation {self.id}"


class LetterItem(models.Model):
    """A mandate that a letter is about, with the code that it brings for it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="items")
    mandate = models.UUIDField()
    code = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "mandate"], name="letter_item_once")]
        indexes: ClassVar = [models.Index(fields=["mandate"], name="letter_item_by_mandate")]

    def __str__(self) -> str:
        return f"item of {self.letter_id}"
