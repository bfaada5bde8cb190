"""The real doors as the library reaches them, without a socket between: so they see what a test has not committed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import httpx2
from django.test import Client
from namens_client import Namens

from namens.grants.addresses import issuer
from tests.api.machine import Machine
from tests.decisions.machine import Machine as DecisionsMachine
from tests.openid.relying import key

PATIENCE = timedelta(seconds=30)
# What Django's client and the door take apart from the others.
APART = frozenset({"content-type", "content-length", "host"})


class Doors(httpx2.BaseTransport):
    """Brings a request to the decisions door, or to that of the pages."""

    def __init__(self, machine: Machine) -> None:
        self._decisions = DecisionsMachine(machine.relying)
        self._pages = Client(raise_request_exception=False)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Give the answer of the door at this address."""
        path, body = request.url.raw_path.decode(), request.read()
        named = {name: value for name, value in request.headers.items() if name not in APART}
        kind = request.headers.get("content-type", "")
        if path.startswith("/access/"):
            headers = {name.replace("-", "_"): value for name, value in named.items()}
            heard = self._decisions.send(path, body, method=request.method, kind=kind, **headers)
            return httpx2.Response(heard.status, headers=dict(heard.headers), stream=httpx2.ByteStream(heard.body))
        answer = self._pages.generic(request.method, path, body, content_type=kind, headers=named)
        return httpx2.Response(
            answer.status_code, headers=dict(answer.items()), stream=httpx2.ByteStream(answer.content)
        )


@contextmanager
def library(machine: Machine, **options: object) -> Iterator[Namens]:
    """Give the library as the team of this portal has it."""
    with httpx2.Client(transport=Doors(machine)) as http:
        given = {"issuer": issuer(), "client_id": machine.portal.client_id, "key": key(machine.relying.kind)}
        yield Namens(**given, patience=PATIENCE, long_patience=PATIENCE, http=http, **options)  # type: ignore[arg-type]  # by name
