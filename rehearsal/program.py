"""The one ASGI program: front page, DigiD, eHerkenning, BRP, NotifyNL, letter box, mailbox, a switch for trouble."""

import contextlib
import functools
import importlib
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from rehearsal import dates, screens, stage
from rehearsal.brp.door import Register
from rehearsal.digid.means import digid
from rehearsal.eherkenning.means import eherkenning
from rehearsal.letterbox.door import Hall
from rehearsal.mailbox.door import Mailbox
from rehearsal.mailbox.receiver import Receiver
from rehearsal.notifynl.door import Office
from rehearsal.openid.provider import Provider


def create() -> Starlette:
    """Build the program from the environment (the server calls this); in the practice environment that of practice."""
    settings = stage.Settings.read()
    if settings.practice is not None:
        # It needs the settings of Namens, which the others do not have.
        practice: Starlette = importlib.import_module("rehearsal.practice.begin").create(settings)
        return practice
    return assemble(stage.build(settings))


def assemble(on: stage.Stage) -> Starlette:
    """Build the program on this stage."""
    receiver = Receiver(port=on.settings.smtp_port, clock=on.clock)
    routes = [
        Route("/", functools.partial(_front, on)),
        *plain_routes(),
        Route("/control", on.trouble.control, methods=["GET", "POST"]),
        *Provider(on, digid(on.people)).routes(),
        *Provider(on, eherkenning(on.organisations)).routes(),
        *Register(on).routes(),
        *Office(on).routes(),
        *Hall(on).routes(),
        *Mailbox(receiver).routes(),
    ]
    program = Starlette(routes=routes, lifespan=functools.partial(living, receiver))
    program.state.stage = on
    return program


@contextlib.asynccontextmanager
async def living(receiver: Receiver, program: Starlette) -> AsyncIterator[None]:
    """Take e-mail for as long as the program serves."""
    del program
    receiver.start()
    try:
        yield
    finally:
        receiver.stop()


def plain_routes() -> list[Route]:
    """Give what every program of the rehearsal has: its style, and whether it is well."""
    return [Route("/style.css", _style), Route("/health", _health)]


async def _front(on: stage.Stage, request: Request) -> Response:
    del request
    people = [(person, dates.in_dutch(person.birth_date(today=on.today))) for person in on.people.everybody]
    return screens.show("front.html", people=people, organisations=on.organisations.all, settings=on.settings)


async def _style(request: Request) -> Response:
    del request
    return PlainTextResponse(screens.STYLE, media_type="text/css", headers={"Cache-Control": "max-age=60"})


async def _health(request: Request) -> Response:
    del request
    return JSONResponse({"status": "ok"})
