"""The door: which address does what, who may come in, and what is said when something is wrong."""

import asyncio
import re
import traceback
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from django.db import DatabaseError, close_old_connections

from namens.decisions import certificates, evaluating, metadata
from namens.decisions.askers import Askers
from namens.decisions.http import Gone, Receive, Request, Scope, Send, answer, answer_problem, broken
from namens.decisions.lookups import Away, Full, Reader
from namens.decisions.problems import Problem, away, unknown_token
from namens.decisions.tokens import Shown, Tokens
from namens.decisions.wire import Malformed, parsed
from namens.grants.signing import NoSigningKey
from namens.lib import clock

PREFIX = "/access/v1"
METADATA = "/.well-known/authzen-configuration"
_NUMBER = re.compile(r"[A-Fa-f0-9]{8}(-[A-Fa-f0-9]{4}){3}-[A-Fa-f0-9]{12}", re.ASCII)
Answering = Callable[..., Awaitable[dict[str, Any]]]

log = structlog.get_logger()


class Door:
    """Answers requests with what a reader reads."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._tokens = Tokens(reader)
        self._askers = Askers(reader)
        self._questions: dict[str, Answering] = {
            f"{PREFIX}/evaluation": evaluating.evaluation,
            f"{PREFIX}/evaluations": evaluating.evaluations,
        }
        self._pages: dict[str, Callable[[Request, Send], Awaitable[None]]] = {
            METADATA: self._metadata,
            "/health": self._health,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; whatever goes wrong is told in words, and never what was asked."""
        request = Request(scope, receive)
        try:
            await self._answer(request, send)
        except Gone:
            await answer_problem(send, request, broken())
        except Problem as problem:
            await answer_problem(send, request, problem)
        except Malformed as problem:
            await answer_problem(send, request, Problem(400, str(problem)))
        except Full:
            await answer_problem(send, request, away("too many wait for a decision; ask again in a second"))
        except Away:
            await answer_problem(send, request, away())
        except Exception as problem:  # noqa: BLE001 - what nobody thought of is told to nobody outside
            log.error("not answered", problem=type(problem).__name__, where=_where(problem), request=_sound(request))
            await answer_problem(send, request, Problem(500, "the request id says which line in our log is about it"))

    async def _answer(self, request: Request, send: Send) -> None:
        question = self._questions.get(request.path)
        if question is not None:
            if request.method != "POST":
                raise _wrong_method(b"POST")
            await answer(send, request, await self._decided(request, question))
            return
        page = self._pages.get(request.path)
        if page is None:
            raise Problem(404, "there is nothing at this address")
        if request.method not in {"GET", "HEAD"}:
            raise _wrong_method(b"GET, HEAD")
        await page(request, send)

    async def _decided(self, request: Request, question: Answering) -> dict[str, Any]:
        now = clock.now()
        if request.query:
            raise Problem(400, "parameters belong in the body")
        portal = await self._tokens.portal(_shown(request), now=now)
        body = parsed(await request.body())
        return await question(body, portal=portal, askers=self._askers, now=now)

    async def _metadata(self, request: Request, send: Send) -> None:
        try:
            content = await asyncio.to_thread(_signed_metadata)
        except (NoSigningKey, DatabaseError) as problem:
            log.error("metadata not signed", problem=type(problem).__name__)
            content = metadata.metadata()
        await answer(send, request, content)

    async def _health(self, request: Request, send: Send) -> None:
        await answer(send, request, {"status": "ok"})


def _where(problem: Exception) -> str:
    """Give the place in the code, without anything of what stood there."""
    last = traceback.extract_tb(problem.__traceback__)[-1]
    return f"{last.name}:{last.lineno}"


def _sound(request: Request) -> str:
    """Give the request id, unless a portal wrote something else there."""
    number = request.number.decode("ascii")
    return number if _NUMBER.fullmatch(number) else ""


def _signed_metadata() -> dict[str, Any]:
    close_old_connections()
    try:
        return metadata.signed(now=clock.now())
    finally:
        close_old_connections()


def _shown(request: Request) -> Shown:
    """Give what the request shows. Raises Problem without a bearer token (RFC 6750, 2.1)."""
    scheme, _, token = request.header(b"authorization").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise unknown_token()
    return Shown(token=token.strip(), certificate=certificates.thumbprint_of(request))


def _wrong_method(allowed: bytes) -> Problem:
    return Problem(405, "this address is not for that method", ((b"allow", allowed),))
