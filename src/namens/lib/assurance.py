"""How sure a login is. A missing level counts as none: it meets no minimum."""

from enum import StrEnum


class AssuranceLevel(StrEnum):
    """Levels from weak to strong, each with its public URI."""

    BASIC = "basic"
    LOW = "low"
    SUBSTANTIAL = "substantial"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """Give the place in the order, 0 for the weakest."""
        return _RANKS[self]

    @property
    def uri(self) -> str:
        """Give the URI that tokens carry as `acr` (eIDAS; basic has one of its own)."""
        return _URIS[self]

    @classmethod
    def from_uri(cls, uri: str) -> "AssuranceLevel | None":
        """Give the level of a URI, compared without regard to case; None when it is not known."""
        return _LEVELS.get(uri.lower())


def meets(level: AssuranceLevel | None, *, minimum: AssuranceLevel) -> bool:
    """Say whether a login at `level` is good enough; no level is never good enough."""
    return level is not None and level.rank >= minimum.rank


_URIS = {
    AssuranceLevel.BASIC: "http://eID.logius.nl/LoA/basic",
    AssuranceLevel.LOW: "http://eidas.europa.eu/LoA/low",
    AssuranceLevel.SUBSTANTIAL: "http://eidas.europa.eu/LoA/substantial",
    AssuranceLevel.HIGH: "http://eidas.europa.eu/LoA/high",
}
_LEVELS = {uri.lower(): level for level, uri in _URIS.items()}
_RANKS = {level: rank for rank, level in enumerate(AssuranceLevel)}
