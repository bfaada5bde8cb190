"""The pages of the letter box: a list per person, a letter as pictures, and the PDF itself."""

from collections.abc import Callable
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rehearsal import dates, screens
from rehearsal.letterbox import letters
from rehearsal.letterbox.letters import Letter
from rehearsal.stage import AMSTERDAM, Stage

PATH = "/brievenbus"
PRIVATE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
KINDS = {
    "code": "Brief met code",
    "confirmation": "Bevestiging",
    "again": "Nog een bevestiging",
    "ending": "Einde van een machtiging",
    "reminder": "Herinnering",
    "overview": "Overzicht",
    "email-changed": "E-mailadres veranderd",
}


class Hall:
    """Where the letters fall, on a stage. `shows` says which letters a browser may see: all, unless it is given."""

    def __init__(self, stage: Stage, *, shows: Callable[[Request], Callable[[Letter], bool]] | None = None) -> None:
        self._root = stage.settings.letters
        self._shows = shows or (lambda _: lambda _: True)

    def routes(self) -> list[Route]:
        """Give the routes under /brievenbus."""
        return [
            Route(PATH, self.boxes),
            Route(f"{PATH}/{{reference}}", self.letter),
            Route(f"{PATH}/{{reference}}/brief.pdf", self.pdf),
            Route(f"{PATH}/{{reference}}/bladzijde-{{page:int}}.png", self.page),
        ]

    async def boxes(self, request: Request) -> Response:
        """Show every letter box."""
        found = letters.boxes(self._root, shown=self._shows(request))
        return screens.show("letterbox.html", boxes=found, titled=_title, day=_day, path=PATH)

    async def letter(self, request: Request) -> Response:
        """Show one letter, page by page."""
        letter = self._find(request)
        if letter is None:
            return screens.show("noletter.html", status=HTTPStatus.NOT_FOUND, path=PATH)
        return screens.show("letter.html", letter=letter, title=_title(letter), day=_day(letter), path=PATH)

    async def pdf(self, request: Request) -> Response:
        """Give the PDF."""
        letter = self._find(request)
        if letter is None:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        return Response(letter.pdf, media_type="application/pdf", headers=PRIVATE)

    async def page(self, request: Request) -> Response:
        """Give a page as a picture."""
        letter = self._find(request)
        drawn = letters.picture(letter.pdf, request.path_params["page"]) if letter else None
        if drawn is None:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        return Response(drawn, media_type="image/png", headers=PRIVATE)

    def _find(self, request: Request) -> Letter | None:
        found = letters.find(self._root, request.path_params["reference"])
        return found if found and self._shows(request)(found) else None


def _title(letter: Letter) -> str:
    return KINDS.get(letter.kind, "Brief")


def _day(letter: Letter) -> str:
    made = letter.made_at.astimezone(AMSTERDAM)
    return f"{dates.in_dutch(made.date().isoformat())}, {made:%H:%M}"
