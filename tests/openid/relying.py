"""A portal as its own team would have it: keys, secrets, the requests that it sends; and a person's browser."""

import base64
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache, cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.test import Client
from joserfc import jws, jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from namens.grants.addresses import TOKEN, full, issuer
from namens.grants.assertions import TYPE
from namens.grants.models import Algorithm
from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.parties.models import Party
from namens.services.actions import PortalTerms, approve_portal, propose_portal
from namens.services.models import Portal
from namens.services.profiles import Authentication, Binding, Profile
from namens.signin import session
from tests.openid import proving
from tests.people import NOW

if TYPE_CHECKING:
    # What the test client gives, by the name that it has in the stubs only.
    from django.test.client import _MonkeyPatchedWSGIResponse

    Answer = _MonkeyPatchedWSGIResponse
else:
    from django.http import HttpResponse

    Answer = HttpResponse

STATE, NONCE = "state-of-a-portal-1234", "nonce-of-a-portal-1234"
VERIFIER = "verifier-of-the-portal-that-is-long-enough-1234"
SECRET = "a-secret-of-forty-three-symbols-or-so-12345"
Claims = dict[str, Any]
Changes = str | None


def key(kind: str = "EC", number: int = 0) -> ECKey | RSAKey:
    """Give a key pair of a portal; another number is another pair."""
    return _made(kind, number)


@cache
def _made(kind: str, _number: int) -> ECKey | RSAKey:
    """Make a pair once a run: RSA takes a while."""
    return ECKey.generate_key("P-256", auto_kid=True) if kind == "EC" else RSAKey.generate_key(2048, auto_kid=True)


def challenge(verifier: str) -> str:
    """Give the S256 challenge of a verifier."""
    return base64.urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def answer_in(response: Answer) -> dict[str, str]:
    """Give what a redirect brings back to the portal."""
    return dict(parse_qsl(urlsplit(response["Location"]).query, strict_parsing=True))


@dataclass
class RelyingParty:
    """One portal and its credentials. `asked_at` is where the login for its newest question leads to.

    `held` is an access token that it keeps.
    """

    portal: Portal
    kind: str = "EC"
    browser: Client = field(default_factory=Client)
    asked_at: str = ""
    held: str = ""

    @cached_property
    def scope(self) -> str:
        """The scope that asks for all services of this portal."""
        return " ".join(["openid", *(f"urn:uuid:{service.id}" for service in self.portal.services.all())])

    @property
    def proof_key(self) -> ECKey | RSAKey:
        """The key that its tokens are bound to."""
        return key("EC", 9)

    @property
    def redirect_uri(self) -> str:
        return str(self.portal.redirect_uris[0])

    def question(self, **changes: Changes) -> dict[str, str]:
        """Give the parameters of a good authorization request, with changes; None leaves one out."""
        good = {
            "client_id": self.portal.client_id,
            "redirect_uri": self.redirect_uri,
            "response_type": "code",
            "scope": self.scope,
            "state": STATE,
            "nonce": NONCE,
            "code_challenge": challenge(VERIFIER),
            "code_challenge_method": "S256",
        }
        return {name: value for name, value in {**good, **changes}.items() if value is not None}

    def authorize(self, **changes: Changes) -> Answer:
        """Send the browser to the authorization endpoint."""
        response = self.browser.get("/openid/authorize", self.question(**changes))
        if "Location" in response:
            self.asked_at = answer_in(response).get("next", self.asked_at)
        return response

    def ask(self, **changes: Changes) -> str:
        """Ask, pushed where that has to be, and give the address of the page For whom do you log in."""
        response = self.come(self.pushed(**changes)) if self.portal.rules.must_push else self.authorize(**changes)
        assert response.status_code == 303, response.content
        return answer_in(response)["next"]

    def push(self, *, proof: Changes = None, **changes: Changes) -> Answer:
        """Push the parameters of a good question, with changes, from the portal's own machine."""
        credential: dict[str, Changes] = {"client_assertion_type": TYPE, "client_assertion": self.assertion()}
        if self.portal.profile == Profile.COMPAT:
            credential = {"client_secret": SECRET}
        form = self.question(**{**credential, **changes})
        return Client().post("/openid/par", form, headers={"DPoP": proof} if proof else {})

    def pushed(self, **changes: Changes) -> str:
        """Push a good question, and give the address of it (`request_uri`)."""
        response = self.push(**changes)
        assert response.status_code == 201, response.content
        return str(response.json()["request_uri"])

    def come(self, request_uri: str, **others: str) -> Answer:
        """Send the browser with what was pushed."""
        asked = {"client_id": self.portal.client_id, "request_uri": request_uri, **others}
        response = self.browser.get("/openid/authorize", asked)
        if "Location" in response:
            self.asked_at = answer_in(response).get("next", self.asked_at)
        return response

    def log_in(
        self,
        party: Party,
        *,
        level: AssuranceLevel = AssuranceLevel.SUBSTANTIAL,
        at: datetime | None = None,
        made_for: str | None = None,
    ) -> None:
        """Let a person log in at the broker, in this portal's browser: for its newest question, or another page."""
        request, place = HttpRequest(), self.asked_at if made_for is None else made_for
        request.session = self.browser.session
        session.login(request, party=party, level=level, auth_time=at or clock.now(), now=clock.now(), made_for=place)
        request.session.save()
        self.browser.cookies[settings.SESSION_COOKIE_NAME] = str(request.session.session_key)

    def choose(self, address: str, whom: Party | None) -> Answer:
        """Choose for whom."""
        return self.browser.post(address, {"person": str(whom.id) if whom else "self"})

    def code(self, party: Party, *, whom: Party | None = None, **changes: Changes) -> str:
        """Ask, log in and choose, and give the code."""
        address = self.ask(**changes)
        self.log_in(party)
        return answer_in(self.choose(address, whom))["code"]

    def assertion(
        self,
        changes: Mapping[str, object] | None = None,
        *,
        signed_by: ECKey | RSAKey | None = None,
        alg: str = "",
        header: Mapping[str, object] | None = None,
    ) -> str:
        """Give a client assertion that is in order, with changes; None leaves a claim out."""
        second = int(clock.now().timestamp())
        good = {
            "iss": self.portal.client_id,
            "sub": self.portal.client_id,
            "aud": full(TOKEN) if self.portal.rules.assertions_for_token_endpoint else issuer(),
            "iat": second,
            "exp": second + 60,
            "jti": secrets.token_urlsafe(24),
        }
        claims = {name: value for name, value in {**good, **(changes or {})}.items() if value is not None}
        signer = signed_by or key(self.kind)
        algorithm = alg or {"EC": "ES256", "RSA": "RS256"}[self.kind]
        whole = {"alg": algorithm, "kid": signer.kid, "typ": "JWT", **(header or {})}
        return jws.serialize_compact(whole, json.dumps(claims), signer, registry=proving.ANYTHING)

    def form(self, code: str, **changes: Changes) -> dict[str, str]:
        """Give the parameters of a good token request, with changes; None leaves one out."""
        good: dict[str, str | None] = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": VERIFIER,
        }
        if self.portal.profile == Profile.COMPAT:
            good |= {"client_id": self.portal.client_id, "client_secret": SECRET}
        elif "client_assertion" not in changes:
            good |= {"client_assertion_type": TYPE, "client_assertion": self.assertion()}
        return {name: value for name, value in {**good, **changes}.items() if value is not None}

    def exchange(self, code: str, **changes: Changes) -> Answer:
        """Turn a code into tokens, from the portal's own machine."""
        return self.send(self.form(code, **changes))

    def send(self, form: dict[str, str], *, proof: str | None = None) -> Answer:
        """Send these parameters to the token endpoint, with a proof where the portal's tokens are bound to a key."""
        if proof is None and self.portal.token_binding == Binding.PROOF:
            proof = proving.proof(self.proof_key)
        return Client().post("/openid/token", form, headers={"DPoP": proof} if proof else {})

    def tokens(self, party: Party, *, whom: Party | None = None) -> dict[str, str]:
        """Do a whole login and give what the token endpoint answers."""
        response = self.exchange(self.code(party, whom=whom))
        assert response.status_code == 200, response.content
        return dict(json.loads(response.content))

    def userinfo(self, access_token: str) -> Answer:
        """Ask UserInfo, from the portal's own machine."""
        headers = {"Authorization": f"Bearer {access_token}"}
        if self.portal.token_binding == Binding.PROOF:
            proof = proving.proof(self.proof_key, token=access_token)
            headers = {"Authorization": f"DPoP {access_token}", "DPoP": proof}
        return Client().get("/openid/userinfo", headers=headers)


def read(token: str) -> Claims:
    """Check a token of Namens with its published keys, and give the claims."""
    keys = KeySet.import_key_set(Client().get("/openid/jwks").json())
    claims = jwt.decode(token, keys, algorithms=list(Algorithm)).claims
    assert claims["iss"] == issuer()
    return claims


def header_of(token: str) -> Claims:
    """Give the header of a token, unverified."""
    first = token.split(".", maxsplit=1)[0]
    return dict(json.loads(base64.urlsafe_b64decode(first + "=" * (-len(first) % 4))))


def parsed(token: str) -> Claims:
    """Give the claims of a token, unverified."""
    middle = token.split(".")[1]
    return dict(json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4))))


def forged(header: Claims, claims: Claims | None = None) -> str:
    """Give a token with this header and these claims, which nobody signed."""
    parts = (json.dumps(part).encode() for part in (header, claims or {}))
    return ".".join([*(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts), "AA"])


def seconds(**lengths: float) -> int:
    """Give a length of time in whole seconds."""
    return int(timedelta(**lengths).total_seconds())


def terms_of(client_id: str, *keys: str, kind: str = "EC") -> PortalTerms:
    """Give the terms of an `nlgov` portal for these services (*Mijn toeslagen* when none is named)."""
    return PortalTerms(
        client_id=client_id,
        name=client_id.replace("-", " ").capitalize(),
        profile=Profile.NLGOV,
        services=keys or ("mijn-toeslagen",),
        redirect_uris=(f"https://{client_id}.example/inloggen/terug?taal=nl",),
        post_logout_redirect_uris=(f"https://{client_id}.example/uitgelogd",),
        back_channel_logout_uri=f"https://{client_id}.example/uitloggen/melding",
        sector=client_id,
        jwks={"keys": [key(kind).as_dict(private=False)]},
    )


def compat_terms(client_id: str, *keys: str) -> PortalTerms:
    """Give the terms of a `compat` portal."""
    return replace(
        terms_of(client_id, *keys), profile=Profile.COMPAT, authentication=Authentication.SECRET, secret=SECRET, jwks={}
    )


def fapi_terms(client_id: str, *keys: str, kind: str = "EC") -> PortalTerms:
    """Give the terms of a `fapi` portal, whose tokens are bound to a key."""
    terms = terms_of(client_id, *keys, kind=kind)
    return replace(terms, profile=Profile.FAPI, token_binding=Binding.PROOF, id_token_algorithm="PS256")


def registered(terms: PortalTerms, *, kind: str = "EC") -> RelyingParty:
    """Register a portal on these terms."""
    propose_portal(terms=terms, by="olga", now=NOW)
    return RelyingParty(portal=approve_portal(client_id=terms.client_id, by="otto", now=NOW), kind=kind)
