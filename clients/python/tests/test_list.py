"""The mandates that concern a portal, page by page."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from namens_client import MandateService, Namens, NoAnswer, Organisation, Person, Search, Standing

from tests.happenings import ANNA, BRAM, OFFICE, SAM
from tests.place import Place, Said
from tests.test_ask import MANDATE

ALL, SOUGHT = "/v1/machtigingen", "/v1/machtigingen/zoekopdrachten"
SERVICE = {"dienst": "mijn-toeslagen", "eersteDag": "2026-11-23", "laatsteDag": "2027-11-22", "status": "actief"}
ONE_MANDATE: dict[str, Any] = {
    "machtiging": MANDATE,
    "volgnummer": 3,
    "vertegenwoordigde": ANNA,
    "gemachtigde": BRAM,
    "diensten": [SERVICE],
    "uitgezonderd": ["rekeningnummer-wijzigen"],
    "status": "actief",
    "gewijzigdOp": "2026-11-23T09:30:00Z",
}
SINCE = datetime(2026, 11, 1, tzinfo=UTC)


def page(*mandates: dict[str, Any], following: str = "") -> Said:
    return Said(200, {"machtigingen": mandates, "laatsteNummer": 7, **({"volgende": following} if following else {})})


def test_it_lists_all_pages(namens: Namens, place: Place) -> None:
    place.says(ALL, page(ONE_MANDATE, following="token-1"), page(following="token-2"), page(ONE_MANDATE))
    first, _ = namens.mandates(changed_since=SINCE)
    assert (first.standing, first.sequence, first.left_out) == (Standing.ACTIVE, 3, ("rekeningnummer-wijzigen",))
    assert (first.represented, first.representative) == (Person("id-of-anna"), Person("id-of-bram"))
    day, last = date(2026, 11, 23), date(2027, 11, 22)
    expected = MandateService(key="mijn-toeslagen", first_day=day, last_day=last, standing=Standing.ACTIVE)
    assert first.services == (expected,)
    since = {"aantal": "500", "gewijzigdSinds": "2026-11-01T00:00:00+00:00"}
    assert [heard.query for heard in place.heard] == [
        since,
        {**since, "vanaf": "token-1"},
        {**since, "vanaf": "token-2"},
    ]


def test_it_searches_without_anybody_in_an_address(namens: Namens, place: Place) -> None:
    place.says(SOUGHT, page(following="token-1"), page({**ONE_MANDATE, "gemachtigde": OFFICE, "status": "verguld"}))
    wanted = Search(
        Person("id-of-anna"),
        representative=Organisation("90000001"),
        services=("mijn-toeslagen",),
        standings=(Standing.ACTIVE,),
        changed_since=SINCE,
    )
    (found,) = namens.search_mandates(wanted)
    assert (found.representative, found.standing) == (Organisation("90000001"), Standing.UNKNOWN)
    first, second = place.heard
    assert first.query == {}
    assert first.content == {
        "aantal": 500,
        "vertegenwoordigde": {"soort": "persoon", "id": "id-of-anna"},
        "gemachtigde": {"soort": "organisatie", "kvkNummer": "90000001"},
        "diensten": ["mijn-toeslagen"],
        "status": ["actief"],
        "gewijzigdSinds": "2026-11-01T00:00:00+00:00",
    }
    assert second.content == {**first.content, "vanaf": "token-1"}


@pytest.mark.parametrize(
    "said",
    [
        page({**ONE_MANDATE, "gemachtigde": SAM}),
        page({**ONE_MANDATE, "diensten": ["mijn-toeslagen"]}),
        page({**ONE_MANDATE, "machtiging": "1"}),
        page(following="token"),
        Said(200, {"volgende": 1, "machtigingen": []}),
    ],
    ids=["member", "services", "number", "no-end", "odd-token"],
)
def test_it_takes_no_list_that_is_not_as_described(namens: Namens, place: Place, said: Said) -> None:
    place.says(ALL, said)
    with pytest.raises(NoAnswer, match="cannot be read"):
        list(namens.mandates())


def test_it_refuses_a_moment_without_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Search(changed_since=datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point
