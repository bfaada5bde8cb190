"""What goes over the wire, both ways. English names in code, Dutch names in JSON (the glossary is the bridge)."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType, field

Moment = Annotated[datetime, Meta(tz=True, description="Een moment met tijdzone (RFC 3339)")]


class Act(Struct, frozen=True):
    """An act that a portal may report."""

    key: str = field(name="sleutel")
    name: str = field(name="naam")


class OwnRegistration(Struct, frozen=True):
    """How the portal that asks is registered."""

    client_id: str = field(name="clientId")
    name: str = field(name="naam")
    services: list[str] = field(name="diensten")
    acts: list[Act] = field(name="handelingen")
    hears_events: bool = field(name="hoortGebeurtenissen")
    has_basis: bool = field(name="magAlleMachtigingenZien")
    last_number: Annotated[int, Meta(description="Nummer van de nieuwste gebeurtenis, 0 als die er niet is")] = field(
        name="laatsteNummer"
    )


class NewWebhookSecret(Struct, frozen=True):
    """A new secret, given this once."""

    id: UUID
    secret: str = field(name="geheim")
    made_at: Moment = field(name="gemaaktOp")


Maker = Literal["portaal", "beheer"]


class WebhookSecret(Struct, frozen=True):
    """What is known of a secret that signs. `signs_until` is null for the newest.

    Who made it has seen it: an operator of ours, or nobody but the portal.
    """

    id: UUID
    made_at: Moment = field(name="gemaaktOp")
    made_by: Maker = field(name="gemaaktDoor")
    signs_until: Moment | None = field(name="ondertekentTot")


class WebhookSecrets(Struct, frozen=True):
    """The secrets that sign now, the newest first."""

    secrets: list[WebhookSecret] = field(name="webhookgeheimen")


class TrialEvent(Struct, frozen=True):
    """The event that is on its way."""

    id: UUID
    number: int = field(name="nummer")


class ProblemDocument(Struct, frozen=True):
    """Why there is no answer (RFC 9457). `reden` says of an act why nobody was allowed to do it."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str = field(name="requestId")
    reason: str | UnsetType = field(name="reden", default=UNSET)
