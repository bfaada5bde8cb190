"""What goes over the wire, both ways. English names in code, Dutch names in JSON (the glossary is the bridge)."""

from msgspec import UNSET, Struct, UnsetType, field


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


class ProblemDocument(Struct, frozen=True):
    """Why there is no answer (RFC 9457). `reden` says of an act why nobody was allowed to do it."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str = field(name="requestId")
    reason: str | UnsetType = field(name="reden", default=UNSET)
