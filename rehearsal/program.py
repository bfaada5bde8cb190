"""The one ASGI program: front page, rehearsal DigiD, BRP, NotifyNL and letter box, and the switch to play trouble."""

import functools

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from rehearsal import dates, screens, stage
from rehearsal.brp.door import Register
from rehearsal.digid.provider import Provider
from rehearsal.letterbox.door import Hall
from rehearsal.notifynl.door import Office


def create() -> Starlette:
    """Build the program from the environment (the server calls this)."""
    return assemble(stage.build(stage.Settings.read()))


def assemble(on: stage.Stage) -> Starlette:
    """Build the program on this stage."""
    routes = [
        Route("/", functools.partial(_front, on)),
        Route("/style.css", _style),
        Route("/health", _health),
        Route("/control", on.trouble.control, methods=["GET", "POST"]),
        *Provider(on).routes(),
        *Register(on).routes(),
        *Office(on).routes(),
        *Hall(on).routes(),
    ]
    program = Starlette(routes=routes)
    program.state.stage = on
    return program


async def _front(on: stage.Stage, request: Request) -> Response:
    del request
    people = [(person, dates.in_dutch(person.birth_date(today=on.today))) for person in on.people.everybody]
    return screens.show("front.html", people=people, settings=on.settings)


async def _style(request: Request) -> Response:
    del request
    return PlainTextResponse(screens.STYLE, media_type="text/css", headers={"Cache-Control": "max-age=60"})


async def _health(request: Request) -> Response:
    del request
    return JSONResponse({"status": "ok"})
