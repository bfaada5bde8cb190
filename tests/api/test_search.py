"""Searches for mandates: people in the body, in the ids of this portal; who is not known there is nobody."""

import pytest

from namens.mandates.models import Mandate
from namens.mandates.states import EndReason, State
from namens.parties.models import Party
from tests.api.listing import BASIS, SEARCH, found, ids_in, used
from tests.api.machine import Machine, is_problem, machine
from tests.people import BSNS, NOW, active, terms
from tests.working import mandate_of, organisation

BOTH = ("mijn-toeslagen", "inkomstenbelasting")


@pytest.fixture
def asking(catalogue: None, signing_keys: None) -> Machine:  # noqa: ARG001 - asked for their effect
    """A portal that has a basis for lists."""
    return machine("zoeker", *BOTH, search_basis=BASIS)


def test_it_finds_the_mandates_of_a_client(asking: Machine, anna: Party, bram: Party, carla: Party) -> None:
    mandate = active(anna, bram)
    mandate_of(carla, organisation())
    assert ids_in(found(asking, vertegenwoordigde={"id": asking.id_of(anna)})) == [str(mandate.id)]
    assert ids_in(found(asking, vertegenwoordigde={"id": asking.id_of(bram)})) == []


def test_it_finds_the_mandates_of_a_helper(asking: Machine, anna: Party, bram: Party, carla: Party) -> None:
    mandate, other = active(anna, bram), mandate_of(carla, organisation())
    assert ids_in(found(asking, gemachtigde={"soort": "persoon", "id": asking.id_of(bram)})) == [str(mandate.id)]
    by_number = {"soort": "organisatie", "kvkNummer": "90000011"}
    assert ids_in(found(asking, gemachtigde=by_number)) == [str(other.id)]
    assert ids_in(found(asking, gemachtigde=by_number, vertegenwoordigde={"id": asking.id_of(anna)})) == []


def test_it_finds_by_service(asking: Machine, anna: Party, bram: Party, carla: Party) -> None:
    both, one = active(anna, bram, what=terms(*BOTH)), mandate_of(carla, organisation())
    assert ids_in(found(asking, diensten=["inkomstenbelasting"])) == [str(both.id)]
    assert ids_in(found(asking, diensten=["mijn-toeslagen"])) == sorted([str(both.id), str(one.id)])
    (shown,) = found(asking, diensten=["inkomstenbelasting"])["machtigingen"]
    assert [line["dienst"] for line in shown["diensten"]] == ["inkomstenbelasting"]


def test_it_finds_by_state(asking: Machine, anna: Party, bram: Party, carla: Party) -> None:
    ended, running = active(anna, bram), mandate_of(carla, organisation())
    Mandate.objects.filter(id=ended.id).update(state=State.ENDED, end_reason=EndReason.BLOCKED_DEATH, ended_at=NOW)
    assert ids_in(found(asking, status=["actief"])) == [str(running.id)]
    assert ids_in(found(asking, status=["beeindigd", "gestopt"])) == [str(ended.id)]


def test_it_can_give_an_empty_page_that_is_not_the_last(asking: Machine, anna: Party, carla: Party) -> None:
    for client in (anna, carla):
        mandate_of(client, organisation())
    first = found(asking, status=["verlopen"], aantal=1)
    assert (first["machtigingen"], "volgende" in first) == ([], True)
    assert "volgende" not in found(asking, status=["verlopen"], aantal=1, vanaf=first["volgende"])


def test_it_takes_a_token_with_the_same_filters_only(asking: Machine, anna: Party, carla: Party) -> None:
    for client in (anna, carla):
        mandate_of(client, organisation())
    token = found(asking, status=["actief"], aantal=1)["volgende"]
    assert is_problem(asking.post(SEARCH, {"vanaf": token}), "ongeldige-invoer", status=400)
    assert len(ids_in(found(asking, status=["actief"], aantal=1, vanaf=token))) == 1


def test_it_knows_nobody_by_the_id_of_another_sector(asking: Machine, anna: Party, bram: Party) -> None:
    active(anna, bram)
    elsewhere = machine("elders", search_basis=BASIS)
    for who in (elsewhere.id_of(anna), BSNS["anna"].digits, str(anna.id), "", "\x00", "é", "x" * 43):
        assert found(asking, vertegenwoordigde={"id": who})["machtigingen"] == []
        assert found(asking, gemachtigde={"id": who})["machtigingen"] == []


def test_it_knows_nobody_by_a_number_that_no_organisation_has(asking: Machine) -> None:
    for number in ("12345678", "", "9000001\u0661", "\x00", "x"):
        assert found(asking, gemachtigde={"soort": "organisatie", "kvkNummer": number})["machtigingen"] == []


def test_it_finds_only_what_was_used_there_without_a_basis(portal: Machine, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    who = {"id": portal.id_of(anna)}
    assert ids_in(found(portal, vertegenwoordigde=who)) == []
    used(mandate, portal)
    assert ids_in(found(portal, vertegenwoordigde=who)) == [str(mandate.id)]


@pytest.mark.parametrize(
    "odd",
    [
        {"bsn": "999990019"},
        {"vertegenwoordigde": "x"},
        {"vertegenwoordigde": {"soort": "organisatie", "kvkNummer": "90000011"}},
        {"vertegenwoordigde": {"id": "x", "naam": "y"}},
        {"gemachtigde": {"soort": "persoon"}},
        {"gemachtigde": {"soort": "organisatie", "id": "x"}},
        {"gemachtigde": {"soort": "persoon", "id": "x", "kvkNummer": "90000011"}},
        {"gemachtigde": {"soort": "medewerker", "id": "x"}},
        {"diensten": ["elders"]},
        {"diensten": []},
        {"status": ["dood"]},
        {"aantal": 0},
        {"aantal": 1001},
        {"aantal": "5"},
        {"gewijzigdSinds": "gisteren"},
        {"gewijzigdSinds": None},
    ],
    ids=str,
)
def test_it_takes_no_filter_that_it_does_not_know(asking: Machine, odd: dict[str, object]) -> None:
    response = asking.post(SEARCH, odd)
    assert is_problem(response, "ongeldige-invoer", status=400)
    assert "999990019" not in response.content.decode()
