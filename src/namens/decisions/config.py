"""What the decisions door can be told. Imports no Django, so that the settings can build it."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from namens.lib import env, variables
from namens.replicas import listing

DATABASES = "NAMENS_DECISIONS_DATABASE_URLS"
POSTGRESQL = "postgresql"


@dataclass(frozen=True, kw_only=True)
class DecisionSettings:
    """How decisions are read and answered.

    `url` is where portals reach this door, empty for: where the pages are. `database_urls` are the servers to read
    from: the one of everything else when none are named. Each process keeps `connections` to each of them, and lets at
    most `most_waiting` look-ups wait. `replicas` are the names under which PostgreSQL replicas follow: with any,
    nothing is answered from a server whose heartbeat is old. Entries for the journal wait in `folder`.

    `metrics_networks` may read the numbers. More than `many_reasons` told to one portal in five minutes raise an alarm.
    Traces go to `otlp_endpoint`, to nowhere when it is empty; of requests that bring no trace `trace_ratio` are in it.
    """

    url: str = ""
    database_urls: tuple[str, ...] = ()
    connections: int = 4
    most_waiting: int = 4096
    replicas: tuple[str, ...] = ()
    folder: Path
    metrics_networks: tuple[env.Network, ...] = ()
    many_reasons: int = 1000
    otlp_endpoint: str = ""
    trace_ratio: float = 0.0

    @property
    def journal_folder(self) -> Path:
        """Where entries for the journal wait."""
        return self.folder / "journal"

    @property
    def counts_folder(self) -> Path:
        """Where the processes of this machine put their numbers."""
        return self.folder / "counts"

    @classmethod
    def read(cls, *, folder: Path) -> "DecisionSettings":
        """Read them from the environment; `folder` is the default for entries that wait. Raises WrongVariable."""
        return cls(
            url=env.web_address("NAMENS_DECISIONS_URL"),
            database_urls=_databases(env.listed("NAMENS_DECISIONS_DATABASE_URLS"), own=env.text("NAMENS_DATABASE_URL")),
            connections=variables.within(
                "NAMENS_DECISIONS_CONNECTIONS", env.number("NAMENS_DECISIONS_CONNECTIONS", default=4), most=64
            ),
            most_waiting=variables.within(
                "NAMENS_DECISIONS_WAITING", env.number("NAMENS_DECISIONS_WAITING", default=4096), most=100_000
            ),
            replicas=_replicas(env.listed("NAMENS_REPLICAS")),
            folder=env.path("NAMENS_DECISIONS_FOLDER", default=folder),
            metrics_networks=tuple(env.networks("NAMENS_METRICS_NETWORKS", default="127.0.0.0/8,::1")),
            many_reasons=variables.within(
                "NAMENS_MANY_REASONS", env.number("NAMENS_MANY_REASONS", default=1000), most=1_000_000
            ),
            otlp_endpoint=env.web_address("NAMENS_OTLP_ENDPOINT"),
            trace_ratio=env.percentage("NAMENS_TRACE_PERCENT", default=0) / 100,
        )


def _databases(named: list[str], *, own: str) -> tuple[str, ...]:
    """Give the servers to read from. A file, or another kind of database than our own, is a slip of the pen."""
    if not named:
        return (own,)
    if urlsplit(own).scheme != POSTGRESQL:
        raise env.WrongVariable(DATABASES, expected="absent: NAMENS_DATABASE_URL is no PostgreSQL")
    if not all(map(_leads_somewhere, named)):
        raise env.WrongVariable(
            DATABASES, expected="addresses like postgresql://user:password@host/name, commas between"
        )
    return tuple(named)


def _leads_somewhere(url: str) -> bool:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - raises for one that is no number
    except ValueError:
        return False
    # Without a host there is a folder with a socket: postgresql:///name?host=/run/postgresql
    return parts.scheme == POSTGRESQL and bool(parts.path.strip("/")) and bool(parts.hostname or parts.query)


def _replicas(names: list[str]) -> tuple[str, ...]:
    if not all(map(listing.is_name, names)) or len(set(names)) != len(names):
        raise env.WrongVariable("NAMENS_REPLICAS", expected="different names of a-z, 0-9, _ and -, commas between")
    return tuple(names)
