"""A member of an organisation needs a licence beside the mandate: read in the one statement, judged by `decide()`."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from namens.lib.assurance import AssuranceLevel
from namens.lib.ids import new_id
from namens.mandates import queries
from namens.mandates.decision import Decision, Permit, Question, Reason, Refusal, Representative
from namens.mandates.licences import Gap, Missing
from namens.organisations.models import Assignment, Block, LeftOut, LicencePause, Member, Opening, Team
from namens.parties.models import Party
from namens.services.models import Portal
from tests.people import NOW, TODAY
from tests.working import licence, mandate_of, member, organisation

pytestmark = pytest.mark.django_db


def ask(portal: Portal, who: Member | None, client: Party, *, days: int = 0) -> Decision:
    works_for = organisation()
    return queries.decide_for(
        portal=portal,
        representative=Representative(works_for.party_id, member=who.party_id if who else None),
        representee=client.id,
        question=Question(service="mijn-toeslagen", assurance=AssuranceLevel.LOW),
        at=NOW + timedelta(days=days),
    )


def test_it_lets_a_member_with_a_licence_act(
    anna: Party, toeslagen: Portal, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sam = member(organisation())
    mandate = mandate_of(anna, organisation())
    licence(sam)
    organisation()
    with django_assert_num_queries(2):  # one is for the organisation of this test
        answer = ask(toeslagen, sam, anna)
    assert isinstance(answer, Permit)
    assert answer.mandate == mandate.id


def test_it_refuses_a_member_without_a_licence_and_says_which_is_missing(anna: Party, toeslagen: Portal) -> None:
    sam = member(organisation())
    mandate_of(anna, organisation())
    assert ask(toeslagen, sam, anna) == Refusal(Reason.NO_LICENCE, Missing(Gap.NONE_HELD))
    licence(sam, "inkomstenbelasting")
    assert ask(toeslagen, sam, anna) == Refusal(Reason.NO_LICENCE, Missing(Gap.OTHER_SERVICE))
    given = licence(sam, last_day=TODAY)
    assert ask(toeslagen, sam, anna, days=1) == Refusal(Reason.NO_LICENCE, Missing(Gap.EXPIRED, TODAY))
    LicencePause.objects.create(licence=given, since=NOW)
    assert ask(toeslagen, sam, anna) == Refusal(Reason.NO_LICENCE, Missing(Gap.PAUSED))


def test_it_tells_a_member_of_a_stranger_nothing_about_licences(anna: Party, toeslagen: Portal) -> None:
    sam = member(organisation())
    assert ask(toeslagen, sam, anna) == Refusal(Reason.NO_MANDATE)


def test_it_lets_nobody_act_for_an_organisation_without_being_somebody_there(
    anna: Party, dirk: Party, toeslagen: Portal
) -> None:
    mandate_of(anna, organisation())
    elsewhere = member(organisation("De Brug"), "Carla")
    licence(elsewhere)
    stranger = Refusal(Reason.NO_LICENCE, Missing(Gap.NOT_A_MEMBER))
    assert ask(toeslagen, None, anna) == stranger
    assert ask(toeslagen, elsewhere, anna) == stranger
    of_dirk = Representative(organisation().party_id, member=dirk.id)
    question = Question(service="mijn-toeslagen", assurance=AssuranceLevel.LOW)
    told = queries.decide_for(portal=toeslagen, representative=of_dirk, representee=anna.id, question=question, at=NOW)
    assert told == stranger


def test_it_needs_a_licence_even_when_a_member_is_named_for_a_private_person(
    anna: Party, bram: Party, toeslagen: Portal
) -> None:
    sam = member(organisation())
    licence(sam)
    mandate_of(anna, organisation())
    question = Question(service="mijn-toeslagen", assurance=AssuranceLevel.LOW)
    mixed = Representative(bram.id, member=sam.party_id)
    told = queries.decide_for(portal=toeslagen, representative=mixed, representee=anna.id, question=question, at=NOW)
    assert told == Refusal(Reason.NO_MANDATE)


def test_it_stops_with_the_member_the_switch_and_the_organisation(anna: Party, toeslagen: Portal) -> None:
    works_for = organisation()
    sam = member(works_for)
    licence(sam)
    mandate_of(anna, works_for)
    Block.objects.create(organisation=works_for, blocked_by="Olga", since=NOW)
    assert ask(toeslagen, sam, anna) == Refusal(Reason.NO_LICENCE, Missing(Gap.BLOCKED))
    Block.objects.update(until=NOW, first_lifter="Olga", second_lifter="Otto")
    assert isinstance(ask(toeslagen, sam, anna), Permit)
    works_for.last_day = TODAY
    works_for.save()
    assert ask(toeslagen, sam, anna, days=1) == Refusal(Reason.NO_LICENCE, Missing(Gap.ORGANISATION_GONE))
    sam.ended_at = NOW
    sam.save()
    assert ask(toeslagen, sam, anna) == Refusal(Reason.NO_LICENCE, Missing(Gap.NOT_A_MEMBER))


def test_it_reaches_the_clients_of_a_team_and_others_with_a_reason_for_one_day(anna: Party, toeslagen: Portal) -> None:
    works_for = organisation()
    north, south = (Team.objects.create(organisation=works_for, name=name) for name in ("Noord", "Zuid"))
    sam = member(works_for, team=south)
    mandate_of(anna, works_for)
    Assignment.objects.create(organisation=works_for, client=anna, team=north, since=NOW)
    of_team = licence(sam, team=south)
    assert ask(toeslagen, sam, anna) == Refusal(Reason.NO_LICENCE, Missing(Gap.OTHER_TEAM))
    of_team.team = north
    of_team.save()
    assert isinstance(ask(toeslagen, sam, anna), Permit)
    of_team.team = None
    of_team.save()
    assert ask(toeslagen, sam, anna) == Refusal(Reason.NO_LICENCE, Missing(Gap.REASON_NEEDED))
    Opening.objects.create(member=sam, client=anna, day=TODAY, reason="client-asked", opened_at=NOW)
    assert isinstance(ask(toeslagen, sam, anna), Permit)
    assert ask(toeslagen, sam, anna, days=1) == Refusal(Reason.NO_LICENCE, Missing(Gap.REASON_NEEDED))


def test_it_keeps_out_the_one_person_whom_the_client_left_out(anna: Party, toeslagen: Portal) -> None:
    works_for = organisation()
    sam, vera = member(works_for), member(works_for, "Vera")
    for one in (sam, vera):
        licence(one)
    mandate_of(anna, works_for)
    LeftOut.objects.create(client=anna, member=sam, since=NOW)
    assert ask(toeslagen, sam, anna) == Refusal(Reason.PERSON_LEFT_OUT)
    assert isinstance(ask(toeslagen, vera, anna), Permit)


def test_it_says_the_same_for_many_clients_at_once(
    anna: Party, bram: Party, toeslagen: Portal, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    works_for = organisation()
    sam = member(works_for)
    licence(sam)
    for client in (anna, bram):
        mandate_of(client, works_for)
    LeftOut.objects.create(client=bram, member=sam, since=NOW)
    acting = Representative(works_for.party_id, member=sam.party_id)
    with django_assert_num_queries(2):
        clients = queries.clients_for(
            portal=toeslagen, representative=acting, assurance=AssuranceLevel.LOW, services=["mijn-toeslagen"], at=NOW
        )
    assert [client.party for client in clients] == [anna.id]
    nobody = queries.clients_for(
        portal=toeslagen,
        representative=acting,
        assurance=AssuranceLevel.LOW,
        services=["mijn-toeslagen"],
        at=NOW,
        among=[new_id()],
    )
    assert nobody == []
