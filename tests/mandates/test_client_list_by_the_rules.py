"""The list of clients says of every member and every client what the rules say of those two."""

from collections.abc import Iterator
from itertools import product

import pytest

from namens.mandates.client_file import file_of
from namens.mandates.client_list import Wanted
from namens.mandates.clients_of import clients_of, grounds_of
from namens.mandates.licences import Gap
from namens.organisations.models import Assignment, LeftOut, LicencePause, Member, Opening, Team
from namens.parties.models import Party
from tests.people import NOW, TODAY
from tests.working import client_called, licence, mandate_of, member, organisation

pytestmark = pytest.mark.django_db
KEYS = ("mijn-toeslagen", "inkomstenbelasting")
LICENCES = ("none", "every", "north", "south", "two", "paused", "over")


@pytest.fixture
def teams(catalogue: None) -> tuple[Team, Team]:  # noqa: ARG001 - asked for its effect
    """Noord and Zuid."""
    works_for = organisation()
    north, south = (Team.objects.create(organisation=works_for, name=name) for name in ("Noord", "Zuid"))
    return north, south


def members(north: Team, south: Team) -> Iterator[Member]:
    """Give members with each kind of licence, with and without a team."""
    for name, own in product(LICENCES, (None, north)):
        made = member(organisation(), name.capitalize(), family_name="Noord" if own else "Overal", team=own)
        if name in {"every", "paused", "over"}:
            given = licence(made, last_day=TODAY)
            if name == "paused":
                LicencePause.objects.create(licence=given, since=NOW)
            if name == "over":
                given.ended_at = NOW
                given.save()
        if name in {"north", "two"}:
            licence(made, KEYS[0], team=north)
        if name == "south":
            licence(made, *KEYS, team=south)
        if name == "two":
            licence(made, KEYS[1])
        yield made


def clients(north: Team, south: Team) -> Iterator[Party]:
    """Give clients of nobody, of no team and of each team, with each kind of mandate."""
    for team, keys in product(("nobody", None, north, south), (KEYS[:1], KEYS[1:], KEYS)):
        made = client_called(f"{team} {len(keys)} {keys[0]}")
        mandate_of(made, organisation(), *keys)
        if team != "nobody":
            Assignment.objects.create(organisation=organisation(), client=made, team=team, since=NOW)
        yield made


def as_rules_say(who: Member, client: Party) -> str:
    file = file_of(who, client=client.id, now=NOW)
    assert file is not None
    if file.is_open:
        return "reached"
    return "reason" if file.gap is Gap.REASON_NEEDED and not file.is_left_out else "hidden"


def as_listed(who: Member) -> dict[Party, str]:
    grounds = grounds_of(who, now=NOW)
    found = clients_of(who, grounds=grounds, wanted=Wanted(), now=NOW, most=100)
    return {Party.objects.get(id=one.party): "reason" if one.needs_reason else "reached" for one in found}


def test_it_lists_exactly_whom_the_rules_let_a_member_reach(teams: tuple[Team, Team]) -> None:
    everybody, helped = list(members(*teams)), list(clients(*teams))
    # Some clients were opened with a reason, and some left a member out: differently for each member.
    for number, (who, client) in enumerate(product(everybody, helped)):
        if number % 3 == 0:
            Opening.objects.create(member=who, client=client, day=TODAY, reason="urgent", opened_at=NOW)
        if number % 7 == 0:
            LeftOut.objects.create(client=client, member=who, since=NOW)
    seen = set()
    for who in everybody:
        listed = as_listed(who)
        for client in helped:
            expected = as_rules_say(who, client)
            seen.add(expected)
            assert listed.get(client, "hidden") == expected, (who.given_name, who.team_id, client.person.family_name)
    assert seen == {"reached", "reason", "hidden"}
