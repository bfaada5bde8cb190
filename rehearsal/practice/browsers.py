"""Whose browser this is: a cookie with a secret, and what it opens. Also in which language it is."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from rehearsal.letterbox.letters import Letter
from rehearsal.mailbox.receiver import Mail
from rehearsal.practice.book import Book, Visitor
from rehearsal.practice.casts import Cast
from rehearsal.practice.exercises import LANGUAGES

COOKIE, LANGUAGE_COOKIE = "namens_oefenen", "namens_oefenen_taal"


@dataclass(frozen=True)
class Browsers:
    """Knows browsers by their cookie."""

    book: Book
    base_url: str

    def visitor(self, request: Request) -> Visitor | None:
        """Give whose browser this is; None for one that never began."""
        return self.book.visitor(request.cookies.get(COOKIE, ""))

    def cast(self, request: Request) -> Cast | None:
        """Give with whom this browser practises."""
        visitor = self.visitor(request)
        return self.book.cast_of(visitor) if visitor else None

    def keep(self, response: Response, *, visitor: Visitor) -> Response:
        """Let this browser be that visitor's from now on."""
        return self._set(response, COOKIE, self.book.open_browser(visitor))

    def keep_language(self, response: Response, *, language: str) -> Response:
        """Let this browser read this language from now on."""
        return self._set(response, LANGUAGE_COOKIE, language)

    def language(self, request: Request) -> str:
        """Give the language of this browser; Dutch until somebody chooses."""
        chosen = request.cookies.get(LANGUAGE_COOKIE, "")
        return chosen if chosen in LANGUAGES else LANGUAGES[0]

    def letters(self, request: Request) -> Callable[[Letter], bool]:
        """Give which letters this browser may see: those to its own cast; no two casts share a postcode."""
        cast = self.cast(request)
        homes = {one.address.line2.partition(" ")[0] for one in cast.people.values()} if cast else set()
        return lambda letter: any(line.partition(" ")[0] in homes for line in letter.window)

    def mails(self, request: Request) -> Callable[[Mail], bool]:
        """Give which e-mails this browser may see: those to its own cast, since it has that cast."""
        cast = self.cast(request)
        if cast is None:
            return lambda _: False
        since, domain = self.book.claimed_at(cast), f"@{cast.mail_domain}"
        return lambda mail: mail.to.lower().endswith(domain) and mail.came_at >= since

    def _set(self, response: Response, name: str, value: str) -> Response:
        is_https = urlsplit(self.base_url).scheme == "https"
        response.set_cookie(name, value, httponly=True, samesite="lax", secure=is_https, path="/")
        return response
