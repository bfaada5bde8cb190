"""The library reads how its portal is registered."""

from namens_client import Namens

from tests.api.machine import ACTS, Machine


def test_it_says_how_the_portal_is_registered(namens: Namens, portal: Machine) -> None:
    found = namens.registration()
    assert (found.client_id, found.name) == (portal.portal.client_id, portal.portal.name)
    assert found.services == ("mijn-toeslagen",)
    assert found.acts == {act["key"]: act["name"] for act in ACTS}
    assert (found.hears_events, found.may_list_all) == (False, False)
