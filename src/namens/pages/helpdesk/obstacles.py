"""What stands in the way of a letter, in words that say where a caller can go instead. No address is ever told."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from namens.population.addresses import Obstacle

_TOWN_HALL = gettext_noop("The register has no home address for this caller. Say: call the town hall, then us.")
_NOT_KNOWN = gettext_noop("The register does not know this person now. Say: call the town hall, then us.")
_HAS_OTHER_WAYS = frozenset({Obstacle.ABROAD, Obstacle.POSTAL_ADDRESS})
_ELSEWHERE = gettext_noop("Say: log in with DigiD, or call the service itself.")
_SENTENCES: dict[Obstacle, str] = {
    Obstacle.DECEASED: gettext_noop("The register says that this person died. Is that wrong? Say: call the town hall."),
    Obstacle.NO_KNOWN_ADDRESS: _TOWN_HALL,
    Obstacle.NOT_LIVING_THERE: _TOWN_HALL,
    Obstacle.ERRONEOUS_RECORD: gettext_noop(
        "Something is wrong with the caller’s data in the register. Say: call the town hall first, then us."
    ),
    Obstacle.ABROAD: gettext_noop("The caller lives abroad. A code goes to homes in the Netherlands only."),
    Obstacle.POSTAL_ADDRESS: gettext_noop(
        "The caller has an address for post only (briefadres). Others can open that post."
    ),
    Obstacle.UNDER_INVESTIGATION: gettext_noop(
        "The municipality is finding out whether the caller lives there. Say: call the town hall first, then us."
    ),
    Obstacle.GUARDIANSHIP: gettext_noop(
        "The caller is under guardianship (curatele). Say: your guardian arranges this and can call us."
    ),
    Obstacle.UNDER_AGE: gettext_noop(
        "The caller is not 18 yet. Say: a parent or guardian can call the service itself."
    ),
}


def why_not_sent(code: str) -> str:
    """Give why a letter did not leave, by the code that was kept with it."""
    known = next((obstacle for obstacle in Obstacle if obstacle.value == code), None)
    return _(_SENTENCES.get(known, _NOT_KNOWN)) if known else _(_NOT_KNOWN)


def sentences_for(obstacles: Iterable[Obstacle]) -> list[str]:
    """Give each reason once, and what is left when the address is the only trouble."""
    found = list(obstacles)
    reasons = dict.fromkeys(_(_SENTENCES[obstacle]) for obstacle in found)
    elsewhere = [_(_ELSEWHERE)] if found and _HAS_OTHER_WAYS.issuperset(found) else []
    return [*reasons, *elsewhere]
