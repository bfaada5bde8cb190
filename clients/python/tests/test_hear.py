"""Events, read on from a number: each with a type of its own, and none missed or told twice."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from namens_client import (
    DisputeEvent,
    Event,
    EventType,
    ExclusionEvent,
    LicenceEvent,
    MandateEvent,
    Member,
    Namens,
    NoAnswer,
    Organisation,
    Person,
    TooOld,
    TrialEvent,
    UnknownEvent,
)

from tests.happenings import ANNA, MANDATE_CONTENT, OFFICE, SAM, event
from tests.place import Place, Said, problem
from tests.test_ask import MANDATE

STREAM = "/v1/gebeurtenissen"


def page(*events: dict[str, Any], more: bool = False) -> Said:
    last = events[-1]["nummer"] if events else 0
    return Said(200, {"gebeurtenissen": events, "laatsteNummer": last, "erIsMeer": more})


def test_it_reads_on_until_there_is_no_more(namens: Namens, place: Place) -> None:
    place.says(STREAM, page(event(8), event(9), more=True), page(event(12)))
    assert [found.number for found in namens.events(after=7)] == [8, 9, 12]
    assert [heard.query for heard in place.heard] == [{"na": "7", "aantal": "500"}, {"na": "9", "aantal": "500"}]


def test_it_gives_nothing_when_nothing_happened(namens: Namens, place: Place) -> None:
    place.says(STREAM, page())
    assert list(namens.events(after=7)) == []


def test_it_tells_what_became_of_a_mandate(namens: Namens, place: Place) -> None:
    place.says(STREAM, page(event()))
    assert list(namens.events(after=0)) == [
        MandateEvent(
            id=UUID("01890a5d-ac96-774b-bcce-000000000007"),
            number=7,
            at=datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
            type=EventType.STOPPED,
            mandate=UUID(MANDATE),
            sequence=3,
            represented=Person("id-of-anna"),
            representative=Person("id-of-bram"),
            services=("mijn-toeslagen",),
            first_day=date(2026, 11, 23),
            last_day=date(2027, 11, 22),
            left_out=("rekeningnummer-wijzigen",),
        )
    ]


@pytest.mark.parametrize(
    ("word", "is_over"),
    [
        ("actief", False),
        ("gestopt", True),
        ("onderbroken", True),
        ("hersteld", False),
        ("beeindigd", True),
        ("gewijzigd", False),
    ],
)
def test_it_says_whether_a_mandate_is_over(namens: Namens, place: Place, word: str, *, is_over: bool) -> None:
    place.says(STREAM, page(event(type=f"machtiging.{word}", **{**MANDATE_CONTENT, "gemachtigde": OFFICE})))
    (found,) = namens.events(after=0)
    assert isinstance(found, MandateEvent)
    assert found.is_over is is_over
    assert found.representative == Organisation("90000001")


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (event(type="licentie.gewijzigd", medewerker=SAM, diensten=[]), LicenceEvent),
        (event(type="uitsluiting.gewijzigd", vertegenwoordigde=ANNA, medewerker=SAM, uitgesloten=True), ExclusionEvent),
        (event(type="handeling.betwist", handeling=MANDATE, kenmerk="own-1"), DisputeEvent),
        (event(type="proef"), TrialEvent),
        (event(type="machtiging.verguld"), UnknownEvent),
    ],
    ids=["licence", "exclusion", "dispute", "trial", "unknown"],
)
def test_it_gives_each_kind_its_own_type(namens: Namens, place: Place, told: dict[str, Any], kind: type[Event]) -> None:
    place.says(STREAM, page(told))
    (found,) = namens.events(after=0)
    assert type(found) is kind
    assert [word for word in ("id-of", MANDATE, "own-1", "gegevens") if word in repr(found)] == []


def test_it_names_the_member_of_a_licence(namens: Namens, place: Place) -> None:
    place.says(STREAM, page(event(type="licentie.gewijzigd", medewerker=SAM, diensten=["mijn-toeslagen"])))
    (found,) = namens.events(after=0)
    assert isinstance(found, LicenceEvent)
    assert found.member == Member("id-of-sam", organisation="90000001")


def test_it_says_so_when_the_events_are_gone(namens: Namens, place: Place) -> None:
    place.says(STREAM, problem(410, "te-oud"))
    with pytest.raises(TooOld):
        list(namens.events(after=1))


@pytest.mark.parametrize(
    "said",
    [
        page(more=True),
        page(event(7), event(7)),
        page(event(6)),
        page(event(9), event(8)),
        Said(200, {"gebeurtenissen": [], "erIsMeer": "nee"}),
        page({**event(), "gegevens": None}),
        page(event(**{**MANDATE_CONTENT, "volgnummer": True})),
        page(event(**{**MANDATE_CONTENT, "vertegenwoordigde": OFFICE})),
        page(event(**{**MANDATE_CONTENT, "gemachtigde": {"soort": "hond", "id": "x"}})),
    ],
    ids=["no-end", "twice", "older", "backwards", "text", "empty", "true", "office", "dog"],
)
def test_it_takes_no_events_that_are_not_as_described(namens: Namens, place: Place, said: Said) -> None:
    place.says(STREAM, said)
    with pytest.raises(NoAnswer, match="cannot be read"):
        list(namens.events(after=6))


def test_it_says_which_event_is_the_newest(namens: Namens, place: Place) -> None:
    place.says("/v1/portaal", Said(200, {"clientId": "portaal", "laatsteNummer": 12}))
    assert namens.newest_event() == 12


def test_it_tries_again_when_namens_is_away(namens: Namens, place: Place) -> None:
    place.says(STREAM, Said(503), page(event()))
    assert len(list(namens.events(after=0))) == 1
