"""Reporting acts: what becomes of each is a value, and trying again is safe."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from namens_client import (
    Act,
    AlreadyReported,
    Member,
    Namens,
    NoAnswer,
    NotAllowedThen,
    NotTaken,
    Outcome,
    Reason,
    Rejected,
    Reported,
)

from tests.place import Place, Said, problem
from tests.test_ask import ANNA, BRAM, MANDATE

SINGLE, ROW = "/v1/handelingen", "/v1/handelingreeksen"
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TAKEN = {
    "id": "01890a5d-ac96-774b-bcce-b302099a8058",
    "handeling": "inkomen-wijzigen",
    "dienst": "mijn-toeslagen",
    "tijdstip": "2026-11-23T09:30:00Z",
    "kenmerk": "own-1",
    "machtiging": MANDATE,
    "gemeldOp": "2026-11-23T09:30:01Z",
}
ACT = Act("inkomen-wijzigen", at=AT, reference="own-1", on_behalf_of=ANNA, by=BRAM)
NOT_THEN = problem(403, "niet-toegestaan-toen")
USED = problem(409, "kenmerk-al-gebruikt")


def test_it_reports_an_act(namens: Namens, place: Place) -> None:
    place.says(SINGLE, Said(201, TAKEN))
    outcome = namens.report(ACT)
    assert isinstance(outcome, Reported)
    assert str(outcome.mandate) == MANDATE
    assert outcome.reported_at == datetime(2026, 11, 23, 9, 30, 1, tzinfo=UTC)
    assert place.heard_at(SINGLE)[0].content == {
        "handeling": "inkomen-wijzigen",
        "tijdstip": "2026-11-23T09:30:00+00:00",
        "kenmerk": "own-1",
        "voorWie": {"soort": "persoon", "id": "id-of-anna"},
        "doorWie": {"soort": "persoon", "id": "id-of-bram"},
    }


def test_it_reports_an_act_of_a_member_and_one_of_a_login(namens: Namens, place: Place) -> None:
    place.says(SINGLE, Said(201, TAKEN))
    namens.report(replace(ACT, by=Member("id-of-sam", organisation="90000001"), service="mijn-toeslagen"))
    namens.report(Act("inkomen-wijzigen", at=AT, reference="own-2", login="jti-of-the-login"))
    first, second = (heard.content for heard in place.heard_at(SINGLE))
    assert first["doorWie"] == {"soort": "medewerker", "id": "id-of-sam", "kvkNummer": "90000001"}
    assert first["dienst"] == "mijn-toeslagen"
    assert second["login"] == "jti-of-the-login"
    assert second.keys().isdisjoint({"voorWie", "doorWie", "dienst"})


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (Said(200, TAKEN), AlreadyReported),
        (NOT_THEN, NotAllowedThen),
        (USED, Rejected),
        (problem(400, "ongeldige-invoer"), Rejected),
    ],
    ids=["before", "not-then", "used", "wrong"],
)
def test_it_says_what_became_of_an_act(namens: Namens, place: Place, said: Said, kind: type[Outcome]) -> None:
    place.says(SINGLE, said)
    assert isinstance(namens.report(ACT), kind)
    assert len(place.heard) == 1


def test_it_says_why_nobody_was_allowed(namens: Namens, place: Place) -> None:
    place.says(SINGLE, replace(NOT_THEN, content={**NOT_THEN.content, "reden": "stopped"}))
    assert namens.report(ACT) == NotAllowedThen(reason=Reason.STOPPED, request_id="number-of-namens")


def test_it_says_why_an_act_is_rejected(namens: Namens, place: Place) -> None:
    place.says(SINGLE, USED)
    outcome = namens.report(ACT)
    assert isinstance(outcome, Rejected)
    assert (outcome.code, outcome.detail) == ("kenmerk-al-gebruikt", "Dit kan niet.")


@pytest.mark.parametrize(
    "trouble",
    [
        problem(503, "even-niet-beschikbaar", Retry_After="1"),
        problem(429, "te-veel", Retry_After="0"),
        Said(breaks=True),
    ],
    ids=["away", "flood", "broken"],
)
def test_it_tries_again_until_it_is_taken(namens: Namens, place: Place, trouble: Said) -> None:
    place.says(SINGLE, trouble, trouble, Said(200, TAKEN))
    assert isinstance(namens.report(ACT), AlreadyReported)
    references = {heard.content["kenmerk"] for heard in place.heard}
    assert (len(place.heard), references) == (3, {"own-1"})


def test_it_stops_trying_when_its_patience_is_over(namens: Namens, place: Place) -> None:
    place.says(SINGLE, problem(429, "te-veel", Retry_After="60"))
    with pytest.raises(NoAnswer) as raised:
        namens.report(ACT)
    assert raised.value.retry_after == 60
    assert len(place.heard) == 1


@pytest.mark.parametrize(
    "said",
    [problem(403, "niet-aangemeld"), problem(415, "inhoud-niet-json"), Said(404)],
    ids=["not-registered", "kind", "no-such-address"],
)
def test_it_never_takes_trouble_of_the_portal_for_trouble_of_the_act(namens: Namens, place: Place, said: Said) -> None:
    place.says(SINGLE, said)
    with pytest.raises(NotTaken):
        namens.report(ACT)


@pytest.mark.parametrize("content", [{}, {**TAKEN, "machtiging": "x"}, {**TAKEN, "gemeldOp": "2026-11-23T09:30:01"}])
def test_it_takes_nothing_for_a_receipt_that_cannot_be_read(namens: Namens, place: Place, content: object) -> None:
    place.says(SINGLE, Said(201, content))
    with pytest.raises(NoAnswer, match="cannot be read"):
        namens.report(ACT)


# Rows


def result(said: Said, status: int | None = None) -> dict[str, object]:
    name = "handeling" if said.status < 300 else "probleem"
    return {"status": status or said.status, name: said.content}


def acts(many: int) -> list[Act]:
    return [replace(ACT, reference=f"own-{number}") for number in range(many)]


def test_it_reports_a_row_and_says_what_became_of_each(namens: Namens, place: Place) -> None:
    said = [Said(201, TAKEN), Said(200, TAKEN), NOT_THEN, USED]
    place.says(ROW, Said(200, {"resultaten": [result(one) for one in said]}))
    kinds = [type(outcome) for outcome in namens.report_all(acts(4))]
    assert kinds == [Reported, AlreadyReported, NotAllowedThen, Rejected]


def test_it_reports_no_more_than_a_thousand_at_once(namens: Namens, place: Place) -> None:
    taken = result(Said(201, TAKEN))
    place.says(ROW, Said(200, {"resultaten": [taken] * 1000}), Said(200, {"resultaten": [taken]}))
    assert len(namens.report_all(acts(1001))) == 1001
    assert [len(heard.content["handelingen"]) for heard in place.heard] == [1000, 1]


def test_it_reports_again_only_what_was_not_taken_yet(namens: Namens, place: Place) -> None:
    later = problem(429, "te-veel")
    first = Said(200, {"resultaten": [result(Said(201, TAKEN)), result(later), result(USED)]})
    place.says(ROW, first, Said(200, {"resultaten": [result(Said(201, TAKEN))]}))
    kinds = [type(outcome) for outcome in namens.report_all(acts(3))]
    assert kinds == [Reported, Reported, Rejected]
    assert [one["kenmerk"] for one in place.heard[1].content["handelingen"]] == ["own-1"]


@pytest.mark.parametrize("results", [[], [{"status": 201}], [{"status": 500, "probleem": {}}], None])
def test_it_takes_no_row_that_does_not_fit(namens: Namens, place: Place, results: object) -> None:
    place.says(ROW, Said(200, {"resultaten": results}))
    with pytest.raises(NoAnswer):
        namens.report_all(acts(1))


# What is wrong before it is reported


@pytest.mark.parametrize(
    "changes",
    [
        {"key": ""},
        {"reference": ""},
        {"at": datetime(2026, 11, 23)},  # noqa: DTZ001 - that is the point
        {"by": None},
        {"on_behalf_of": None},
        {"on_behalf_of": None, "by": None},
        {"login": "jti"},
        {"login": "jti", "by": None},
    ],
    ids=["key", "reference", "zone", "by", "for", "nobody", "both", "half"],
)
def test_it_refuses_an_act_that_is_not_whole(changes: dict[str, object]) -> None:
    whole: dict[str, object] = {"key": "k", "at": AT, "reference": "r", "on_behalf_of": ANNA, "by": BRAM, **changes}
    with pytest.raises(ValueError, match=r"act|time zone|people"):
        Act(whole.pop("key"), **whole)  # type: ignore[arg-type]  # wrong on purpose


def test_it_shows_nobody_in_an_act() -> None:
    assert repr(ACT) == (
        "Act(key='inkomen-wijzigen', at=datetime.datetime(2026, 11, 23, 9, 30, tzinfo=datetime.timezone.utc), "
        "service='', on_behalf_of=Person(), by=Person())"
    )
