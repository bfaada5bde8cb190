"""Reads an answer of the BRP Personen API into facts. Whatever does not look as described is refused, not guessed."""

import json
import re
from collections.abc import Mapping
from typing import Any

from namens.lib.partial_date import PartialDate
from namens.parties.facts import PersonFacts, PersonName, StopSignal
from namens.parties.identifiers import Bsn
from namens.population.answers import Found, NotFound

KIND = "RaadpleegMetBurgerservicenummer"

# What we ask. `opschortingBijhouding` comes by itself whenever it applies; asking for it is an error.
FIELDS = (
    "burgerservicenummer",
    "naam.voornamen",
    "naam.voorvoegsel",
    "naam.geslachtsnaam",
    "geboorte.datum",
    "overlijden.datum",
    "indicatieCurateleRegister",
)

# Emigrated, by decision of the minister (diplomats), registered as non-resident: all may give a mandate.
_HARMLESS_SUSPENSIONS = frozenset({"E", "M", "R"})
_DIED = "O"

# Control characters, and those that turn the direction of the text after them.
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_HALF_A_CHARACTER = re.compile(r"[\ud800-\udfff]")

Part = Mapping[str, Any]


class RecordError(ValueError):
    """The answer is not as the API describes it. The message never repeats any of it."""

    def __init__(self) -> None:
        super().__init__("the population register gave an answer that cannot be read")


def question(bsn: Bsn) -> bytes:
    """Give the body that asks for one person."""
    return json.dumps({"type": KIND, "burgerservicenummer": [bsn.digits], "fields": FIELDS}).encode()


def read(body: bytes, *, bsn: Bsn) -> Found | NotFound:
    """Read the answer to `question(bsn)`. Raises RecordError, also when it is about somebody else."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        raise RecordError from None
    if not isinstance(answer, Mapping) or answer.get("type") != KIND:
        raise RecordError
    people = answer.get("personen")
    if people == []:
        return NotFound()
    if not isinstance(people, list) or len(people) != 1:
        raise RecordError
    person = _part(people[0])
    if person.get("burgerservicenummer") != bsn.digits:
        raise RecordError
    return Found(facts_of(person))


def facts_of(person: Part) -> PersonFacts:
    """Read one person. Raises RecordError."""
    return PersonFacts(
        name=_name(_part(person.get("naam"))),
        birth_date=_date(_part(person.get("geboorte", {})).get("datum")),
        signals=frozenset(_signals(person)),
    )


def _name(written: Part) -> PersonName:
    name = PersonName(
        given_names=_text(written.get("voornamen", "")),
        prefix=_text(written.get("voorvoegsel", "")),
        family_name=_text(written.get("geslachtsnaam", "")),
    )
    if not name.given_names and not name.family_name:
        raise RecordError
    return name


def _date(written: object) -> PartialDate | None:
    """Read one of the four date types; None when the date is wholly unknown or not registered."""
    if written is None:
        return None
    part = _part(written)
    try:
        match part.get("type"):
            case "Datum":
                return PartialDate.parse(_text(part["datum"]))
            case "JaarMaandDatum":
                return PartialDate(_number(part["jaar"]), _number(part["maand"]))
            case "JaarDatum":
                return PartialDate(_number(part["jaar"]))
            case "DatumOnbekend":
                return None
    except (KeyError, ValueError, OverflowError):
        raise RecordError from None
    raise RecordError


def _signals(person: Part) -> set[StopSignal]:
    found: set[StopSignal] = set()
    if "overlijden" in person and _part(person["overlijden"]).get("indicatieOverleden") is not False:
        found.add(StopSignal.DECEASED)
    if _is_true(person.get("indicatieCurateleRegister", False)):
        found.add(StopSignal.GUARDIANSHIP)
    if "opschortingBijhouding" in person:
        found |= _suspension(_part(person["opschortingBijhouding"]))
    return found


def _suspension(written: Part) -> set[StopSignal]:
    """Give the signal of a record that is no longer kept; a reason that we do not know stops too."""
    reason = _part(written.get("reden", {})).get("code")
    if reason == _DIED:
        return {StopSignal.DECEASED}
    return set() if reason in _HARMLESS_SUSPENSIONS else {StopSignal.ERRONEOUS}


def _part(value: object) -> Part:
    if not isinstance(value, Mapping):
        raise RecordError
    return value


def _text(value: object) -> str:
    # Half a surrogate pair is valid JSON, and nothing that can be stored.
    if not isinstance(value, str) or _HALF_A_CHARACTER.search(value):
        raise RecordError
    return " ".join(_INVISIBLE.sub("", value).split())


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise RecordError
    return value


def _is_true(value: object) -> bool:
    if not isinstance(value, bool):
        raise RecordError
    return value
