"""Tricks with signed objects, at every place that reads one (RFC 8725): all are refused, and nothing breaks."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import namens
from namens.parties.models import Party
from tests.openid.jose import FORGERIES, Trick
from tests.openid.jose_odd import HEADERS, NO_TEXTS, NO_TIMES, STRANGE
from tests.openid.jose_places import PLACES, Place, logout_message, request_object
from tests.openid.relying import Answer, RelyingParty, registered, terms_of
from tests.openid.renewing import DECISIONS

ROOT = Path(namens.__file__).parent
READING = {"opened", "unproven", "proven", "decode", "deserialize_compact", "deserialize_json", "extract_compact"}
MODULES_OF_JOSE = {"jwt", "jws", "jwe", "signing", ""}
at_each_place = pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
at_each_place_of_portals = pytest.mark.parametrize(
    "place",
    [place for place in PLACES.values() if place.is_of_portal],
    ids=[name for name, place in PLACES.items() if place.is_of_portal],
)


@pytest.fixture
def portal(catalogue: None, signing_keys: None) -> RelyingParty:  # noqa: ARG001 - asked for their effect
    """A portal that may do everything at once."""
    return registered(replace(terms_of("mijn-overheid"), machine_scopes=(DECISIONS,)))


def what_came_of(place: Place, portal: RelyingParty, text: str) -> str:
    """Show an object, and say how it went."""
    answer: Answer = place.show(portal, text)
    if answer.status_code >= 500:
        return f"broke: {answer.status_code}"
    return "taken" if place.took(answer) else "refused"


def outcomes(place: Place, portal: RelyingParty, person: Party, tricks: dict[str, Trick]) -> dict[str, str]:
    """Try each trick with an object that is in order but for that; what came of it, by name.

    Before and after them one without a trick is taken: so it is the trick that is refused.
    """
    assert what_came_of(place, portal, place.fresh(portal, person).text) == "taken"
    shown = place.fresh(portal, person)
    of_portal = place.is_of_portal
    found = {
        name: what_came_of(place, portal, trick(place.fresh(portal, person) if of_portal else shown))
        for name, trick in tricks.items()
        if name not in place.harmless
    }
    assert what_came_of(place, portal, place.fresh(portal, person).text) == "taken"
    return found


def not_refused(outcome: dict[str, str]) -> dict[str, str]:
    return {name: how for name, how in outcome.items() if how != "refused"}


@at_each_place
def test_it_takes_nothing_from_who_has_no_key(portal: RelyingParty, bram: Party, place: Place) -> None:
    assert not_refused(outcomes(place, portal, bram, dict(FORGERIES))) == {}


@at_each_place_of_portals
def test_it_takes_no_odd_header_from_a_portal(portal: RelyingParty, bram: Party, place: Place) -> None:
    assert not_refused(outcomes(place, portal, bram, dict(HEADERS))) == {}


@at_each_place_of_portals
def test_it_breaks_on_nothing_strange(portal: RelyingParty, bram: Party, place: Place) -> None:
    found = outcomes(place, portal, bram, dict(STRANGE))
    assert {name: how for name, how in found.items() if how.startswith("broke")} == {}


@at_each_place_of_portals
def test_it_takes_no_time_that_is_none(portal: RelyingParty, bram: Party, place: Place) -> None:
    tricks = {f"{name} {value!r}"[:60]: saying(name, value) for name in place.times for value in NO_TIMES}
    assert not_refused(outcomes(place, portal, bram, tricks)) == {}


@at_each_place_of_portals
def test_it_takes_no_name_that_is_none(portal: RelyingParty, bram: Party, place: Place) -> None:
    tricks = {f"{name} {value!r}"[:60]: saying(name, value) for name in place.texts for value in NO_TEXTS}
    assert not_refused(outcomes(place, portal, bram, tricks)) == {}


def saying(name: str, value: object) -> Trick:
    return lambda shown: shown.saying(**{name: value}).text


@at_each_place
def test_it_takes_no_object_of_another_kind(portal: RelyingParty, bram: Party, place: Place) -> None:
    place.fresh(portal, bram)
    kinds = {fresh: fresh(portal, bram) for fresh in {logout_message, *(other.fresh for other in PLACES.values())}}
    found = {
        fresh.__name__: what_came_of(place, portal, shown.text)
        for fresh, shown in kinds.items()
        if fresh not in {place.fresh, *place.takes_also}
    }
    assert not_refused(found) == {}


def test_it_takes_no_question_for_a_proof_of_who_asks(portal: RelyingParty, bram: Party) -> None:
    asked = request_object(portal, bram)
    names = {"sub": portal.portal.client_id, "jti": "a-question-that-looks-like-a-proof"}
    as_question, as_proof = (asked.saying(**names).headed(typ=typ) for typ in ("oauth-authz-req+jwt", "JWT"))
    place = PLACES["client assertion"]
    assert what_came_of(place, portal, as_question.text) == "refused"
    # Were it called nothing special, both places could take it: so the other one does not.
    assert what_came_of(PLACES["request object"], portal, as_proof.text) == "refused"


def test_it_tries_every_module_that_reads_signed_objects() -> None:
    tried = {module for place in PLACES.values() for module in place.modules}
    found = {module for room in ("openid", "grants") for module in readers(room)}
    assert found == tried


def readers(room: str) -> Iterator[str]:
    """Give the modules of a room that read a signed object."""
    for path in sorted((ROOT / room).rglob("*.py")):
        if any(is_reading(node) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))):
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts)


def is_reading(node: ast.AST) -> bool:
    """Say whether this is a call like `jwt.decode(…)` or `opened(…)`; `bytes.decode()` is none."""
    if not isinstance(node, ast.Call):
        return False
    called = node.func
    if isinstance(called, ast.Attribute):
        return called.attr in READING and isinstance(called.value, ast.Name) and called.value.id in MODULES_OF_JOSE
    return isinstance(called, ast.Name) and called.id in READING
