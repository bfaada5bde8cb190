"""What the population register says of a person, as far as we need it."""

from dataclasses import dataclass
from enum import StrEnum

from namens.lib.folding import folded
from namens.lib.partial_date import PartialDate


class StopSignal(StrEnum):
    """A reason in the register for which a person cannot give a mandate.

    `missing` is no reason yet: the register did not give this person once. A second time makes it `erroneous`.
    """

    DECEASED = "deceased"
    GUARDIANSHIP = "guardianship"
    ERRONEOUS = "erroneous"
    MISSING = "missing"


@dataclass(frozen=True)
class PersonName:
    """A person's name in the register's parts."""

    given_names: str
    prefix: str
    family_name: str

    @property
    def first(self) -> str:
        """Give the first of the given names; the family name for who has none."""
        return self.given_names.split()[0] if self.given_names.split() else self.surname

    @property
    def surname(self) -> str:
        """Give the family name with its prefix: `de Vries`."""
        return f"{self.prefix} {self.family_name}".strip()

    @property
    def full(self) -> str:
        """Give the first given name and the family name: `Anna de Vries`."""
        return f"{self.first} {self.surname}" if self.given_names.split() else self.surname

    @property
    def short(self) -> str:
        """Give initials and family name: `A.M. de Vries`."""
        initials = "".join(f"{name[0]}." for name in self.given_names.split())
        return f"{initials} {self.surname}".strip()

    @property
    def sorting(self) -> str:
        """Give the name as lists are sorted and searched by it: `vries anna maria de`."""
        return folded(f"{self.family_name} {self.given_names} {self.prefix}")


@dataclass(frozen=True)
class PersonFacts:
    """Name, birth date (None when wholly unknown) and stop signals of one person."""

    name: PersonName
    birth_date: PartialDate | None
    signals: frozenset[StopSignal] = frozenset()
