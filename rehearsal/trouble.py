"""A switch to play trouble: a stand-in can be slow, down (503), broken (500) or busy (429) until it is switched back.

One that is `late` does what it is asked and only then is slow, so that whoever asked does not hear of it.
"""

import asyncio
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response


class Mood(StrEnum):
    """How a stand-in behaves."""

    OK = "ok"
    SLOW = "slow"
    DOWN = "down"
    ERROR = "error"
    BUSY = "busy"
    LATE = "late"


DOORS = ("digid", "eherkenning", "brp", "notifynl")
_PLAIN = (Mood.OK, Mood.SLOW, Mood.DOWN, Mood.ERROR)
_MOODS = {**dict.fromkeys(DOORS, _PLAIN), "notifynl": tuple(Mood)}
_STATUS = {
    Mood.DOWN: HTTPStatus.SERVICE_UNAVAILABLE,
    Mood.ERROR: HTTPStatus.INTERNAL_SERVER_ERROR,
    Mood.BUSY: HTTPStatus.TOO_MANY_REQUESTS,
}


@dataclass
class Trouble:
    """The moods of this moment, and how many seconds slow is."""

    moods: dict[str, Mood] = field(default_factory=lambda: dict.fromkeys(DOORS, Mood.OK))
    seconds: float = 10.0

    async def play(self, door: str) -> HTTPStatus | None:
        """Wait when the door is slow; give the status to fail with when it is down or broken."""
        mood = self.moods[door]
        if mood is Mood.SLOW:
            await asyncio.sleep(self.seconds)
        return _STATUS.get(mood)

    async def delay_answer(self, door: str) -> None:
        """Wait when the door is late: what was asked is done by now."""
        if self.moods[door] is Mood.LATE:
            await asyncio.sleep(self.seconds)

    async def control(self, request: Request) -> Response:
        """Answer /control: show the switches, or set them and `seconds` from a form or a JSON object."""
        if request.method == "POST":
            try:
                self._set(await _fields(request))
            except (TypeError, ValueError) as problem:
                return JSONResponse({"error": str(problem)}, status_code=HTTPStatus.BAD_REQUEST)
        return JSONResponse({**self.moods, "seconds": self.seconds}, headers={"Cache-Control": "no-store"})

    def _set(self, wanted: dict[str, Any]) -> None:
        unknown = wanted.keys() - self.moods.keys() - {"seconds"}
        if unknown:
            raise ValueError(f"there is no switch called {', '.join(sorted(unknown))}")
        moods = {door: Mood(wanted[door]) for door in self.moods if door in wanted}
        wrong = [door for door, mood in moods.items() if mood not in _MOODS[door]]
        if wrong:
            raise ValueError(f"{', '.join(wrong)} cannot play that")
        self.seconds = float(wanted.get("seconds", self.seconds))
        self.moods.update(moods)


async def _fields(request: Request) -> dict[str, Any]:
    if request.headers.get("content-type", "").startswith("application/json"):
        return dict(await request.json())
    return dict(await request.form())
