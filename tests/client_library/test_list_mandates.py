"""The library lists the mandates of the real door."""

from datetime import datetime, timedelta

import pytest
from namens_client import Namens, NotTaken, Person, Search, Standing

from namens.mandates.models import Mandate
from namens.parties.models import Party
from namens.services.models import Portal
from tests.api.machine import Machine


@pytest.fixture
def with_basis(portal: Machine) -> None:
    """The portal may list all that covers its services."""
    Portal.objects.filter(id=portal.portal.id).update(search_basis="Besluit digitale overheid, artikel 7")


@pytest.mark.usefixtures("with_basis")
def test_it_lists_what_covers_its_services(
    namens: Namens, portal: Machine, running: Mandate, anna: Party, bram: Party, today: datetime
) -> None:
    (found,) = namens.mandates()
    assert (found.id, found.standing) == (running.id, Standing.ACTIVE)
    assert (found.represented, found.representative) == (Person(portal.id_of(anna)), Person(portal.id_of(bram)))
    assert [service.key for service in found.services] == ["mijn-toeslagen"]
    assert [service.standing for service in found.services] == [Standing.ACTIVE]
    assert list(namens.mandates(changed_since=today + timedelta(days=1))) == []


@pytest.mark.usefixtures("with_basis")
def test_it_searches_by_who_is_helped(
    namens: Namens, portal: Machine, running: Mandate, anna: Party, dirk: Party
) -> None:
    wanted = Search(Person(portal.id_of(anna)), services=("mijn-toeslagen",), standings=(Standing.ACTIVE,))
    assert [one.id for one in namens.search_mandates(wanted)] == [running.id]
    assert list(namens.search_mandates(Search(Person(portal.id_of(dirk))))) == []


@pytest.mark.usefixtures("running")
def test_it_lists_nothing_that_the_portal_never_saw_without_a_basis(namens: Namens) -> None:
    assert list(namens.mandates()) == []


def test_it_is_not_taken_with_a_service_of_another(namens: Namens) -> None:
    with pytest.raises(NotTaken, match="ongeldige-invoer"):
        list(namens.search_mandates(Search(services=("aow-en-pensioen",))))
