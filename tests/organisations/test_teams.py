"""Making, renaming and closing teams."""

from collections.abc import Callable

import pytest

from namens.organisations.actions import close_team, end_licence, make_team, rename_team
from namens.organisations.models import Assignment, FormerTeam, Member, Team
from namens.organisations.refusals import OrganisationReason, OrganisationRefused
from namens.parties.models import Party
from tests.organisations.managing import carla, mia, team, written
from tests.people import NOW
from tests.working import licence, member, organisation

pytestmark = pytest.mark.usefixtures("catalogue")


def refused(verb: Callable[[], Team]) -> OrganisationReason:
    with pytest.raises(OrganisationRefused) as refusal:
        verb()
    return refusal.value.reason


def close(held: Team, *, to: Team | None = None, by: Member | None = None) -> Team:
    return close_team(by=by or mia(), team=held.id, to=to.id if to else None, now=NOW)


def test_it_makes_and_renames_a_team() -> None:
    made = make_team(by=mia(), name="Noord", now=NOW)
    rename_team(by=mia(), team=made.id, name="Noord en Oost", now=NOW)
    assert Team.objects.get().name == "Noord en Oost"
    assert written() == ["team-made", "team-renamed"]


def test_it_gives_a_name_to_one_open_team_only() -> None:
    north = team("Noord")
    team("Noord", of="De Brug")
    assert refused(lambda: make_team(by=mia(), name="Noord", now=NOW)) == OrganisationReason.TEAM_NAME_TAKEN
    south = team("Zuid")
    taken = refused(lambda: rename_team(by=mia(), team=south.id, name="Noord", now=NOW))
    assert taken == OrganisationReason.TEAM_NAME_TAKEN
    close(north)
    make_team(by=mia(), name="Noord", now=NOW)


def test_it_moves_people_and_clients_of_a_team_that_closes(anna: Party) -> None:
    north, south = team("Noord"), team("Zuid")
    sam = member(organisation(), team=north)
    Assignment.objects.create(organisation=organisation(), client=anna, member=sam, team=north, since=NOW)
    close(north, to=south)
    assert Member.objects.get(party=sam.party).team == south
    assert [(one.member, one.team, one.until) for one in FormerTeam.objects.all()] == [(sam, north, NOW)]
    now = Assignment.objects.get(until__isnull=True)
    assert (now.team, now.member) == (south, sam)
    assert Team.objects.get(id=north.id).closed_at == NOW


def test_it_does_not_close_a_team_for_which_licences_run() -> None:
    north = team()
    held = licence(member(organisation()), team=north)
    assert refused(lambda: close(north)) == OrganisationReason.TEAM_IN_USE
    end_licence(by=mia(), licence=held.id, version=0, now=NOW)
    close(north)


def test_it_lets_no_manager_bring_clients_to_the_own_team() -> None:
    north, south, east = team("Noord"), team("Zuid"), team("Oost")
    Member.objects.filter(party=mia().party).update(team=south)
    licence(mia(), team=east)
    assert refused(lambda: close(north, to=south)) == OrganisationReason.OWN_TEAM
    assert refused(lambda: close(north, to=east)) == OrganisationReason.OWN_TEAM
    close(south, to=north)
    assert Member.objects.get(party=mia().party).team is None


def test_it_lets_no_manager_free_clients_of_another_team_for_the_own_licence(anna: Party) -> None:
    north, south = team("Noord"), team("Zuid")
    Assignment.objects.create(organisation=organisation(), client=anna, team=north, since=NOW)
    held = licence(mia())
    assert refused(lambda: close(north)) == OrganisationReason.OWN_TEAM
    assert Assignment.objects.get(until__isnull=True).team == north
    close(south)
    end_licence(by=mia(), licence=held.id, version=0, now=NOW)
    close(north)
    assert Assignment.objects.get(until__isnull=True).team is None


def test_it_refuses_a_team_that_is_closed_and_itself_as_the_target() -> None:
    north, south = team("Noord"), team("Zuid")
    assert refused(lambda: close(north, to=north)) == OrganisationReason.UNKNOWN_TEAM
    close(south)
    assert refused(lambda: close(south)) == OrganisationReason.UNKNOWN_TEAM
    assert refused(lambda: close(north, to=south)) == OrganisationReason.UNKNOWN_TEAM


def test_it_refuses_dirk_a_colleague_and_the_manager_of_another_organisation(dirk: Party) -> None:
    north, sam = team(), member(organisation())
    for by in (sam, Member(party=dirk, organisation=organisation())):
        for verb in (
            lambda by=by: make_team(by=by, name="West", now=NOW),
            lambda by=by: rename_team(by=by, team=north.id, name="West", now=NOW),
            lambda by=by: close(north, by=by),
        ):
            assert refused(verb) == OrganisationReason.NOT_A_MANAGER
    elsewhere = carla()
    renamed = refused(lambda: rename_team(by=elsewhere, team=north.id, name="West", now=NOW))
    assert renamed == OrganisationReason.UNKNOWN_TEAM
    assert refused(lambda: close(north, by=elsewhere)) == OrganisationReason.UNKNOWN_TEAM
