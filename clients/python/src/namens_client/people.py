"""Who acts, and for whom: by the ids that only this portal has (`sub` in the ID token)."""

from dataclasses import KW_ONLY, dataclass, field
from enum import StrEnum


class Assurance(StrEnum):
    """How sure a login was. The `acr` of an ID token can be given just as well."""

    LOW = "low"
    SUBSTANTIAL = "substantial"
    HIGH = "high"


@dataclass(frozen=True)
class Person:
    """Somebody, by the id that this portal has for them."""

    id: str = field(repr=False)

    def __post_init__(self) -> None:
        _needed(self.id, "id")


@dataclass(frozen=True)
class Member:
    """Somebody who works for an organisation; they have another id there. `organisation` is its KvK number."""

    id: str = field(repr=False)
    _: KW_ONLY
    organisation: str

    def __post_init__(self) -> None:
        _needed(self.id, "id")
        _needed(self.organisation, "organisation")


@dataclass(frozen=True)
class Organisation:
    """An organisation, by its KvK number."""

    kvk_number: str

    def __post_init__(self) -> None:
        _needed(self.kvk_number, "kvk_number")


Helper = Person | Member
Party = Person | Member | Organisation


def _needed(text: str, name: str) -> None:
    if not text:
        raise ValueError(f"{name} is empty")
