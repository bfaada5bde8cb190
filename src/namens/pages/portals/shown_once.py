"""A secret that we made, kept sealed in the session of who asked for it until the next page has shown it."""

from uuid import UUID

from django.http import HttpRequest

from namens.parties import keys

_SHOWN = "portal-secret-shown"


def keep(request: HttpRequest, *, portal: UUID, secret: str) -> None:
    """Keep it for the next page."""
    request.session[_SHOWN] = [str(portal), keys.seal(_SHOWN, secret)]


def take(request: HttpRequest, *, portal: UUID) -> str | None:
    """Give it, the first time; afterwards an empty text. None when there was none for this portal."""
    kept = request.session.get(_SHOWN)
    if kept is None or kept[0] != str(portal):
        return None
    request.session[_SHOWN] = [kept[0], ""]
    return keys.unseal(_SHOWN, kept[1]) if kept[1] else ""
