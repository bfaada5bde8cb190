"""What may stand in a request, and what is wrong with one."""

import base64
import binascii
from collections.abc import Callable

MOST_BYTES = 2 * 1024 * 1024

Body = dict[str, object]


def mistakes_in_letter(body: Body) -> list[str]:
    """Give what is wrong with a letter that is ready."""
    found = _fields(body, needed=("reference", "content"), allowed=("postage",))
    return found or _pdf(str(body["content"]))


def mistakes_in_email(body: Body) -> list[str]:
    """Give what is wrong with an e-mail."""
    found = _fields(body, needed=("email_address", "template_id"), allowed=("reference",), objects=("personalisation",))
    if not found and "@" not in str(body["email_address"]):
        found.append("email_address Not a valid email address")
    return found


KINDS: dict[str, Callable[[Body], list[str]]] = {"letter": mistakes_in_letter, "email": mistakes_in_email}


def _fields(
    body: Body, *, needed: tuple[str, ...], allowed: tuple[str, ...], objects: tuple[str, ...] = ()
) -> list[str]:
    missing = [f"{name} is a required property" for name in needed if name not in body]
    texts = {name for name in body if name in (*needed, *allowed)}
    strange = sorted(body.keys() - texts - set(objects))
    extra = [f"Additional properties are not allowed ({name} was unexpected)" for name in strange]
    wrong = [f"{name} is not of type string" for name in sorted(texts) if not isinstance(body[name], str)]
    return missing + extra + wrong


def _pdf(content: str) -> list[str]:
    try:
        pdf = base64.b64decode(content, validate=True)
    except binascii.Error:
        return ["Cannot decode letter content (invalid base64 encoding)"]
    if len(pdf) > MOST_BYTES:
        return ["Letter content is too large"]
    return [] if pdf.startswith(b"%PDF-") else ["Letter content is not a valid PDF"]
