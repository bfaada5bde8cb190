"""The `fields` parameter: which paths exist, which may not be asked, and what of a record they let through."""

from collections.abc import Iterable, Mapping
from typing import Any

_NAME = ("voornamen", "voorvoegsel", "geslachtsnaam", "voorletters")
_ALLOWED = frozenset(
    [
        "burgerservicenummer",
        "geslacht",
        "leeftijd",
        "indicatieCurateleRegister",
        *("naam", "naam.volledigeNaam", *(f"naam.{part}" for part in _NAME)),
        *("geboorte", "geboorte.datum"),
        *("overlijden", "overlijden.datum"),
        *("adressering", "adressering.aanhef", "adressering.aanschrijfwijze", "adressering.aanschrijfwijze.naam"),
        *(f"adressering.{part}" for part in ("adresregel1", "adresregel2", "adresregel3", "land")),
        *("verblijfplaats", "verblijfplaats.functieAdres", "verblijfplaats.verblijfadres"),
        *("verblijfplaats.datumVan", "verblijfplaats.datumIngangGeldigheid", "verblijfplaats.verblijfadres.postcode"),
        *("partners", "partners.burgerservicenummer", "partners.soortVerbintenis"),
        *("partners.naam", *(f"partners.naam.{part}" for part in _NAME)),
        *("partners.geboorte", "partners.geboorte.datum"),
    ]
)
# These come by themselves whenever they apply; asking for them is an error in the real API.
_AUTOMATIC = frozenset({"geheimhoudingPersoonsgegevens", "opschortingBijhouding", "rni", "verificatie", "inOnderzoek"})
# And these within a group of which something is asked.
_AUTOMATIC_WITHIN = frozenset({"type", "inOnderzoek", "indicatieVastgesteldVerblijftNietOpAdres"})
_DATE_PARTS = frozenset({"type", "datum", "jaar", "maand", "onbekend", "langFormaat"})

Record = Mapping[str, Any]


def may_be_asked(path: str) -> bool:
    """Say whether the path exists and is not one that comes by itself."""
    return _whole_date(path) in _ALLOWED


def comes_by_itself(path: str) -> bool:
    """Say whether the path is one that is given unasked."""
    steps = path.split(".")
    return steps[0] in _AUTOMATIC or steps[-1] in _AUTOMATIC_WITHIN or "inOnderzoek" in steps


def select(record: Record, *, paths: Iterable[str]) -> dict[str, Any]:
    """Give the asked part of a record, with what comes by itself."""
    chosen: dict[str, Any] = {key: record[key] for key in _AUTOMATIC if key in record}
    if "overlijden" in record:
        chosen["overlijden"] = {"indicatieOverleden": True}
    for path in paths:
        _copy(record, chosen, steps=_whole_date(path).split("."))
    return chosen


def _whole_date(path: str) -> str:
    """Cut a path into a date off at the date: a date is given whole."""
    parent, _, last = path.rpartition(".")
    is_inside_date = last in _DATE_PARTS and parent.rpartition(".")[2].startswith("datum")
    return parent if is_inside_date else path


def _copy(source: Record, target: dict[str, Any], *, steps: list[str]) -> None:
    step, rest = steps[0], steps[1:]
    if step not in source:
        return
    found = source[step]
    if not rest:
        target[step] = {**target.get(step, {}), **found} if isinstance(found, dict) else found
    elif isinstance(found, list):
        kept = target.setdefault(step, [{} for _ in found])
        for item, chosen in zip(found, kept, strict=True):
            _copy(item, chosen, steps=rest)
    else:
        within = {name: found[name] for name in _AUTOMATIC_WITHIN if name in found}
        _copy(found, target.setdefault(step, within), steps=rest)
