"""How the portal is registered, and the secret of its events."""

import pytest
from namens_client import Namens, NoAnswer, NotTaken, Registration

from tests.place import Place, Said, problem

HERE, SECRETS, TRIALS = "/v1/portaal", "/v1/webhookgeheimen", "/v1/proefgebeurtenissen"
KNOWN = {
    "clientId": "mijn-portaal",
    "naam": "Mijn portaal",
    "diensten": ["mijn-toeslagen"],
    "handelingen": [{"sleutel": "inkomen-wijzigen", "naam": "Inkomen gewijzigd"}],
    "hoortGebeurtenissen": True,
    "magAlleMachtigingenZien": False,
}


def test_it_says_how_the_portal_is_registered(namens: Namens, place: Place) -> None:
    place.says(HERE, Said(503), Said(200, KNOWN))
    assert namens.registration() == Registration(
        client_id="mijn-portaal",
        name="Mijn portaal",
        services=("mijn-toeslagen",),
        acts={"inkomen-wijzigen": "Inkomen gewijzigd"},
        hears_events=True,
        may_list_all=False,
    )


def test_it_gives_a_new_secret_that_it_does_not_show(namens: Namens, place: Place) -> None:
    place.says(SECRETS, Said(201, {"geheim": "whsec_abc"}))
    made = namens.new_webhook_secret()
    assert made.secret == "whsec_abc"
    assert "whsec_" not in repr(made)


def test_it_makes_no_second_secret_because_nobody_answered(namens: Namens, place: Place) -> None:
    place.says(SECRETS, Said(504), Said(201, {"geheim": "whsec_abc"}))
    with pytest.raises(NoAnswer):
        namens.new_webhook_secret()
    assert len(place.heard) == 1


def test_it_asks_for_a_trial(namens: Namens, place: Place) -> None:
    place.says(TRIALS, Said(202))
    namens.try_webhook()
    assert len(place.heard) == 1


def test_it_says_so_when_there_is_no_address_to_try(namens: Namens, place: Place) -> None:
    place.says(TRIALS, problem(409, "geen-adres"))
    with pytest.raises(NotTaken, match="geen-adres"):
        namens.try_webhook()
