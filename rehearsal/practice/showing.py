"""Pages of the practice environment, in the language of the browser."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from rehearsal import dates, screens
from rehearsal.practice.book import Run, Visitor, in_parts
from rehearsal.practice.browsers import Browsers
from rehearsal.practice.casts import Cast
from rehearsal.practice.exercises import ALL, Exercise
from rehearsal.practice.progress import Shown, names_in, names_in_general, with_capitals
from rehearsal.stage import Settings

WITH_SCRIPT = {"exercise.html", "group.html"}


class Showing:
    """Makes the pages."""

    def __init__(self, settings: Settings, browsers: Browsers) -> None:
        self._settings = settings
        self._browsers = browsers

    def page(
        self, request: Request, template: str, *, status: HTTPStatus = HTTPStatus.OK, **values: object
    ) -> Response:
        """Give a page. Its template writes a sentence as `t("Nederlands", "English")`."""
        language = self._browsers.language(request)
        shared = {
            "language": language,
            "t": lambda dutch, english: english if language == "en" else dutch,
            "here": request.url.path,
            "settings": self._settings,
            "in_parts": in_parts,
        }
        show = screens.show_with_script if template in WITH_SCRIPT else screens.show
        return show(f"practice/{template}", status=status, **{**shared, **values})

    def front(
        self, request: Request, *, visitor: Visitor, cast: Cast, runs: Mapping[str, Run], wrong: str = ""
    ) -> Response:
        """Give the first page of somebody who began."""
        ways = {way: [one for one in ALL if one.way == way] for way in sorted({one.way for one in ALL})}
        status = HTTPStatus.BAD_REQUEST if wrong else HTTPStatus.OK
        values = {"visitor": visitor, "runs": runs, "ways": ways, "wrong": wrong, "people": self._people(cast)}
        return self.page(request, "front.html", status=status, cast=cast, **values)

    def exercise(
        self,
        request: Request,
        template: str,
        *,
        exercise: Exercise,
        cast: Cast,
        far: Shown | None,
        left_over: bool,
        wrong: str,
        number: str,
    ) -> Response:
        """Give the page of one exercise, or only how far somebody is."""
        language, names = self._browsers.language(request), names_in(cast)
        values = {
            "story": exercise.story[language].format(**names),
            "end": exercise.end[language].format(**names),
            "title": exercise.title[language],
            "people": [one for one in self._people(cast) if one["part"] in exercise.parts],
            "has_call": any(step.tool == "call" for step in exercise.steps),
            "following": following(exercise),
        }
        status = HTTPStatus.BAD_REQUEST if wrong else HTTPStatus.OK
        shared = {"exercise": exercise, "cast": cast, "far": far, "left_over": left_over}
        return self.page(request, template, status=status, wrong=wrong, number=number, **shared, **values)

    def group(self, request: Request, template: str, *, code: str, members: Sequence[Mapping[str, Run]]) -> Response:
        """Give the trainer's page, or only how far everybody is."""
        return self.page(request, template, code=code, members=members, exercises=ALL)

    def sheet(self, request: Request) -> Response:
        """Give all exercises on one sheet, with parts instead of names."""
        language = self._browsers.language(request)
        names = names_in_general(language)

        def filled(text: Mapping[str, str]) -> str:
            return with_capitals(text[language].format(**names))

        return self.page(request, "sheet.html", exercises=ALL, filled=filled)

    def names(self, cast: Cast) -> dict[str, str]:
        """Give what everybody is called, by part."""
        return names_in(cast)

    def _people(self, cast: Cast) -> list[dict[str, str]]:
        persons = [
            {
                "part": part,
                "name": person.name,
                "bsn": person.bsn,
                "born": dates.in_dutch(person.born),
                "address": f"{person.address.line1}, {person.address.line2}",
                "digid": "yes" if person.digid else "no",
            }
            for part, person in cast.people.items()
        ]
        work = cast.organisation
        members = [
            {"part": "manager", "name": cast.manager.name, "work": work.name},
            {"part": "member", "name": cast.member.name, "work": work.name},
        ]
        return [*persons, {"part": "organisation", "name": work.name, "kvk": work.kvk}, *members]


def following(exercise: Exercise) -> Exercise | None:
    """Give the exercise after this one."""
    place = [one.key for one in ALL].index(exercise.key) + 1
    return ALL[place] if place < len(ALL) else None
