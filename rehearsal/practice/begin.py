"""The program of the practice environment: stand-ins that show a browser its own cast only, and the exercises."""

import functools
from http import HTTPStatus

import django
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from rehearsal import clients, screens
from rehearsal.brp.door import Register
from rehearsal.letterbox.door import Hall
from rehearsal.mailbox.door import Mailbox
from rehearsal.mailbox.receiver import Receiver
from rehearsal.openid.provider import Provider
from rehearsal.organisations import Organisations
from rehearsal.practice.book import Book
from rehearsal.practice.browsers import Browsers
from rehearsal.practice.company import Everybody, digid_for, eherkenning_for
from rehearsal.program import living, plain_routes
from rehearsal.stage import Settings, Stage


def create(settings: Settings) -> Starlette:
    """Build the program; the settings of Namens are in the environment."""
    django.setup()
    assert settings.practice is not None
    book = Book(settings.practice)
    stage = Stage(
        settings=settings,
        people=Everybody(book),
        organisations=Organisations(()),
        clients=clients.load(settings.clients, pages_url=settings.pages_url),
    )
    return assemble(stage, book)


def assemble(on: Stage, book: Book) -> Starlette:
    """Build the program on this stage. It has no switch for trouble, which would be everybody's, and no NotifyNL."""
    from rehearsal.practice.door import Door  # noqa: PLC0415 - needs the settings of Namens

    receiver = Receiver(port=on.settings.smtp_port, clock=on.clock)
    browsers = Browsers(book, base_url=on.settings.base_url)
    door = Door(on, book, browsers)
    routes = [
        *door.routes(),
        Route("/practice.js", _script),
        *plain_routes(),
        *Provider(on, digid_for(None), seen_by=lambda request: digid_for(browsers.cast(request))).routes(),
        *Provider(on, eherkenning_for(None), seen_by=lambda request: eherkenning_for(browsers.cast(request))).routes(),
        *Register(on).routes(),
        *Hall(on, shows=browsers.letters).routes(),
        *Mailbox(receiver, shows=browsers.mails).routes(),
    ]
    trouble = {HTTPStatus.NOT_FOUND: door.nothing_here, HTTPStatus.INTERNAL_SERVER_ERROR: door.broken}
    return Starlette(routes=routes, exception_handlers=trouble, lifespan=functools.partial(living, receiver))


async def _script(request: Request) -> Response:
    del request
    return PlainTextResponse(screens.SCRIPT, media_type="text/javascript", headers={"Cache-Control": "max-age=60"})
