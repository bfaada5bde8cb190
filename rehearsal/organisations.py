"""The test organisations and who works there, read from YAML."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from rehearsal.people import passes_eleven_test

PACKAGED = Path(__file__).with_name("organisations.yaml")
LONGEST_PSEUDONYM = 256
STRENGTHS = ("EH2", "EH2+", "EH3", "EH4")
ROLES = ("", "manager", "staff", "volunteer")

_KVK = re.compile(r"[0-9]{8}", re.ASCII)
_ESTABLISHMENT = re.compile(r"[0-9]{12}", re.ASCII)


class OrganisationsError(ValueError):
    """The file of organisations cannot be used; the message says which entry and why."""


@dataclass(frozen=True)
class Member:
    """Somebody who works somewhere, with a means of the organisation that is at most as strong as `strongest`.

    `establishment`: the means only works for that branch. `bsn`: who it is in `people.yaml`, if they help
    privately too; eHerkenning does not know that number. `role`: what they begin as at Namens, empty for nothing yet.
    """

    pseudonym: str
    name: str
    about: str
    strongest: str = STRENGTHS[-1]
    establishment: str = ""
    bsn: str = ""
    role: str = ""


@dataclass(frozen=True)
class Organisation:
    """One organisation in the trade register, with the people who can log in for it.

    `bsn_basis`: the law by which it may use BSNs at Namens, empty when it may not.
    """

    kvk: str
    name: str
    about: str
    members: tuple[Member, ...]
    bsn_basis: str = ""

    def find(self, pseudonym: str) -> Member | None:
        """Give the member with this pseudonym, if there is one."""
        return next((member for member in self.members if member.pseudonym == pseudonym), None)


@dataclass(frozen=True)
class Organisations:
    """All test organisations, in the order of the file."""

    all: tuple[Organisation, ...]

    def find(self, kvk: str) -> Organisation | None:
        """Give the organisation with this number, if there is one."""
        return next((organisation for organisation in self.all if organisation.kvk == kvk), None)

    def member(self, kvk: str, *, pseudonym: str) -> Member | None:
        """Give who has this pseudonym at this organisation. At another one the same pseudonym is somebody else."""
        organisation = self.find(kvk)
        return organisation.find(pseudonym) if organisation else None


def is_kvk_number(text: str) -> bool:
    """Say whether these are eight digits."""
    return bool(_KVK.fullmatch(text))


def is_pseudonym(text: str) -> bool:
    """Say whether these are visible characters, not too many."""
    return 0 < len(text) <= LONGEST_PSEUDONYM and text.isprintable() and " " not in text


def load(path: Path = PACKAGED) -> Organisations:
    """Read the organisations. Raises OrganisationsError."""
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    organisations = tuple(_organisation(entry) for entry in written["organisations"])
    if len({organisation.kvk for organisation in organisations}) != len(organisations):
        raise OrganisationsError("two organisations have the same number")
    return Organisations(organisations)


def _organisation(entry: Mapping[str, Any]) -> Organisation:
    values = dict(entry)
    name = values.get("name")
    try:
        members = tuple(_member(one, at=str(name)) for one in values.pop("members", ()))
        organisation = Organisation(**values, members=members)
    except TypeError as problem:
        raise OrganisationsError(f"{name}: {problem}") from None
    kvk = values.get("kvk")
    if not (isinstance(kvk, str) and is_kvk_number(kvk)):
        raise OrganisationsError(f"{name}: {kvk} is not a KvK number; write eight digits between quotes")
    if len({member.pseudonym for member in members}) != len(members):
        raise OrganisationsError(f"{name}: two members have the same pseudonym")
    return organisation


def _member(entry: Mapping[str, Any], *, at: str) -> Member:
    member = Member(**entry)
    checks = {
        "pseudonym": is_pseudonym(member.pseudonym),
        "strongest": member.strongest in STRENGTHS,
        "establishment": not member.establishment or bool(_ESTABLISHMENT.fullmatch(member.establishment)),
        "role": member.role in ROLES,
        "bsn": not member.bsn or passes_eleven_test(member.bsn),
    }
    wrong = [field for field, is_sound in checks.items() if not is_sound]
    if wrong:
        raise OrganisationsError(f"{at}: {member.name}: wrong {', '.join(wrong)}")
    return member
