"""Tricks with signed objects (RFC 8725): what somebody without the key can make, and what a portal can sign wrongly."""

import base64
import hmac
import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc.jwk import ECKey, RSAKey

Claims = dict[str, Any]
Key = ECKey | RSAKey
EVIL = "https://attacker.example/keys"
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Shown:
    """An object that is in order: what it says, and the key that signs it."""

    header: Claims
    claims: Claims
    key: Key

    @property
    def text(self) -> str:
        """The object as its maker sends it."""
        return signed(self.header, self.claims, key=self.key)

    def saying(self, **claims: object) -> "Shown":
        """Give it with other claims."""
        return replace(self, claims={**self.claims, **claims})

    def headed(self, **header: object) -> "Shown":
        """Give it with another header, which its own key signs."""
        return replace(self, header={**self.header, **header})


Trick = Callable[[Shown], str]


def packed(data: bytes) -> str:
    """Give bytes in base64url, as JOSE writes them."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def written(part: Claims | bytes) -> bytes:
    """Give a part as JSON, or the bytes that it is already."""
    return part if isinstance(part, bytes) else json.dumps(part).encode()


def signed(header: Claims | bytes, claims: Claims | bytes, *, key: Key) -> str:
    """Sign anything at all, in the way that fits this key (or PS256 where the header says so)."""
    alg = header.get("alg") if isinstance(header, dict) else ""
    return assembled(header, claims, sign=partial(signature, key=key, alg=str(alg)))


def assembled(header: Claims | bytes, claims: Claims | bytes, *, sign: Callable[[bytes], bytes]) -> str:
    """Put the three parts together."""
    signing_input = f"{packed(written(header))}.{packed(written(claims))}"
    return f"{signing_input}.{packed(sign(signing_input.encode()))}"


def signature(data: bytes, *, key: Key, alg: str) -> bytes:
    """Give the bytes of a signature; of a longer or shorter curve as long as that curve makes them."""
    private = key.private_key
    if isinstance(private, ec.EllipticCurvePrivateKey):
        length = (private.key_size + 7) // 8
        return b"".join(one.to_bytes(length) for one in decode_dss_signature(private.sign(data, ec.ECDSA(SHA256()))))
    assert isinstance(private, rsa.RSAPrivateKey)
    if alg == "PS256":
        return private.sign(data, padding.PSS(mgf=padding.MGF1(SHA256()), salt_length=32), SHA256())
    return private.sign(data, padding.PKCS1v15(), SHA256())


@cache
def thief(kind: str) -> Key:
    """The key pair of somebody else, of the same kind."""
    return ECKey.generate_key("P-256") if kind == "EC" else RSAKey.generate_key(2048)


def by_thief(shown: Shown, **header: object) -> str:
    """Sign with somebody else's key, and say this in the header."""
    return signed({**shown.header, **header}, shown.claims, key=thief(shown.key.key_type))


def unsigned(shown: Shown, *, alg: str, by: bytes = b"") -> str:
    """Say that another algorithm made this signature."""
    return assembled({**shown.header, "alg": alg}, shown.claims, sign=lambda _: by)


def with_public_key_as_secret(shown: Shown, *, form: Callable[[Key], bytes]) -> str:
    """Sign with HS256, and with what everybody may see as the secret."""
    secret = form(shown.key)
    return assembled(
        {**shown.header, "alg": "HS256"}, shown.claims, sign=lambda data: hmac.digest(secret, data, "sha256")
    )


def two_signatures(shown: Shown) -> str:
    """Give the JSON serialisation (RFC 7515, 7.2.1), with the right signature beside somebody else's."""
    own, other = (one.split(".") for one in (shown.text, by_thief(shown)))
    each = [{"protected": head, "signature": end} for head, _, end in (own, other)]
    return json.dumps({"payload": own[1], "signatures": each})


def flattened(shown: Shown) -> str:
    """Give the flattened JSON serialisation (RFC 7515, 7.2.2)."""
    head, body, end = shown.text.split(".")
    return json.dumps({"protected": head, "payload": body, "signature": end})


def detached(shown: Shown) -> str:
    """Leave the payload out (RFC 7515, appendix F)."""
    head, _, end = shown.text.split(".")
    return f"{head}..{end}"


def swapped(shown: Shown) -> str:
    """Keep the signature, and say something else."""
    head, _, end = shown.text.split(".")
    return f"{head}.{packed(written({**shown.claims, 'extra': 1}))}.{end}"


def sealed_instead(shown: Shown, *, zipped: bool) -> str:
    """Give five parts, as an encrypted object has; where asked, with a bomb in them."""
    body = zlib.compress(b"0" * 5_000_000) if zipped else b"x" * 64
    header = {"alg": "dir", "enc": "A256GCM", **({"zip": "DEF"} if zipped else {}), "kid": shown.header.get("kid")}
    return ".".join([packed(written(header)), "", packed(b"i" * 12), packed(body), packed(b"t" * 16)])


def own_certificate(shown: Shown) -> list[str]:
    """Give something in the shape of a certificate chain."""
    return [base64.b64encode(thief(shown.key.key_type).as_der(private=False)).decode()]


ODD_KIDS: tuple[object, ...] = (
    None,
    "",
    [],
    {},
    0,
    True,
    "../../dev/null",
    "x' OR '1'='1",
    "\ud800",
    "\0",
    "k" * 10_000,
)
FORGERIES: Mapping[str, Trick] = {
    **{f"alg {alg!r}": partial(unsigned, alg=alg) for alg in ("none", "None", "NONE", "nOnE", "none ", "", "\0none")},
    "alg none, and a signature": lambda shown: unsigned(shown, alg="none", by=b"x" * 64),
    "HS256 with the JWK": partial(with_public_key_as_secret, form=lambda key: written(key.as_dict(private=False))),
    "HS256 with the PEM": partial(with_public_key_as_secret, form=lambda key: key.as_pem(private=False)),
    "HS256 with the DER": partial(with_public_key_as_secret, form=lambda key: key.as_der(private=False)),
    "HS256 with nothing": partial(with_public_key_as_secret, form=lambda _: b""),
    "another key": by_thief,
    "another key, embedded": lambda shown: by_thief(shown, jwk=thief(shown.key.key_type).as_dict(private=False)),
    "another key, by address": lambda shown: by_thief(shown, jku=EVIL, x5u=EVIL),
    "another key, as a certificate": lambda shown: by_thief(shown, x5c=own_certificate(shown)),
    **{f"kid {str(kid)[:30]!r}": partial(by_thief, kid=kid) for kid in ODD_KIDS},
    "no signature": lambda shown: shown.text.rpartition(".")[0] + ".",
    "two parts": lambda shown: shown.text.rpartition(".")[0],
    "four parts": lambda shown: shown.text + ".AA",
    "all zeros": lambda shown: unsigned(shown, alg=shown.header["alg"], by=b"\0" * 64),
    "all zeros, ES256": lambda shown: unsigned(shown, alg="ES256", by=b"\0" * 64),
    "order of the curve": lambda shown: unsigned(
        shown, alg="ES256", by=bytes.fromhex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551") * 2
    ),
    "signature of one byte": lambda shown: unsigned(shown, alg=shown.header["alg"], by=b"\1"),
    "signature of a kilobyte": lambda shown: unsigned(shown, alg=shown.header["alg"], by=b"\1" * 1024),
    "signature as ASN.1": lambda shown: unsigned(shown, alg="ES256", by=bytes.fromhex("3006020101020101")),
    "no base64 in the signature": lambda shown: shown.text.rpartition(".")[0] + ".%%%%",
    "other words": swapped,
    "two signatures": two_signatures,
    "JSON serialisation": flattened,
    "payload left out": detached,
    "encrypted": partial(sealed_instead, zipped=False),
    "encrypted bomb": partial(sealed_instead, zipped=True),
    "64 kB": lambda shown: by_thief(shown.saying(extra="x" * 65_536)),
    "200 kB": lambda shown: by_thief(shown.saying(extra="x" * 200_000)),
    "deep header": lambda shown: assembled(
        b'{"alg":"ES256","x":' + b"[" * 20_000 + b"]" * 20_000 + b"}", shown.claims, sign=lambda _: b"\1" * 64
    ),
    "deep claims": lambda shown: assembled(
        shown.header, b'{"sub":' + b"[" * 20_000 + b"]" * 20_000 + b"}", sign=lambda _: b"\1" * 64
    ),
    "huge number": lambda shown: assembled(shown.header, b'{"sub":' + b"9" * 5_000 + b"}", sign=lambda _: b"\1" * 64),
    "no object": lambda _: assembled(b'"alg"', b"[]", sign=lambda _: b"\1" * 64),
    "no text": lambda _: assembled(b"\xff\xfe", b"\xff\xfe", sign=lambda _: b"\1" * 64),
    "mark of byte order": lambda shown: assembled(
        BOM + written(shown.header), BOM + written(shown.claims), sign=lambda _: b"\1" * 64
    ),
    "only dots": lambda _: "." * 5_000,
    "letters beside ASCII": lambda shown: "é" + shown.text,
    "digits of another script": lambda shown: shown.text.replace(".", ".\N{ARABIC-INDIC DIGIT ONE}", 1),
}
"""What somebody without the key can make. Each has to be refused everywhere."""
