"""Colleagues see, and take over, what their licences reach; for everybody else it does not exist."""

from datetime import timedelta

import pytest

from namens.appointments.actions import cancel, take_over
from namens.appointments.agenda import When, find, of_colleagues, own, part
from namens.appointments.models import Appointment, Way
from namens.appointments.refusals import AppointmentReason, AppointmentRefused
from namens.organisations.models import LeftOut, Member, Team
from namens.parties.models import Party
from tests.meeting import again, at, meets, plan
from tests.people import NOW
from tests.working import licence, mandate_of, member, organisation

pytestmark = pytest.mark.usefixtures("catalogue")
BOTH = ("mijn-toeslagen", "inkomstenbelasting")


@pytest.fixture
def teams() -> tuple[Team, Team]:
    works_for = organisation()
    return tuple(Team.objects.create(organisation=works_for, name=name) for name in ("Noord", "Zuid"))  # type: ignore[return-value]  # two


@pytest.fixture
def sam(teams: tuple[Team, Team]) -> Member:
    """Sam, of the first team, with a licence for both services."""
    holder = member(organisation(), team=teams[0])
    licence(holder, *BOTH)
    return holder


def made_by(holder: Member, **terms: object) -> Appointment:
    what = plan(way=Way.HAND_OFF, **terms)  # type: ignore[arg-type]  # fields of a plan
    return meets(holder.organisation.party, member=holder, what=what)


def reaches(holder: Member, appointment: Appointment) -> bool:
    try:
        find(holder.organisation.party, appointment=appointment.id, member=holder, now=NOW)
    except AppointmentRefused:
        return False
    return True


def test_it_is_seen_by_who_has_a_licence_for_all_of_it(sam: Member) -> None:
    both, one = made_by(sam, keys=BOTH), made_by(sam)
    vera = member(sam.organisation, "Vera")
    assert not reaches(vera, one)
    licence(vera)
    assert (reaches(vera, one), reaches(vera, both)) == (True, False)
    assert list(of_colleagues(vera, now=NOW)) == [one]


def test_it_is_seen_within_the_team_of_its_keeper(sam: Member, teams: tuple[Team, Team]) -> None:
    appointment = made_by(sam)
    of_team, of_other = member(sam.organisation, "Vera"), member(sam.organisation, "Wim")
    licence(of_team, team=teams[0])
    licence(of_other, team=teams[1])
    assert (reaches(of_team, appointment), reaches(of_other, appointment)) == (True, False)


def test_it_is_seen_by_nobody_elsewhere(sam: Member, dirk: Party) -> None:
    appointment = made_by(sam)
    carla = member(organisation("De Brug"), "Carla", is_manager=True)
    licence(carla)
    assert not reaches(carla, appointment)
    with pytest.raises(AppointmentRefused, match=AppointmentReason.NOT_YOURS):
        take_over(appointment=appointment.id, member=carla, now=NOW)
    with pytest.raises(AppointmentRefused, match=AppointmentReason.NOT_YOURS):
        find(dirk, appointment=appointment.id, member=None, now=NOW)


def test_it_is_hidden_from_whom_a_known_client_left_out(anna: Party, sam: Member) -> None:
    mandate_of(anna, sam.organisation)
    appointment = made_by(sam, known=anna)
    vera = member(sam.organisation, "Vera")
    licence(vera)
    assert reaches(vera, appointment)
    LeftOut.objects.create(client=anna, member=vera, since=NOW)
    assert not reaches(vera, appointment)


def test_it_changes_hands_and_only_its_keeper_changes_it(sam: Member) -> None:
    appointment, vera = made_by(sam), member(sam.organisation, "Vera")
    licence(vera)
    with pytest.raises(AppointmentRefused, match=AppointmentReason.NOT_YOURS):
        cancel(appointment=appointment.id, helper=sam.organisation.party, member=vera, now=NOW)
    take_over(appointment=appointment.id, member=vera, now=NOW)
    assert again(appointment).member == vera
    with pytest.raises(AppointmentRefused, match=AppointmentReason.NOT_YOURS):
        cancel(appointment=appointment.id, helper=sam.organisation.party, member=sam, now=NOW)
    cancel(appointment=appointment.id, helper=sam.organisation.party, member=vera, now=NOW)
    with pytest.raises(AppointmentRefused, match=AppointmentReason.OVER):
        take_over(appointment=appointment.id, member=sam, now=NOW)


def test_it_parts_the_list_by_the_day(bram: Party) -> None:
    first, second = meets(bram, what=plan(way=Way.HERE)), meets(bram, what=plan(way=Way.HERE, starts_at=at(hour=9)))
    mine = own(bram, member=None)
    for when, day, expected in (
        (When.COMING, -1, [second, first]),
        (When.TODAY, 0, [second, first]),
        (When.PAST, 1, [first, second]),
    ):
        assert list(part(mine, when=when, now=at() + timedelta(days=day))) == expected
