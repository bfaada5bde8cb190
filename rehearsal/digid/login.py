"""The login page: who are you, and how strong is your login."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from starlette.responses import HTMLResponse

from rehearsal import screens
from rehearsal.digid.asking import Question
from rehearsal.digid.levels import BY_VALUE, LEVELS, Level
from rehearsal.people import People, passes_eleven_test

_SEPARATORS = re.compile(r"[\s.\-]+")


@dataclass(frozen=True)
class LoggedIn:
    """Somebody chose who they are."""

    bsn: str
    level: Level


@dataclass(frozen=True)
class Mistake:
    """Something in the form is wrong: the sentence, and the field it is about."""

    sentence: str
    field: str


def read(form: Mapping[str, str], *, people: People) -> LoggedIn | Mistake:
    """Judge the login form. A number that was typed goes before a person that was picked."""
    level = BY_VALUE.get(form.get("level", ""))
    if level is None:
        return Mistake("Kies hoe sterk u inlogt.", "level")
    typed = _SEPARATORS.sub("", form.get("bsn", ""))
    bsn = typed or form.get("person", "")
    if not bsn:
        return Mistake("Kies een persoon of typ een burgerservicenummer.", "person")
    field = "bsn" if typed else "person"
    if not passes_eleven_test(bsn):
        return Mistake("Dit is geen burgerservicenummer. Het heeft 9 cijfers. Controleer de cijfers.", field)
    person = people.find(bsn)
    if person is not None and not person.digid:
        return Mistake("Deze persoon heeft geen DigiD. Kies iemand anders.", field)
    return LoggedIn(bsn, level)


def page(
    question: Question, *, key: str, people: People, form: Mapping[str, str], mistake: Mistake | None = None
) -> HTMLResponse:
    """Show the login page, with what was chosen before when there is a mistake."""
    return screens.show(
        "login.html",
        status=HTTPStatus.BAD_REQUEST if mistake else HTTPStatus.OK,
        client=question.client,
        key=key,
        people=people.with_digid,
        levels=LEVELS,
        chosen_person=form.get("person", ""),
        chosen_level=form.get("level", question.minimum),
        asked_level=BY_VALUE[question.minimum].name,
        typed=form.get("bsn", ""),
        mistake=mistake,
    )
