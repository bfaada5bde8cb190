"""What eHerkenning has for itself: organisations with a KvK number and the people who work there, and its levels.

The names of the claims are those of eHerkenning's attribute catalogue, as django-digid-eherkenning reads them.
"""

import functools
import re

from rehearsal.openid.levels import Level, Levels
from rehearsal.openid.means import Form, LoggedIn, Means, Mistake
from rehearsal.organisations import STRENGTHS, Member, Organisations, is_kvk_number, is_pseudonym

NAME_QUALIFIER = "namequalifier"
KVK_NUMBER = "urn:etoegang:1.9:EntityConcernedID:KvKnr"
KVK = "urn:etoegang:core:LegalSubjectID"
PSEUDONYM = "urn:etoegang:core:ActingSubjectID"
ESTABLISHMENT = "urn:etoegang:1.9:ServiceRestriction:Vestigingsnr"

_CLASS = "urn:etoegang:core:assurance-class:"
_VALUES = {"EH2": "loa2", "EH2+": "loa2plus", "EH3": "loa3", "EH4": "loa4"}
LEVELS = Levels(
    tuple(Level(_VALUES[name], name, f"{_CLASS}{_VALUES[name]}") for name in STRENGTHS),
    default="loa2plus",
)
_SEPARATORS = re.compile(r"[\s.\-]+")


def eherkenning(organisations: Organisations, *, strangers: bool = True, detour: str = "") -> Means:
    """Give eHerkenning for these organisations. `strangers`: who works at none of them logs in too."""
    return Means(
        key="eherkenning",
        name="eHerkenning (oefenomgeving)",
        scope="kvk",
        claims=(NAME_QUALIFIER, KVK, PSEUDONYM, ESTABLISHMENT),
        levels=LEVELS,
        choices=functools.partial(_choices, organisations),
        read=functools.partial(_read, organisations, strangers=strangers),
        detour=detour,
    )


def _read(organisations: Organisations, form: Form, level: Level, *, strangers: bool) -> LoggedIn | Mistake:
    """Judge who it is. What was typed goes before a person that was picked."""
    typed = _typed(form)
    kvk, pseudonym = typed if any(typed) else _picked(form)
    if not (kvk or pseudonym):
        return Mistake("Kies een persoon, of typ een KvK-nummer en een pseudoniem.", "person")
    if not is_kvk_number(kvk):
        sentence = "Dit is geen KvK-nummer. Het heeft 8 cijfers. Controleer de cijfers."
        return Mistake(sentence, "kvk" if any(typed) else "person")
    if not is_pseudonym(pseudonym):
        sentence = "Typ een pseudoniem van 1 tot 256 tekens, zonder spaties."
        return Mistake(sentence, "pseudonym" if any(typed) else "person")
    member = organisations.member(kvk, pseudonym=pseudonym)
    if member is None and not strangers:
        return Mistake("Deze persoon hoort niet bij uw testpersonen. Kies iemand uit de lijst.", "person")
    if member is not None and _is_beyond(level, member):
        return Mistake(f"Het middel van deze persoon gaat tot {member.strongest}. Kies {member.strongest}.", "level")
    return LoggedIn(subject=f"{kvk}\0{pseudonym}", claims=_claims(kvk, pseudonym, member), level=level)


def _typed(form: Form) -> tuple[str, str]:
    return _SEPARATORS.sub("", form.get("kvk", "")), form.get("pseudonym", "").strip()


def _picked(form: Form) -> tuple[str, str]:
    kvk, _, pseudonym = form.get("person", "").partition(":")
    return kvk, pseudonym


def _is_beyond(level: Level, member: Member) -> bool:
    strongest = next(known for known in LEVELS.all if known.name == member.strongest)
    return LEVELS.exceeds(level, strongest=strongest)


def _claims(kvk: str, pseudonym: str, member: Member | None) -> dict[str, str]:
    restricted = {ESTABLISHMENT: member.establishment} if member and member.establishment else {}
    return {NAME_QUALIFIER: KVK_NUMBER, KVK: kvk, PSEUDONYM: pseudonym, **restricted}


def _choices(organisations: Organisations, form: Form) -> dict[str, object]:
    return {
        "organisations": organisations.all,
        "chosen_person": form.get("person", ""),
        "typed_kvk": form.get("kvk", ""),
        "typed_pseudonym": form.get("pseudonym", ""),
    }
