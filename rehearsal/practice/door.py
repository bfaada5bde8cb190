"""The pages of the practice environment: begin, the exercises, another browser, groups and the trainer's sheet."""

import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlencode

from django.db import close_old_connections
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from rehearsal.practice import acting, exercises, reading
from rehearsal.practice.book import Book, Run, Visitor
from rehearsal.practice.browsers import Browsers
from rehearsal.practice.casts import Cast
from rehearsal.practice.company import JOIN
from rehearsal.practice.exercises import LANGUAGES, Exercise
from rehearsal.practice.progress import Shown, shown
from rehearsal.practice.showing import Showing
from rehearsal.stage import Stage

log = logging.getLogger(__name__)
MEANS = ("digid", "eherkenning")
WAIT_SECONDS, STEP_SECONDS = 10.0, 0.25

Form = Mapping[str, str]


class Door:
    """What a browser can ask. Every answer is made in a thread: it reads a database."""

    def __init__(self, stage: Stage, book: Book, browsers: Browsers) -> None:
        self._stage = stage
        self._book = book
        self._browsers = browsers
        self._show = Showing(stage.settings, browsers)

    def routes(self) -> list[Route]:
        """Give the routes."""
        post = ["POST"]
        return [
            Route("/", _shows(self.front)),
            Route("/beginnen", _takes(self.begin), methods=post),
            Route("/taal", _takes(self.choose_language), methods=post),
            Route(JOIN, _shows(self.ask_code)),
            Route(JOIN, _takes(self.join), methods=post),
            Route("/nieuwe-mensen", _shows(self.new_people), methods=post),
            Route("/oefening/{key}", _shows(self.exercise)),
            Route("/oefening/{key}/stand", _shows(self.standing)),
            Route("/oefening/{key}/begin", _takes(self.begin_exercise), methods=post),
            Route("/oefening/{key}/bellen", _takes(self.call), methods=post),
            Route("/groep", _shows(self.group)),
            Route("/groep", _shows(self.make_group), methods=post),
            Route("/groep/stand", _shows(self.group_standing)),
            Route("/groep/meedoen", _takes(self.join_group), methods=post),
            Route("/blad", _shows(self.sheet)),
        ]

    def front(self, request: Request) -> Response:
        """Show the own people and the exercises; or, to who comes for the first time, how to begin."""
        visitor, cast = self._who(request)
        if visitor is None or cast is None:
            return self._show.page(request, "welcome.html", group=request.query_params.get("groep", ""), wrong="")
        return self._show.front(request, visitor=visitor, cast=cast, runs=self._book.runs(visitor))

    def begin(self, request: Request, form: Form) -> Response:
        """Give somebody who comes for the first time people of their own."""
        if self._browsers.cast(request):
            return _to("/")
        typed = form.get("groep", "").strip()
        group = self._book.find_group(typed) if typed else ""
        if typed and not group:
            bad = HTTPStatus.BAD_REQUEST
            return self._show.page(request, "welcome.html", status=bad, group=typed, wrong="group")
        visitor = self._browsers.visitor(request) or self._book.arrive(group=group, now=self._now())
        if group:
            self._book.join(visitor, group=group)
        if not self._give_people(visitor):
            return self._full(request)
        return self._browsers.keep(_to("/"), visitor=visitor)

    def choose_language(self, _: Request, form: Form) -> Response:
        """Change the language, and stay on the page."""
        chosen = form.get("taal", "")
        there = form.get("terug", "/")
        back = _to(there if there.startswith("/") and not there.startswith(("//", "/\\")) else "/")
        return self._browsers.keep_language(back, language=chosen) if chosen in LANGUAGES else back

    def ask_code(self, request: Request) -> Response:
        """Ask a browser that is nobody's yet for a practice code. One that came from DigiD goes on there afterwards."""
        way = _way(request.query_params)
        if self._browsers.cast(request):
            return _to(_onwards(way))
        return self._show.page(request, "join.html", wrong="", way=way, code="")

    def join(self, request: Request, form: Form) -> Response:
        """Let another browser, or a phone, be of the visitor with this practice code."""
        way, code = _way(form), form.get("code", "")
        visitor = self._book.visitor_with(code)
        if visitor is not None:
            return self._browsers.keep(_to(_onwards(way)), visitor=visitor)
        bad = HTTPStatus.BAD_REQUEST
        return self._show.page(request, "join.html", status=bad, wrong="code", way=way, code=code)

    def new_people(self, request: Request) -> Response:
        """Give a visitor other people, with whom nothing happened yet."""
        visitor = self._browsers.visitor(request)
        if visitor is not None and not self._give_people(visitor):
            return self._full(request)
        return _to("/")

    def exercise(self, request: Request) -> Response:
        """Show one exercise: what it is about, or how far one is."""
        return self._of_exercise(request, "exercise.html")

    def standing(self, request: Request) -> Response:
        """Show only how far one is: what the script asks for."""
        return self._of_exercise(request, "standing.html")

    def begin_exercise(self, request: Request, form: Form) -> Response:
        """Begin an exercise, or begin it again; perhaps with new people."""
        exercise, (visitor, cast) = exercises.find(request.path_params["key"]), self._who(request)
        if exercise is None or visitor is None or cast is None:
            return _to("/")
        if "nieuwe-mensen" in form:
            cast = self._book.cast_of(visitor) if self._give_people(visitor) else None
        if cast is None or not self._is_prepared(exercise, cast):
            return self._full(request)
        self._book.begin(visitor, exercise=exercise.key, cast=cast, now=self._now())
        return _to(f"/oefening/{exercise.key}")

    def call(self, request: Request, form: Form) -> Response:
        """Let the client without DigiD call the helpdesk, and read out the number that was typed."""
        cast = self._browsers.cast(request)
        if cast is None:
            return _to("/")
        wrong = acting.call_the_helpdesk(cast, number=form.get("nummer", ""), now=self._now())
        key = request.path_params["key"]
        if wrong:
            return self._of_exercise(request, "exercise.html", wrong=wrong, number=form.get("nummer", ""))
        return _to(f"/oefening/{key}")

    def group(self, request: Request) -> Response:
        """Show a trainer the own group, and how far everybody in it is; or how to make one."""
        visitor = self._browsers.visitor(request)
        code = self._book.group_of(visitor) if visitor else ""
        return self._show.group(request, "group.html", code=code, members=self._members(code))

    def make_group(self, request: Request) -> Response:
        """Make the group of this trainer."""
        visitor = self._browsers.visitor(request)
        trainer = visitor or self._book.arrive(group="", now=self._now())
        self._book.make_group(trainer)
        return _to("/groep") if visitor else self._browsers.keep(_to("/groep"), visitor=trainer)

    def group_standing(self, request: Request) -> Response:
        """Show only how far everybody is: what the script asks for."""
        visitor = self._browsers.visitor(request)
        code = self._book.group_of(visitor) if visitor else ""
        if not code:
            return _to("/groep")
        return self._show.group(request, "members.html", code=code, members=self._members(code))

    def join_group(self, request: Request, form: Form) -> Response:
        """Put somebody who began already in the group of a trainer."""
        visitor, cast = self._who(request)
        if visitor is None or cast is None:
            return _to("/")
        group = self._book.find_group(form.get("groep", ""))
        if not group:
            runs = self._book.runs(visitor)
            return self._show.front(request, visitor=visitor, cast=cast, runs=runs, wrong="group")
        self._book.join(visitor, group=group)
        return _to("/")

    def sheet(self, request: Request) -> Response:
        """Show all exercises on one sheet of paper, without names."""
        return self._show.sheet(request)

    async def nothing_here(self, request: Request, _: Exception) -> Response:
        """Say that this page does not exist."""
        return self._show.page(request, "nothing.html", status=HTTPStatus.NOT_FOUND)

    async def broken(self, request: Request, problem: Exception) -> Response:
        """Say that something is wrong on our side; the log says what."""
        log.error("%s broke", request.url.path, exc_info=problem)
        return self._show.page(request, "broken.html", status=HTTPStatus.INTERNAL_SERVER_ERROR)

    def _of_exercise(self, request: Request, template: str, *, wrong: str = "", number: str = "") -> Response:
        exercise, (visitor, cast) = exercises.find(request.path_params["key"]), self._who(request)
        if exercise is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        if visitor is None or cast is None:
            return _to("/")
        run = self._book.runs(visitor).get(exercise.key)
        far = self._how_far(request, exercise, visitor, cast, run) if run and run.cast == cast.id else None
        left_over = far is None and self._has_left_over(cast)
        return self._show.exercise(
            request, template, exercise=exercise, cast=cast, far=far, left_over=left_over, wrong=wrong, number=number
        )

    def _how_far(self, request: Request, exercise: Exercise, visitor: Visitor, cast: Cast, run: Run) -> Shown:
        """Look what was done since the exercise began, and keep that for the trainer."""
        now, language = self._now(), self._browsers.language(request)
        judged = exercises.standing(exercise, reading.read(cast, since=run.began_at))
        if judged.count != run.steps:
            finished = now if judged.current is None else None
            self._book.note(visitor, exercise=exercise.key, steps=judged.count, finished_at=finished)
        names = self._show.names(cast)
        return shown(exercise, judged, names=names, language=language, began_at=run.began_at, now=now)

    def _has_left_over(self, cast: Cast) -> bool:
        """Say whether something of an earlier exercise still runs or waits between these people."""
        return any(one.state != "ended" for one in reading.read(cast, since=self._now()).mandates.values())

    def _is_prepared(self, exercise: Exercise, cast: Cast) -> bool:
        """Let a mandate run already, where the exercise is about one that does."""
        if not exercise.prepared or reading.read(cast, since=self._now()).running("client", "helper"):
            return True
        return acting.let_it_run(cast, now=self._now())

    def _give_people(self, visitor: Visitor) -> bool:
        """Give a visitor a new cast; wait a while when many came at once."""
        deadline = time.monotonic() + WAIT_SECONDS
        while not self._book.give_cast(visitor, now=self._now()):
            if time.monotonic() > deadline or self._book.is_spent():
                return False
            time.sleep(STEP_SECONDS)
        return True

    def _full(self, request: Request) -> Response:
        busy = HTTPStatus.SERVICE_UNAVAILABLE
        return self._show.page(request, "full.html", status=busy, is_spent=self._book.is_spent())

    def _members(self, code: str) -> list[dict[str, Run]]:
        return [self._book.runs(visitor) for visitor in self._book.members(code)] if code else []

    def _who(self, request: Request) -> tuple[Visitor | None, Cast | None]:
        visitor = self._browsers.visitor(request)
        return visitor, self._book.cast_of(visitor) if visitor else None

    def _now(self) -> datetime:
        return self._stage.clock()


def _shows(handler: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    """Give what answers in a thread of its own."""

    async def answer(request: Request) -> Response:
        return await run_in_threadpool(_with_database, lambda: handler(request))

    return answer


def _takes(handler: Callable[[Request, Form], Response]) -> Callable[[Request], Awaitable[Response]]:
    """Give what reads a form, and answers in a thread of its own."""

    async def answer(request: Request) -> Response:
        form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
        return await run_in_threadpool(_with_database, lambda: handler(request, form))

    return answer


def _with_database(answer: Callable[[], Response]) -> Response:
    close_old_connections()
    try:
        return answer()
    finally:
        close_old_connections()


def _way(asked: Form) -> dict[str, str]:
    """Give from which login page a browser came, and from which question there."""
    return {"bij": asked.get("bij", ""), "verder": asked.get("verder", "")}


def _to(address: str) -> Response:
    return RedirectResponse(address, status_code=HTTPStatus.SEE_OTHER, headers={"Cache-Control": "no-store"})


def _onwards(way: Mapping[str, str]) -> str:
    """Give where a browser goes that was sent here from a login page: back to it."""
    if way["bij"] not in MEANS or not way["verder"]:
        return "/"
    return f"/{way['bij']}/login?{urlencode({'request': way['verder']})}"
