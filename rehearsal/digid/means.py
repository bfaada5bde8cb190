"""What DigiD has for itself: people with a BSN, and its levels."""

import functools
import re

from rehearsal.openid.levels import Level, Levels
from rehearsal.openid.means import Form, LoggedIn, Means, Mistake
from rehearsal.people import People, passes_eleven_test

LEVELS = Levels(
    (
        Level("basic", "Basis", "http://eID.logius.nl/LoA/basic"),
        Level("low", "Midden", "http://eidas.europa.eu/LoA/low"),
        Level("substantial", "Substantieel", "http://eidas.europa.eu/LoA/substantial"),
        Level("high", "Hoog", "http://eidas.europa.eu/LoA/high"),
    ),
    default="low",
)
_SEPARATORS = re.compile(r"[\s.\-]+")


def digid(people: People, *, strangers: bool = True, detour: str = "") -> Means:
    """Give DigiD for these people. `strangers`: a number that nobody has logs in too."""
    return Means(
        key="digid",
        name="DigiD (oefenomgeving)",
        scope="bsn",
        claims=("bsn",),
        levels=LEVELS,
        choices=functools.partial(_choices, people),
        read=functools.partial(_read, people, strangers=strangers),
        detour=detour,
    )


def _read(people: People, form: Form, level: Level, *, strangers: bool) -> LoggedIn | Mistake:
    """Judge who it is. A number that was typed goes before a person that was picked."""
    typed = _SEPARATORS.sub("", form.get("bsn", ""))
    bsn = typed or form.get("person", "")
    if not bsn:
        return Mistake("Kies een persoon of typ een burgerservicenummer.", "person")
    field = "bsn" if typed else "person"
    if not passes_eleven_test(bsn):
        return Mistake("Dit is geen burgerservicenummer. Het heeft 9 cijfers. Controleer de cijfers.", field)
    person = people.find(bsn)
    if person is None and not strangers:
        return Mistake("Dit nummer hoort niet bij uw testpersonen. Kies iemand uit de lijst.", field)
    if person is not None and not person.digid:
        return Mistake("Deze persoon heeft geen DigiD. Kies iemand anders.", field)
    return LoggedIn(subject=bsn, claims={"bsn": bsn}, level=level)


def _choices(people: People, form: Form) -> dict[str, object]:
    return {"people": people.with_digid, "chosen_person": form.get("person", ""), "typed": form.get("bsn", "")}
