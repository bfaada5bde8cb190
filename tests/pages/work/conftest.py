"""Samen Sterk at work: Sam with a licence and no team, Vera with a licence for team Noord, Mia who is manager without a
licence. Carla is manager at De Brug. Each at a computer of their own."""

import pytest
from django.test import Client

from namens.organisations.models import Member, MemberKind, Organisation, Team
from tests.pages.visiting import arrive
from tests.working import licence, member, organisation


@pytest.fixture
def samen_sterk(catalogue: None) -> Organisation:  # noqa: ARG001 - asked for its effect
    """The organisation."""
    return organisation()


@pytest.fixture
def north(samen_sterk: Organisation) -> Team:
    """Team Noord."""
    return Team.objects.create(organisation=samen_sterk, name="Noord")


@pytest.fixture
def south(samen_sterk: Organisation) -> Team:
    """Team Zuid."""
    return Team.objects.create(organisation=samen_sterk, name="Zuid")


@pytest.fixture
def sam(samen_sterk: Organisation, south: Team) -> Member:
    """Sam of team Zuid, whose licence is for no team."""
    sam = member(samen_sterk, team=south)
    licence(sam)
    return sam


@pytest.fixture
def vera(samen_sterk: Organisation, north: Team) -> Member:
    """Vera, volunteer, whose licence is for team Noord."""
    vera = member(samen_sterk, "Vera", family_name="Visser", kind=MemberKind.VOLUNTEER, team=north)
    licence(vera, team=north)
    return vera


@pytest.fixture
def mia(samen_sterk: Organisation) -> Member:
    """Mia, manager, without a licence."""
    return member(samen_sterk, "Mia", family_name="Meijer", is_manager=True)


@pytest.fixture
def at_sam(sam: Member) -> Client:
    """Sam's browser."""
    return arrive(sam.party)


@pytest.fixture
def at_vera(vera: Member) -> Client:
    """Vera's browser."""
    return arrive(vera.party)


@pytest.fixture
def at_mia(mia: Member) -> Client:
    """Mia's browser."""
    return arrive(mia.party)


@pytest.fixture
def at_carla(samen_sterk: Organisation) -> Client:  # noqa: ARG001 - the catalogue is needed
    """The browser of Carla, manager at De Brug, who has a licence there."""
    carla = member(organisation("De Brug"), "Carla", family_name="Mulder", is_manager=True)
    licence(carla)
    return arrive(carla.party)
