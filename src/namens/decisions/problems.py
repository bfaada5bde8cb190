"""What is answered when there is no answer: a problem document (RFC 9457), with nothing in it of what was asked."""

from dataclasses import dataclass

import msgspec

RETRY_SECONDS = 1
_TITLES = {
    400: "Wrong request",
    401: "Not logged in",
    403: "Not allowed",
    404: "No such address",
    405: "Wrong method",
    408: "Too slow",
    413: "Too large",
    500: "Something went wrong here",
    503: "Not available now",
}


@dataclass
class Problem(Exception):
    """The request is not answered, and why."""

    status: int
    detail: str
    headers: tuple[tuple[bytes, bytes], ...] = ()

    def body(self) -> bytes:
        """Give the document."""
        title = _TITLES.get(self.status, "Problem")
        return msgspec.json.encode({"title": title, "status": self.status, "detail": self.detail})


def no_token() -> Problem:
    """There is no token; then the challenge says no more than that (RFC 6750, 3.1)."""
    return Problem(401, "the access token is missing", ((b"www-authenticate", b'Bearer realm="namens"'),))


def unknown_token() -> Problem:
    """The token is not ours, spent, or bound to something that was not shown (RFC 6750, 3)."""
    challenge = ((b"www-authenticate", b'Bearer realm="namens", error="invalid_token"'),)
    return Problem(401, "the access token is not valid (any more)", challenge)


def away(detail: str = "decisions cannot be made now; ask again in a second") -> Problem:
    """Nothing can be said: never a yes."""
    return Problem(503, detail, ((b"retry-after", str(RETRY_SECONDS).encode()),))
