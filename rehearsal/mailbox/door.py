"""The page of the mailbox: every e-mail that came in."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rehearsal import dates, screens
from rehearsal.mailbox.receiver import Mail, Receiver
from rehearsal.stage import AMSTERDAM

PATH = "/postvak"


class Mailbox:
    """Where e-mails can be read."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver

    def routes(self) -> list[Route]:
        """Give the one route."""
        return [Route(PATH, self.show)]

    async def show(self, request: Request) -> Response:
        """Show every e-mail, newest first."""
        del request
        return screens.show("mailbox.html", mails=list(self._receiver.mails), when=_when)


def _when(mail: Mail) -> str:
    came = mail.came_at.astimezone(AMSTERDAM)
    return f"{dates.in_dutch(came.date().isoformat())}, {came:%H:%M}"
