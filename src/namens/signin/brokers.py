"""The brokers that people log in through: a YAML file, read once."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from django.conf import settings

from namens.lib.assurance import AssuranceLevel

_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,49}", re.ASCII)


class BadBrokers(ValueError):
    """The file with brokers cannot be used; the message says why and never holds a secret."""


@dataclass(frozen=True)
class Broker:
    """One OpenID Provider that says who is at the keyboard, and how its answers are read."""

    key: str
    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    scopes: tuple[str, ...] = ("openid",)
    bsn_claim: str = "bsn"
    assurance_claim: str = "acr"
    levels: tuple[tuple[str, AssuranceLevel], ...] = ()
    practice: bool = False

    def level_of(self, value: object) -> AssuranceLevel | None:
        """Give our level for the broker's word; None for a word we do not know."""
        if not isinstance(value, str):
            return None
        return dict(self.levels).get(value) or AssuranceLevel.from_uri(value)

    def word_for(self, level: AssuranceLevel) -> str:
        """Give the broker's word for our level."""
        return next((word for word, known in self.levels if known is level), level.uri)


def first() -> Broker:
    """Give the broker that people log in through unless they choose another. Raises BadBrokers."""
    return _read(settings.BROKERS_FILE)[0]


def find(key: str) -> Broker | None:
    """Give the broker with this key, or None."""
    return next((broker for broker in every() if broker.key == key), None)


def every() -> tuple[Broker, ...]:
    """Give all brokers. Raises BadBrokers."""
    return _read(settings.BROKERS_FILE)


@lru_cache(maxsize=4)
def _read(path: Path) -> tuple[Broker, ...]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        brokers = tuple(_broker(entry) for entry in content["brokers"])
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as problem:
        raise BadBrokers(f"{path} cannot be used: {type(problem).__name__} {problem}") from None
    if not brokers:
        raise BadBrokers(f"{path} names no broker")
    if len({broker.key for broker in brokers}) != len(brokers):
        raise BadBrokers(f"{path} names two brokers with the same key")
    return brokers


def _broker(entry: Mapping[str, Any]) -> Broker:
    claims = entry.get("claims") or {}
    return Broker(
        key=_key(entry["key"]),
        name=str(entry["name"]),
        issuer=_issuer(_text(entry["issuer"])),
        client_id=_text(entry["client_id"]),
        client_secret=_text(entry["client_secret"]),
        scopes=_scopes(entry.get("scopes")),
        bsn_claim=claims.get("bsn", "bsn"),
        assurance_claim=claims.get("assurance", "acr"),
        levels=tuple((word, AssuranceLevel(level)) for word, level in (entry.get("levels") or {}).items()),
        practice=bool(entry.get("practice", False)),
    )


def _key(value: object) -> str:
    if not (isinstance(value, str) and _KEY.fullmatch(value)):
        raise ValueError("a key has small letters, digits and dashes only: it stands in an address")
    return value


def _issuer(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        raise ValueError("an issuer is an address")
    return address.rstrip("/")


def _scopes(value: object) -> tuple[str, ...]:
    scopes = ("openid",) if value is None else tuple(value) if isinstance(value, list) else ()
    if "openid" not in scopes:
        raise ValueError("scopes is a list with openid in it")
    return scopes


def _text(value: object) -> str:
    """Give a text that stands in the file, or `{env: NAME}` in the environment."""
    if isinstance(value, Mapping):
        return os.environ[value["env"]]
    return str(value)
