"""A cast: the test people and the organisation of one visitor. Numbers pass their tests, and nobody really has them."""

import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from rehearsal.organisations import Member, Organisation
from rehearsal.people import Address, Person, passes_eleven_test

CLIENT, HELPER, ELDER, PARTNER = "client", "helper", "elder", "partner"
MANAGER, MEMBER, ORGANISATION = "manager", "member", "organisation"
TEST_RANGE = "9999"
"""What the published BSNs for tests begin with."""
BASIS = "Wmo 2015, artikel 2.2.4 (oefenen)"
_LETTERS = "BCDFGHJKLMNPRTVWXZ"
_WORDS: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("names.yaml").read_text(encoding="utf-8"))

Claim = Callable[[str], bool]
"""Takes a number or a name for good; False when somebody has it already."""


@dataclass(frozen=True)
class Cast:
    """A client with DigiD, a helper, an elderly couple without DigiD, an organisation with a manager and a member."""

    id: str
    client: Person
    helper: Person
    elder: Person
    partner: Person
    organisation: Organisation

    @property
    def people(self) -> dict[str, Person]:
        """Give the people with a BSN, by their part."""
        return {CLIENT: self.client, HELPER: self.helper, ELDER: self.elder, PARTNER: self.partner}

    @property
    def manager(self) -> Member:
        """Give the manager of the organisation."""
        return self.organisation.members[0]

    @property
    def member(self) -> Member:
        """Give the member who has no licence yet."""
        return self.organisation.members[1]

    @property
    def mail_domain(self) -> str:
        """Give where all e-mail of this cast goes."""
        return f"{self.id}.oefenen.example"

    @property
    def desk_email(self) -> str:
        """Give the account of the helpdesk agent who answers this visitor's calls."""
        return f"helpdesk-{self.id}@namens.example"

    @property
    def numbers(self) -> list[str]:
        """Give everything by which a register finds one of them: BSNs and the KvK number."""
        return [*(person.bsn for person in self.people.values()), self.organisation.kvk]

    def name_of(self, part: str) -> str:
        """Give what the one with this part is called."""
        if part in self.people:
            return self.people[part].name
        members = {MANAGER: self.manager, MEMBER: self.member}
        return members[part].name if part in members else self.organisation.name

    def to_json(self) -> str:
        """Give it as text."""
        return json.dumps(asdict(self))


def from_json(text: str) -> Cast:
    """Read what `to_json` gave."""
    told = json.loads(text)
    members = tuple(Member(**one) for one in told["organisation"].pop("members"))
    people = {part: _person(told[part]) for part in (CLIENT, HELPER, ELDER, PARTNER)}
    return Cast(id=told["id"], **people, organisation=Organisation(**told["organisation"], members=members))


def invent(*, claim: Claim, today: date) -> Cast:
    """Make up a cast in which nothing is somebody else's. `claim` keeps what it takes."""
    families = _several(_WORDS["families"], 6)
    home = _address(claim)
    elder_bsn, partner_bsn = _bsn(claim), _bsn(claim)
    elder = _someone(_WORDS["women"], families[2], "V", elder_bsn, home, today, ages=(72, 90), about=_ABOUT[ELDER])
    partner = _someone(_WORDS["men"], families[3], "M", partner_bsn, home, today, ages=(72, 90), about=_ABOUT[PARTNER])
    return Cast(
        id=secrets.token_hex(5),
        client=_alone(_WORDS["women"], families[0], "V", claim, today, ages=(45, 70), about=_ABOUT[CLIENT]),
        helper=_alone(_WORDS["men"], families[1], "M", claim, today, ages=(25, 60), about=_ABOUT[HELPER]),
        elder=_without_digid(elder, partner_bsn),
        partner=_without_digid(partner, elder_bsn),
        organisation=_organisation(claim, families[4:]),
    )


def _several(words: Sequence[str], count: int) -> list[str]:
    chosen = list(words)
    secrets.SystemRandom().shuffle(chosen)
    return chosen[:count]


def _person(told: dict[str, Any]) -> Person:
    return Person(**{**told, "address": Address(**told["address"])})


def _alone(
    given: Sequence[str], family: str, gender: str, claim: Claim, today: date, *, ages: tuple[int, int], about: str
) -> Person:
    return _someone(given, family, gender, _bsn(claim), _address(claim), today, ages=ages, about=about)


def _someone(
    given: Sequence[str],
    family: str,
    gender: str,
    bsn: str,
    address: Address,
    today: date,
    *,
    ages: tuple[int, int],
    about: str,
) -> Person:
    youngest, oldest = ages
    days = youngest * 366 + secrets.randbelow((oldest - youngest) * 365)
    return Person(
        bsn=bsn,
        given_names=secrets.choice(given),
        family_name=family,
        gender=gender,
        born=(today - timedelta(days=days)).isoformat(),
        tour=True,
        about=about,
        address=address,
    )


def _without_digid(person: Person, partner: str) -> Person:
    return Person(**{**vars(person), "digid": False, "partner": partner})


def _bsn(claim: Claim) -> str:
    while True:
        number = f"{TEST_RANGE}{secrets.randbelow(100_000):05}"
        if passes_eleven_test(number) and claim(number):
            return number


def _address(claim: Claim) -> Address:
    """Make up an address at which nobody else lives: letters are told apart by it."""
    while True:
        postcode = f"{1000 + secrets.randbelow(9000)}{secrets.choice(_LETTERS)}{secrets.choice(_LETTERS)}"
        if claim(postcode):
            line = f"{secrets.choice(_WORDS['streets'])} {1 + secrets.randbelow(180)}"
            return Address(kind="home", line1=line, line2=f"{postcode} {secrets.choice(_WORDS['towns'])}")


def _organisation(claim: Claim, families: Sequence[str]) -> Organisation:
    people = (_member("manager", families[0]), _member("volunteer", families[1]))
    return Organisation(kvk=_kvk(claim), name=_name(claim), about=_ABOUT[ORGANISATION], members=people, bsn_basis=BASIS)


def _member(role: str, family: str) -> Member:
    given = secrets.choice(_WORDS["women"] if role == "manager" else _WORDS["men"])
    about = _ABOUT[MANAGER if role == "manager" else MEMBER]
    return Member(pseudonym=f"OEF-{secrets.token_hex(4).upper()}", name=f"{given} {family}", about=about, role=role)


def _kvk(claim: Claim) -> str:
    while True:
        number = f"00{secrets.randbelow(1_000_000):06}"
        if claim(number):
            return number


def _name(claim: Claim) -> str:
    while True:
        name = f"{secrets.choice(_WORDS['kinds'])} {secrets.choice(_WORDS['places'])} {100 + secrets.randbelow(900)}"
        if claim(name):
            return name


_ABOUT = {
    CLIENT: "Cliënt met DigiD, zonder toeslagpartner.",
    HELPER: "Helper: dat bent u zelf, als privépersoon.",
    ELDER: "Cliënt zonder DigiD, met een toeslagpartner.",
    PARTNER: "Toeslagpartner, ook zonder DigiD.",
    MANAGER: "Beheerder. Geeft licenties aan mensen van de organisatie.",
    MEMBER: "Vrijwilliger: dat bent u zelf, op uw werk.",
    ORGANISATION: "Hier werkt u als vrijwilliger.",
}
