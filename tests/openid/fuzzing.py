"""Requests to the door that begin as good ones, and are then changed in every way that comes to mind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.test import Client
from hypothesis import strategies as st

from namens.parties.models import Party
from tests.openid.relying import Answer, RelyingParty
from tests.openid.renewing import form

MARK = "xXx-a-mark-of-an-attacker-xXx"
Form = dict[str, list[str]]
ODD = [
    "",
    " ",
    "\0",
    "\r\nSet-Cookie: x=y",
    "\N{GRINNING FACE}" * 50,
    "é",
    "\N{RIGHT-TO-LEFT OVERRIDE}",
    "\N{FULLWIDTH DIGIT ONE}",
    "%00",
    "%",
    "%ff%fe",
    "' OR 1=1 --",
    "{{7*7}}<script>alert(1)</script>",
    "../../etc/passwd",
    "https://attacker.example/",
    "urn:ietf:params:oauth:request_uri:x",
    "urn:ietf:params:oauth:request_uri:" + "A" * 43,
    "urn:uuid:6f1d2a8e-4b0c-4f0e-9a53-1c7d5e2b9a01",
    "eyJhbGciOiJub25lIn0.e30.",
    "a.b.c",
    ".." * 20,
    "x" * 5_000,
    "A" * 43,
    "0",
    "-1",
    "1e400",
    "9" * 400,
    "NaN",
    "none",
    "null",
    "[]",
    "{}",
    '{"id_token":{"acr":{"essential":true,"values":["x"]}}}',
    '{"userinfo":' + "[" * 900,
    '{"id_token":{"sub":{"value":null}}}',
    "self",
    "01a20bbb-f7aa-7000-8000-000000000000",
    MARK,
]
NAMES = [
    "acr_values",
    "access_token",
    "cancel",
    "claims",
    "client_assertion",
    "client_assertion_type",
    "client_id",
    "client_secret",
    "code",
    "code_challenge",
    "code_challenge_method",
    "code_verifier",
    "display",
    "dpop_jkt",
    "grant_type",
    "id_token_hint",
    "level",
    "login_hint",
    "logout_hint",
    "max_age",
    "next",
    "nonce",
    "page",
    "person",
    "post_logout_redirect_uri",
    "prompt",
    "redirect_uri",
    "refresh_token",
    "registration",
    "representee_hint",
    "request",
    "request_uri",
    "resource",
    "response_mode",
    "response_type",
    "scope",
    "state",
    "ticket",
    "token",
    "token_type_hint",
    "ui_locales",
    "words",
    MARK,
    "",
    "é\0",
]
HEADERS = ["Authorization", "DPoP", "Cookie", "Client-Cert", "X-Request-ID", "X-Forwarded-Host", "Accept", "Origin"]
VALUES_OF_HEADERS = [
    "",
    "Basic",
    "Basic ////",
    "Basic Zm9ybXVsaWVyZW46eA==",
    "Basic \xff",
    "Bearer",
    "Bearer a.b.c",
    "bearer eyJhbGciOiJub25lIn0.e30.",
    "DPoP a.b.c",
    "DPoP " + "x" * 9_000,
    "a.b.c, a.b.c",
    "namens_session=\xff; namens_csrf=x; namens_language=xx",
    ":AAAA:",
    "attacker.example",
    MARK,
]
KINDS = [
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-7",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=x-unknown",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "multipart/form-data; boundary=x; charset=utf-7",
    "application/json",
    "application/jwt",
    "text/plain",
    "\xff",
    "",
]
METHODS = ["GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"]


@dataclass(frozen=True)
class Sent:
    """One request."""

    method: str
    path: str
    form: Form
    in_address: bool
    kind: str
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes = b""

    def by(self, browser: Client) -> Answer:
        """Send it."""
        body = urlencode(self.form, doseq=True)
        path = f"{self.path}?{body}" if self.in_address else self.path
        data = self.raw or ("" if self.in_address else self._body(body))
        return browser.generic(self.method, path, data, content_type=self.kind, headers=dict(self.headers))

    def _body(self, encoded: str) -> str:
        if not self.kind.startswith("multipart/form-data; boundary=x"):
            return encoded
        parts = [(name, value) for name, values in self.form.items() for value in values]
        text = "".join(
            f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in parts
        )
        return f"{text}--x--\r\n"


def good_ones(portal: RelyingParty, person: Party) -> Mapping[str, Callable[[], dict[str, str]]]:
    """Give, by path, what makes a good form for it. All of it is there before anything is drawn."""
    tokens = portal.tokens(person)
    hint, token = tokens["id_token"], tokens["access_token"]
    code, address = portal.code(person), portal.ask()
    portal.log_in(person)
    return {
        "/openid/authorize": portal.question,
        "/openid/par": lambda: {**portal.question(), **form(portal)},
        "/openid/token": lambda: portal.form(code),
        "/openid/introspect": lambda: form(portal, token=token),
        "/openid/revoke": lambda: form(portal, token=token),
        "/openid/userinfo": dict,
        "/openid/logout": lambda: {"id_token_hint": hint, "state": "x"},
        "/openid/logout/confirm": dict,
        "/openid/logout/done": lambda: {"ticket": "x"},
        "/openid/logout/gone": dict,
        "/openid/jwks": dict,
        "/.well-known/openid-configuration": dict,
        "/.well-known/oauth-authorization-server": dict,
        address: lambda: {"person": "self"},
        f"{address}/missing": lambda: {"words": "x"},
        f"{address}/abandoned": dict,
        "/signin/which": lambda: {"next": address, "level": "low"},
    }


ODD_VALUES = st.one_of(st.sampled_from(ODD), st.text(max_size=40))
CHANGES = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(["set", "double", "drop"]), ODD_VALUES), min_size=1, max_size=4
)
ODD_HEADERS = st.dictionaries(st.sampled_from(HEADERS), st.sampled_from(VALUES_OF_HEADERS), max_size=2)


@st.composite
def requests(draw: st.DrawFn, good: Mapping[str, Callable[[], dict[str, str]]]) -> Sent:
    """Draw a request: a good one with up to four changes, sent in any way."""
    path = draw(st.sampled_from(list(good)))
    fields: Form = {name: [value] for name, value in good[path]().items()}
    for name, how, value in draw(CHANGES):
        if how == "drop":
            fields.pop(name, None)
        else:
            fields[name] = [value] if how == "set" else [*fields.get(name, ["x"]), value]
    method = draw(st.sampled_from([*METHODS, "GET", "POST", "POST", "POST"]))
    return Sent(
        method=method,
        path=path,
        form=fields,
        in_address=method not in {"POST", "PUT"} or draw(st.integers(0, 9)) == 0,
        kind=draw(st.sampled_from([KINDS[0], KINDS[0], KINDS[0], *KINDS])),
        headers=draw(ODD_HEADERS),
        raw=draw(st.one_of(st.just(b""), st.just(b""), st.just(b""), st.binary(max_size=60))),
    )
