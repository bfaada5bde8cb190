"""The endpoints of the rehearsal NotifyNL: hand over a letter or an e-mail, and look up by reference."""

import json
import uuid
from collections.abc import Sequence
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from rehearsal.notifynl.bodies import KINDS, Body
from rehearsal.notifynl.keys import refusal
from rehearsal.stage import Stage

PATH = "/notifynl/v2/notifications"
STATES = {"letter": "accepted", "email": "delivered"}


class Office:
    """One NotifyNL on a stage. What was handed over is kept in memory, without its content."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._taken: list[dict[str, str | None]] = []

    def routes(self) -> list[Route]:
        """Give the routes under /notifynl."""
        return [Route(PATH, self.look_up), Route(f"{PATH}/{{kind}}", self.hand_over, methods=["POST"])]

    async def look_up(self, request: Request) -> Response:
        """Answer `GET /v2/notifications`, with or without a reference."""
        stopped = await self._stopped(request)
        if stopped:
            return stopped
        wanted = request.query_params.get("reference")
        found = [one for one in reversed(self._taken) if wanted in (None, one["reference"])]
        return JSONResponse({"notifications": found, "links": {"current": str(request.url)}})

    async def hand_over(self, request: Request) -> Response:
        """Answer `POST /v2/notifications/letter` and `/email`. Like the real one it never looks for doubles."""
        stopped = await self._stopped(request)
        if stopped:
            return stopped
        kind = request.path_params["kind"]
        if kind not in KINDS:
            return _errors(HTTPStatus.NOT_FOUND, "NotFound", ["Not found"])
        body = _read(await request.body())
        wrong = ["Invalid JSON supplied in POST data"] if body is None else KINDS[kind](body)
        if body is None or wrong:
            return _errors(HTTPStatus.BAD_REQUEST, "ValidationError", wrong)
        taken = self._take(kind, body)
        await self._stage.trouble.delay_answer("notifynl")
        return JSONResponse(taken, status_code=HTTPStatus.CREATED)

    def _take(self, kind: str, body: Body) -> dict[str, str | None]:
        reference = str(body["reference"]) if "reference" in body else None
        made = self._stage.clock().isoformat()
        taken = {"id": str(uuid.uuid4()), "reference": reference}
        self._taken.append({**taken, "type": kind, "status": STATES[kind], "created_at": made})
        return taken

    async def _stopped(self, request: Request) -> Response | None:
        trouble = await self._stage.trouble.play("notifynl")
        if trouble:
            return _errors(trouble, "Exception", ["Internal server error"])
        key, now = self._stage.settings.notifynl_api_key, self._stage.clock()
        refused = refusal(request.headers.get("authorization", ""), api_key=key, now=now)
        return _errors(HTTPStatus.FORBIDDEN, "AuthError", [refused]) if refused else None


def _read(body: bytes) -> Body | None:
    try:
        found = json.loads(body)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _errors(status: HTTPStatus, kind: str, messages: Sequence[str]) -> JSONResponse:
    errors = [{"error": kind, "message": message} for message in messages]
    return JSONResponse({"status_code": int(status), "errors": errors}, status_code=status)
