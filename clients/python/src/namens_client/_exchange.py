"""One question with its token: again after 401, after `Retry-After`, and after silence; never longer than its time."""

import json
import re
import secrets
from dataclasses import dataclass, field
from itertools import count

from namens_client._flow import Answer, Flow, Pause, Request, TokenWanted, Unreached
from namens_client._reading import Fields, Unreadable, fields_of
from namens_client._setup import Setup
from namens_client.problems import NoAnswer, NotTaken

DECISIONS = "urn:namens:1.0:scope:decisions"
PORTALS = "urn:namens:1.0:scope:portals"
# What passes by itself: too many requests, or nobody who can answer now.
PASSES = frozenset({429, 502, 503, 504})
FIRST_WAIT, LONGEST_WAIT = 0.5, 10.0
_WORD = re.compile(r"[a-z0-9_-]{1,64}", re.ASCII)
_chance = secrets.SystemRandom()


@dataclass(frozen=True, kw_only=True)
class Call:
    """A question. One that `keeps_trying` is safe to ask again whatever became of it, and nobody waits for a page."""

    scope: str
    method: str
    url: str
    until: float
    content: object = field(default=None, repr=False)
    keeps_trying: bool = False
    request_id: str = ""

    def request(self, token: str) -> Request:
        """Give what is sent."""
        headers = {"authorization": f"Bearer {token}", "accept": "application/json, application/problem+json"}
        if self.request_id:
            headers["x-request-id"] = self.request_id
        content = None
        if self.content is not None:
            headers["content-type"] = "application/json"
            content = json.dumps(self.content).encode()
        return Request(method=self.method, url=self.url, headers=headers, content=content, until=self.until)


def ask(setup: Setup, call: Call) -> Flow[Answer]:
    """Give an answer that is neither 401 nor one that passes by itself. Raises NoAnswer."""
    refused = ""
    for tries in count():
        try:
            token: str = yield TokenWanted(scope=call.scope, until=call.until, refused=refused)
            answer: Answer = yield call.request(token)
        except Unreached as problem:
            wait = _wait_after(problem, tries, call)
            trouble = NoAnswer(str(problem), retry_after=problem.retry_after)
        else:
            if answer.status == 401 and not refused:
                # Namens may have got other keys meanwhile: once more, with another token.
                refused = token
                continue
            if answer.status not in PASSES:
                return answer
            wait, trouble = _told_or_own(answer.retry_after, tries, call), failure(answer)
        if wait is None or setup.ticks() + wait >= call.until:
            raise trouble from None
        if wait:
            yield Pause(wait)
    raise AssertionError("count ended")


def failure(answer: Answer) -> NoAnswer:
    """Give what to raise for an answer that is none."""
    found = Problem.of(answer)
    if 400 <= answer.status < 500 and answer.status not in {408, 429}:
        why = f"status {answer.status} {found.code} {found.detail}".strip()
        return NotTaken(why, status=answer.status, code=found.code, request_id=answer.request_id)
    why, again = f"status {answer.status}", answer.retry_after
    return NoAnswer(why, status=answer.status, request_id=answer.request_id, retry_after=again)


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A problem document (RFC 9457), as far as there is one. Namens never repeats in it what was sent."""

    code: str = ""
    detail: str = ""
    reason: str = ""

    @classmethod
    def of(cls, answer: Answer) -> "Problem":
        """Read it from an answer."""
        if answer.headers.get("content-type", "").partition(";")[0] != "application/problem+json":
            return cls()
        try:
            return cls.read(fields_of(answer.body))
        except Unreadable:
            return cls()

    @classmethod
    def read(cls, document: Fields) -> "Problem":
        """Read it from a document. Raises Unreadable."""
        code, detail = document.text("code", otherwise=""), document.text("detail", otherwise="")
        printable = "".join(symbol for symbol in detail[:300] if symbol.isprintable())
        reason = document.text("reden", otherwise="")
        return cls(code=code if _WORD.fullmatch(code) else "", detail=printable, reason=reason)


def back_off(tries: int) -> float:
    """Give how long to wait after so many tries: longer each time, and not at the same moment as everybody else."""
    longest = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(tries, 10))
    return longest / 2 + _chance.uniform(0, longest / 2)


def _wait_after(problem: Unreached, tries: int, call: Call) -> float | None:
    """Say how long to wait after silence; None for not at all. A connection that broke is worth another try at once."""
    if problem.dropped and tries == 0:
        return 0.0
    return _told_or_own(problem.retry_after, tries, call)


def _told_or_own(told: float | None, tries: int, call: Call) -> float | None:
    if told is not None:
        return max(told, back_off(tries)) if call.keeps_trying else told
    return back_off(tries) if call.keeps_trying else None
