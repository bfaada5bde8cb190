"""What was typed so far, kept in the database for its own person and for nobody else, a day at most."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from namens.parties.models import Party
from namens.signin.models import Draft

KEPT = timedelta(hours=24)


def begin(*, party: Party, journey: str, answers: Mapping[str, Any], now: datetime) -> Draft:
    """Start a draft of a journey; a person may have several at once, one in each tab."""
    return Draft.objects.create(party=party, journey=journey, answers=dict(answers), saved_at=now)


def find(*, draft: UUID, party: Party, journey: str) -> Draft | None:
    """Give this person's own draft, finished or not. Anybody else's does not exist."""
    return Draft.objects.filter(id=draft, party=party, journey=journey).first()


def unfinished(*, party: Party, journey: str) -> list[Draft]:
    """Give what this person left half-way on this journey, newest first."""
    return list(Draft.objects.filter(party=party, journey=journey, finished_at__isnull=True).order_by("-saved_at"))


def save(*, draft: UUID, party: Party, answers: Mapping[str, Any], now: datetime) -> bool:
    """Keep the answers. False when the draft is gone, finished or somebody else's."""
    own = Draft.objects.filter(id=draft, party=party, finished_at__isnull=True)
    return bool(own.update(answers=dict(answers), saved_at=now))


def finish(*, draft: UUID, party: Party, result: UUID, now: datetime) -> bool:
    """Finish the draft with what came of it: one conditional UPDATE, so that a double submit finishes once."""
    own = Draft.objects.filter(id=draft, party=party, finished_at__isnull=True)
    return bool(own.update(finished_at=now, result=result, answers={}))


def take(*, party: Party, journey: str) -> Mapping[str, Any] | None:
    """Give the newest answers of this journey and remove them."""
    found = Draft.objects.filter(party=party, journey=journey).order_by("-saved_at").first()
    if found is None:
        return None
    Draft.objects.filter(party=party, journey=journey).delete()
    answers: Mapping[str, Any] = found.answers
    return answers


def forget(*, party: Party) -> None:
    """Erase everything that this person left half-way: they log out."""
    Draft.objects.filter(party=party).delete()


def forget_stale(*, now: datetime) -> None:
    """Erase what is older than a day."""
    Draft.objects.filter(saved_at__lt=now - KEPT).delete()
