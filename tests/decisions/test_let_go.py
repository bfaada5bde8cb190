"""Who was refused is let go of at once: what holds a connection is held until the collector comes by."""

import asyncio
import gc
import weakref
from typing import Any

from tests.decisions.machine import EVALUATION, JSON, Machine


def test_it_holds_nothing_of_a_request_that_it_refused(asking: Machine) -> None:
    async def is_let_go() -> bool:
        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": True}

        async def send(event: dict[str, Any]) -> None:
            statuses.append(event.get("status"))

        held = weakref.ref(receive)
        headers = [(b"content-type", JSON.encode()), (b"authorization", b"Bearer nobody")]
        scope = {"type": "http", "method": "POST", "path": EVALUATION, "query_string": b"", "headers": headers}
        await asking.door({**scope, "client": ("127.0.0.1", 1)}, receive, send)
        del receive
        return held() is None

    statuses: list[object] = []
    gc.collect()
    gc.disable()
    try:
        assert asyncio.run(is_let_go())
    finally:
        gc.enable()
    assert statuses[0] == 401
