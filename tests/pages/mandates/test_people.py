"""The client reads who of an organisation did what, and can leave one of them out."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib.ids import new_id
from namens.mandates.actions import stop
from namens.mandates.models import Mandate
from namens.organisations.models import LeftOut, Member, MemberKind
from namens.parties.models import Party
from tests.counting import statements
from tests.pages.visiting import arrive, send, shown
from tests.people import NOW, active
from tests.working import activated, licence, member, organisation

VERA = "Vera D., vrijwilliger bij Samen Sterk (naam volgens de organisatie)"
PAGES = ["leave-out", "let-in"]

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def vera(db: None) -> Member:  # noqa: ARG001 - asked for its effect
    """Vera Dijk, volunteer with a licence at Samen Sterk."""
    found = member(organisation(), "Vera", family_name="Dijk", kind=MemberKind.VOLUNTEER)
    licence(found)
    return found


@pytest.fixture
def at_work(anna: Party, vera: Member) -> Mandate:
    """A mandate of Anna that Vera activated."""
    return activated(anna, vera)


def page_of(mandate: Mandate) -> str:
    return reverse("pages:mandate", args=[mandate.id])


def on(page: str, mandate: Mandate, who: Member) -> str:
    return reverse(f"pages:{page}", args=[mandate.id, who.party_id])


def test_it_names_the_organisation_and_who_did_it(at_anna: Client, at_work: Mandate) -> None:
    page = shown(at_anna.get(page_of(at_work)))
    assert "Wie helpt u Samen Sterk" in page
    assert f"{VERA} heeft de machtiging geactiveerd." in page
    assert "Samen Sterk" in shown(at_anna.get(reverse("pages:mandates")))


def test_it_names_an_employee_as_such(at_anna: Client, anna: Party) -> None:
    sam = member(organisation())
    licence(sam)
    page = shown(at_anna.get(page_of(activated(anna, sam))))
    assert "Sam B., medewerker van Samen Sterk (naam volgens de organisatie) heeft de machtiging geactiveerd." in page
    assert "Bakker" not in page


def test_it_leaves_one_person_out_after_a_question(at_anna: Client, at_work: Mandate, vera: Member) -> None:
    assert on("leave-out", at_work, vera) in at_anna.get(page_of(at_work)).content.decode()
    question = shown(at_anna.get(on("leave-out", at_work, vera)))
    assert "Mag Vera D. u niet meer helpen?" in question
    assert "Anderen van Samen Sterk kunnen u blijven helpen." in question
    assert not LeftOut.objects.exists()
    assert send(at_anna, on("leave-out", at_work, vera))["Location"] == page_of(at_work)
    page = at_anna.get(page_of(at_work))
    assert "Deze persoon mag u niet meer helpen. Dat hebt u besloten." in shown(page)
    assert f"U hebt besloten dat {VERA} u niet meer mag helpen." in shown(page)
    assert on("leave-out", at_work, vera) not in page.content.decode()


def test_it_can_be_undone(at_anna: Client, at_work: Mandate, vera: Member) -> None:
    send(at_anna, on("leave-out", at_work, vera))
    assert on("let-in", at_work, vera) in at_anna.get(page_of(at_work)).content.decode()
    assert "Mag Vera D. u weer helpen?" in shown(at_anna.get(on("let-in", at_work, vera)))
    send(at_anna, on("let-in", at_work, vera))
    assert f"U hebt besloten dat {VERA} u weer mag helpen." in shown(at_anna.get(page_of(at_work)))
    assert not LeftOut.objects.filter(until__isnull=True).exists()


def test_it_asks_nothing_that_is_so_already(at_anna: Client, at_work: Mandate, vera: Member) -> None:
    assert at_anna.get(on("let-in", at_work, vera))["Location"] == page_of(at_work)
    send(at_anna, on("leave-out", at_work, vera))
    assert send(at_anna, on("leave-out", at_work, vera))["Location"] == page_of(at_work)


def test_it_still_shows_who_is_left_out_after_the_mandate(
    at_anna: Client, anna: Party, at_work: Mandate, vera: Member
) -> None:
    send(at_anna, on("leave-out", at_work, vera))
    stop(mandate=at_work.id, by=anna, now=NOW)
    assert "Weer toestaan" in shown(at_anna.get(page_of(at_work)))


def test_it_says_of_who_works_there_no_more_that_they_can_do_nothing(
    at_anna: Client, at_work: Mandate, vera: Member
) -> None:
    Member.objects.filter(party=vera.party).update(ended_at=NOW)
    page = at_anna.get(page_of(at_work))
    assert "Werkt daar niet meer, en kan niets voor u doen." in shown(page)
    assert on("leave-out", at_work, vera) not in page.content.decode()


def test_it_has_no_people_for_a_private_mandate(at_anna: Client, mandate: Mandate) -> None:
    assert "Deze persoon mag mij niet meer helpen" not in shown(at_anna.get(page_of(mandate)))


@pytest.mark.parametrize("page", PAGES)
def test_it_is_nobody_elses(
    at_anna: Client, at_bram: Client, at_dirk: Client, at_work: Mandate, vera: Member, page: str
) -> None:
    LeftOut.objects.create(client=at_work.representee, member=vera, since=NOW)
    unseen, elsewhere = member(vera.organisation, "Sam"), member(organisation("De Brug"), "Carla")
    for browser in (at_bram, at_dirk):
        assert browser.get(on(page, at_work, vera)).status_code == 404
        assert send(browser, on(page, at_work, vera)).status_code == 404
    for who in (unseen, elsewhere):
        assert send(at_anna, on(page, at_work, who)).status_code == 404
    assert at_anna.get(reverse(f"pages:{page}", args=[at_work.id, new_id()])).status_code == 404
    assert arrive(vera.party).get(on(page, at_work, vera))["Location"] == reverse("signin:elsewhere")


def test_it_is_not_there_for_a_private_helper(at_anna: Client, at_bram: Client, mandate: Mandate, vera: Member) -> None:
    for browser in (at_anna, at_bram):
        assert send(browser, on("leave-out", mandate, vera)).status_code == 404


def test_it_reads_the_names_at_once_however_many_did_something(
    at_anna: Client, anna: Party, at_work: Mandate, vera: Member
) -> None:
    with_one = statements(lambda: at_anna.get(page_of(at_work)))
    for name in ("Sam", "Mia", "Noor"):
        who, used = member(vera.organisation, name).party_id, Event.MANDATE_USED
        with transaction.atomic():
            write(used, at=NOW, channel=Channel.PORTAL, actor=who, subject=anna.id, mandate=at_work.id)
    assert statements(lambda: at_anna.get(page_of(at_work))) == with_one
    assert shown(at_anna.get(page_of(at_work))).count("(naam volgens de organisatie)") == 8


def test_it_costs_a_private_mandate_no_statement_more(at_anna: Client, anna: Party, bram: Party) -> None:
    private = active(anna, bram)
    assert statements(lambda: at_anna.get(page_of(private))) == 7


def test_it_says_of_an_organisation_what_fits_one_when_something_is_wrong(at_anna: Client, at_work: Mandate) -> None:
    path = reverse("pages:report", args=[at_work.id])
    assert "Ik ken deze organisatie niet, of ik wilde dit niet" in shown(at_anna.get(path))
    reported = shown(at_anna.get(send(at_anna, path, {"what": "spelling"})["Location"]))
    assert "De namen van mensen van Samen Sterk komen van Samen Sterk zelf." in reported
    assert "gemeente" not in reported.split("Bedankt")[1]


@pytest.mark.parametrize("page", ["stop", "shorten", "report", "report-unwanted"])
def test_it_names_the_organisation_on_every_page_about_it(at_anna: Client, at_work: Mandate, page: str) -> None:
    assert "Samen Sterk" in shown(at_anna.get(reverse(f"pages:{page}", args=[at_work.id])))
