"""A portal in Flask that logs people in through Namens with Authlib: private_key_jwt, PKCE, back-channel logout."""

import os
import time
from pathlib import Path
from typing import Any

from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.flask_client import OAuth
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from flask import Flask, Response, redirect, render_template, request, session, url_for
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet, RSAKey

ISSUER, CLIENT_ID, SERVICE = os.environ["ISSUER"], os.environ["CLIENT_ID"], os.environ["SERVICE"]
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
LOGOUT_RULES = jwt.JWTClaimsRegistry(
    leeway=30,
    iss={"essential": True, "value": ISSUER},
    aud={"essential": True, "value": CLIENT_ID},
    **{name: {"essential": True} for name in ("sid", "jti", "iat", "exp", "events")},
)

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_NAME="portal", SESSION_COOKIE_SAMESITE="Lax")
namens = OAuth(app).register(
    "namens",
    server_metadata_url=f"{ISSUER}/.well-known/openid-configuration",
    client_id=CLIENT_ID,
    client_secret=RSAKey.import_key(Path(os.environ["KEY"]).read_bytes()),
    client_auth_methods=[PrivateKeyJWT()],
    client_kwargs={
        "scope": f"openid urn:uuid:{SERVICE}",
        "code_challenge_method": "S256",
        "token_endpoint_auth_method": "private_key_jwt",
    },
)
# By `sid`. A cookie is no place for tokens; a portal with more than one process keeps this in its database.
logins: dict[str, dict[str, Any]] = {}


def current() -> dict[str, Any] | None:
    """Give the login of this browser. It lasts as long as its access token, a quarter of an hour."""
    over = [sid for sid, login in logins.items() if login["until"] < time.time()]
    for sid in over:
        logins.pop(sid, None)
    return logins.get(session.get("sid", ""))


def page(words: str = "", *, status: int = 200) -> tuple[str, int]:
    """Show who is logged in, and perhaps what happened."""
    login = current()
    return render_template("page.html", claims=login["claims"] if login else None, words=words), status


@app.get("/")
def first() -> tuple[str, int]:
    """Show the first page."""
    return page()


@app.get("/login")
def log_in() -> Response:
    """Go to Namens. Authlib makes and keeps state, nonce and the PKCE verifier."""
    return namens.authorize_redirect(url_for("back", _external=True))


@app.get("/login/back")
def back() -> Response | tuple[str, int]:
    """Come back from Namens. Authlib checks state, nonce, signature and times; the sender and `aud` are ours."""
    if request.args.get("error") == "access_denied":
        return page("U hebt het inloggen geannuleerd.")
    try:
        if request.args.get("iss") != ISSUER:
            raise OAuthError("invalid_issuer")
        expected = {"iss": {"value": ISSUER}, "aud": {"value": CLIENT_ID}}
        token = namens.authorize_access_token(claims_options=expected)
    except (OAuthError, JoseError) as problem:
        app.logger.warning("login failed: %s", getattr(problem, "error", type(problem).__name__))
        return page("Inloggen is niet gelukt.", status=400)
    claims = token["userinfo"]
    session.clear()
    session["sid"] = claims["sid"]
    # A minute less: Authlib does not use a token in its last minute.
    logins[claims["sid"]] = {"claims": claims, "token": token, "until": token["expires_at"] - 60}
    return redirect("/")


@app.post("/act")
def act() -> tuple[str, int]:
    """Do something that matters. First ask Namens whether this login still holds, and use what it says now."""
    login = current()
    if login is None:
        return page("Log eerst in.", status=403)
    answer = namens.get(namens.load_server_metadata()["userinfo_endpoint"], token=login["token"])
    if answer.status_code == 401:
        logins.pop(session.pop("sid"), None)
        return page("Deze machtiging geldt niet meer. U bent uitgelogd.", status=403)
    answer.raise_for_status()
    login["claims"] = {**login["claims"], **answer.json()}
    return page("Doorgegeven.")


@app.post("/logout/notice")
def notice() -> tuple[str, int]:
    """Hear from Namens that a login ended (OpenID Connect Back-Channel Logout 1.0, 2.6)."""
    try:
        token = opened(request.form.get("logout_token", ""))
        LOGOUT_RULES.validate(token.claims)
    except (JoseError, ValueError):
        return "", 400
    if token.header.get("typ") != "logout+jwt" or LOGOUT_EVENT not in token.claims["events"] or "nonce" in token.claims:
        return "", 400
    logins.pop(token.claims["sid"], None)
    return "", 200


def opened(logout_token: str) -> jwt.Token:
    """Check the signature. Keys are kept; one that is not known yet is fetched."""
    try:
        return jwt.decode(logout_token, KeySet.import_key_set(namens.fetch_jwk_set()), algorithms=["RS256"])
    except InvalidKeyIdError:
        keys = KeySet.import_key_set(namens.fetch_jwk_set(force=True))
        return jwt.decode(logout_token, keys, algorithms=["RS256"])


@app.post("/logout")
def log_out() -> Response | str:
    """End the login here, and at Namens. The ID token has personal data, so it goes in a form, not in an address."""
    login = logins.pop(session.pop("sid", ""), None)
    if login is None:
        return redirect("/")
    fields = {"id_token_hint": login["token"]["id_token"], "post_logout_redirect_uri": url_for("first", _external=True)}
    address = namens.load_server_metadata()["end_session_endpoint"]
    return render_template("leaving.html", address=address, fields=fields)


if __name__ == "__main__":
    app.run(host="localhost", port=int(os.environ["PORT"]))
