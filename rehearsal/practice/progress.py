"""How far one visitor is with one exercise, as a page shows it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from rehearsal.practice.casts import CLIENT, ELDER, HELPER, MANAGER, MEMBER, ORGANISATION, PARTNER, Cast
from rehearsal.practice.checks import Astray
from rehearsal.practice.exercises import Exercise, Standing, length_in_words, sentence

_BEGINNING = re.compile(r"(^|\. )([a-z])")
HINT_AFTER = timedelta(minutes=1)
IN_GENERAL = {
    CLIENT: {"nl": "uw cliënt", "en": "your client"},
    HELPER: {"nl": "de helper", "en": "the helper"},
    ELDER: {"nl": "uw cliënt", "en": "your client"},
    PARTNER: {"nl": "haar partner", "en": "her partner"},
    MANAGER: {"nl": "de beheerder", "en": "the manager"},
    MEMBER: {"nl": "de vrijwilliger", "en": "the volunteer"},
    ORGANISATION: {"nl": "uw organisatie", "en": "your organisation"},
}
"""What people are called on a sheet for a whole group."""


@dataclass(frozen=True)
class ShownStep:
    """One step in words. `state` is `done`, `now` or `later`."""

    say: str
    hint: str
    state: str


@dataclass(frozen=True)
class Shown:
    """A whole exercise in words."""

    steps: tuple[ShownStep, ...]
    astray: str
    with_hint: bool
    is_done: bool


def shown(
    exercise: Exercise,
    standing: Standing,
    *,
    names: Mapping[str, str],
    language: str,
    began_at: datetime,
    now: datetime,
) -> Shown:
    """Put how far somebody is into words; the hint opens by itself after a minute without anything done."""
    steps = [
        ShownStep(
            say=with_capitals(step.say[language].format(**names)),
            hint=step.hint[language].format(**names),
            state="done" if at is not None else "now" if number == standing.current else "later",
        )
        for number, (step, at) in enumerate(zip(exercise.steps, standing.done, strict=True))
    ]
    return Shown(
        steps=tuple(steps),
        astray=_astray(standing.astray, language=language) if standing.astray else "",
        with_hint=now - standing.last_done(began_at=began_at) >= HINT_AFTER,
        is_done=standing.current is None,
    )


def names_in(cast: Cast) -> dict[str, str]:
    """Give what everybody in this cast is called, by part."""
    return {part: cast.name_of(part) for part in IN_GENERAL}


def names_in_general(language: str) -> dict[str, str]:
    """Give what everybody is called where no cast is meant."""
    return {part: words[language] for part, words in IN_GENERAL.items()}


def with_capitals(text: str) -> str:
    """Give sentences with a capital each: one may begin with `uw cliënt`."""
    return _BEGINNING.sub(lambda found: found[1] + found[2].upper(), text)


def _astray(astray: Astray, *, language: str) -> str:
    values = {name: length_in_words(length, language=language) for name, length in astray.values.items()}
    return sentence(astray.word, language=language).format(**values)
