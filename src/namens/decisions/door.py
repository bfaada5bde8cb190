"""The door: which address does what, who may come in, and what is said when something is wrong."""

import asyncio
import traceback
from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from namens.decisions import certificates, description, evaluating, searching
from namens.decisions.askers import Askers
from namens.decisions.books import Books, Record
from namens.decisions.counts import Endpoint
from namens.decisions.http import (
    Gone,
    Receive,
    Request,
    Scope,
    Send,
    answer,
    answer_all,
    answer_problem,
    answer_text,
    broken,
)
from namens.decisions.lookups import Away, Full, Reader
from namens.decisions.metadata import KEPT_SECONDS, Metadata
from namens.decisions.metrics import CONTENT_TYPE
from namens.decisions.problems import Problem, away, no_token
from namens.decisions.tokens import Shown, Tokens
from namens.decisions.wire import Malformed, parsed
from namens.lib import clock

PREFIX = "/access/v1"
METADATA = "/.well-known/authzen-configuration"
DESCRIPTION = f"{PREFIX}/openapi.json"
_FORWARDED = (b"forwarded", b"x-forwarded-for")
Answering = Callable[..., Awaitable[dict[str, Any]]]
Page = Callable[[Request, Send], Awaitable[None]]

log = structlog.get_logger()


class Door:
    """Answers requests with what a reader reads."""

    def __init__(self, reader: Reader, books: Books) -> None:
        self._reader, self._books = reader, books
        self._tokens = Tokens(reader, books.counts)
        self._askers = Askers(reader)
        self._about = Metadata()
        self._questions: dict[str, tuple[Endpoint, Answering]] = {
            f"{PREFIX}/evaluation": (Endpoint.EVALUATION, evaluating.evaluation),
            f"{PREFIX}/evaluations": (Endpoint.EVALUATIONS, evaluating.evaluations),
            f"{PREFIX}/search/subject": (Endpoint.SEARCH_SUBJECT, searching.subjects),
            f"{PREFIX}/search/resource": (Endpoint.SEARCH_RESOURCE, searching.resources),
            f"{PREFIX}/search/action": (Endpoint.SEARCH_ACTION, searching.actions),
        }
        self._pages: dict[str, tuple[Endpoint, Page]] = {
            METADATA: (Endpoint.CONFIGURATION, self._metadata),
            DESCRIPTION: (Endpoint.OTHER, self._description),
            "/health": (Endpoint.OTHER, self._health),
            "/metrics": (Endpoint.METRICS, self._metrics),
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; whatever goes wrong is told in words, and never what was asked."""
        request = Request(scope, receive)
        record = Record(self._books, request, Endpoint.OTHER)
        status = 200
        try:
            await self._answer(request, send, record)
        except Gone:
            await answer_problem(send, request, broken())
            return
        except Exception as trouble:  # noqa: BLE001 - what nobody thought of is told to nobody outside
            # Never by a name of this frame: the problem has the frame in its traceback, so both would stay until the
            # collector comes by, and with them a connection whose body never came.
            status = await _tell(send, request, trouble)
        record.close(status)

    async def _answer(self, request: Request, send: Send, record: Record) -> None:
        question = self._questions.get(request.path)
        if question is not None:
            record.endpoint, answering = question
            if request.method != "POST":
                raise _wrong_method(b"POST")
            await answer(send, request, await self._decided(request, answering, record))
            return
        page = self._pages.get(request.path)
        if page is None:
            raise Problem(404, "there is nothing at this address")
        record.endpoint, answering_page = page
        if request.method not in {"GET", "HEAD"}:
            raise _wrong_method(b"GET, HEAD")
        await answering_page(request, send)

    async def _decided(self, request: Request, answering: Answering, record: Record) -> dict[str, Any]:
        now = clock.now()
        if request.query:
            raise Problem(400, "parameters belong in the body")
        record.portal = await self._tokens.portal(_shown(request), now=now)
        body = parsed(await request.body())
        content = await answering(body, askers=self._askers, record=record, now=now)
        record.keep()
        return content

    async def _metadata(self, request: Request, send: Send) -> None:
        await answer_all(send, request, await self._about.document(now=clock.now()), seconds=KEPT_SECONDS)

    async def _description(self, request: Request, send: Send) -> None:
        await answer_all(send, request, description.document(), seconds=KEPT_SECONDS)

    async def _metrics(self, request: Request, send: Send) -> None:
        forwarded = any(request.headers.get(name) for name in _FORWARDED)
        page = await asyncio.to_thread(self._books.metrics.page, request.peer, forwarded=forwarded)
        if page is None:
            raise Problem(404, "there is nothing at this address")
        await answer_text(send, request, page, CONTENT_TYPE.encode())

    async def _health(self, request: Request, send: Send) -> None:
        await answer(send, request, {"status": "ok"})


async def _tell(send: Send, request: Request, trouble: Exception) -> int:
    """Tell what is wrong, and give its status."""
    problem = _problem(trouble, request)
    await answer_problem(send, request, problem)
    return problem.status


def _problem(trouble: Exception, request: Request) -> Problem:
    """Give what is told of what went wrong."""
    if isinstance(trouble, Problem):
        return trouble
    if isinstance(trouble, Malformed):
        return Problem(400, str(trouble))
    if isinstance(trouble, Full):
        return away("too many wait for a decision; ask again in a second")
    if isinstance(trouble, Away):
        return away()
    log.error("not answered", problem=type(trouble).__name__, where=_where(trouble), request=request.sound_number)
    return Problem(500, "the request id says which line in our log is about it")


def _where(problem: Exception) -> str:
    """Give the place in the code, without anything of what stood there."""
    last = traceback.extract_tb(problem.__traceback__)[-1]
    return f"{last.name}:{last.lineno}"


def _shown(request: Request) -> Shown:
    """Give what the request shows. Raises Problem without a bearer token (RFC 6750, 2.1)."""
    scheme, _, token = request.header(b"authorization").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise no_token()
    return Shown(token=token.strip(), certificate=certificates.thumbprint_of(request))


def _wrong_method(allowed: bytes) -> Problem:
    return Problem(405, "this address is not for that method", ((b"allow", allowed),))
