"""NotifyNL: asked first whether it has a reference, and only then sent something under it: nothing goes out twice."""

import json
from datetime import datetime
from http import HTTPStatus

import httpx2
import structlog
from joserfc import jwt
from joserfc.jwk import OctKey

from namens.post.answers import Answer, NotTaken, Problem, Taken
from namens.post.config import NotifySettings

MOST_BYTES = 1_000_000
NEVER_LEFT = frozenset(
    {"validation-failed", "virus-scan-failed", "technical-failure", "permanent-failure", "cancelled"}
)

_log = structlog.get_logger()


class NotifyClient:
    """A connection to one service at NotifyNL, for any number of threads."""

    def __init__(self, settings: NotifySettings, *, transport: httpx2.BaseTransport | None = None) -> None:
        self._settings = settings
        self._http = httpx2.Client(transport=transport, follow_redirects=False, trust_env=False)

    def close(self) -> None:
        """Close the connections that were kept open."""
        self._http.close()

    def send_once(self, kind: str, *, reference: str, body: dict[str, object], now: datetime) -> Answer:
        """Send a `letter` or an `email`, unless this reference was sent before."""
        if not (self._settings.url and self._settings.api_key):
            return NotTaken(Problem.NOT_SET_UP, again=True)
        answer = self._find(reference, now=now)
        if answer is None:
            sent = self._call("POST", f"/{kind}", now=now, body={"reference": reference, **body})
            answer = sent if isinstance(sent, NotTaken) else Taken()
        if isinstance(answer, NotTaken):
            _log.warning("notifynl_did_not_take", kind=kind, problem=answer.problem.value, again=answer.again)
        return answer

    def _find(self, reference: str, *, now: datetime) -> Answer | None:
        """Say what became of this reference; None when it was never sent."""
        found = self._call("GET", "", now=now, query={"reference": reference})
        if isinstance(found, NotTaken):
            return found
        try:
            states = [one["status"] for one in json.loads(found)["notifications"] if one["reference"] == reference]
        except (ValueError, KeyError, TypeError):
            return NotTaken(Problem.UNREADABLE, again=True)
        if not states:
            return None
        return NotTaken(Problem.REJECTED, again=False) if NEVER_LEFT.issuperset(states) else Taken()

    def _call(
        self,
        method: str,
        path: str,
        *,
        now: datetime,
        body: dict[str, object] | None = None,
        query: dict[str, str] | None = None,
    ) -> bytes | NotTaken:
        calling = self._http.stream(
            method,
            f"{self._settings.url.rstrip('/')}/v2/notifications{path}",
            json=body,
            params=query,
            headers={"Authorization": f"Bearer {self._token(now)}"},
            timeout=self._settings.timeout_seconds,
        )
        try:
            with calling as response:
                return judge(response)
        except httpx2.TimeoutException:
            return NotTaken(Problem.TIMEOUT, again=True)
        except httpx2.TransportError:
            return NotTaken(Problem.CONNECTION, again=True)
        except httpx2.DecodingError:
            return NotTaken(Problem.UNREADABLE, again=True)

    def _token(self, now: datetime) -> str:
        claims = {"iss": self._settings.service_id, "iat": int(now.timestamp())}
        key = OctKey.import_key(self._settings.secret)
        return jwt.encode({"alg": "HS256", "typ": "JWT"}, claims, key)


def judge(response: httpx2.Response) -> bytes | NotTaken:
    """Give the body of a good answer, or what to think of another one."""
    status = response.status_code
    if status in (HTTPStatus.OK, HTTPStatus.CREATED):
        body = bytearray()
        for part in response.iter_bytes():
            body += part
            if len(body) > MOST_BYTES:
                return NotTaken(Problem.UNREADABLE, again=True)
        return bytes(body)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return NotTaken(Problem.BUSY, again=True)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return NotTaken(Problem.FAILING, again=True)
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return NotTaken(Problem.REFUSED, again=False)
    return NotTaken(Problem.REJECTED, again=False)
