"""Assurance levels: what the form calls them, what people read, and the URIs that tokens carry for them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """One level: the value in the form, its name on screen, and its `acr`."""

    value: str
    name: str
    uri: str


@dataclass(frozen=True)
class Levels:
    """The levels of one means, from weak to strong, and the value of the one that counts when none is asked."""

    all: tuple[Level, ...]
    default: str

    def find(self, value: str) -> Level | None:
        """Give the level with this value in the form, if there is one."""
        return next((level for level in self.all if level.value == value), None)

    def lowest_asked(self, acr_values: str) -> Level:
        """Give the lowest level that was asked; the default when none is known."""
        asked = {uri.lower() for uri in acr_values.split()}
        known = [level for level in self.all if level.uri.lower() in asked]
        return known[0] if known else next(level for level in self.all if level.value == self.default)

    def exceeds(self, level: Level, *, strongest: Level) -> bool:
        """Say whether a level is stronger than the strongest one that somebody has."""
        return self.all.index(level) > self.all.index(strongest)
