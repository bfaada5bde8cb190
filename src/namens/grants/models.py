"""Keys, requests, codes and families. Secrets stand here as digests or sealed; tokens do not stand here at all."""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from django.db import models

from namens.lib.assurance import AssuranceLevel
from namens.lib.ids import new_id
from namens.parties.models import Party
from namens.services.models import Portal
from namens.services.profiles import Binding
from namens.signin.models import Visit

# What has to be loaded with a family before anything is said about its people.
PEOPLE = ("party__person", "party__member", "representee__person", "organisation__organisation")
LONGEST_STATE = 2048
LONGEST_NONCE = 512
LONGEST_ADDRESS = 2048


class Algorithm(StrEnum):
    """How tokens are signed."""

    RS256 = "RS256"
    PS256 = "PS256"
    ES256 = "ES256"


class EndedBy(StrEnum):
    """Why a family of tokens ended."""

    LOGGED_OUT = "logged-out"
    CODE_REPLAYED = "code-replayed"
    ACCESS_ENDED = "access-ended"
    VISIT_BEGAN = "visit-began"
    VISIT_ENDED = "visit-ended"
    REFRESH_REPLAYED = "refresh-replayed"
    REVOKED = "revoked"


class SigningKey(models.Model):
    """A key that tokens are signed with. It signs from `active_from` to `retired_at`, and is published around that.

    One that is withdrawn (an emergency) is neither from that moment on: what it signed counts no more. Each algorithm
    has one key without an end: the one that signs last.
    """

    kid = models.CharField(max_length=64, primary_key=True)
    algorithm = models.CharField(max_length=10)
    sealed = models.TextField()
    public = models.JSONField()
    made_at = models.DateTimeField()
    published_from = models.DateTimeField()
    active_from = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(algorithm__in=[one.value for one in Algorithm]), name="signing_key_algorithm_known"
            ),
            models.CheckConstraint(
                condition=models.Q(active_from__gte=models.F("published_from")), name="signing_key_published_first"
            ),
            models.UniqueConstraint(
                fields=["algorithm"],
                condition=models.Q(retired_at__isnull=True, withdrawn_at__isnull=True),
                name="signing_key_last_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.algorithm} key {self.kid}"


class AuthorizationRequest(models.Model):
    """What a portal asked, from the moment it sent somebody here (or pushed it: RFC 9126) until that person chose.

    `services` has the uuid of each service by its key, here and in a family. `claims` is the parameter of that name
    (OpenID Connect Core 5.5), here and in a family as `claims_asked`. `reference` is the digest of a pushed request's
    address. `key_thumbprint` binds the code to a DPoP key (RFC 9449, 10). `expected` is whom `id_token_hint` names.
    People log in at `login_level`, and as `login_kind` where the portal said how.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    portal = models.ForeignKey(Portal, on_delete=models.PROTECT, related_name="+")
    redirect_uri = models.CharField(max_length=LONGEST_ADDRESS)
    services = models.JSONField()
    state = models.CharField(max_length=LONGEST_STATE, blank=True)
    nonce = models.CharField(max_length=LONGEST_NONCE, blank=True)
    challenge = models.CharField(max_length=43, blank=True)
    prompt = models.CharField(max_length=60, blank=True)
    max_age = models.PositiveIntegerField(null=True)
    minimum_level = models.CharField(max_length=20)
    login_level = models.CharField(max_length=20, blank=True, default="", db_default="")
    login_kind = models.CharField(max_length=20, blank=True, default="", db_default="")
    hinted = models.UUIDField(null=True)
    expected = models.UUIDField(null=True)
    claims = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    reference = models.CharField(max_length=100, blank=True, default="", db_default="")
    key_thumbprint = models.CharField(max_length=43, blank=True, default="", db_default="")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference"], condition=~models.Q(reference=""), name="request_pushed_once")
        ]
        indexes: ClassVar = [models.Index(fields=["expires_at"], name="request_by_expiry")]

    def __str__(self) -> str:
        return f"request {self.id}"

    @property
    def level(self) -> AssuranceLevel:
        """Give the lowest level that the portal accepts."""
        return AssuranceLevel(self.minimum_level)


class Family(models.Model):
    """One login at one portal, and all tokens that come from it. Its id is the `sid` in them.

    `party` is who is at the keyboard: a person, or a member who acts in the name of `organisation`: for a client, or,
    without a representee, for the organisation itself.
    With `visit` it was begun by a client at a helper's table: for themselves only, and it ends with that visit.
    `services` and `left_out` are what the person got when they chose; what holds now is asked anew each time.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    portal = models.ForeignKey(Portal, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", db_index=False)
    representee = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    organisation = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    visit = models.ForeignKey(Visit, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    services_asked = models.JSONField()
    claims_asked = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    services = models.JSONField()
    left_out = models.JSONField(default=list)
    level = models.CharField(max_length=20)
    auth_time = models.DateTimeField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ended_by="")),
                name="family_end_has_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(representee__isnull=True) | ~models.Q(representee=models.F("party")),
                name="family_not_oneself",
            ),
            models.CheckConstraint(
                condition=models.Q(visit__isnull=True) | models.Q(representee__isnull=True, organisation__isnull=True),
                name="family_of_visit_for_oneself",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["party", "representee"], name="family_live_by_pair", condition=models.Q(ended_at__isnull=True)
            ),
            models.Index(
                fields=["organisation", "representee"],
                name="family_live_by_organisation",
                condition=models.Q(ended_at__isnull=True, organisation__isnull=False),
            ),
            models.Index(fields=["visit"], name="family_by_visit", condition=models.Q(visit__isnull=False)),
            models.Index(fields=["made_at"], name="family_by_age"),
        ]

    def __str__(self) -> str:
        return f"family {self.id}"

    @property
    def assurance(self) -> AssuranceLevel:
        """Give the level of the login."""
        return AssuranceLevel(self.level)

    @property
    def subject(self) -> UUID:
        """Give the party whom this is about: the one represented, else the one at the keyboard."""
        return self.representee_id or self.organisation_id or self.party_id


class AuthorizationCode(models.Model):
    """What the portal turns into tokens: 60 seconds, once. Kept sealed until then, for a second press of the button."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.CharField(max_length=100, unique=True)
    sealed = models.CharField(max_length=200, blank=True)
    request = models.OneToOneField(AuthorizationRequest, on_delete=models.CASCADE, related_name="code")
    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="+")
    portal = models.ForeignKey(Portal, on_delete=models.PROTECT, related_name="+", db_index=False)
    redirect_uri = models.CharField(max_length=LONGEST_ADDRESS)
    challenge = models.CharField(max_length=43, blank=True)
    nonce = models.CharField(max_length=LONGEST_NONCE, blank=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return "<code>"


class UsedProof(models.Model):
    """The `jti` of an assertion or a DPoP proof that was accepted: kept until it expired, so that it counts once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    portal = models.ForeignKey(Portal, on_delete=models.CASCADE, related_name="+", db_index=False)
    digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["portal", "digest"], name="proof_once")]

    def __str__(self) -> str:
        return f"proof {self.id}"


class RefreshToken(models.Model):
    """What gets a portal new tokens of the same login. Rotated ones are used once: a second use ends the family.

    `binding` is what the access token that came with it was bound to: it gets no tokens that are bound to less.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.CharField(max_length=100, unique=True)
    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="refresh_tokens")
    binding = models.CharField(max_length=20, default=Binding.NONE.value, db_default=Binding.NONE.value)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return "<refresh token>"


class FetchedKeys(models.Model):
    """The key set of a portal that registered its address, as it was fetched last; and when it was tried last.

    `address` is where that was: keys of an earlier address count no more.
    """

    portal = models.OneToOneField(Portal, on_delete=models.CASCADE, primary_key=True, related_name="fetched_keys")
    address = models.CharField(max_length=512, blank=True, default="", db_default="")
    keys = models.JSONField(default=list)
    fetched_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"keys of {self.portal_id}"


class ToldRefusal(models.Model):
    """What was refused to a portal, for the operators who help its team. No token, no address, no person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    portal = models.ForeignKey(Portal, on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField(db_index=True)
    endpoint = models.CharField(max_length=30)
    error = models.CharField(max_length=60)
    reason = models.CharField(max_length=60, blank=True)
    description = models.CharField(max_length=200, blank=True)
    request_id = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["portal", "-at", "-id"], name="told_by_portal")]

    def __str__(self) -> str:
        return f"refusal {self.id}"
