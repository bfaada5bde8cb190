"""The catalogue as the database keeps it, and the portals. Catalogue rows change only through `services.actions`."""

from enum import StrEnum
from typing import ClassVar
from urllib.parse import urlsplit
from uuid import UUID

from django.db import models

from namens.lib.ids import new_id
from namens.services.profiles import RULES, Authentication, Binding, Profile, Rules
from namens.services.words import IN, word_of


class MandatedTo(StrEnum):
    """Who may be mandated for a service."""

    PERSONS = "persons"
    ORGANISATIONS = "organisations"
    BOTH = "both"
    NOBODY = "nobody"


class Status(StrEnum):
    """A catalogue version or portal is proposed by one operator and approved by another."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class Representation(StrEnum):
    """For whom people come to a portal."""

    SELF = "self"
    OTHERS = "others"
    BOTH = "both"


class CatalogueVersion(models.Model):
    """The whole catalogue at one moment, as it was proposed; never changed afterwards."""

    number = models.PositiveIntegerField(primary_key=True)
    content = models.JSONField()
    status = models.CharField(max_length=20)
    proposed_by = models.CharField(max_length=100)
    proposed_at = models.DateTimeField()
    approved_by = models.CharField(max_length=100, blank=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status=Status.APPROVED.value) | ~models.Q(approved_by=models.F("proposed_by")),
                name="catalogue_two_operators",
            )
        ]

    def __str__(self) -> str:
        return f"catalogue {self.number}"


class Service(models.Model):
    """Something a portal does for people. `key` and `id` never change; the rest follows the newest approved version."""

    id = models.UUIDField(primary_key=True, editable=False)
    key = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=64)
    sentence = models.CharField(max_length=300)
    provider = models.CharField(max_length=64)
    provider_name = models.CharField(max_length=64)
    minimum_level = models.CharField(max_length=20)
    mandated_to = models.CharField(max_length=20)
    longest_months = models.PositiveIntegerField()
    sensitive_actions = models.JSONField(default=list)
    other_languages = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    version = models.ForeignKey(CatalogueVersion, on_delete=models.PROTECT)
    active = models.BooleanField(default=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "key"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(longest_months__gte=1, longest_months__lte=60), name="service_at_most_five_years"
            )
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def explained(self) -> str:
        """Give the sentence in the language of now."""
        return word_of("sentence", dutch=self.sentence, others=self.other_languages)

    @property
    def told_actions(self) -> list[dict[str, str]]:
        """Give key, name and question of each sensitive action, in the language of now."""
        return [
            {
                "key": action["key"],
                **{name: word_of(name, dutch=action[name], others=action.get(IN, {})) for name in ("name", "question")},
            }
            for action in self.sensitive_actions
        ]

    @property
    def sensitive_keys(self) -> list[str]:
        """Give the keys of the sensitive actions."""
        return [action["key"] for action in self.sensitive_actions]


class ServiceSet(models.Model):
    """Services that are granted in one act."""

    key = models.CharField(max_length=60, primary_key=True)
    name = models.CharField(max_length=64)
    sentence = models.CharField(max_length=300)
    other_languages = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    services = models.ManyToManyField(Service, related_name="sets")
    active = models.BooleanField(default=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "key"]

    def __str__(self) -> str:
        return self.key

    @property
    def explained(self) -> str:
        """Give the sentence in the language of now."""
        return word_of("sentence", dutch=self.sentence, others=self.other_languages)


class Portal(models.Model):
    """A relying party: a site where people use mandates. `start_url` is where a login begins there, if known.

    Its keys stand in `jwks`, or are fetched from `jwks_uri`: never both. The fields of tokens have the names of
    algorithms (RFC 7518), empty for: not encrypted, not signed. `acts` is what it may report, `machine_scopes` what it
    may ask with a token of its own, `search_basis` the law by which it may list whom a mandate is about. With
    `gives_reasons` a decision that says no says why; with `journals_decisions` every decision is journaled. At
    `events_uri` it hears what changes of mandates.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client_id = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=64)
    profile = models.CharField(max_length=20)
    status = models.CharField(max_length=20)
    services = models.ManyToManyField(Service, related_name="portals")
    representation = models.CharField(max_length=20)
    redirect_uris = models.JSONField(default=list)
    post_logout_redirect_uris = models.JSONField(default=list)
    start_url = models.CharField(max_length=512, blank=True, default="", db_default="")
    back_channel_logout_uri = models.CharField(max_length=512, blank=True)
    authentication = models.CharField(max_length=30, default=Authentication.PRIVATE_KEY.value)
    jwks = models.JSONField(default=dict)
    jwks_uri = models.CharField(max_length=512, blank=True, default="", db_default="")
    certificate_subject = models.CharField(max_length=500, blank=True, default="", db_default="")
    secret_digest = models.CharField(max_length=100, blank=True)
    token_binding = models.CharField(max_length=20, default=Binding.NONE.value, db_default=Binding.NONE.value)
    refresh_tokens = models.BooleanField(default=False, db_default=False)
    id_token_algorithm = models.CharField(max_length=10, default="RS256")
    id_token_encryption = models.CharField(max_length=20, blank=True, default="", db_default="")
    userinfo_algorithm = models.CharField(max_length=10, blank=True, default="", db_default="")
    userinfo_encryption = models.CharField(max_length=20, blank=True, default="", db_default="")
    sector = models.CharField(max_length=60)
    receives_names = models.BooleanField(default=False)
    bsn_legal_basis = models.CharField(max_length=300, blank=True)
    claim_names = models.JSONField(default=dict)
    enforces_sensitive_actions = models.BooleanField(default=False)
    organisations_themselves = models.BooleanField(default=False, db_default=False)
    acts = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    machine_scopes = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    search_basis = models.CharField(max_length=300, blank=True, default="", db_default="")
    gives_reasons = models.BooleanField(default=True, db_default=True)
    journals_decisions = models.BooleanField(default=False, db_default=False)
    events_uri = models.CharField(max_length=512, blank=True, default="", db_default="")
    proposed_by = models.CharField(max_length=100)
    proposed_at = models.DateTimeField()
    approved_by = models.CharField(max_length=100, blank=True)
    approved_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=100, blank=True, default="", db_default="")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status=Status.APPROVED.value) | ~models.Q(approved_by=models.F("proposed_by")),
                name="portal_two_operators",
            ),
            models.CheckConstraint(
                condition=models.Q(jwks_uri="") | models.Q(jwks={}), name="portal_keys_from_one_place"
            ),
        ]

    def __str__(self) -> str:
        return self.client_id

    @property
    def start_address(self) -> str:
        """Give where somebody begins at this portal: as registered, else the first page of its site."""
        parts = urlsplit(self.redirect_uris[0])
        return self.start_url or f"{parts.scheme}://{parts.netloc}/"

    @property
    def rules(self) -> Rules:
        """Give what its profile asks."""
        return RULES[Profile(self.profile)]

    @property
    def may_receive_bsn(self) -> bool:
        """Say whether this portal has a registered legal basis for BSNs."""
        return bool(self.bsn_legal_basis)

    def service_ids(self) -> list[UUID]:
        """Give the ids of the active services that this portal offers."""
        return list(self.services.filter(active=True).values_list("id", flat=True))


class PortalChange(models.Model):
    """Other terms for a portal, proposed by one operator and decided by another. It never changes itself.

    `terms` and `before` are what `services.terms.as_data` gives: the whole of it, so that both can be read later. A
    secret stands in neither; `secret_digest` is there when there is a new one. Who proposed may take it back.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    portal = models.ForeignKey(Portal, on_delete=models.CASCADE, related_name="changes")
    terms = models.JSONField()
    before = models.JSONField()
    secret_digest = models.CharField(max_length=100, blank=True)
    status = models.CharField(max_length=20)
    proposed_by = models.CharField(max_length=100)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status=Status.APPROVED.value) | ~models.Q(decided_by=models.F("proposed_by")),
                name="portal_change_two_operators",
            ),
            models.CheckConstraint(
                condition=models.Q(status=Status.PROPOSED.value, decided_at__isnull=True)
                | (~models.Q(status=Status.PROPOSED.value) & models.Q(decided_at__isnull=False)),
                name="portal_change_decided_has_moment",
            ),
            models.UniqueConstraint(
                fields=["portal"], condition=models.Q(status=Status.PROPOSED.value), name="portal_change_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"change of portal {self.portal_id}"
