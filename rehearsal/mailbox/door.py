"""The page of the mailbox: every e-mail that came in."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rehearsal import dates, screens
from rehearsal.mailbox.receiver import Mail, Receiver
from rehearsal.stage import AMSTERDAM

PATH = "/postvak"


class Mailbox:
    """Where e-mails can be read. `shows` says which ones a browser may see: all, unless it is given."""

    def __init__(self, receiver: Receiver, *, shows: Callable[[Request], Callable[[Mail], bool]] | None = None) -> None:
        self._receiver = receiver
        self._shows = shows or (lambda _: lambda _: True)

    def routes(self) -> list[Route]:
        """Give the one route."""
        return [Route(PATH, self.show)]

    async def show(self, request: Request) -> Response:
        """Show every e-mail, newest first."""
        mails = list(filter(self._shows(request), self._receiver.mails))
        return screens.show("mailbox.html", mails=mails, when=_when)


def _when(mail: Mail) -> str:
    came = mail.came_at.astimezone(AMSTERDAM)
    return f"{dates.in_dutch(came.date().isoformat())}, {came:%H:%M}"
