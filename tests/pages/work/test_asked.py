"""What members asked in the organisation's name stands on the work list, and says nothing of whom it met."""

from datetime import timedelta

import pytest
from django.test import Client

from namens.lib import clock
from namens.lib.periods import Duration
from namens.mandates.actions import compare, decline, request, withdraw
from namens.mandates.actions.renew import ask_renewal
from namens.mandates.models import Mandate, MandateRequest
from namens.organisations.models import Assignment, LeftOut, Member, Organisation, Team
from namens.parties.models import Party
from tests.asking import UNKNOWN, met, stated
from tests.counting import statements
from tests.pages.visiting import arrive, shown
from tests.people import NOW, TODAY, of, services
from tests.working import licence, mandate_of, member

LATER = NOW + timedelta(days=14)


def asks(who: Member, *people: str, label: str = "Mevrouw A.") -> list[MandateRequest]:
    """Let a member ask for these people (`nobody` is one whom the register does not know)."""
    known = [UNKNOWN if name == "nobody" else name for name in people or ("anna",)]
    labels = [label, "Meneer B."]
    return request(
        helper=who.organisation.party,
        member=who,
        stated=[stated(one, label=labels[turn]) for turn, one in enumerate(known)],
        services=services("mijn-toeslagen"),
        duration=Duration.ONE_YEAR,
        now=NOW,
    )


def at(who: Member, path: str, *, later: bool = False) -> str:
    """Give what this member reads, two weeks later or now."""
    with clock.frozen(LATER if later else NOW):
        return shown(arrive(who.party).get(path))


def becomes_active(asked: MandateRequest, client: Party) -> Mandate:
    """Let the client have agreed, as far as the list can see."""
    waiting = met(asked, client)
    Mandate.objects.filter(id=waiting.id).update(state="active", activated_at=NOW)
    return of(waiting)


def test_it_shows_what_waits_for_the_letter_and_then_for_the_code(sam: Member) -> None:
    asks(sam)
    assert "Mevrouw A. Brief uiterlijk op 30 november 2026 4 januari 2027 Mijn toeslagen U" in at(
        sam, "/werk?list=letter"
    )
    assert "Mevrouw A." not in at(sam, "/werk?list=code")
    assert "Mevrouw A." not in at(sam, "/werk?list=letter", later=True)
    assert "Mevrouw A. De code kan er zijn Vul de code in" in at(sam, "/werk?list=code", later=True)


@pytest.mark.parametrize("tab", ["letter", "code", "today", "partner", "all"])
@pytest.mark.parametrize("later", [False, True])
def test_it_shows_the_same_whomever_it_met_and_whatever_they_said(
    sam: Member,
    anna: Party,
    tab: str,
    later: bool,  # noqa: FBT001 - given by pytest
) -> None:
    path = f"/werk?list={tab}"
    [asked] = asks(sam)
    before = at(sam, path, later=later)
    waiting = met(asked, anna)
    assert at(sam, path, later=later) == before
    decline(mandate=waiting.id, by=anna, is_unknown=False, now=NOW)
    assert at(sam, path, later=later) == before
    MandateRequest.objects.all().delete()
    [nobody] = asks(sam, "nobody")
    compare(request=nobody.id, facts=None, now=NOW)
    assert at(sam, path, later=later) == before


def test_it_shows_colleagues_what_was_asked_without_a_way_in(sam: Member, samen_sterk: Organisation) -> None:
    kees = member(samen_sterk, "Kees", family_name="Kok")
    licence(kees)
    [asked] = asks(sam)
    assert "Mevrouw A." not in at(kees, "/werk?list=letter")
    assert "Mevrouw A. Brief uiterlijk op 30 november 2026 4 januari 2027 Mijn toeslagen Sam Bakker" in at(
        kees, "/werk?list=letter&whose=all"
    )
    page = arrive(kees.party).get("/werk?list=letter&whose=all").content.decode()
    assert str(asked.id) not in page


def test_it_shows_what_others_asked_as_far_as_a_licence_goes(
    sam: Member, vera: Member, mia: Member, samen_sterk: Organisation, north: Team
) -> None:
    asks(sam)
    kees = member(samen_sterk, "Kees", team=north)
    licence(kees)
    asks(kees, label="Iemand van Noord")
    every = "/werk?list=letter&whose=all"
    assert "Iemand van Noord" in at(vera, every)
    assert "Mevrouw A." not in at(vera, every)
    assert "Mevrouw A." not in at(mia, every)
    assert "Iemand van Noord" in at(sam, every)
    assert "Iemand van Noord" not in at(sam, "/werk?list=letter&whose=team")


def test_it_shows_other_organisations_and_dirk_nothing(sam: Member, at_carla: Client, at_dirk: Client) -> None:
    asks(sam)
    for tab in ("letter", "code", "today", "partner"):
        path = f"/werk?list={tab}&whose=all"
        assert "Mevrouw A." not in shown(at_carla.get(path))
        assert at_dirk.get(path).status_code == 302


def test_it_shows_a_couple_of_which_one_half_is_active(sam: Member, anna: Party, bram: Party) -> None:
    client, partner = asks(sam, "anna", "bram")
    assert "Mevrouw A." not in at(sam, "/werk?list=partner")
    becomes_active(client, anna)
    page = at(sam, "/werk?list=partner")
    assert "Meneer B. Brief uiterlijk op 30 november 2026 Mevrouw A. 4 januari 2027" in page
    assert "Mevrouw A." not in at(sam, "/werk?list=letter")
    becomes_active(partner, bram)
    assert "In deze lijst staat niemand." in at(sam, "/werk?list=partner")


def test_it_goes_on_to_show_the_half_that_did_not_go_ahead(sam: Member, bram: Party) -> None:
    client, partner = asks(sam, "anna", "bram")
    becomes_active(partner, bram)
    withdraw(asked=client.id, by=sam.organisation.party, member=sam, now=NOW)
    assert "Mevrouw A. Niet doorgegaan Meneer B." in at(sam, "/werk?list=partner")


def test_it_shows_today_codes_that_came_and_those_that_are_nearly_worth_nothing(sam: Member) -> None:
    asks(sam)
    there = set()
    for days in range(45):
        with clock.frozen(NOW + timedelta(days=days)):
            if "Mevrouw A." in shown(arrive(sam.party).get("/werk")):
                there.add(days)
    assert there == {8, 9, *range(35, 43)}


def test_it_needs_as_many_statements_for_many_as_for_one(sam: Member, at_sam: Client) -> None:
    path = "/werk?list=letter"
    asks(sam)
    at_sam.get(path)
    few = statements(lambda: at_sam.get(path))
    for number in range(10):
        asks(sam, label=f"Iemand {number}")
    assert statements(lambda: at_sam.get(path)) == few


def test_it_shows_the_client_once_the_code_was_used(sam: Member, anna: Party) -> None:
    [asked] = asks(sam)
    becomes_active(asked, anna)
    assert "Mevrouw A." not in at(sam, "/werk?list=letter")


def test_it_shows_renewals_to_whose_licence_reaches_the_client_and_not_to_whom_the_client_left_out(
    sam: Member, vera: Member, anna: Party, samen_sterk: Organisation, north: Team
) -> None:
    kees = member(samen_sterk, "Kees", team=north)
    licence(kees)
    mandate = mandate_of(anna, samen_sterk, last_day=TODAY + timedelta(days=20))
    ask_renewal(mandate=mandate.id, member=kees, now=NOW)
    every = "/werk?list=letter&whose=all"
    assert "Anna de Vries" in at(sam, every)
    assert "Anna de Vries" not in at(vera, every)
    Assignment.objects.create(organisation=samen_sterk, client=anna, team=north, since=NOW)
    assert "Anna de Vries" in at(vera, every)
    LeftOut.objects.create(client=anna, member=sam, since=NOW)
    assert "Anna de Vries" not in at(sam, every)
