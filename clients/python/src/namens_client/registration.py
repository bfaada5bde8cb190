"""How a portal is registered, and what its events are signed with."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Registration:
    """How Namens knows this portal. `acts` are the names that people read, by key."""

    client_id: str
    name: str
    services: tuple[str, ...]
    acts: dict[str, str]
    hears_events: bool
    may_list_all: bool


@dataclass(frozen=True)
class WebhookSecret:
    """A secret that signs events (`whsec_…`). It is shown once: keep it where only the portal reads it."""

    secret: str = field(repr=False)
