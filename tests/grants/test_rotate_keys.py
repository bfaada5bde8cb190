"""The next key waits eight days and takes over; in an emergency it takes over at once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from namens.grants import signing
from namens.grants.actions import Rotated, forget_stale, make_keys, replace_keys, rotate_keys
from namens.grants.actions.keys import KeyRefused, NextKeyWaits, ReplacedJustNow
from namens.grants.models import Algorithm, SigningKey
from namens.grants.signing import NoSigningKey, NotOurs, Signer
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from tests.openid.relying import header_of
from tests.parallel import at_once
from tests.people import NOW

ES256 = Algorithm.ES256
IN_EIGHT_DAYS = NOW + timedelta(days=8)


def signed(now: datetime, *, algorithm: Algorithm = ES256) -> str:
    return Signer([algorithm], now=now).sign({"sub": "x"}, algorithm=algorithm, typ="JWT")


def signs_at(now: datetime) -> str:
    """Give the id of the key that signs at this moment."""
    return str(header_of(signed(now))["kid"])


def published_at(now: datetime) -> set[str]:
    return {key["kid"] for key in signing.published(now=now) if key["alg"] == ES256}


@pytest.fixture
def present(signing_keys: None) -> str:  # noqa: ARG001 - asked for its effect
    return SigningKey.objects.get(algorithm=ES256).kid


def test_it_publishes_the_next_key_eight_days_before_it_signs(present: str) -> None:
    (rotated,) = rotate_keys([ES256], now=NOW)
    following = rotated.key.kid
    assert rotated.ends == (present,)
    assert published_at(NOW) == {present, following}
    assert signs_at(IN_EIGHT_DAYS - timedelta(seconds=1)) == present
    assert signs_at(IN_EIGHT_DAYS) == following


def test_it_keeps_the_retired_key_published_for_a_day(present: str) -> None:
    following = rotate_keys([ES256], now=NOW)[0].key.kid
    last = signed(IN_EIGHT_DAYS - timedelta(seconds=1))
    a_day_later = IN_EIGHT_DAYS + timedelta(days=1)
    assert published_at(a_day_later - timedelta(seconds=1)) == {present, following}
    assert signing.opened(last, typ="JWT", now=a_day_later - timedelta(seconds=1)) == {"sub": "x"}
    assert published_at(a_day_later) == {following}
    with pytest.raises(NotOurs):
        signing.opened(last, typ="JWT", now=a_day_later)


@pytest.mark.usefixtures("present")
def test_it_refuses_a_second_next_key_while_one_waits() -> None:
    following = rotate_keys([ES256], now=NOW)[0].key.kid
    for again in (NOW, IN_EIGHT_DAYS - timedelta(seconds=1)):
        with pytest.raises(NextKeyWaits, match=f"{following} signs from 2026-12-01 09:00 UTC on"):
            rotate_keys([ES256], now=again)
    assert rotate_keys([ES256], now=IN_EIGHT_DAYS)[0].ends == (following,)


@pytest.mark.usefixtures("present")
def test_it_rotates_all_or_none() -> None:
    rotate_keys([ES256], now=NOW)
    keys, entries = SigningKey.objects.count(), JournalEntry.objects.count()
    with pytest.raises(NextKeyWaits):
        rotate_keys(Algorithm, now=NOW)
    assert (SigningKey.objects.count(), JournalEntry.objects.count()) == (keys, entries)
    assert SigningKey.objects.filter(retired_at__isnull=False).count() == 1


@pytest.mark.django_db
def test_it_follows_no_key_where_there_is_none() -> None:
    with pytest.raises(NoSigningKey):
        rotate_keys([ES256], now=NOW)
    assert not SigningKey.objects.exists()


@pytest.mark.usefixtures("present")
def test_it_makes_no_missing_key_while_rotating() -> None:
    rotate_keys(Algorithm, now=NOW)
    for moment in (NOW, IN_EIGHT_DAYS - timedelta(seconds=1), IN_EIGHT_DAYS):
        assert make_keys(now=moment) == []


def test_it_withdraws_at_once_in_an_emergency(present: str) -> None:
    stolen = signed(NOW)
    later = NOW + timedelta(minutes=1)
    (rotated,) = replace_keys([ES256], now=later)
    assert rotated.ends == (present,)
    assert published_at(later) == {rotated.key.kid} == {signs_at(later)}
    with pytest.raises(NotOurs):
        signing.opened(stolen, typ="JWT", now=later)
    assert SigningKey.objects.get(kid=present).sealed == ""
    assert make_keys(now=later) == []


def test_it_withdraws_a_key_that_waits_and_one_that_retired_too(present: str) -> None:
    following = rotate_keys([ES256], now=NOW)[0].key.kid
    soon_after = IN_EIGHT_DAYS + timedelta(hours=1)
    third = rotate_keys([ES256], now=soon_after)[0].key.kid
    (rotated,) = replace_keys([ES256], now=soon_after)
    assert set(rotated.ends) == {present, following, third}
    assert published_at(soon_after) == {rotated.key.kid}
    assert published_at(soon_after + timedelta(days=30)) == {rotated.key.kid}


def test_it_erases_the_private_part_of_a_retired_key(present: str) -> None:
    following = rotate_keys([ES256], now=NOW)[0].key.kid
    last = signed(IN_EIGHT_DAYS - timedelta(seconds=1))
    an_hour_later = IN_EIGHT_DAYS + timedelta(hours=1)
    assert forget_stale(now=an_hour_later - timedelta(seconds=1)) == 0
    assert [forget_stale(now=an_hour_later) for _ in range(2)] == [1, 0]
    assert SigningKey.objects.get(kid=present).sealed == ""
    assert signing.opened(last, typ="JWT", now=an_hour_later) == {"sub": "x"}
    assert signs_at(an_hour_later) == following


@pytest.mark.usefixtures("present")
def test_it_leaves_the_keys_of_other_algorithms_alone() -> None:
    others = SigningKey.objects.exclude(algorithm=ES256)
    before = list(others.order_by("kid").values())
    rotate_keys([ES256], now=NOW)
    replace_keys([ES256], now=NOW)
    assert list(others.order_by("kid").values()) == before


@pytest.mark.usefixtures("present")
def test_it_writes_down_what_was_made_rotated_and_withdrawn() -> None:
    (rotated,) = rotate_keys([ES256], now=NOW)
    replace_keys([ES256], now=NOW)
    entries = [(entry.event, entry.details["key"]) for entry in JournalEntry.objects.order_by("id")]
    ends = [(Event.KEY_ROTATED, rotated.ends[0]), (Event.KEY_MADE, rotated.key.kid)]
    assert entries[:2] == ends
    assert {event for event, _ in entries[2:4]} == {Event.KEY_WITHDRAWN}
    assert {key for _, key in entries[2:4]} == {rotated.key.kid, rotated.ends[0]}
    assert entries[4][0] == Event.KEY_MADE
    assert '"d"' not in str([entry.details for entry in JournalEntry.objects.all()])


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("present")
def test_it_makes_one_next_key_for_two_operators_at_once() -> None:
    outcomes = at_once([lambda: outcome_of(rotate_keys)] * 2)
    assert sorted(outcomes) == ["NextKeyWaits", "made"]
    assert SigningKey.objects.filter(algorithm=ES256).count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("present")
def test_it_makes_one_key_for_two_operators_in_one_emergency() -> None:
    outcomes = at_once([lambda: outcome_of(replace_keys)] * 2)
    assert sorted(outcomes) == ["ReplacedJustNow", "made"]
    assert SigningKey.objects.filter(algorithm=ES256, withdrawn_at__isnull=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_it_makes_each_missing_key_once_for_two_at_once() -> None:
    made = at_once([lambda: make_keys(now=NOW)] * 2)
    assert sorted(kid for kids in made for kid in kids) == sorted(SigningKey.objects.values_list("kid", flat=True))
    assert SigningKey.objects.count() == len(Algorithm)


@pytest.mark.usefixtures("present")
def test_it_replaces_again_once_the_moment_is_over() -> None:
    replace_keys([ES256], now=NOW)
    with pytest.raises(ReplacedJustNow):
        replace_keys([ES256], now=NOW + timedelta(seconds=59))
    assert replace_keys([ES256], now=NOW + timedelta(minutes=1))


def outcome_of(verb: Callable[..., list[Rotated]]) -> str:
    try:
        verb([ES256], now=NOW)
    except KeyRefused as refused:
        return type(refused).__name__
    return "made"
