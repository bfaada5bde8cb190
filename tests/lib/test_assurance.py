"""How sure a login is."""

from datetime import timedelta

import pytest

from namens.lib.assurance import AssuranceLevel, meets
from namens.lib.limits import Limit

LEVELS = list(AssuranceLevel)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("minimum", LEVELS)
def test_it_is_good_enough_from_the_minimum_on(level: AssuranceLevel, minimum: AssuranceLevel) -> None:
    assert meets(level, minimum=minimum) is (LEVELS.index(level) >= LEVELS.index(minimum))


@pytest.mark.parametrize("minimum", LEVELS)
def test_it_is_never_good_enough_without_a_level(minimum: AssuranceLevel) -> None:
    assert not meets(None, minimum=minimum)


@pytest.mark.parametrize("level", LEVELS)
def test_it_reads_its_own_uri(level: AssuranceLevel) -> None:
    assert AssuranceLevel.from_uri(level.uri.upper()) is level


def test_it_does_not_know_another_uri() -> None:
    assert AssuranceLevel.from_uri("http://eidas.europa.eu/LoA/highest") is None


def test_it_orders_the_levels_from_weak_to_strong() -> None:
    assert [level.value for level in LEVELS] == ["basic", "low", "substantial", "high"]


@pytest.mark.parametrize(("count", "reached"), [(9, False), (10, True), (11, True)])
def test_it_leaves_no_room_after_the_last_time(count: int, reached: bool) -> None:  # noqa: FBT001 - a case
    assert Limit(times=10, window=timedelta(hours=24)).is_reached(count) is reached
