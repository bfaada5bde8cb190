"""The endpoints of the rehearsal BRP: the register itself, and a token endpoint for those who use OAuth."""

import hmac
import json
import secrets
from datetime import datetime, timedelta
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from rehearsal.brp.fields import select
from rehearsal.brp.problems import invalid, problem
from rehearsal.brp.questions import KIND, mistakes
from rehearsal.brp.records import NOT_GIVEN, record
from rehearsal.openid import credentials
from rehearsal.people import Person
from rehearsal.stage import Stage

TOKEN_LIVES = timedelta(minutes=5)
_TITLES = {
    HTTPStatus.SERVICE_UNAVAILABLE: ("Bronservice BRP is tijdelijk niet beschikbaar.", "notAvailable"),
    HTTPStatus.INTERNAL_SERVER_ERROR: ("Interne server fout.", "serverError"),
}


class Register:
    """One BRP on a stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._tokens: dict[str, datetime] = {}

    def routes(self) -> list[Route]:
        """Give the routes under /brp."""
        return [
            Route("/brp/personen", self.persons, methods=["POST"]),
            Route("/brp/oauth/token", self.token, methods=["POST"]),
        ]

    async def token(self, request: Request) -> Response:
        """Give a token for client credentials (RFC 6749, 4.4)."""
        form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
        client = credentials.client_of(request.headers.get("authorization", ""), form=form, clients=self._stage.clients)
        if client is None:
            return JSONResponse({"error": "invalid_client"}, status_code=HTTPStatus.UNAUTHORIZED)
        if form.get("grant_type") != "client_credentials":
            return JSONResponse({"error": "unsupported_grant_type"}, status_code=HTTPStatus.BAD_REQUEST)
        token = secrets.token_urlsafe(24)
        self._tokens[token] = self._stage.clock() + TOKEN_LIVES
        return JSONResponse(
            {"access_token": token, "token_type": "Bearer", "expires_in": int(TOKEN_LIVES.total_seconds())},
            headers={"Cache-Control": "no-store"},
        )

    async def persons(self, request: Request) -> Response:
        """Answer `POST /personen`."""
        trouble = await self._stage.trouble.play("brp")
        if trouble:
            title, code = _TITLES[trouble]
            return problem(trouble, title=title, code=code)
        if not self._may_ask(request):
            return problem(HTTPStatus.UNAUTHORIZED, title="Niet correct geauthenticeerd.", code="authentication")
        if not request.headers.get("content-type", "").startswith("application/json"):
            title = "Media Type wordt niet ondersteund."
            return problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, title=title, code="unsupportedMediaType")
        return self._answer(await request.body())

    def _answer(self, body: bytes) -> Response:
        try:
            asked = json.loads(body)
        except ValueError:
            asked = None
        if not isinstance(asked, dict):
            return problem(
                HTTPStatus.BAD_REQUEST, title="De request body is geen geldige JSON.", code="paramsValidation"
            )
        wrong = mistakes(asked)
        if wrong:
            return invalid(wrong)
        found = [self._given(number) for number in dict.fromkeys(asked["burgerservicenummer"])]
        people = [select(self._record(person), paths=asked["fields"]) for person in found if person]
        return JSONResponse({"type": KIND, "personen": people}, headers={"api-version": "2.0.0"})

    def _given(self, number: str) -> Person | None:
        person = self._stage.people.find(number)
        is_given = person is not None and person.registered and person.suspension not in NOT_GIVEN
        return person if is_given else None

    def _record(self, person: Person) -> dict[str, object]:
        return record(person, people=self._stage.people, today=self._stage.today)

    def _may_ask(self, request: Request) -> bool:
        key = request.headers.get("x-api-key", "")
        if hmac.compare_digest(key.encode(), self._stage.settings.brp_api_key.encode()):
            return True
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        expires = self._tokens.get(token)
        return scheme.lower() == "bearer" and expires is not None and self._stage.clock() < expires
