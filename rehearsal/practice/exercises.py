"""The exercises: words from YAML, and for each step what it looks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from rehearsal.practice import checks
from rehearsal.practice.casts import CLIENT, ELDER, HELPER, MANAGER, MEMBER, ORGANISATION, PARTNER
from rehearsal.practice.checks import ALLOWANCES, SET, Astray, Check, Done, Wanted
from rehearsal.practice.facts import Seen

LANGUAGES = ("nl", "en")
_WORDS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("exercises.yaml").read_text(encoding="utf-8"))

Text = Mapping[str, str]
"""A sentence in each language."""


@dataclass(frozen=True)
class Step:
    """One thing to do: what, a hint for who does not get on, what to look for, and perhaps a form (`tool`) for it."""

    say: Text
    hint: Text
    check: Check
    tool: str = ""


@dataclass(frozen=True)
class Exercise:
    """One exercise. `parts` are the people it needs; `prepared`: a mandate runs already when it begins."""

    key: str
    way: int
    title: Text
    story: Text
    end: Text
    parts: Sequence[str]
    steps: Sequence[Step]
    prepared: bool = False


@dataclass(frozen=True)
class Standing:
    """How far somebody is: per step when it was done, and for the first one that waits what went otherwise."""

    done: tuple[datetime | None, ...]
    astray: Astray | None

    @property
    def current(self) -> int | None:
        """Give the number of the first step that waits; None when all are done."""
        return next((number for number, at in enumerate(self.done) if at is None), None)

    @property
    def count(self) -> int:
        """Give how many steps are done."""
        return sum(at is not None for at in self.done)

    def last_done(self, *, began_at: datetime) -> datetime:
        """Give when something happened last."""
        return max((at for at in self.done if at is not None), default=began_at)


def standing(exercise: Exercise, seen: Seen) -> Standing:
    """Judge what was seen since the exercise began."""
    outcomes = [step.check(seen) for step in exercise.steps]
    done = tuple(outcome.at if isinstance(outcome, Done) else None for outcome in outcomes)
    waiting = next((outcome for outcome in outcomes if not isinstance(outcome, Done)), None)
    return Standing(done=done, astray=waiting if isinstance(waiting, Astray) else None)


def sentence(word: str, *, language: str) -> str:
    """Give the sentence for what went otherwise."""
    return str(_WORDS["astray"][word][language])


def length_in_words(length: str, *, language: str) -> str:
    """Give a duration as people say it."""
    return str(_WORDS["lengths"][length][language])


def find(key: str) -> Exercise | None:
    """Give the exercise with this key."""
    return next((one for one in ALL if one.key == key), None)


_GIVEN = Wanted(CLIENT, HELPER, "1-month", SET)
_BY_PHONE = Wanted(ELDER, HELPER, "6-months", SET)
_ASKED = Wanted(CLIENT, HELPER, "1-year", SET)
_ASKED_ELDER = Wanted(ELDER, HELPER, "1-year", ALLOWANCES)
_ASKED_PARTNER = Wanted(PARTNER, HELPER, "1-year", ALLOWANCES)
_AT_WORK = Wanted(CLIENT, ORGANISATION, "1-year", SET)

_CHECKS: dict[str, list[Check]] = {
    "zelf-inloggen": [checks.at_portal(CLIENT, helper=HELPER), checks.left_portal(CLIENT)],
    "code-op-scherm": [
        checks.logged_in(HELPER),
        checks.offered(_GIVEN),
        checks.code_shown(_GIVEN),
        checks.activated(_GIVEN, by=HELPER),
        checks.used(CLIENT, by=HELPER),
    ],
    "bellen": [
        checks.logged_in(HELPER),
        checks.offered(_BY_PHONE, by_phone=True),
        checks.letter(ELDER),
        checks.activated(_BY_PHONE, by=HELPER),
        checks.letter(ELDER, kind="confirmation"),
    ],
    "aanvragen": [
        checks.requested(HELPER, length="1-year", services=SET),
        checks.matched(CLIENT, by=HELPER),
        checks.letter(CLIENT),
        checks.activated(_ASKED, by=HELPER),
    ],
    "met-partner": [
        checks.requested(HELPER, length="1-year", services=ALLOWANCES),
        checks.matched(ELDER, PARTNER, by=HELPER),
        checks.letter(ELDER, PARTNER),
        checks.activated(_ASKED_ELDER, by=HELPER),
        checks.activated(_ASKED_PARTNER, by=HELPER),
    ],
    "online-ja": [
        checks.requested(HELPER, length="6-months", services=ALLOWANCES),
        checks.matched(CLIENT, by=HELPER),
        checks.logged_in(CLIENT),
        checks.approved(CLIENT, helper=HELPER),
        checks.used(CLIENT, by=HELPER),
    ],
    "organisatie": [
        checks.licensed(MANAGER, member=MEMBER, services=SET),
        checks.offered(_AT_WORK),
        checks.activated(_AT_WORK, by=MEMBER),
        checks.used(CLIENT, by=MEMBER),
    ],
    "stoppen": [
        checks.logged_in(CLIENT, wrong=HELPER),
        checks.stopped(CLIENT, helper=HELPER),
        checks.saw_the_end(HELPER, giver=CLIENT),
    ],
}


def _exercise(key: str, told: Mapping[str, Any]) -> Exercise:
    steps = [
        Step(say=words["say"], hint=words["hint"], check=check, tool=words.get("tool", ""))
        for words, check in zip(told["steps"], _CHECKS[key], strict=True)
    ]
    return Exercise(
        key=key,
        way=told["way"],
        title=told["title"],
        story=told["story"],
        end=told["end"],
        parts=told["parts"],
        steps=steps,
        prepared=told.get("prepared", False),
    )


ALL = tuple(_exercise(key, told) for key, told in _WORDS["exercises"].items())
