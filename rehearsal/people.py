"""The test people, read from YAML. Their numbers lie in the published test range and pass the eleven-test."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

PACKAGED = Path(__file__).with_name("people.yaml")

_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_NINE_DIGITS = re.compile(r"[0-9]{9}", re.ASCII)
_PARTIAL_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", re.ASCII)


class PeopleError(ValueError):
    """The file of people cannot be used; the message says which person and why."""


@dataclass(frozen=True)
class Address:
    """Where somebody lives. `kind` is one of `home`, `institution`, `postal`, `abroad`, `unknown`.

    `since` is a date as in `born`; `days_ago` instead keeps the address equally new for ever. `investigated`: the
    municipality doubts it. `left`: it found that the person does not live there any more.
    """

    kind: str = "unknown"
    line1: str = ""
    line2: str = ""
    line3: str = ""
    country_code: str = ""
    country: str = ""
    since: str = ""
    days_ago: int | None = None
    investigated: bool = False
    left: bool = False

    def began(self, *, today: date) -> str:
        """Give from when somebody lives there, as the register has it; empty when unknown."""
        return self.since if self.days_ago is None else (today - timedelta(days=self.days_ago)).isoformat()


@dataclass(frozen=True)
class Person:
    """One test person. `born` is `1951-03-27`, `1951-03`, `1951` or empty; or one turns `turns` in `in_days` days."""

    bsn: str
    family_name: str
    about: str
    given_names: str = ""
    prefix: str = ""
    gender: str = "O"
    born: str = ""
    turns: int | None = None
    in_days: int = 0
    tour: bool = False
    digid: bool = True
    registered: bool = True
    died: str | None = None
    suspension: str = ""
    suspended: str = ""
    guardianship: bool = False
    secret: bool = False
    partner: str = ""
    address: Address = field(default_factory=Address)

    @property
    def name(self) -> str:
        """Give the full name, as one writes it."""
        return " ".join(part for part in (self.given_names, self.prefix, self.family_name) if part)

    def birth_date(self, *, today: date) -> str:
        """Give the date of birth as the register has it, empty when unknown. Some people keep the same age for ever."""
        if self.turns is None:
            return self.born
        birthday = today + timedelta(days=self.in_days)
        year = birthday.year - self.turns
        try:
            return birthday.replace(year=year).isoformat()
        except ValueError:  # 29 February in a year without one
            return date(year, 2, 28).isoformat()


@dataclass(frozen=True)
class People:
    """All test people, in the order of the file."""

    everybody: tuple[Person, ...]

    def find(self, bsn: str) -> Person | None:
        """Give the person with this number, if there is one."""
        return next((person for person in self.everybody if person.bsn == bsn), None)

    @property
    def with_digid(self) -> tuple[Person, ...]:
        """Give those who can log in."""
        return tuple(person for person in self.everybody if person.digid)


def passes_eleven_test(bsn: str) -> bool:
    """Say whether these are nine digits that pass the eleven-test (and are not all zero)."""
    if not _NINE_DIGITS.fullmatch(bsn) or bsn == "000000000":
        return False
    return sum(int(digit) * weight for digit, weight in zip(bsn, _WEIGHTS, strict=True)) % 11 == 0


def load(path: Path = PACKAGED) -> People:
    """Read the people. Raises PeopleError."""
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    people = People(tuple(_person(entry) for entry in written["people"]))
    _check_together(people)
    return people


def _person(entry: Mapping[str, Any]) -> Person:
    values = dict(entry)
    try:
        values["address"] = Address(**values.pop("address", {}))
        person = Person(**values)
    except TypeError as problem:
        raise PeopleError(f"{entry.get('family_name')}: {problem}") from None
    for written in (person.born, person.died or "", person.suspended, person.address.since):
        if written and not _PARTIAL_DATE.fullmatch(written):
            raise PeopleError(f"{person.name}: {written} is not a date; write it between quotes")
    if not passes_eleven_test(person.bsn):
        raise PeopleError(f"{person.name}: {person.bsn} does not pass the eleven-test")
    return person


def _check_together(people: People) -> None:
    if len({person.bsn for person in people.everybody}) != len(people.everybody):
        raise PeopleError("two people have the same number")
    for person in people.everybody:
        partner = people.find(person.partner)
        if person.partner and (partner is None or partner.partner != person.bsn):
            raise PeopleError(f"{person.name}: the partner does not say the same")
