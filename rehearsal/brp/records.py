"""A test person as the BRP describes somebody. Gives everything; `fields` chooses from it."""

from datetime import date
from typing import Any

from rehearsal.dates import as_register_date
from rehearsal.people import Address, People, Person

_SUSPENSIONS = {
    "O": "overlijden",
    "E": "emigratie",
    "M": "ministerieel besluit",
    "R": "pl is aangelegd in de rni",
    "F": "fout",
    "W": "wissen",
    ".": "onbekend",
}
# Records that were wrong or are wiped are not given at all when asked by number.
NOT_GIVEN = frozenset({"F", "W"})

_GENDERS = {"M": "man", "V": "vrouw", "O": "onbekend"}
_SALUTATIONS = {"M": "Geachte heer", "V": "Geachte mevrouw"}


def record(person: Person, *, people: People, today: date) -> dict[str, Any]:
    """Give the whole record of a person; parts that do not apply are absent, as in the real API."""
    found: dict[str, Any] = {
        "burgerservicenummer": person.bsn,
        "geslacht": {"code": person.gender, "omschrijving": _GENDERS[person.gender]},
        "naam": _name(person),
        "geboorte": {"datum": as_register_date(person.birth_date(today=today))},
        "adressering": _addressing(person),
        **_residence(person.address, today=today),
        **_ending(person),
    }
    if person.guardianship:
        found["indicatieCurateleRegister"] = True
    if person.secret:
        found["geheimhoudingPersoonsgegevens"] = True
    partner = people.find(person.partner)
    if partner:
        found["partners"] = [_partner(partner, today=today)]
    return found


def _name(person: Person) -> dict[str, str]:
    initials = "".join(f"{name[0]}." for name in person.given_names.split())
    parts = {
        "voornamen": person.given_names,
        "voorvoegsel": person.prefix,
        "geslachtsnaam": person.family_name,
        "voorletters": initials,
        "volledigeNaam": person.name,
    }
    return {key: value for key, value in parts.items() if value}


def _addressing(person: Person) -> dict[str, Any]:
    family = " ".join(part for part in (person.prefix, person.family_name) if part)
    lines = {
        "adresregel1": person.address.line1,
        "adresregel2": person.address.line2,
        "adresregel3": person.address.line3,
    }
    found: dict[str, Any] = {
        "aanhef": f"{_SALUTATIONS.get(person.gender, 'Geachte')} {family[:1].upper()}{family[1:]}",
        "aanschrijfwijze": {"naam": f"{_name(person).get('voorletters', '')} {family}".strip()},
        **{key: line for key, line in lines.items() if line},
        **_doubts(person.address, "adresregel1", "adresregel2"),
    }
    if person.address.country:
        found["land"] = {"code": person.address.country_code, "omschrijving": person.address.country}
    return found


def _residence(address: Address, *, today: date) -> dict[str, Any]:
    began = as_register_date(address.began(today=today))
    return {"verblijfplaats": {**_place(address), "datumVan": began, **_doubts(address, "type")}}


def _place(address: Address) -> dict[str, Any]:
    if address.kind == "unknown":
        return {"type": "VerblijfplaatsOnbekend"}
    if address.kind == "abroad":
        lines = {"regel1": address.line1, "regel2": address.line2, "regel3": address.line3}
        country = {"land": {"code": address.country_code, "omschrijving": address.country}}
        kept = {key: line for key, line in lines.items() if line}
        return {"type": "VerblijfplaatsBuitenland", "verblijfadres": {**kept, **country}}
    postcode, _, town = address.line2.partition(" ")
    street, _, number = address.line1.rpartition(" ")
    written = {"officieleStraatnaam": street, "huisnummer": int(number), "postcode": postcode, "woonplaats": town}
    return {"type": "Adres", "functieAdres": _FUNCTIONS[address.kind], "verblijfadres": written}


def _doubts(address: Address, *names: str) -> dict[str, Any]:
    """Give what the register adds by itself to a group with an address that is doubted, or found to be wrong."""
    found: dict[str, Any] = {}
    if address.left:
        found["indicatieVastgesteldVerblijftNietOpAdres"] = True
    if address.investigated or address.left:
        found["inOnderzoek"] = dict.fromkeys(names, True)
    return found


def _ending(person: Person) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if person.died is not None:
        found["overlijden"] = {"indicatieOverleden": True, "datum": as_register_date(person.died)}
    if person.suspension:
        reason = {"code": person.suspension, "omschrijving": _SUSPENSIONS[person.suspension]}
        found["opschortingBijhouding"] = {"reden": reason, "datum": as_register_date(person.suspended)}
    return found


def _partner(partner: Person, *, today: date) -> dict[str, Any]:
    return {
        "burgerservicenummer": partner.bsn,
        "soortVerbintenis": {"code": "H", "omschrijving": "huwelijk"},
        "naam": {key: value for key, value in _name(partner).items() if key != "volledigeNaam"},
        "geboorte": {"datum": as_register_date(partner.birth_date(today=today))},
    }


_HOME = {"code": "W", "omschrijving": "woonadres"}
_POSTAL = {"code": "B", "omschrijving": "briefadres"}
_FUNCTIONS = {"home": _HOME, "institution": _POSTAL, "postal": _POSTAL}
