"""A secret that we made, kept sealed in the session of who asked for it until the next page has shown it."""

from enum import StrEnum
from uuid import UUID

from django.http import HttpRequest

from namens.parties import keys


class Kept(StrEnum):
    """What a secret is for. Each has a place of its own, so that no page shows that of another."""

    SHARED = "portal-secret-shown"
    EVENTS = "portal-events-secret-shown"


def keep(request: HttpRequest, *, portal: UUID, secret: str, kind: Kept = Kept.SHARED) -> None:
    """Keep it for the next page."""
    request.session[kind.value] = [str(portal), keys.seal(kind.value, secret)]


def take(request: HttpRequest, *, portal: UUID, kind: Kept = Kept.SHARED) -> str | None:
    """Give it, the first time; afterwards an empty text. None when there was none for this portal."""
    kept = request.session.get(kind.value)
    if kept is None or kept[0] != str(portal):
        return None
    request.session[kind.value] = [kept[0], ""]
    return keys.unseal(kind.value, kept[1]) if kept[1] else ""
