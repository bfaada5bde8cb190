"""What a setting's text means, where it is more than a word or a number. Every mistake is a WrongVariable."""

import base64
import binascii
from datetime import timedelta
from urllib.parse import parse_qsl, unquote, urlsplit

from namens.lib import env, languages
from namens.lib.keyring import BadKeyring, Keyring
from namens.lib.limits import Limit

PAIRWISE_KEY_BYTES = 64


def database(url: str, *, has_replicas: bool = False) -> dict[str, object]:
    """Read `sqlite:///path` or `postgresql://user:password@host:port/name?host=folder`. Raises WrongVariable."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path),
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    if parts.scheme != "postgresql":
        raise env.WrongVariable("NAMENS_DATABASE_URL", expected="an address like sqlite:///… or postgresql://…")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "namens.replicas" if has_replicas else "django.db.backends.postgresql",
        "NAME": parts.path.removeprefix("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", parts.hostname or ""),
        "PORT": str(parts.port or query.get("port", "")),
        # After a restart of the database every connection that waited in the pool is dead: looked at before it is used.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 5}},
    }


def spoken(name: str, codes: list[str]) -> list[tuple[str, str]]:
    """Read the languages that people can choose, as code and own name: Dutch, and others. Raises WrongVariable."""
    expected = f"languages with commas between, {languages.DUTCH} among them; known are {', '.join(languages.KNOWN)}"
    try:
        found = languages.known(codes)
    except languages.UnknownLanguage:
        raise env.WrongVariable(name, expected=expected) from None
    if languages.language(languages.DUTCH) not in found:
        raise env.WrongVariable(name, expected=expected)
    return [(language.code, language.name) for language in found]


def keyring(text: str) -> Keyring:
    """Read the keyring of `NAMENS_KEYS`. Raises WrongVariable."""
    try:
        return Keyring.parse(text)
    except BadKeyring as problem:
        raise env.WrongVariable("NAMENS_KEYS", expected=f"id:base64 with commas between: {problem}") from None


def pairwise_key(encoded: str) -> bytes:
    """Read the key of `NAMENS_PAIRWISE_KEY`: 64 bytes. Raises WrongVariable."""
    try:
        key = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != PAIRWISE_KEY_BYTES:
        raise env.WrongVariable("NAMENS_PAIRWISE_KEY", expected="64 bytes in base64")
    return key


def within(name: str, value: int, *, most: int) -> int:
    """Give a number from 1 to `most`. Raises WrongVariable for any other: a slip of the pen must not end a limit."""
    if not 1 <= value <= most:
        raise env.WrongVariable(name, expected=f"a whole number from 1 to {most}")
    return value


def limit(name: str, *, times: int, hours: int, most: int = 100) -> Limit:
    """Give a limit of at most `most` times, within at most a week. Raises WrongVariable."""
    window = timedelta(hours=within(f"{name}_HOURS", hours, most=7 * 24))
    return Limit(times=within(name, times, most=most), window=window)
