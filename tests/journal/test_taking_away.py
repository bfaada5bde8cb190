"""Every event is known to take access away, or not to: a new one cannot be forgotten."""

import pytest

from namens.journal.events import Event
from namens.journal.taking_away import TAKES_ACCESS_AWAY, TAKES_NOTHING_AWAY, takes_access_away


def test_it_knows_every_event_once() -> None:
    assert set(Event) - TAKES_ACCESS_AWAY - TAKES_NOTHING_AWAY == set()
    assert set() == TAKES_ACCESS_AWAY & TAKES_NOTHING_AWAY


@pytest.mark.parametrize(
    "word", ["stopped", "ended", "paused", "blocked", "withdrawn", "suspended", "left-out", "closed"]
)
def test_it_hears_it_in_the_words(word: str) -> None:
    """What is called like that takes away, but for what only was asked, and what ends a session."""
    harmless = {Event.REQUEST_WITHDRAWN, Event.VISIT_ENDED}
    named = {event for event in Event if event.value.endswith(f"-{word}")} - harmless
    assert [event.value for event in sorted(named) if not takes_access_away(event)] == []


def test_it_takes_what_it_does_not_know_for_the_worst() -> None:
    assert takes_access_away("something-new")
