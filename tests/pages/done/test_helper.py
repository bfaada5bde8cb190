"""What a helper reads: the own lines and nothing else, about clients of whom a mandate was activated."""

from datetime import timedelta

import pytest
from django.db import transaction

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.mandates.actions import report, restore, stop
from namens.mandates.models import Mandate, ReportKind
from namens.organisations.models import LeftOut, Licence, Member, MemberKind
from namens.parties.models import Party
from tests.counting import statements
from tests.pages.done.happening import ACT, AT_WORK, BY_ME, PAGE, did, logged_in, many_logins
from tests.pages.visiting import arrive, shown
from tests.people import NOW, give
from tests.working import activated, licence, mandate_of, member, organisation

LATER = NOW + timedelta(minutes=5)


def read(party: Party, path: str = BY_ME) -> str:
    return shown(arrive(party).get(path))


@pytest.fixture
def vera(catalogue: None) -> Member:  # noqa: ARG001 - asked for its effect
    """A volunteer of Samen Sterk with a licence."""
    found = member(organisation(), "Vera", family_name="Dijk", kind=MemberKind.VOLUNTEER)
    licence(found)
    return found


def test_it_tells_what_the_helper_did_for_whom(bram: Party, mandate: Mandate) -> None:
    logged_in(mandate, bram.id)
    did(mandate, bram.id)
    page = read(bram)
    assert "ingelogd voor Anna de Vries." in page
    assert f": {ACT}." in page
    assert "U hebt de machtiging van Anna de Vries geactiveerd." in page


def test_it_tells_nothing_of_what_the_client_did(anna: Party, bram: Party, mandate: Mandate) -> None:
    before = read(bram)
    report(mandate=mandate.id, by=anna, kind=ReportKind.UNWANTED, now=NOW)
    assert read(bram) == before
    restore(mandate=mandate.id, by=anna, now=LATER)
    stop(mandate=mandate.id, by=anna, now=LATER)
    assert read(bram) == before


def test_it_tells_nothing_of_what_was_refused_or_looked_up(bram: Party, mandate: Mandate) -> None:
    before = read(bram)
    did(mandate, bram.id, event=Event.ACT_REFUSED)
    with transaction.atomic():
        for event in (Event.USE_REFUSED, Event.CODE_TRIED, Event.CALLER_LOOKED_UP):
            write(
                event,
                at=NOW,
                channel=Channel.PORTAL,
                actor=bram.id,
                subject=mandate.representee_id,
                mandate=mandate.id,
            )
    assert read(bram) == before


def test_it_names_nobody_of_whom_no_mandate_was_activated(anna: Party, bram: Party, catalogue: None) -> None:  # noqa: ARG001 - asked for its effect
    waits = give(anna, bram).mandate
    with transaction.atomic():
        for mandate in (waits.id, None):
            write(
                Event.REQUEST_COMPARED,
                at=NOW,
                channel=Channel.WORKER,
                actor=bram.id,
                subject=anna.id,
                mandate=mandate,
            )
    assert "Vries" not in read(bram)
    assert "U deed nog niets voor anderen." in read(bram)
    assert arrive(bram).get(f"{BY_ME}?client={anna.id}").status_code == 404


def test_it_tells_nothing_of_a_second_request_that_the_client_leaves_unanswered(
    anna: Party, bram: Party, mandate: Mandate
) -> None:
    waits = give(anna, bram, now=LATER).mandate
    before = read(bram)
    with transaction.atomic():
        write(
            Event.REQUEST_COMPARED,
            at=LATER,
            channel=Channel.WORKER,
            actor=bram.id,
            subject=anna.id,
            mandate=waits.id,
        )
    assert mandate.id != waits.id
    assert read(bram) == before


def test_it_chooses_by_client_service_and_month(anna: Party, bram: Party, mandate: Mandate) -> None:
    logged_in(mandate, bram.id)
    page = read(bram, f"{BY_ME}?client={anna.id}&service=mijn-toeslagen&month=2026-11")
    assert "ingelogd voor Anna de Vries." in page
    assert "ingelogd voor" not in read(bram, f"{BY_ME}?service=inkomstenbelasting")


def test_it_shows_dirk_nothing(anna: Party, bram: Party, dirk: Party, mandate: Mandate) -> None:
    entry = logged_in(mandate, bram.id)
    page = read(dirk)
    assert "Anna" not in page
    for query in (f"client={anna.id}", "service=mijn-toeslagen", f"older={entry.id}", f"newer={entry.id}"):
        assert arrive(dirk).get(f"{BY_ME}?{query}").status_code == 404


def test_it_keeps_the_two_worlds_of_a_person_apart(anna: Party, bram: Party, vera: Member) -> None:
    mandate = mandate_of(anna, vera.organisation)
    logged_in(mandate, vera.party_id)
    assert "Anna" not in read(bram)
    assert "ingelogd voor Anna de Vries." in read(vera.party, AT_WORK)


def test_it_shows_a_member_the_own_lines_only(anna: Party, vera: Member) -> None:
    mandate, sam = activated(anna, vera), member(vera.organisation, "Sam")
    licence(sam)
    logged_in(mandate, vera.party_id)
    logged_in(mandate, sam.party_id, at=LATER)
    assert read(vera.party, AT_WORK).count("ingelogd voor") == 1
    assert "10:05" not in read(vera.party, AT_WORK)


def test_it_shows_a_manager_no_clients(anna: Party, vera: Member) -> None:
    mandate = activated(anna, vera)
    logged_in(mandate, vera.party_id)
    mia = member(vera.organisation, "Mia", is_manager=True)
    page = read(mia.party, AT_WORK)
    assert "Anna" not in page
    assert arrive(mia.party).get(f"{AT_WORK}?client={anna.id}").status_code == 404


def test_it_gives_a_member_no_name_without_a_licence_that_reaches(anna: Party, vera: Member) -> None:
    logged_in(activated(anna, vera), vera.party_id)
    Licence.objects.filter(member=vera).update(ended_at=NOW)
    page = read(vera.party, AT_WORK)
    assert "ingelogd voor een cliënt van eerder." in page
    assert "Anna" not in page
    assert arrive(vera.party).get(f"{AT_WORK}?client={anna.id}").status_code == 404


def test_it_gives_a_member_no_name_of_who_left_them_out(anna: Party, vera: Member) -> None:
    logged_in(activated(anna, vera), vera.party_id)
    LeftOut.objects.create(client=anna, member=vera, since=NOW)
    assert "Anna" not in read(vera.party, AT_WORK)


def test_it_shows_a_member_of_another_organisation_nothing(anna: Party, vera: Member) -> None:
    entry = logged_in(activated(anna, vera), vera.party_id)
    carla = member(organisation("De Brug"), "Carla", is_manager=True)
    licence(carla)
    assert "U deed nog niets voor anderen." in read(carla.party, AT_WORK)
    for query in (f"client={anna.id}", f"older={entry.id}", "client=x"):
        assert arrive(carla.party).get(f"{AT_WORK}?{query}").status_code == 404


def test_it_takes_no_act_of_a_member_for_one_in_another_name(anna: Party, vera: Member) -> None:
    """A mandate that another organisation holds is no ground to read what was done with it."""
    elsewhere = mandate_of(anna, organisation("De Brug"))
    logged_in(elsewhere, vera.party_id)
    assert "Anna" not in read(vera.party, AT_WORK)
    assert "ingelogd voor" not in read(vera.party, AT_WORK)


def test_it_costs_the_same_for_one_line_and_for_two_hundred(bram: Party, mandate: Mandate) -> None:
    visitor = arrive(bram)
    logged_in(mandate, bram.id)
    visitor.get(BY_ME)
    few = statements(lambda: visitor.get(BY_ME))
    many_logins(mandate, bram.id, count=200, each=timedelta(minutes=7))
    assert statements(lambda: visitor.get(BY_ME)) == few <= 9


def test_it_costs_a_member_the_same_for_one_line_and_for_two_hundred(anna: Party, vera: Member) -> None:
    mandate, visitor = activated(anna, vera), arrive(vera.party)
    logged_in(mandate, vera.party_id)
    visitor.get(AT_WORK)
    few = statements(lambda: visitor.get(AT_WORK))
    many_logins(mandate, vera.party_id, count=200, each=timedelta(minutes=7))
    assert statements(lambda: visitor.get(AT_WORK)) == few <= 9


def test_it_leads_there_from_the_pages_around(anna: Party, bram: Party, mandate: Mandate) -> None:
    at_anna, at_bram = arrive(anna), arrive(bram)
    for path in ("/", "/mijn-machtigingen", "/mijn-machtigingen/helpdesk"):
        assert f'href="{PAGE}"' in at_anna.get(path).content.decode()
    page = f"/mijn-machtigingen/{mandate.id}"
    assert f'href="{PAGE}?helper={bram.id}"' in at_anna.get(page).content.decode()
    assert f'href="{BY_ME}?client={anna.id}"' in at_bram.get(page).content.decode()
