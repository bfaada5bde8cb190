"""Staff accounts, drafts, logins at one browser. Citizens and helpers have a session and a party, never a user row."""

from enum import StrEnum
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from namens.lib.ids import new_id
from namens.parties.models import Party
from namens.services.models import Portal


class Role(StrEnum):
    """What somebody does for the operator. Each opens its own pages and no others."""

    HELPDESK_AGENT = "helpdesk_agent"
    OPERATOR = "operator"
    AUDITOR = "auditor"


class StaffAccounts(BaseUserManager["Staff"]):
    """Finds staff by e-mail address, however it is capitalised."""

    def get_by_natural_key(self, username: str | None) -> "Staff":
        """Give the account with this address. Raises Staff.DoesNotExist."""
        return self.get(email=(username or "").strip().lower())


class Staff(AbstractBaseUser):
    """Somebody who works for the operator. `id` is the actor of what they do in the journal.

    `is_active` is false once the account ended: from the next request on it is nobody's.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=20)
    is_active = models.BooleanField(default=True)
    invited_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = StaffAccounts()

    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name", "role"]

    class Meta:
        verbose_name = "staff account"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(role__in=[one.value for one in Role]), name="staff_role_known"),
            models.CheckConstraint(
                condition=models.Q(is_active=True, ended_at__isnull=True)
                | models.Q(is_active=False, ended_at__isnull=False),
                name="staff_active_or_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StaffInvitation(models.Model):
    """A link with which one person begins, once. Only a keyed digest of it is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="invitations")
    digest = models.CharField(max_length=100, unique=True)
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"invitation {self.id}"


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


class BrowserLogin(models.Model):
    """Somebody was logged in at a browser at `at`. Kept for two hours; `browser` is a keyed digest of its cookie."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    browser = models.CharField(max_length=100)
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["browser", "party"], name="browser_login_once")]

    def __str__(self) -> str:
        return f"login at a browser at {self.at}"


class Visit(models.Model):
    """A client logs in as themselves at a helper's table, to use `portal`. Who helps does not stand here.

    `party` is there once the client logged in, through `broker`. `seen_at` is the last sign of life: without one for
    some minutes it ends by itself.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    portal = models.ForeignKey(Portal, on_delete=models.CASCADE, related_name="+", db_index=False)
    party = models.ForeignKey(Party, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    broker = models.CharField(max_length=50, blank=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(seen_at__gte=models.F("began_at")), name="visit_seen_after_begin")
        ]
        indexes: ClassVar = [
            models.Index(fields=["seen_at"], name="visit_alive", condition=models.Q(ended_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"visit {self.id}"
