"""What the decisions door can be told. Imports no Django, so that the settings can build it."""

from dataclasses import dataclass
from pathlib import Path

from namens.lib import env, variables
from namens.replicas import listing


@dataclass(frozen=True, kw_only=True)
class DecisionSettings:
    """How decisions are read and answered.

    `url` is where portals reach this door, empty for: where the pages are. `database_urls` are the servers to read
    from: the one of everything else when none are named. Each process keeps `connections` to each of them, and lets at
    most `most_waiting` look-ups wait. `replicas` are the names under which PostgreSQL replicas follow: with any, nothing
    is answered from a server whose heartbeat is old. Entries for the journal wait in `folder`.
    """

    url: str = ""
    database_urls: tuple[str, ...]
    connections: int = 4
    most_waiting: int = 4096
    replicas: tuple[str, ...] = ()
    folder: Path

    @classmethod
    def read(cls, *, folder: Path) -> "DecisionSettings":
        """Read them from the environment; `folder` is the default for entries that wait. Raises WrongVariable."""
        return cls(
            url=env.text("NAMENS_DECISIONS_URL", default="").rstrip("/"),
            database_urls=tuple(env.listed("NAMENS_DECISIONS_DATABASE_URLS") or [env.text("NAMENS_DATABASE_URL")]),
            connections=variables.within(
                "NAMENS_DECISIONS_CONNECTIONS", env.number("NAMENS_DECISIONS_CONNECTIONS", default=4), most=64
            ),
            most_waiting=variables.within(
                "NAMENS_DECISIONS_WAITING", env.number("NAMENS_DECISIONS_WAITING", default=4096), most=100_000
            ),
            replicas=_replicas(env.listed("NAMENS_REPLICAS")),
            folder=env.path("NAMENS_DECISIONS_FOLDER", default=folder),
        )


def _replicas(names: list[str]) -> tuple[str, ...]:
    if not all(map(listing.is_name, names)) or len(set(names)) != len(names):
        raise env.WrongVariable("NAMENS_REPLICAS", expected="different names of a-z, 0-9, _ and -, commas between")
    return tuple(names)
