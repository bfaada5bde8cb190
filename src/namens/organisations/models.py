"""Organisations, their members, teams and licences, and what reaches which client. Written by `actions` only.

What a decision rests on is kept as intervals (`since` to `until`), so that it can be asked about in the past too.
"""

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import Q

from namens.lib.ids import new_id
from namens.organisations.licensing import Licence, LicencePause
from namens.organisations.oversight import Block, Merger
from namens.organisations.sheets import Sheet, SheetLine
from namens.parties.models import Party

__all__ = [
    "Assignment",
    "Block",
    "FormerTeam",
    "LeftOut",
    "Licence",
    "LicencePause",
    "Member",
    "MemberInvitation",
    "MemberKind",
    "Merger",
    "Opening",
    "OpeningReason",
    "Organisation",
    "Sheet",
    "SheetLine",
    "Status",
    "Team",
]


class Status(StrEnum):
    """Where an organisation stands with the operator."""

    PROPOSED = "proposed"
    ADMITTED = "admitted"
    REFUSED = "refused"


class MemberKind(StrEnum):
    """In what capacity somebody works for an organisation."""

    STAFF = "staff"
    VOLUNTEER = "volunteer"


class OpeningReason(StrEnum):
    """Why somebody helps a client of another team today."""

    COLLEAGUE_AWAY = "colleague-away"
    CLIENT_ASKED = "client-asked"
    WALK_IN = "walk-in"
    URGENT = "urgent"


def _among(field: str, values: type[StrEnum]) -> Q:
    return Q(**{f"{field}__in": [one.value for one in values]})


class Organisation(models.Model):
    """An organisation in the trade register. It may use mandates from `admitted_at` to and including `last_day`.

    `may_process_bsn` with its `bsn_basis` says whether its members may type a BSN, and by which law. `successor` is
    the organisation that took its work over.
    """

    party = models.OneToOneField(Party, on_delete=models.PROTECT, primary_key=True, related_name="organisation")
    kvk_number = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=150)
    status = models.CharField(max_length=20)
    contact_name = models.CharField(max_length=150, blank=True)
    contact_email = models.EmailField(blank=True)
    may_process_bsn = models.BooleanField(default=False)
    bsn_basis = models.CharField(max_length=300, blank=True)
    proposed_at = models.DateTimeField()
    admitted_at = models.DateTimeField(null=True)
    last_day = models.DateField(null=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="predecessors")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_among("status", Status), name="organisation_status_known"),
            models.CheckConstraint(
                condition=~Q(status=Status.ADMITTED.value) | Q(admitted_at__isnull=False),
                name="organisation_admitted_since",
            ),
            models.CheckConstraint(
                condition=Q(may_process_bsn=False) | ~Q(bsn_basis=""), name="organisation_bsn_has_basis"
            ),
        ]

    def __str__(self) -> str:
        return f"organisation {self.party_id}"


class Team(models.Model):
    """Members who have clients together."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=60)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], condition=Q(closed_at__isnull=True), name="team_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """Somebody who works for an organisation, under a name that the organisation gave.

    The first login of the invited person binds the pseudonym of their means (only a keyed digest is kept). `party` is
    what drafts, tokens and the journal know a member by; it has nothing to do with the same person at home.
    """

    party = models.OneToOneField(Party, on_delete=models.PROTECT, primary_key=True, related_name="member")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="members")
    given_name = models.CharField(max_length=75)
    family_name = models.CharField(max_length=75)
    kind = models.CharField(max_length=20)
    email = models.EmailField()
    is_manager = models.BooleanField(default=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="members")
    pseudonym_digest = models.CharField(max_length=100, blank=True)
    establishment = models.CharField(max_length=12, blank=True)
    invited_at = models.DateTimeField()
    bound_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_among("kind", MemberKind), name="member_kind_known"),
            models.CheckConstraint(
                condition=Q(bound_at__isnull=True, pseudonym_digest="")
                | (Q(bound_at__isnull=False) & ~Q(pseudonym_digest="")),
                name="member_bound_by_pseudonym",
            ),
            models.UniqueConstraint(
                fields=["organisation", "pseudonym_digest"],
                condition=~Q(pseudonym_digest="") & Q(ended_at__isnull=True),
                name="member_pseudonym_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "email"], condition=Q(ended_at__isnull=True), name="member_email_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "ended_at"], name="member_by_organisation")]

    def __str__(self) -> str:
        return f"member {self.party_id}"

    @property
    def full_name(self) -> str:
        """Give the name for colleagues: `Sam Bakker`."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def short_name(self) -> str:
        """Give the name for clients: `Sam B.`."""
        return f"{self.given_name} {self.family_name[:1]}." if self.family_name else self.given_name


class FormerTeam(models.Model):
    """The team (null: none) that a member was in until then, so that yesterday can still be asked about."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="former_teams")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"team until {self.until} of {self.member_id}"


class MemberInvitation(models.Model):
    """A link with which one person begins, once. A keyed digest of it is kept, and the link itself, sealed, until the
    e-mail with it left."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="invitations")
    digest = models.CharField(max_length=100, unique=True)
    sealed = models.CharField(max_length=200, blank=True, default="", db_default="")
    invited_by = models.UUIDField(null=True)
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"invitation {self.id}"


class Assignment(models.Model):
    """Whose client somebody is within the organisation: of one member, and of one team when there are teams."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "client"], condition=Q(until__isnull=True), name="assignment_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"assignment {self.id}"


class Opening(models.Model):
    """A member may help a client of another team, on one day, for a reason that the client can read."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    reason = models.CharField(max_length=30)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "client", "day"], name="opening_once_a_day"),
            models.CheckConstraint(condition=_among("reason", OpeningReason), name="opening_reason_known"),
        ]

    def __str__(self) -> str:
        return f"opening {self.id}"


class LeftOut(models.Model):
    """A client does not want to be helped by this member, whatever licence that member has."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "member"], condition=Q(until__isnull=True), name="left_out_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"left out {self.id}"
