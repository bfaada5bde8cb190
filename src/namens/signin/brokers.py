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
from namens.signin.claims import MemberClaims, PersonClaims
from namens.signin.login import LoginKind

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
    claims: PersonClaims | MemberClaims = field(default_factory=PersonClaims)
    assurance_claim: str = "acr"
    levels: tuple[tuple[str, AssuranceLevel], ...] = ()
    practice: bool = False

    @property
    def kind(self) -> LoginKind:
        """Give who logs in through this broker."""
        return self.claims.kind

    def level_of(self, value: object) -> AssuranceLevel | None:
        """Give our level for the broker's word; None for a word we do not know."""
        if not isinstance(value, str):
            return None
        return dict(self.levels).get(value) or AssuranceLevel.from_uri(value)

    def word_for(self, level: AssuranceLevel) -> str:
        """Give the broker's word for our level."""
        return next((word for word, known in self.levels if known is level), level.uri)


def first(*, kind: LoginKind = LoginKind.PERSON) -> Broker:
    """Give the broker that people log in through unless they choose another. Raises BadBrokers when there is none."""
    found = every(kind=kind)
    if not found:
        raise BadBrokers(f"{settings.BROKERS_FILE} names no broker of the kind {kind}")
    return found[0]


def find(key: str) -> Broker | None:
    """Give the broker with this key, or None."""
    return next((broker for broker in every() if broker.key == key), None)


def every(*, kind: LoginKind | None = None) -> tuple[Broker, ...]:
    """Give all brokers, or those of one kind. Raises BadBrokers."""
    return tuple(broker for broker in _read(settings.BROKERS_FILE) if kind in {None, broker.kind})


@lru_cache(maxsize=4)
def _read(path: Path) -> tuple[Broker, ...]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        brokers = tuple(_broker(entry) for entry in content["brokers"])
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as problem:
        raise BadBrokers(f"{path} cannot be used: {type(problem).__name__} {problem}") from None
    if not any(broker.kind is LoginKind.PERSON for broker in brokers):
        raise BadBrokers(f"{path} names no broker that persons log in through")
    if len({broker.key for broker in brokers}) != len(brokers):
        raise BadBrokers(f"{path} names two brokers with the same key")
    return brokers


def _broker(entry: Mapping[str, Any]) -> Broker:
    names = _claim_names(entry.get("claims") or {})
    assurance = names.pop("assurance", "acr")
    kind = LoginKind(entry.get("kind", LoginKind.PERSON))
    return Broker(
        key=_key(entry["key"]),
        name=str(entry["name"]),
        issuer=_issuer(_text(entry["issuer"])),
        client_id=_text(entry["client_id"]),
        client_secret=_text(entry["client_secret"]),
        scopes=_scopes(entry.get("scopes")),
        assurance_claim=assurance,
        claims=PersonClaims(**names) if kind is LoginKind.PERSON else MemberClaims(**names),
        levels=tuple((word, AssuranceLevel(level)) for word, level in (entry.get("levels") or {}).items()),
        practice=bool(entry.get("practice", False)),
    )


def _key(value: object) -> str:
    if not (isinstance(value, str) and _KEY.fullmatch(value)):
        raise ValueError("a key has small letters, digits and dashes only: it stands in an address")
    return value


def _claim_names(written: Mapping[str, object]) -> dict[str, Any]:
    """Read what a broker calls its claims: texts, or nothing for the name qualifier that some never send."""
    for name, claim in written.items():
        is_never_sent = name == "name_qualifier" and claim is None
        if not is_never_sent and not (isinstance(claim, str) and claim):
            raise ValueError("the name of a claim is a text")
    return dict(written)


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
