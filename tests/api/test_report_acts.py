"""A portal's machine reports acts, one or a thousand, and reads them again."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import override_settings

from namens.exchange.allowances import MOST_REFUSED
from namens.exchange.config import ExchangeSettings
from namens.exchange.models import Allowance, ReportedAct
from namens.grants.models import ToldRefusal
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.mandates.actions import stop
from namens.mandates.decision import Reason
from namens.mandates.models import Mandate
from namens.parties.models import Party
from namens.services.models import Portal, Status
from tests.api.machine import Machine, is_problem, machine
from tests.faults import Kind, Rows, contents, failing
from tests.openid.relying import read
from tests.people import NOW, active, load_catalogue, person
from tests.working import licence, mandate_of, member, organisation

ACTS, BATCHES = "/v1/handelingen", "/v1/handelingreeksen"
Content = dict[str, Any]


def act(portal: Machine, by: Party, whom: Party, **changes: object) -> Content:
    """Give an act as it goes over the wire, with changes; None leaves a member out."""
    good: Content = {
        "handeling": "inkomen-wijzigen",
        "tijdstip": "2026-11-23T10:00:00+01:00",
        "kenmerk": "zaak-1",
        "voorWie": {"id": portal.id_of(whom)},
        "doorWie": {"id": portal.id_of(by)},
    }
    return {name: value for name, value in {**good, **changes}.items() if value is not None}


def test_it_takes_an_act(portal: Machine, running: Mandate, anna: Party, bram: Party) -> None:
    response = portal.post(ACTS, act(portal, bram, anna, dienst="mijn-toeslagen"))
    assert response.status_code == 201, response.content
    kept = ReportedAct.objects.get()
    assert response.json() == {
        "id": str(kept.id),
        "handeling": "inkomen-wijzigen",
        "dienst": "mijn-toeslagen",
        "tijdstip": "2026-11-23T09:00:00Z",
        "kenmerk": "zaak-1",
        "machtiging": str(running.id),
        "gemeldOp": "2026-11-23T09:00:00Z",
    }
    assert response["Location"] == f"{ACTS}/{kept.id}"
    assert portal.get(response["Location"]).json() == response.json()


@pytest.mark.usefixtures("running")
def test_it_takes_an_act_by_its_login(portal: Machine, anna: Party, bram: Party) -> None:
    tokens = portal.relying.tokens(bram, whom=anna)
    login = {"voorWie": None, "doorWie": None, "login": read(tokens["id_token"])["jti"]}
    assert portal.post(ACTS, act(portal, bram, anna, **login)).status_code == 201
    of_access = login | {"login": read(tokens["access_token"])["jti"]}
    assert portal.post(ACTS, act(portal, bram, anna, **of_access)).status_code == 200


@pytest.mark.usefixtures("running")
def test_it_answers_the_same_act_with_what_it_has(portal: Machine, anna: Party, bram: Party) -> None:
    first = portal.post(ACTS, act(portal, bram, anna))
    again = portal.post(ACTS, act(portal, bram, anna, tijdstip="2026-11-23T09:00:00Z"))
    assert (again.status_code, again.json(), again["Location"]) == (200, first.json(), first["Location"])


@pytest.mark.usefixtures("running")
def test_it_takes_a_reference_once(portal: Machine, anna: Party, bram: Party) -> None:
    portal.post(ACTS, act(portal, bram, anna))
    other = portal.post(ACTS, act(portal, bram, anna, tijdstip="2026-11-23T08:59:59Z"))
    assert is_problem(other, "kenmerk-al-gebruikt", status=409)


def refused(portal: Machine, content: Content) -> str | None:
    """Say why an act was refused: the `reden` of the problem document."""
    response = portal.post(ACTS, content)
    document = response.json()
    reason: str | None = document.pop("reden", None)
    assert (response.status_code, document["code"]) == (403, "niet-toegestaan-toen")
    assert set(document) == {"type", "title", "status", "detail", "code", "requestId"}
    return reason


@pytest.mark.usefixtures("running")
def test_it_refuses_dirk(portal: Machine, anna: Party, dirk: Party) -> None:
    assert refused(portal, act(portal, dirk, anna)) == Reason.NO_MANDATE


def test_it_says_why_only_to_a_portal_that_hears_reasons(
    portal: Machine, running: Mandate, anna: Party, bram: Party
) -> None:
    stop(mandate=running.id, by=anna, now=NOW - timedelta(minutes=1))
    assert refused(portal, act(portal, bram, anna)) == Reason.STOPPED
    Portal.objects.update(gives_reasons=False)
    assert refused(portal, act(portal, bram, anna)) is None


@pytest.mark.usefixtures("running")
def test_it_tells_operators_what_was_refused(portal: Machine, anna: Party, dirk: Party) -> None:
    portal.post(ACTS, act(portal, dirk, anna))
    told = ToldRefusal.objects.get()
    assert (told.endpoint, told.error, told.reason) == ("handelingen", "niet-toegestaan-toen", "act-not-allowed-then")
    assert not any(portal.id_of(one) in str(vars(told)) for one in (anna, dirk))


@pytest.mark.usefixtures("running")
def test_it_refuses_ids_of_another_sector(portal: Machine, anna: Party, bram: Party) -> None:
    elsewhere = machine("ander")
    assert refused(portal, act(elsewhere, bram, anna)) == Reason.NO_MANDATE


@pytest.mark.usefixtures("running")
def test_it_takes_no_login_of_another_portal(portal: Machine, anna: Party, bram: Party) -> None:
    other = machine("ander")
    tokens = portal.relying.tokens(bram, whom=anna)
    login = {"voorWie": None, "doorWie": None, "login": read(tokens["id_token"])["jti"]}
    assert is_problem(other.post(ACTS, act(other, bram, anna, **login)), "ongeldige-invoer", status=400)


@pytest.mark.usefixtures("running")
def test_it_takes_nothing_from_a_portal_that_was_withdrawn(portal: Machine, anna: Party, bram: Party) -> None:
    portal.log_in()
    Portal.objects.update(status=Status.WITHDRAWN)
    assert is_problem(portal.post(ACTS, act(portal, bram, anna)), "token-niet-aanvaard", status=401)
    assert not ReportedAct.objects.exists()


def test_it_takes_an_act_of_a_member(portal: Machine, anna: Party) -> None:
    works = organisation()
    sam = member(works)
    licence(sam)
    mandate_of(anna, works)
    who = {"id": portal.id_of(sam.party), "soort": "medewerker", "kvkNummer": works.kvk_number}
    assert portal.post(ACTS, act(portal, sam.party, anna, doorWie=who)).status_code == 201


@pytest.mark.usefixtures("running")
def test_it_shows_no_act_to_another_portal(portal: Machine, anna: Party, bram: Party) -> None:
    place = portal.post(ACTS, act(portal, bram, anna))["Location"]
    assert is_problem(machine("ander").get(place), "niet-gevonden", status=404)
    assert is_problem(portal.get(f"{ACTS}/{anna.id}"), "niet-gevonden", status=404)
    assert is_problem(portal.get(f"{ACTS}/1"), "niet-gevonden", status=404)


MALFORMED: dict[str, Content] = {
    "no act": {"handeling": None},
    "an act that is not registered": {"handeling": "iets-anders"},
    "an act with NUL": {"handeling": "inkomen-wijzigen\x00"},
    "no moment": {"tijdstip": None},
    "a moment without zone": {"tijdstip": "2026-11-23T10:00:00"},
    "a moment as a number": {"tijdstip": 1_795_000_000},
    "the future": {"tijdstip": "2026-11-23T09:01:01Z"},
    "long ago": {"tijdstip": "2026-08-01T09:00:00Z"},
    "before all time": {"tijdstip": "0001-01-01T00:00:00+14:00"},
    "a BSN as reference": {"kenmerk": "9999.90.019"},
    "a reference with NUL": {"kenmerk": "zaak\x00"},
    "a reference that is a number": {"kenmerk": 1},
    "nobody": {"voorWie": None, "doorWie": None},
    "nobody for whom": {"voorWie": None},
    "people and a login": {"login": "x"},
    "a login that never was": {"voorWie": None, "doorWie": None, "login": "\x00"},
    "an organisation that acts": {"doorWie": {"soort": "organisatie", "kvkNummer": "90000011"}},
    "a member of nothing": {"doorWie": {"id": "x", "soort": "medewerker"}},
    "a person with a KvK number": {"doorWie": {"id": "x", "kvkNummer": "90000011"}},
    "a KvK number with a line behind it": {"doorWie": {"id": "x", "soort": "medewerker", "kvkNummer": "90000011\n"}},
    "a member who is helped": {"voorWie": {"id": "x", "soort": "medewerker"}},
    "an id that is a number": {"voorWie": {"id": 999990019}},
    "an empty id": {"voorWie": {"id": ""}},
    "a service that is not of this portal": {"dienst": "inkomstenbelasting"},
}


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize("name", MALFORMED)
def test_it_takes_no_act_that_is_not_in_order(portal: Machine, anna: Party, bram: Party, name: str) -> None:
    content = act(portal, bram, anna, **MALFORMED[name])
    response = portal.post(ACTS, content)
    assert is_problem(response, "ongeldige-invoer", status=400)
    assert b"99990" not in response.content
    (one,) = portal.post(BATCHES, {"handelingen": [content]}).json()["resultaten"]
    assert (one["status"], one["probleem"]["code"]) == (400, "ongeldige-invoer")
    assert not ReportedAct.objects.exists()


@pytest.mark.usefixtures("running")
def test_it_takes_an_id_of_nobody_as_nobody(portal: Machine, anna: Party, bram: Party) -> None:
    for odd in ("x", "\x00" * 43, "é" * 43, "A" * 43):
        assert refused(portal, act(portal, bram, anna, doorWie={"id": odd})) == Reason.NO_MANDATE


@pytest.mark.parametrize("path", [ACTS, BATCHES])
def test_it_takes_no_half_of_a_symbol(portal: Machine, path: str) -> None:
    assert is_problem(portal.post(path, '{"handeling": "\\ud800"}'), "ongeldige-invoer", status=400)


@pytest.mark.usefixtures("running")
def test_it_answers_each_of_many_in_order(portal: Machine, anna: Party, bram: Party, dirk: Party) -> None:
    good = act(portal, bram, anna)
    batch = [good, 7, act(portal, dirk, anna, kenmerk="zaak-2"), good, act(portal, bram, anna, handeling="iets")]
    batch.append(act(portal, bram, anna, tijdstip="2026-11-23T08:00:00Z"))
    response = portal.post(BATCHES, {"handelingen": batch})
    assert response.status_code == 200
    results = response.json()["resultaten"]
    assert [one["status"] for one in results] == [201, 400, 403, 200, 400, 409]
    assert [one.get("probleem", {}).get("code") for one in results] == [
        None, "ongeldige-invoer", "niet-toegestaan-toen", None, "ongeldige-invoer", "kenmerk-al-gebruikt"
    ]  # fmt: skip
    assert results[2]["probleem"]["reden"] == Reason.NO_MANDATE
    assert results[0]["handeling"] == results[3]["handeling"]
    assert results[1]["probleem"]["requestId"] == response["X-Request-ID"]
    assert ToldRefusal.objects.count() == 1


def test_it_takes_a_thousand_and_no_more(portal: Machine) -> None:
    assert is_problem(portal.post(BATCHES, {"handelingen": [{}] * 1001}), "te-groot", status=413)
    assert len(portal.post(BATCHES, {"handelingen": [{}] * 1000}).json()["resultaten"]) == 1000
    assert portal.post(BATCHES, {"handelingen": []}).json() == {"resultaten": []}


@pytest.mark.usefixtures("running")
def test_it_turns_a_flood_away(portal: Machine, anna: Party, bram: Party) -> None:
    with override_settings(EXCHANGE=ExchangeSettings(acts_a_minute=1)), clock.frozen(NOW + timedelta(seconds=20)):
        assert portal.post(ACTS, act(portal, bram, anna)).status_code == 201
        for path, content in ((ACTS, act(portal, bram, anna)), (BATCHES, {"handelingen": [act(portal, bram, anna)]})):
            response = portal.post(path, content)
            assert is_problem(response, "te-veel", status=429)
            assert response["Retry-After"] == "40"
    assert {told.reason for told in ToldRefusal.objects.all()} == {"too-many-acts"}


@pytest.mark.usefixtures("running")
def test_it_turns_away_who_reports_what_nobody_may(portal: Machine, anna: Party, bram: Party, dirk: Party) -> None:
    strange = [act(portal, dirk, anna, kenmerk=f"{number}") for number in range(MOST_REFUSED)]
    assert portal.post(BATCHES, {"handelingen": strange}).status_code == 200
    response = portal.post(ACTS, act(portal, bram, anna))
    assert is_problem(response, "te-veel", status=429)
    assert response["Retry-After"] == "3600"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("signing_keys")
@pytest.mark.parametrize("kind", Kind)
def test_it_keeps_all_or_nothing_when_the_database_goes_away(kind: Kind) -> None:
    """That so many were sent in this minute is counted by itself, and stays counted."""

    def but_counts() -> Rows:
        return {model: rows for model, rows in contents().items() if model is not Allowance}

    load_catalogue()
    anna, bram = person("anna"), person("bram")
    active(anna, bram)
    portal = machine()
    portal.log_in()
    portal.post(ACTS, act(portal, bram, anna))
    for number in range(1, 40):
        before = but_counts()
        with failing(at=number, kind=kind) as fault:
            response = portal.post(ACTS, act(portal, bram, anna, kenmerk="zaak-2"))
        if not fault.struck:
            break
        assert (response.status_code, but_counts()) == (503, before)
    assert response.status_code == 201
    assert ReportedAct.objects.count() == JournalEntry.objects.filter(event=Event.ACT_REPORTED).count() == 2


def test_it_describes_acts(portal: Machine) -> None:
    described = portal.get("/v1/openapi.json").json()
    assert {"/handelingen", "/handelingreeksen", "/handelingen/{act}"} <= set(described["paths"])
    report = described["components"]["schemas"]["Melding"]
    assert {"handeling", "tijdstip", "kenmerk"} == set(report["required"])
