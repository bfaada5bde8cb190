"""The NLGov API Design Rules 2.2.0: docs/api.md has every rule, and what it says of each is held here."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import override_settings

from namens.api import description
from namens.api.door import VERSION
from namens.api.operations import OPERATIONS
from namens.api.words import TAGS

ROOT = Path(__file__).parents[2]
TABLE = re.compile(r"^\| `(/core/[\w/-]+)` \|(.+)\|(.+)\|$", re.MULTILINE)
NAMED_TEST = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
RULES = {
    f"/core/{name}"
    for part in (
        "naming-resources naming-collections interface-language no-trailing-slash path-segments-kebab-case",
        "query-keys-camel-case hide-implementation date-time/format date-time/timezone",
        "date-time/date-omit-time-portion http-methods http-safety http-response-code stateless nested-child",
        "resource-operations error-handling/problem-details error-handling/invalid-input error-handling/all-errors",
        "doc-openapi doc-openapi-contact doc-language publish-openapi deprecation-schedule transition-period",
        "uri-version changelog semver version-header transport/tls transport/no-sensitive-uris",
        "transport/security-headers transport/cors modules/geospatial modules/signing modules/encryption",
    )
    for name in part.split(" ")
}
DOCUMENT: dict[str, Any] = json.loads(description.document())
DUTCH = set((Path(__file__).parent / "dutch_words.txt").read_text(encoding="utf-8").split())
# Names that a norm gives: RFC 9457 (problems), Standard Webhooks, RFC 6749 (`client_id`), the trade register.
OF_NORMS = {"type", "title", "status", "detail", "code", "requestId", "id", "clientId", "kvkNummer"}
# What may stand in an address. Whoever adds something asks first whether it says anything about a person.
IN_ADDRESSES = {"na", "aantal", "gewijzigdSinds", "vanaf", "id", "act"}
# A resource of one, and not a collection: how this portal is registered.
SINGULAR = {"portaal"}


def every_path() -> list[str]:
    return list(DOCUMENT["paths"])


def every_operation() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in DOCUMENT["paths"].items():
        for method, part in methods.items():
            yield path, method, part


def every_property() -> Iterator[tuple[str, dict[str, Any]]]:
    for schema in DOCUMENT["components"]["schemas"].values():
        yield from schema.get("properties", {}).items()


def parameters(place: str) -> set[str]:
    return {one["name"] for _, _, part in every_operation() for one in part["parameters"] if one["in"] == place}


def words_of(name: str) -> list[str]:
    """Give the words in a name, in camelCase or kebab-case."""
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z]+", name)]


def test_it_has_every_rule_once() -> None:
    listed = [rule for rule, _, _ in TABLE.findall((ROOT / "docs" / "api.md").read_text(encoding="utf-8"))]
    assert sorted(listed) == sorted(RULES)


def test_it_names_a_test_or_a_divergence_for_every_rule() -> None:
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    divergences = (ROOT / "docs" / "divergences.md").read_text(encoding="utf-8")
    for rule, _, shown in TABLE.findall(text):
        named = NAMED_TEST.findall(shown)
        for file, test in named:
            source = (ROOT / "tests" / file).read_text(encoding="utf-8")
            assert f"def {test}(" in source, f"{rule}: {test}"
        if "[divergence]" in shown:
            assert f"`{rule}`" in divergences, rule
        assert named or "[divergence]" in shown or "by its nature" in shown, rule


def test_it_lists_the_operations_that_there_are() -> None:
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for path, method, _ in every_operation():
        assert f"`{method.upper()} /v1{path}`" in text, path


def test_it_has_paths_in_kebab_case() -> None:
    segment = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*|\{[a-z]+\}")
    assert all(segment.fullmatch(one) for path in every_path() for one in path[1:].split("/"))


def test_it_has_query_keys_in_camel_case() -> None:
    assert all(re.fullmatch(r"[a-z][a-z\d]*([A-Z][a-z\d]*)*", name) for name in parameters("query"))


def test_it_has_names_in_camel_case() -> None:
    assert all(re.fullmatch(r"[a-z][a-z\d]*([A-Z][a-z\d]*)*", name) for name, _ in every_property())


def test_it_speaks_dutch() -> None:
    """Every word on the wire is in a list of Dutch words, or is one of a norm. Whoever adds a word looks twice."""
    segments = {one for path in every_path() for one in path[1:].split("/") if not one.startswith("{")}
    values = {value for _, schema in every_property() for value in schema.get("enum", [])}
    names = {name for name, _ in every_property()} | segments | values | parameters("query")
    assert {word for name in names - OF_NORMS for word in words_of(name) if word not in DUTCH} == set()


def test_it_names_collections_in_the_plural() -> None:
    for path in every_path():
        first = path[1:].split("/")[0]
        assert first in SINGULAR or first.endswith(("en", "s")), path
    assert set(TAGS) >= {path[1:].split("/")[0] for path in every_path()}


def test_it_uses_the_methods_that_everybody_knows() -> None:
    assert {method for _, method, _ in every_operation()} <= {"get", "post", "put", "patch", "delete"}


def test_it_keeps_what_is_about_one_under_what_it_is_about() -> None:
    assert "/machtigingen/zoekopdrachten" in every_path()
    assert all(path.count("/") <= 3 for path in every_path())


def test_it_keeps_no_person_in_an_address() -> None:
    assert parameters("query") | parameters("path") <= IN_ADDRESSES


def test_it_has_days_and_instants_in_their_formats() -> None:
    for name, schema in every_property():
        if name.endswith("Dag"):
            assert schema["format"] == "date", name
        if name in {"tijdstip", "gewijzigdOp", "gewijzigdSinds", "gemeldOp"}:
            assert (schema["type"], schema["format"]) == ("string", "date-time"), name


def test_it_describes_the_problems_of_every_operation() -> None:
    for path, _, part in every_operation():
        statuses = {status for status in part["responses"] if status >= "400"}
        assert {"400", "401", "403", "429", "500", "503"} <= statuses, path
        assert "422" not in statuses
        for status in statuses:
            assert list(part["responses"][status]["content"]) == ["application/problem+json"]
    fields = set(DOCUMENT["components"]["schemas"]["Probleem"]["required"])
    assert {"status", "title", "detail"} <= fields


def test_it_has_its_major_version_in_the_address() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", VERSION)
    assert [server["url"].rpartition("/")[2] for server in DOCUMENT["servers"]] == [f"v{VERSION.partition('.')[0]}"]


def test_it_has_its_newest_version_on_top_of_the_changelog() -> None:
    text = (ROOT / "docs" / "api-changelog.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d$", text, re.MULTILINE)
    assert versions[0] == VERSION
    numbers = [tuple(map(int, version.split("."))) for version in versions]
    assert numbers == sorted(set(numbers), reverse=True)


def test_it_says_whom_to_ask() -> None:
    assert DOCUMENT["info"]["contact"]["name"] == settings.API_CONTACT.name
    assert DOCUMENT["info"]["contact"]["url"].startswith("http")
    with override_settings(API_CONTACT=replace(settings.API_CONTACT, email="portalen@example.nl")):
        assert description.describe(OPERATIONS)["info"]["contact"]["email"] == "portalen@example.nl"
