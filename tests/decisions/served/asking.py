"""Many who ask at once, on connections that stay open; each answer is kept with when it was asked and heard."""

import asyncio
import json
import secrets
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.decisions.machine import EVALUATION, EVALUATIONS
from tests.decisions.served.truth import Pair, Said

AT_ONCE = 10
Question = dict[str, object]


@dataclass(frozen=True)
class Status:
    """What came back when it was no answer."""

    code: int
    sent: float
    received: float


@dataclass
class Asking:
    """Who asks what, until `enough` was answered or `until` is over."""

    port: int
    questions: dict[Pair, Question]
    token: Callable[[], str]
    enough: int
    until: float
    said: list[Said] = field(default_factory=list)
    refused: list[Status] = field(default_factory=list)
    odd: Counter[str] = field(default_factory=Counter)

    @property
    def is_over(self) -> bool:
        """Say whether it was enough."""
        return len(self.said) >= self.enough or time.monotonic() >= self.until

    async def ask(self, many: int) -> None:
        """Let so many ask at once."""
        await asyncio.gather(*(self._keep_asking() for _ in range(many)))

    async def _keep_asking(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        while not self.is_over:
            pairs = [secrets.choice(list(self.questions)) for _ in range(secrets.choice([1, 1, AT_ONCE]))]
            sent = time.monotonic()
            try:
                writer.write(self._request(pairs))
                code, headers, body = await heard(reader)
            except (OSError, asyncio.IncompleteReadError) as problem:
                self.odd[type(problem).__name__] += 1
                writer.close()
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
                continue
            self._keep(pairs, code, headers, body, sent)
        writer.close()

    def _request(self, pairs: list[Pair]) -> bytes:
        asked = [self.questions[pair] for pair in pairs]
        path, content = (EVALUATION, asked[0]) if len(asked) == 1 else (EVALUATIONS, {"evaluations": asked})
        return request(path, content, token=self.token())

    def _keep(self, pairs: list[Pair], code: int, headers: str, body: Any, sent: float) -> None:  # noqa: ANN401 - JSON
        received = time.monotonic()
        if code != 200:
            self.refused.append(Status(code, sent, received))
            if code == 503 and "retry-after: " not in headers:
                self.odd["503 without Retry-After"] += 1
            return
        answers = [body] if len(pairs) == 1 else body["evaluations"]
        assert len(answers) == len(pairs)
        self.said += [
            Said(pair, answer["decision"], sent, received) for pair, answer in zip(pairs, answers, strict=True)
        ]


def request(path: str, content: object, *, token: str) -> bytes:
    """Give a whole request."""
    body = json.dumps(content).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: door\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def heard(reader: asyncio.StreamReader) -> tuple[int, str, Any]:
    """Give status, headers and content of one answer. Raises IncompleteReadError when it is not whole."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = int(head.partition("content-length: ")[2].partition("\r\n")[0])
    body = await reader.readexactly(length)
    return int(head.split()[1]), head, json.loads(body)
