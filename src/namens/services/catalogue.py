"""The catalogue as a YAML file: reading it and finding what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from namens.lib.assurance import AssuranceLevel
from namens.lib.languages import KNOWN
from namens.services.models import MandatedTo
from namens.services.words import IN

LONGEST_MONTHS = 60
LONGEST_KEY, LONGEST_NAME, LONGEST_SENTENCE = 60, 64, 300
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_SERVICE_FIELDS = frozenset(
    {
        "id",
        "key",
        "name",
        "sentence",
        "provider",
        "minimum_level",
        "mandated_to",
        "longest_months",
        "sensitive_actions",
        IN,
    }
)


class BadCatalogue(ValueError):
    """The catalogue cannot be used; the message says where and why."""


@dataclass(frozen=True)
class ServiceEntry:
    """One service as the catalogue describes it."""

    id: UUID
    key: str
    name: str
    sentence: str
    provider: str
    provider_name: str
    minimum_level: AssuranceLevel
    mandated_to: MandatedTo
    longest_months: int
    sensitive_actions: tuple[dict[str, Any], ...]
    other_languages: dict[str, dict[str, str]]


@dataclass(frozen=True)
class SetEntry:
    """One service set: services granted in one act."""

    key: str
    name: str
    sentence: str
    services: tuple[str, ...]
    other_languages: dict[str, dict[str, str]]


@dataclass(frozen=True)
class Catalogue:
    """Everything that can be mandated."""

    services: tuple[ServiceEntry, ...]
    sets: tuple[SetEntry, ...]


def load(path: Path) -> Mapping[str, Any]:
    """Read a catalogue file and check it. Gives its content as plain data. Raises BadCatalogue."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        raise BadCatalogue(f"{path} cannot be read as YAML: {problem}") from None
    parse(content)
    return dict(content)


def parse(content: object) -> Catalogue:
    """Make a catalogue from plain data. Raises BadCatalogue."""
    if not isinstance(content, Mapping):
        raise BadCatalogue("a catalogue holds providers, services and sets")
    _only(content, frozenset({"providers", "services", "sets"}), "the catalogue")
    providers = [_provider(entry) for entry in _entries(content, "providers")]
    _unique([key for key, _ in providers], "provider keys")
    services = tuple(_service(entry, dict(providers)) for entry in _entries(content, "services"))
    keys = [service.key for service in services]
    _unique(keys, "service keys")
    _unique([service.id for service in services], "service ids")
    sets = tuple(_set(entry, frozenset(keys)) for entry in _entries(content, "sets"))
    _unique([one.key for one in sets] + keys, "keys of sets and services")
    return Catalogue(services=services, sets=sets)


def _entries(content: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    entries = content.get(name, [])
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) and "key" in entry for entry in entries):
        raise BadCatalogue(f"{name} must be a list of entries with a key")
    return entries


def _provider(entry: Mapping[str, Any]) -> tuple[str, str]:
    key = _key(entry)
    _only(entry, frozenset({"key", "name"}), f"provider {key}")
    return key, _words(entry, "name", most=LONGEST_NAME, of=f"provider {key}")


def _service(entry: Mapping[str, Any], providers: Mapping[str, str]) -> ServiceEntry:
    key = _key(entry)
    _only(entry, _SERVICE_FIELDS, f"service {key}")
    try:
        service = ServiceEntry(
            id=UUID(str(entry["id"])),
            key=key,
            name=_words(entry, "name", most=LONGEST_NAME, of=f"service {key}"),
            sentence=_words(entry, "sentence", most=LONGEST_SENTENCE, of=f"service {key}"),
            provider=str(entry["provider"]),
            provider_name=providers[str(entry["provider"])],
            minimum_level=AssuranceLevel(entry["minimum_level"]),
            mandated_to=MandatedTo(entry["mandated_to"]),
            longest_months=int(entry["longest_months"]),
            sensitive_actions=tuple(_action(action) for action in entry.get("sensitive_actions", [])),
            other_languages=_in_others(entry, ("sentence",), of=f"service {key}"),
        )
    except (KeyError, ValueError, TypeError) as problem:
        raise BadCatalogue(f"service {key}: {type(problem).__name__} {problem}") from None
    if not 1 <= service.longest_months <= LONGEST_MONTHS:
        raise BadCatalogue(f"service {key}: longest_months is from 1 to {LONGEST_MONTHS}")
    _unique([action["key"] for action in service.sensitive_actions], f"sensitive actions of service {key}")
    return service


def _action(entry: Mapping[str, Any]) -> dict[str, Any]:
    key, said = _key(entry), ("name", "question")
    _only(entry, frozenset({"key", *said, IN}), f"sensitive action {key}")
    words = {name: _words(entry, name, most=LONGEST_SENTENCE, of=f"action {key}") for name in said}
    others = _in_others(entry, said, of=f"action {key}")
    return {"key": key, **words, **({IN: others} if others else {})}


def _in_others(entry: Mapping[str, Any], said: tuple[str, ...], *, of: str) -> dict[str, dict[str, str]]:
    """Read the same words in other languages: all of them for each language that is there."""
    others = entry.get(IN, {})
    if not isinstance(others, Mapping) or not all(isinstance(words, Mapping) for words in others.values()):
        raise BadCatalogue(f"{of}: in holds words by language")
    for code, words in others.items():
        if code not in KNOWN:
            raise BadCatalogue(f"{of}: {code!r} is no language that we know")
        _only(words, frozenset(said), f"{of} in {code}")
    return {
        str(code): {name: _words(words, name, most=LONGEST_SENTENCE, of=f"{of} in {code}") for name in said}
        for code, words in others.items()
    }


def _set(entry: Mapping[str, Any], known: frozenset[str]) -> SetEntry:
    key, services = _key(entry), entry.get("services")
    _only(entry, frozenset({"key", "name", "sentence", "services", IN}), f"set {key}")
    if not isinstance(services, list) or not all(isinstance(one, str) and one in known for one in services):
        raise BadCatalogue(f"set {key}: services is a list of keys that the catalogue has")
    _unique(services, f"services of set {key}")
    if len(services) < 2:
        raise BadCatalogue(f"set {key} needs at least two services")
    return SetEntry(
        key=key,
        name=_words(entry, "name", most=LONGEST_NAME, of=f"set {key}"),
        sentence=_words(entry, "sentence", most=LONGEST_SENTENCE, of=f"set {key}"),
        services=tuple(services),
        other_languages=_in_others(entry, ("sentence",), of=f"set {key}"),
    )


def _key(entry: Mapping[str, Any]) -> str:
    key = str(entry["key"])
    if not _KEY.fullmatch(key) or len(key) > LONGEST_KEY:
        raise BadCatalogue(f"{key[:LONGEST_KEY]!r} is not a key: small letters, digits and dashes between them")
    return key


def _words(entry: Mapping[str, Any], name: str, *, most: int, of: str) -> str:
    words = entry.get(name)
    if not isinstance(words, str) or not words.strip() or len(words) > most:
        raise BadCatalogue(f"{of}: {name} is a text of at most {most} characters")
    return words


def _only(entry: Mapping[str, Any], known: frozenset[str], what: str) -> None:
    """Refuse a misspelt field: a catalogue that lost its sensitive actions to a typing error would widen mandates."""
    unknown = sorted(str(name) for name in entry.keys() - known)
    if unknown:
        raise BadCatalogue(f"{what} holds what nobody reads: {', '.join(unknown)}")


def _unique(values: list[Any], what: str) -> None:
    if len(set(values)) != len(values):
        raise BadCatalogue(f"{what} must differ from one another")
