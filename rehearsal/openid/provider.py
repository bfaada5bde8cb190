"""The endpoints of a means. It never remembers anybody: every login is fresh, whatever `prompt` says."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import ImmutableMultiDict
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from rehearsal import screens
from rehearsal.openid import asking, credentials, login
from rehearsal.openid.asking import Faulty, Parameters, Question, Stranger
from rehearsal.openid.ledger import Grant, Ledger
from rehearsal.openid.means import Means, Mistake
from rehearsal.openid.tokens import ID_TOKEN_LIVES, Signer, challenge_of
from rehearsal.stage import Stage

_NO_STORE = {"Cache-Control": "no-store"}
TOO_LATE = "U wachtte te lang met inloggen. Ga terug naar de website en log opnieuw in."
_ALWAYS = ("iss", "aud", "sub", "iat", "nbf", "exp", "auth_time", "nonce", "jti", "acr")


class Provider:
    """One OpenID Provider on a stage, for one means. `seen_by` gives what a browser sees of it, where that differs."""

    def __init__(self, stage: Stage, means: Means, *, seen_by: Callable[[Request], Means] | None = None) -> None:
        self._stage = stage
        self._means = means
        self._seen_by = seen_by or (lambda _: means)
        self._issuer = stage.settings.issuer_of(means.key)
        self._ledger = Ledger()
        self._signer = Signer(self._issuer)

    def routes(self) -> list[Route]:
        """Give the routes under the key of the means."""
        place = f"/{self._means.key}"
        return [
            Route(f"{place}/.well-known/openid-configuration", self.discovery),
            Route(f"{place}/jwks", self.jwks),
            Route(f"{place}/authorize", self.authorize, methods=["GET", "POST"]),
            Route(f"{place}/login", self.open, methods=["GET"]),
            Route(f"{place}/login", self.login, methods=["POST"]),
            Route(f"{place}/token", self.token, methods=["POST"]),
            Route(f"{place}/logout", self.logout, methods=["GET", "POST"]),
        ]

    async def discovery(self, request: Request) -> Response:
        """Answer with the metadata (OpenID Connect Discovery 1.0, 3)."""
        del request
        return JSONResponse(metadata(self._issuer, means=self._means), headers={"Cache-Control": "max-age=60"})

    async def jwks(self, request: Request) -> Response:
        """Answer with the public key. Not to be kept: every start makes a new one."""
        del request
        return JSONResponse(self._signer.public_keys(), headers={"Cache-Control": "no-cache"})

    async def authorize(self, request: Request) -> Response:
        """Show the login page, or refuse."""
        asked = await _parameters(request)
        question = asking.read(asked, clients=self._stage.clients, levels=self._means.levels)
        match question:
            case Stranger(reason):
                return self._stop(reason)
            case Faulty(redirect_uri, state, error, description):
                return self._back(redirect_uri, state=state, error=error, error_description=description)
            case Question():
                key, means = self._ledger.open(question, now=self._stage.clock()), self._seen_by(request)
                if means.detour:
                    address = _with_query(means.detour, {"bij": means.key, "verder": key})
                    return RedirectResponse(address, status_code=HTTPStatus.SEE_OTHER, headers=_NO_STORE)
                return login.page(question, key=key, means=means, form={})

    async def open(self, request: Request) -> Response:
        """Show the login page to who comes back to an open question."""
        key = request.query_params.get("request", "")
        question, means = self._ledger.find(key, now=self._stage.clock()), self._seen_by(request)
        if question is None or means.detour:
            return self._stop(TOO_LATE)
        return login.page(question, key=key, means=means, form={})

    async def login(self, request: Request) -> Response:
        """Take the login form: back to the client with a code, or with access_denied."""
        form = _texts(await request.form())
        key = form.get("request", "")
        question = self._ledger.find(key, now=self._stage.clock())
        if question is None:
            return self._stop(TOO_LATE)
        if form.get("action") == "cancel":
            return self._back(question.redirect_uri, state=question.state, error="access_denied")
        means = self._seen_by(request)
        chosen = login.read(form, means=means)
        if isinstance(chosen, Mistake):
            return login.page(question, key=key, means=means, form=form, mistake=chosen)
        grant = Grant(question, who=chosen, at=self._stage.clock())
        return self._back(question.redirect_uri, state=question.state, code=self._ledger.issue(grant))

    async def token(self, request: Request) -> Response:
        """Exchange a code for an ID token (OpenID Connect Core 3.1.3)."""
        trouble = await self._stage.trouble.play(self._means.key)
        if trouble:
            return Response(f"{self._means.name} is gestoord.", status_code=trouble, headers=_NO_STORE)
        form = _texts(await request.form())
        client = credentials.client_of(request.headers.get("authorization", ""), form=form, clients=self._stage.clients)
        if client is None:
            realm = {"WWW-Authenticate": f'Basic realm="{self._means.name}"'}
            return _refuse("invalid_client", status=HTTPStatus.UNAUTHORIZED, headers=realm)
        if form.get("grant_type") != "authorization_code":
            return _refuse("unsupported_grant_type")
        grant = self._ledger.take(form.get("code", ""), now=self._stage.clock())
        if grant is None or grant.question.client != client or not _fits(grant.question, form=form):
            return _refuse("invalid_grant")
        return self._tokens(grant)

    async def logout(self, request: Request) -> Response:
        """Say goodbye: nobody was remembered (OpenID Connect RP-Initiated Logout 1.0)."""
        asked = await _parameters(request)
        client_id = asked.get("client_id") or self._signer.audience(asked.get("id_token_hint", ""))
        client = self._stage.clients.find(client_id)
        target = asked.get("post_logout_redirect_uri", "")
        if client is None or target not in client.post_logout_redirect_uris:
            return screens.show("goodbye.html", means=self._means)
        state = {"state": asked["state"]} if "state" in asked else {}
        return RedirectResponse(_with_query(target, state), status_code=HTTPStatus.SEE_OTHER, headers=_NO_STORE)

    def _tokens(self, grant: Grant) -> Response:
        now = int(self._stage.clock().timestamp())
        # The access token opens nothing: there is no UserInfo, all claims are in the ID token.
        answer = {
            "access_token": "opens-nothing",
            "token_type": "Bearer",
            "expires_in": int(ID_TOKEN_LIVES.total_seconds()),
            "id_token": self._signer.id_token(grant, now=now),
            "scope": f"openid {self._means.scope}",
        }
        return JSONResponse(answer, headers=_NO_STORE)

    def _stop(self, reason: str) -> Response:
        return screens.show("stopped.html", status=HTTPStatus.BAD_REQUEST, means=self._means, reason=reason)

    def _back(self, redirect_uri: str, **parameters: str) -> Response:
        query = {**{name: value for name, value in parameters.items() if value}, "iss": self._issuer}
        return RedirectResponse(_with_query(redirect_uri, query), status_code=HTTPStatus.SEE_OTHER, headers=_NO_STORE)


def metadata(issuer: str, *, means: Means) -> dict[str, Any]:
    """Give what the provider says about itself."""
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/jwks",
        "end_session_endpoint": f"{issuer}/logout",
        "scopes_supported": ["openid", means.scope],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "code_challenge_methods_supported": ["S256"],
        "acr_values_supported": [level.uri for level in means.levels.all],
        "claims_supported": [*_ALWAYS, *means.claims],
        "ui_locales_supported": ["nl"],
        "authorization_response_iss_parameter_supported": True,
        "request_parameter_supported": False,
        "request_uri_parameter_supported": False,
        "claims_parameter_supported": False,
    }


async def _parameters(request: Request) -> Parameters:
    if request.method == "GET":
        return request.query_params
    items = (await request.form()).multi_items()
    return ImmutableMultiDict([(name, value) for name, value in items if isinstance(value, str)])


def _texts(form: Mapping[str, object]) -> dict[str, str]:
    return {name: value for name, value in form.items() if isinstance(value, str)}


def _fits(question: Question, *, form: Mapping[str, str]) -> bool:
    verifier = form.get("code_verifier", "")
    return form.get("redirect_uri") == question.redirect_uri and challenge_of(verifier) == question.challenge


def _refuse(
    error: str, *, status: HTTPStatus = HTTPStatus.BAD_REQUEST, headers: Mapping[str, str] | None = None
) -> Response:
    return JSONResponse({"error": error}, status_code=status, headers={**_NO_STORE, **(headers or {})})


def _with_query(address: str, query: Mapping[str, str]) -> str:
    if not query:
        return address
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"
