"""How often somebody can look up a helper number that nobody has: as the settings say."""

from datetime import timedelta

from pytest_django import Settings

from namens.lib import friendly
from namens.lib.limits import Limit
from namens.parties.actions import find_helper
from namens.parties.identifiers import HELPER_NUMBER_SYMBOLS, SoundHelperNumber
from namens.parties.models import Party
from namens.parties.refusals import PartyRefusal
from tests.people import NOW

UNKNOWN, TOO_MANY = PartyRefusal.UNKNOWN_HELPER_NUMBER, PartyRefusal.TOO_MANY_HELPER_NUMBERS
HOUR = timedelta(hours=1)


def miss(asker: Party, *, after: timedelta = timedelta(0)) -> object:
    number = SoundHelperNumber(friendly.generate(HELPER_NUMBER_SYMBOLS))
    return find_helper(number=number, asker=asker, now=NOW + after)


def test_it_pauses_after_as_many_unknown_numbers_as_the_settings_say(anna: Party, settings: Settings) -> None:
    settings.UNKNOWN_HELPER_NUMBERS = Limit(times=2, window=HOUR)
    assert [miss(anna) for _ in range(3)] == [UNKNOWN, UNKNOWN, TOO_MANY]


def test_it_pauses_for_as_long_as_the_settings_say(anna: Party, settings: Settings) -> None:
    settings.UNKNOWN_HELPER_NUMBERS = Limit(times=1, window=HOUR)
    miss(anna)
    assert [miss(anna, after=HOUR - timedelta(seconds=1)), miss(anna, after=HOUR)] == [TOO_MANY, UNKNOWN]
