"""What a portal (or who has its key) can sign, and what may not be taken from it all the same."""

import json
from collections.abc import Mapping
from functools import cache, partial

from joserfc.jwk import ECKey, RSAKey

from tests.openid.jose import BOM, EVIL, Shown, Trick, assembled, packed, signature, signed, written

NO_TIMES: tuple[object, ...] = (
    "1800000000",
    "\N{ARABIC-INDIC DIGIT ONE}",
    True,
    None,
    [],
    {},
    -1,
    10**30,
    10**400,
    float("nan"),
    float("inf"),
    -float("inf"),
    1e308,
)
NO_TEXTS: tuple[object, ...] = ("", " ", None, 1, True, [], {}, "\ud800", "\0", "x" * 10_000)


def doubled(shown: Shown, *, name: str, last: object) -> str:
    """Say something twice: the last one counts, in every reader of JSON that is used here."""
    claims = written(shown.claims).removesuffix(b"}") + f",{json.dumps(name)}:{json.dumps(last)}}}".encode()
    return signed(shown.header, claims, key=shown.key)


def doubled_header(shown: Shown) -> str:
    """Name two algorithms, the last of them `none`."""
    return signed(written(shown.header).removesuffix(b"}") + b',"alg":"none"}', shown.claims, key=shown.key)


def not_encoded(shown: Shown, *, critical: bool) -> str:
    """Sign the payload as it is (RFC 7797): then other bytes are signed than those that are read."""
    header = {**shown.header, "b64": False, **({"crit": ["b64"]} if critical else {})}
    head, body = packed(written(header)), written(shown.claims)
    end = signature(f"{head}.".encode() + body, key=shown.key, alg=shown.header["alg"])
    return f"{head}.{packed(body)}.{packed(end)}"


def with_mark(shown: Shown, *, where: str) -> str:
    """Put a mark of byte order before the header or the claims."""
    header, claims = written(shown.header), written(shown.claims)
    return (
        signed(BOM + header, claims, key=shown.key)
        if where == "header"
        else signed(header, BOM + claims, key=shown.key)
    )


def in_utf16(shown: Shown) -> str:
    """Write the claims in another alphabet than JSON has on the wire (RFC 8259, 8.1)."""
    return signed(shown.header, json.dumps(shown.claims).encode("utf-16"), key=shown.key)


def in_base64(shown: Shown) -> str:
    """Write the claims in plain base64 with its padding, and sign what was written."""
    head, body = packed(written(shown.header)), packed(written({**shown.claims, "x": "?>~" * 3})) + "=="
    end = signature(f"{head}.{body}".encode(), key=shown.key, alg=shown.header["alg"])
    return f"{head}.{body}.{packed(end)}"


def broken(shown: Shown) -> str:
    """Sign something that is no JSON."""
    return signed(shown.header, written(shown.claims)[:-1], key=shown.key)


@cache
def weak(kind: str) -> "ECKey | RSAKey":
    """A key that is too short, or of a curve that we do not take."""
    return ECKey.generate_key("secp256k1") if kind == "EC" else RSAKey.generate_key(1024)


def by_weak_key(shown: Shown) -> str:
    """Sign with a weak key that the object brings."""
    key = weak(shown.key.key_type)
    return signed({**shown.header, "jwk": key.as_dict(private=False)}, shown.claims, key=key)


def by_larger_curve(shown: Shown) -> str:
    """Sign with P-384, and call it ES256."""
    key = ECKey.generate_key("P-384")
    return assembled(shown.header, shown.claims, sign=partial(signature, key=key, alg="ES256"))


HEADERS: Mapping[str, Trick] = {
    "crit that nobody knows": lambda shown: shown.headed(crit=["exp2"], exp2=1).text,
    "crit of nothing": lambda shown: shown.headed(crit=[]).text,
    "crit that is no list": lambda shown: shown.headed(crit={"exp": 1}).text,
    "crit that is missing": lambda shown: shown.headed(crit=["b65"]).text,
    "crit of a known name": lambda shown: shown.headed(crit=["alg"]).text,
    "not encoded": partial(not_encoded, critical=True),
    "not encoded, and not critical": partial(not_encoded, critical=False),
    "two algorithms": doubled_header,
    "alg of another case": lambda shown: shown.headed(alg=shown.header["alg"].lower()).text,
    "alg that is a list": lambda shown: shown.headed(alg=[shown.header["alg"]]).text,
    "alg of an encryption": lambda shown: shown.headed(alg="RSA-OAEP", enc="A256GCM").text,
    "alg EdDSA": lambda shown: shown.headed(alg="EdDSA").text,
    "alg ES384": lambda shown: shown.headed(alg="ES384").text,
    "a key that it brings by address": lambda shown: shown.headed(jku=EVIL).text,
    "a certificate by address": lambda shown: shown.headed(x5u=EVIL).text,
    "a weak key": by_weak_key,
    "a larger curve": by_larger_curve,
    "mark before the header": partial(with_mark, where="header"),
    "no object": lambda shown: signed(b"[]", b"[]", key=shown.key),
    "claims of a list": lambda shown: signed(shown.header, b"[]", key=shown.key),
    "claims of a number": lambda shown: signed(shown.header, b"1", key=shown.key),
    "claims of nothing": lambda shown: signed(shown.header, b"", key=shown.key),
    "broken": broken,
    "UTF-16": in_utf16,
    "deep": lambda shown: signed(shown.header, b"[" * 50_000 + b"]" * 50_000, key=shown.key),
    "64 kB": lambda shown: shown.saying(extra="x" * 65_536).text,
}
"""Signed by the right key, with a header or a form that is wrong."""

STRANGE: Mapping[str, Trick] = {
    "mark before the claims": partial(with_mark, where="claims"),
    "plain base64": in_base64,
    "typ of an access token": lambda shown: shown.headed(typ="at+jwt").text,
    "cty of another token": lambda shown: shown.headed(cty="JWT").text,
    "zip": lambda shown: shown.headed(zip="DEF").text,
}
"""Signed by the right key, and strange: whether it is taken is open, as long as nothing breaks."""
