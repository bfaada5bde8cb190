"""Settings for tests and checks: always the same, whatever the reader's own environment says."""

import base64
import os

from tools import places

KEY = base64.b64encode(bytes(range(32))).decode()
OLDER_KEY = base64.b64encode(bytes(range(32, 64))).decode()
PAIRWISE_KEY = base64.b64encode(bytes(range(64))).decode()
PREFIXES = ("NAMENS_", "REHEARSAL_", "PORTAL_", "DJANGO_", "PRACTICE_")
KEPT = ("NAMENS_TEST_DATABASE", "NAMENS_VAR", "NAMENS_CHROMIUM")


def unused_database() -> str:
    """The address of a SQLite file for what wants a database but has nothing to keep there."""
    folder = places.var() / "tests"
    folder.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{folder / 'unused.sqlite3'}"


def environment(*, database_url: str) -> dict[str, str]:
    """The environment without the reader's own settings, and with fixed ones."""
    others = {name: value for name, value in os.environ.items() if not name.startswith(PREFIXES) or name in KEPT}
    return {**others, **settings(database_url=database_url)}


def apply(*, database_url: str) -> None:
    """Put the fixed settings in this process's own environment."""
    wanted = environment(database_url=database_url)
    for name in set(os.environ) - set(wanted):
        del os.environ[name]
    os.environ.update(wanted)


def settings(*, database_url: str) -> dict[str, str]:
    """The fixed settings by name."""
    return {
        "DJANGO_SETTINGS_MODULE": "namens.settings",
        "NAMENS_ENVIRONMENT": "practice",
        "NAMENS_BASE_URL": "http://localhost:8000",
        "NAMENS_DATABASE_URL": database_url,
        "NAMENS_KEYS": f"new:{KEY},old:{OLDER_KEY}",
        "NAMENS_PAIRWISE_KEY": PAIRWISE_KEY,
        "NAMENS_HELPDESK_NAME": "Helpdesk Namens",
        "NAMENS_HELPDESK_PHONE": "0800 0123",
        "NAMENS_BRP_URL": "http://localhost:8002/brp",
        "NAMENS_BRP_API_KEY": "rehearsal-key",
        "NAMENS_BROKERS": str(places.ROOT / "tools" / "brokers.yaml"),
        "PRACTICE_DIGID": "http://localhost:8002/digid",
        "PRACTICE_EHERKENNING": "http://localhost:8002/eherkenning",
    }
