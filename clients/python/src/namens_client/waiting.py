"""`AsyncNamens`, for programs with an event loop (asyncio): the same questions as `Namens`, and nothing blocks."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx2

from namens_client import _asking, _carrying, _hearing, _listing, _registering, _reporting
from namens_client._flow import Answer, Flow, Page, Pause, Request, Step, TokenWanted, Unreached
from namens_client._setup import Key, checked
from namens_client._tokens import Tokens
from namens_client.acts import Act, Outcome
from namens_client.blocking import LONG_PATIENCE, PATIENCE
from namens_client.decisions import Decision, Question
from namens_client.events import Event
from namens_client.mandates import Mandate, Search
from namens_client.people import Helper, Person
from namens_client.registration import Registration, WebhookSecret

T = TypeVar("T")


class AsyncNamens:
    """Namens, for one portal. Make it once in a loop and keep it: it keeps connections and tokens. Tasks may share it.

    The arguments are those of `Namens`.
    """

    def __init__(
        self,
        *,
        issuer: str,
        client_id: str,
        key: Key | bytes | str,
        algorithm: str = "",
        decisions: str = "",
        patience: timedelta = PATIENCE,
        long_patience: timedelta = LONG_PATIENCE,
        through_proxy: bool = True,
        http: httpx2.AsyncClient | None = None,
    ) -> None:
        self._setup = checked(
            issuer=issuer,
            client_id=client_id,
            key=key,
            algorithm=algorithm,
            decisions=decisions,
            patience=patience,
            long_patience=long_patience,
        )
        self._tokens = Tokens(self._setup)
        self._fetching: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._is_ours = http is None
        self._http = http or httpx2.AsyncClient(trust_env=through_proxy)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(issuer={self._setup.issuer!r}, client_id={self._setup.client_id!r})"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Let go of the connections."""
        if self._is_ours:
            await self._http.aclose()

    async def may(
        self,
        subject: Helper,
        *,
        service: str,
        on_behalf_of: Person,
        action: str = "",
        assurance: str = "",
        at: datetime | None = None,
        request_id: str = "",
    ) -> Decision:
        """Say whether somebody may use a service for somebody else, or do one sensitive action of it.

        Raises NoAnswer for whatever is neither yes nor no: then do nothing. `request_id` is a number of your own, by
        which the answer is found in the log of Namens.
        """
        question = Question(
            subject, service=service, on_behalf_of=on_behalf_of, action=action, assurance=assurance, at=at
        )
        return await self._run(_asking.may(self._setup, question, request_id=request_id))

    async def may_all(self, questions: Sequence[Question], *, request_id: str = "") -> list[Decision]:
        """Answer many questions, in their order. Raises NoAnswer when one of them has no answer."""
        return await self._run(_asking.may_all(self._setup, questions, request_id=request_id))

    async def report(self, act: Act) -> Outcome:
        """Report an act. Raises NoAnswer: keep it then, and report it again later, under the same reference."""
        return await self._run(_reporting.report(self._setup, act))

    async def report_all(self, acts: Sequence[Act]) -> list[Outcome]:
        """Report acts; gives an outcome for each, in their order. Raises NoAnswer: then report all of them again."""
        return await self._run(_reporting.report_all(self._setup, acts))

    def events(self, *, after: int) -> AsyncIterator[Event]:
        """Give the events after this number, oldest first; 0 is from the first that is kept.

        Raises NoAnswer; TooOld when they are not kept any more.
        """
        return self._pages(lambda: _hearing.events(self._setup, after))

    async def newest_event(self) -> int:
        """Give the number of the newest event, 0 before the first: where to go on after reading all mandates.

        Raises NoAnswer.
        """
        return await self._run(_hearing.newest(self._setup))

    def mandates(self, *, changed_since: datetime | None = None) -> AsyncIterator[Mandate]:
        """Give the mandates that concern this portal. Raises NoAnswer."""
        return self._pages(lambda: _listing.mandates(self._setup, Search(changed_since=changed_since)))

    def search_mandates(self, search: Search) -> AsyncIterator[Mandate]:
        """Give the mandates with these people or services. Raises NoAnswer."""
        return self._pages(lambda: _listing.search(self._setup, search))

    async def registration(self) -> Registration:
        """Say how this portal is registered. Raises NoAnswer."""
        return await self._run(_registering.registration(self._setup))

    async def new_webhook_secret(self) -> WebhookSecret:
        """Give a new secret for events; the one before it signs beside it for a day. Raises NoAnswer."""
        return await self._run(_registering.new_webhook_secret(self._setup))

    async def try_webhook(self) -> None:
        """Let Namens send a trial event to this portal. Raises NoAnswer."""
        await self._run(_registering.try_webhook(self._setup))

    async def token(self, scope: str) -> str:
        """Give a token of this portal's machine, for trying out by hand. Raises NoAnswer."""
        return await self._run(_asking.token(self._setup, scope))

    async def _pages(self, first: Callable[[], Flow[Page[T]]]) -> AsyncIterator[T]:
        following: Callable[[], Flow[Page[T]]] | None = first
        while following is not None:
            page = await self._run(following())
            for item in page.items:
                yield item
            following = page.following

    async def _run(self, flow: Flow[T]) -> T:
        """Carry out a flow, and give what comes of it."""
        try:
            step = next(flow)
            while True:
                try:
                    done = await self._do(step)
                except Unreached as problem:
                    step = flow.throw(problem)
                else:
                    step = flow.send(done)
        except StopIteration as end:
            result: T = end.value
            return result

    async def _do(self, step: Step) -> Any:  # noqa: ANN401 - what a flow gets back goes by its step
        match step:
            case Request():
                return await self._send(step)
            case TokenWanted():
                return await self._token(step)
            case Pause():
                return await asyncio.sleep(step.seconds)

    async def _send(self, request: Request) -> Answer:
        seconds = _carrying.left(self._setup, request.until)
        asked = self._http.build_request(
            request.method,
            request.url,
            headers=_carrying.headers(request),
            content=request.content,
            timeout=_carrying.patience(seconds),
        )
        try:
            async with asyncio.timeout(seconds):
                return await self._answer(asked)
        except TimeoutError:
            raise Unreached(_carrying.TIME_IS_UP) from None
        except httpx2.HTTPError as problem:
            raise _carrying.unreached(problem) from None

    async def _answer(self, asked: httpx2.Request) -> Answer:
        response = await self._http.send(asked, stream=True, follow_redirects=False, auth=None)
        try:
            body = bytearray()
            async for part in response.aiter_raw():
                body += part
                _carrying.check_length(body)
        finally:
            await response.aclose()
        return _carrying.answer(response.status_code, response.headers.multi_items(), bytes(body))

    async def _token(self, wanted: TokenWanted) -> str:
        """Give a token; while one task fetches one, the others wait for it."""
        kept = self._tokens.good(wanted)
        if kept:
            return kept
        lock = self._fetching[wanted.scope]
        try:
            async with asyncio.timeout(_carrying.left(self._setup, wanted.until)):
                await lock.acquire()
        except TimeoutError:
            raise Unreached(_carrying.TIME_IS_UP) from None
        try:
            return self._tokens.good(wanted) or await self._run(self._tokens.fetch(wanted))
        finally:
            lock.release()
