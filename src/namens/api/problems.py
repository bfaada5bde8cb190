"""What is answered when there is no answer: a problem document (RFC 9457), with nothing in it of what was sent.

What a portal's team reads is Dutch, as the whole of this interface (API Design Rules, /core/interface-language).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from namens.grants.addresses import full

RETRY_SECONDS = 5
REALM = 'Bearer realm="namens"'


class ApiProblem(StrEnum):
    """What can be wrong. docs/refusals.md says for each what a portal does."""

    INVALID_INPUT = "ongeldige-invoer"
    NO_TOKEN = "geen-token"  # noqa: S105 - a word, no secret
    TOKEN_NOT_ACCEPTED = "token-niet-aanvaard"  # noqa: S105 - a word, no secret
    NOT_REGISTERED = "niet-aangemeld"
    NOT_FOUND = "niet-gevonden"
    WRONG_METHOD = "methode-niet-mogelijk"
    WRONG_KIND = "inhoud-niet-json"
    TOO_LARGE = "te-groot"
    NOT_YET = "kan-nog-niet"
    TOO_MANY = "te-veel"
    BROKEN = "fout-bij-namens"
    AWAY = "even-niet-beschikbaar"


_STATUS: Mapping[ApiProblem, int] = {
    ApiProblem.INVALID_INPUT: 400,
    ApiProblem.NO_TOKEN: 401,
    ApiProblem.TOKEN_NOT_ACCEPTED: 401,
    ApiProblem.NOT_REGISTERED: 403,
    ApiProblem.NOT_FOUND: 404,
    ApiProblem.WRONG_METHOD: 405,
    ApiProblem.WRONG_KIND: 415,
    ApiProblem.TOO_LARGE: 413,
    ApiProblem.NOT_YET: 409,
    ApiProblem.TOO_MANY: 429,
    ApiProblem.BROKEN: 500,
    ApiProblem.AWAY: 503,
}
_TITLES: Mapping[ApiProblem, str] = {
    ApiProblem.INVALID_INPUT: "Dit verzoek klopt niet",
    ApiProblem.NO_TOKEN: "Er is geen toegangstoken",
    ApiProblem.TOKEN_NOT_ACCEPTED: "Het toegangstoken geldt niet (meer)",
    ApiProblem.NOT_REGISTERED: "Hiervoor is uw portaal niet aangemeld",
    ApiProblem.NOT_FOUND: "Dit is er niet",
    ApiProblem.WRONG_METHOD: "Deze methode kan hier niet",
    ApiProblem.WRONG_KIND: "De inhoud is geen JSON",
    ApiProblem.TOO_LARGE: "Het verzoek is te groot",
    ApiProblem.NOT_YET: "Dit kan nog niet",
    ApiProblem.TOO_MANY: "Dit was te vaak",
    ApiProblem.BROKEN: "Er ging bij Namens iets mis",
    ApiProblem.AWAY: "Namens is even niet beschikbaar",
}


@dataclass
class Problem(Exception):
    """The request is not answered, and why. `detail` is Dutch, and repeats nothing that was sent."""

    code: ApiProblem
    detail: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """Give the status of the answer."""
        return _STATUS[self.code]

    def document(self, *, request_id: str) -> dict[str, object]:
        """Give the document; `requestId` is the number by which the log has it."""
        return {
            "type": full(f"v1/openapi.json#/x-problemen/{self.code}"),
            "title": _TITLES[self.code],
            "status": self.status,
            "detail": self.detail,
            "code": self.code.value,
            "requestId": request_id,
        }


def invalid(detail: str) -> Problem:
    """The request is not as the description says."""
    return Problem(ApiProblem.INVALID_INPUT, detail)


def no_token() -> Problem:
    """There is no token; then the challenge says no more than that (RFC 6750, 3.1)."""
    return Problem(
        ApiProblem.NO_TOKEN, "Stuur een toegangstoken mee (Authorization: Bearer).", {"WWW-Authenticate": REALM}
    )


def unknown_token() -> Problem:
    """The token is not ours, spent, for another door, or bound to something that was not shown (RFC 6750, 3)."""
    challenge = f'{REALM}, error="invalid_token"'
    return Problem(ApiProblem.TOKEN_NOT_ACCEPTED, "Haal een nieuw toegangstoken.", {"WWW-Authenticate": challenge})


def too_many(detail: str, *, wait: timedelta) -> Problem:
    """It was done as often as may be; later it can be done again."""
    seconds = max(1, math.ceil(wait.total_seconds()))
    return Problem(ApiProblem.TOO_MANY, detail, {"Retry-After": str(seconds)})


def away() -> Problem:
    """The database does not answer; nothing was written."""
    retry = {"Retry-After": str(RETRY_SECONDS)}
    return Problem(ApiProblem.AWAY, f"Er is niets opgeslagen. Probeer het over {RETRY_SECONDS} seconden weer.", retry)


def broken() -> Problem:
    """Something is wrong with us."""
    return Problem(ApiProblem.BROKEN, "Meld ons het nummer van dit verzoek (requestId).")
