"""What somebody typed into a form whose session had ended: kept for the same person, shown once after the new login."""

from datetime import datetime

from django.db import transaction
from django.http import HttpRequest, QueryDict

from namens.parties.models import Party
from namens.signin import drafts

# With the parts of a date of birth: a helper states it of somebody else.
NEVER_KEPT = frozenset({"bsn", "born_day", "born_month", "born_year", "code", "email", "csrfmiddlewaretoken"})
LONGEST = 200
_JOURNEY = "typed:"


def keep(request: HttpRequest, *, party: Party | None, now: datetime) -> None:
    """Keep what was posted for `party`, in place of what was kept for this page before.

    Never a BSN, a date of birth, a code or an e-mail address. Nothing happens without a post or a party.
    """
    if request.method != "POST" or party is None:
        return
    fields = {name: request.POST.getlist(name) for name in request.POST if name not in NEVER_KEPT}
    short = {_plain(name): [_plain(value) for value in values] for name, values in fields.items()}
    with transaction.atomic():
        drafts.take(party=party, journey=_journey(request))
        drafts.begin(party=party, journey=_journey(request), answers=short, now=now)


def filled(request: HttpRequest, *, party: Party) -> QueryDict | None:
    """Give what a form is filled with: what was posted now, or what this person had typed before; None when nothing.

    What was typed before is given once, and only to look at: nothing is done with it before a new click.
    """
    if request.method == "POST":
        return request.POST
    kept = drafts.take(party=party, journey=_journey(request))
    if kept is None:
        return None
    again = QueryDict(mutable=True)
    for name, values in kept.items():
        again.setlist(name, values)
    return again


def _journey(request: HttpRequest) -> str:
    return _plain(f"{_JOURNEY}{request.path}")


def _plain(text: str) -> str:
    """Give the beginning of a text without NUL, which PostgreSQL does not keep."""
    return text.replace("\0", "")[:LONGEST]
