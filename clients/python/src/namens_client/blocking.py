"""`Namens`, for programs with threads: it carries out, one after the other, what the flows ask."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from threading import Lock
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx2

from namens_client import _asking, _carrying, _hearing, _listing, _registering, _reporting
from namens_client._flow import Answer, Flow, Page, Pause, Request, Step, TokenWanted, Unreached
from namens_client._setup import Key, checked
from namens_client._tokens import Tokens
from namens_client.acts import Act, Outcome
from namens_client.decisions import Decision, Question
from namens_client.events import Event
from namens_client.mandates import Mandate, Search
from namens_client.people import Helper, Person
from namens_client.registration import Registration, WebhookSecret

T = TypeVar("T")
PATIENCE, LONG_PATIENCE = timedelta(seconds=3), timedelta(seconds=30)


class Namens:
    """Namens, for one portal. Make it once and keep it: it keeps connections and tokens. Threads may share it.

    `key` is the private key (PEM, or one of joserfc) that belongs to a public key which Namens knows; `decisions` is
    the address of the decisions door, where it is not that of the issuer. A decision takes at most `patience`; all
    else tries again for `long_patience`. `through_proxy` says whether a proxy that the environment names counts. `http`
    is a client of your own, with its own proxy or certificates; you close it.
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
        http: httpx2.Client | None = None,
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
        self._fetching: defaultdict[str, Lock] = defaultdict(Lock)
        self._is_ours = http is None
        self._http = http or httpx2.Client(trust_env=through_proxy)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(issuer={self._setup.issuer!r}, client_id={self._setup.client_id!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections."""
        if self._is_ours:
            self._http.close()

    def may(
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
        return self._run(_asking.may(self._setup, question, request_id=request_id))

    def may_all(self, questions: Sequence[Question], *, request_id: str = "") -> list[Decision]:
        """Answer many questions, in their order. Raises NoAnswer when one of them has no answer."""
        return self._run(_asking.may_all(self._setup, questions, request_id=request_id))

    def report(self, act: Act) -> Outcome:
        """Report an act. Raises NoAnswer: keep it then, and report it again later, under the same reference."""
        return self._run(_reporting.report(self._setup, act))

    def report_all(self, acts: Sequence[Act]) -> list[Outcome]:
        """Report acts; gives an outcome for each, in their order. Raises NoAnswer: then report all of them again."""
        return self._run(_reporting.report_all(self._setup, acts))

    def events(self, *, after: int) -> Iterator[Event]:
        """Give the events after this number, oldest first; 0 is from the first that is kept.

        Raises NoAnswer; TooOld when they are not kept any more.
        """
        return self._pages(lambda: _hearing.events(self._setup, after))

    def newest_event(self) -> int:
        """Give the number of the newest event, 0 before the first: where to go on after reading all mandates.

        Raises NoAnswer.
        """
        return self._run(_hearing.newest(self._setup))

    def mandates(self, *, changed_since: datetime | None = None) -> Iterator[Mandate]:
        """Give the mandates that concern this portal. Raises NoAnswer."""
        return self._pages(lambda: _listing.mandates(self._setup, Search(changed_since=changed_since)))

    def search_mandates(self, search: Search) -> Iterator[Mandate]:
        """Give the mandates with these people or services. Raises NoAnswer."""
        return self._pages(lambda: _listing.search(self._setup, search))

    def registration(self) -> Registration:
        """Say how this portal is registered. Raises NoAnswer."""
        return self._run(_registering.registration(self._setup))

    def new_webhook_secret(self) -> WebhookSecret:
        """Give a new secret for events; the one before it signs beside it for a day. Raises NoAnswer."""
        return self._run(_registering.new_webhook_secret(self._setup))

    def try_webhook(self) -> None:
        """Let Namens send a trial event to this portal. Raises NoAnswer."""
        self._run(_registering.try_webhook(self._setup))

    def token(self, scope: str) -> str:
        """Give a token of this portal's machine, for trying out by hand. Raises NoAnswer."""
        return self._run(_asking.token(self._setup, scope))

    def _pages(self, first: Callable[[], Flow[Page[T]]]) -> Iterator[T]:
        following: Callable[[], Flow[Page[T]]] | None = first
        while following is not None:
            page = self._run(following())
            yield from page.items
            following = page.following

    def _run(self, flow: Flow[T]) -> T:
        """Carry out a flow, and give what comes of it."""
        try:
            step = next(flow)
            while True:
                try:
                    done = self._do(step)
                except Unreached as problem:
                    step = flow.throw(problem)
                else:
                    step = flow.send(done)
        except StopIteration as end:
            result: T = end.value
            return result

    def _do(self, step: Step) -> Any:  # noqa: ANN401 - what a flow gets back goes by its step
        match step:
            case Request():
                return self._send(step)
            case TokenWanted():
                return self._token(step)
            case Pause():
                return time.sleep(step.seconds)

    def _send(self, request: Request) -> Answer:
        seconds = _carrying.left(self._setup, request.until)
        asked = self._http.build_request(
            request.method,
            request.url,
            headers=_carrying.headers(request),
            content=request.content,
            timeout=_carrying.patience(seconds),
        )
        try:
            response = self._http.send(asked, stream=True, follow_redirects=False, auth=None)
            try:
                body = self._body(response, request.until)
            finally:
                response.close()
        except httpx2.HTTPError as problem:
            raise _carrying.unreached(problem) from None
        return _carrying.answer(response.status_code, response.headers.multi_items(), body)

    def _body(self, response: httpx2.Response, until: float) -> bytes:
        body = bytearray()
        for part in response.iter_raw():
            body += part
            _carrying.check_length(body)
            _carrying.left(self._setup, until)
        return bytes(body)

    def _token(self, wanted: TokenWanted) -> str:
        """Give a token; while one thread fetches one, the others wait for it."""
        kept = self._tokens.good(wanted)
        if kept:
            return kept
        lock = self._fetching[wanted.scope]
        if not lock.acquire(timeout=_carrying.left(self._setup, wanted.until)):
            raise Unreached(_carrying.TIME_IS_UP)
        try:
            return self._tokens.good(wanted) or self._run(self._tokens.fetch(wanted))
        finally:
            lock.release()
