"""A member asks in the organisation's name: the same pages and the same silence, and for which organisation on each."""

import pytest
from django.test import Client
from django.urls import reverse

from namens.lib.periods import Duration
from namens.mandates.actions import Yes, approve, compare, decline
from namens.mandates.models import Mandate, MandateRequest
from namens.mandates.states import State
from namens.organisations.models import Licence, Member, MemberKind, Organisation
from namens.pages.helper.asking import Page
from namens.parties.models import Party
from namens.signin.models import Draft
from tests.counting import statements
from tests.pages.helper.asking import UNKNOWN_BSN, WITH_PARTNER, address, ask, asked, begin, only_draft, person, walk
from tests.pages.visiting import arrive, press, send, shown
from tests.people import LOW, NOW, fresh, of
from tests.working import licence, member, organisation

FOR = "U doet dit voor Samen Sterk."
VERA = "Vera D., vrijwilliger bij Samen Sterk (naam volgens de organisatie)"
PAGES = ["asked", "asked-done", "asked-sheet", "asked-withdraw"]

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def vera(db: None) -> Member:  # noqa: ARG001 - asked for its effect
    """Vera Dijk, volunteer with a licence at Samen Sterk."""
    found = member(organisation(), "Vera", family_name="Dijk", kind=MemberKind.VOLUNTEER)
    licence(found)
    return found


@pytest.fixture
def at_vera(vera: Member) -> Client:
    """Vera's browser."""
    return arrive(vera.party)


def on(request: MandateRequest, page: str) -> str:
    return reverse(f"pages:{page}", args=[request.id])


def matched(request: MandateRequest, anna: Party) -> Mandate:
    made = compare(request=request.id, facts=anna.person.facts, now=NOW)
    assert made is not None
    return made


def everything(browser: Client, request: MandateRequest) -> list[str]:
    return [shown(browser.get(on(request, page))) for page in PAGES]


def test_it_says_for_which_organisation_on_every_page(at_vera: Client) -> None:
    path = walk(at_vera, Page.CHECK, **WITH_PARTNER)
    questions = [address(page, only_draft().id) for page in Page]
    assert [FOR in shown(at_vera.get(one)) for one in (reverse("pages:ask"), *questions)] == [True] * 7
    done = at_vera.get(press(at_vera, path)["Location"])["Location"]
    request = MandateRequest.objects.get(partner_of__isnull=True)
    assert done == on(request, "asked-done")
    pages = [on(request, page) for page in ("asked-done", "asked", "asked-withdraw")]
    assert [FOR in shown(at_vera.get(one)) for one in pages] == [True] * 3


def test_it_asks_in_the_name_of_the_organisation(at_vera: Client, vera: Member) -> None:
    request = asked(at_vera, **WITH_PARTNER)
    partner = MandateRequest.objects.get(partner_of=request)
    assert [(one.helper, one.asked_by_member) for one in (request, partner)] == [(vera.organisation.party, vera)] * 2


def test_it_names_organisation_and_person_on_the_sheet(at_vera: Client) -> None:
    sheet = shown(at_vera.get(on(asked(at_vera), "asked-sheet")))
    assert f"{VERA} wil u helpen" in sheet
    assert "Uw helper logt in met de eigen eHerkenning." in sheet
    assert "Dijk" not in sheet


@pytest.mark.parametrize("answer", ["met", "no"])
def test_it_shows_nothing_of_who_was_stated_or_what_they_answered(at_vera: Client, anna: Party, answer: str) -> None:
    request = asked(at_vera)
    before = everything(at_vera, request)
    made = matched(request, anna)
    if answer == "no":
        decline(mandate=made.id, by=anna, is_unknown=True, now=NOW)
    assert everything(at_vera, request) == before


@pytest.mark.parametrize("page", PAGES)
def test_it_costs_the_same_whoever_was_stated(at_vera: Client, anna: Party, page: str) -> None:
    met = asked(at_vera)
    matched(met, anna)
    ask(at_vera, CLIENT=person(UNKNOWN_BSN))
    unmet = MandateRequest.objects.exclude(id=met.id).get()
    assert statements(lambda: at_vera.get(on(met, page))) == statements(lambda: at_vera.get(on(unmet, page)))


def test_it_leads_to_the_mandate_after_the_yes(at_vera: Client, anna: Party) -> None:
    request = asked(at_vera)
    made = matched(request, anna)
    yes = Yes(Duration.ONE_YEAR, granted_actions=frozenset(), level=LOW, under_administration=False)
    approve(mandate=made.id, by=fresh(anna, now=NOW), yes=yes, now=NOW)
    success = at_vera.get(on(request, "asked"))["Location"]
    assert success == reverse("pages:activated", args=[made.id])
    assert "Vanaf nu kunt u Anna de Vries helpen." in shown(at_vera.get(success))


def test_it_takes_back(at_vera: Client, anna: Party) -> None:
    request = asked(at_vera)
    made = matched(request, anna)
    page = shown(at_vera.get(send(at_vera, on(request, "asked-withdraw"))["Location"]))
    assert "U hebt het teruggenomen op 23 november 2026" in page
    compare(request=request.id, facts=None, now=NOW)
    assert of(made).state == State.ENDED


def test_it_asks_for_a_licence_first(vera: Member) -> None:
    at_noor = arrive(member(vera.organisation, "Noor").party)
    page = at_noor.get(reverse("pages:ask"))
    assert page.status_code == 403
    assert "U hebt geen geldige licentie. Vraag uw beheerder." in shown(page)
    assert send(at_noor, reverse("pages:ask")).status_code == 403


def test_it_names_the_service_without_a_licence_at_the_end(at_vera: Client) -> None:
    path = walk(at_vera, Page.CHECK, SERVICES={"services": ["inkomstenbelasting", "mijn-toeslagen"]})
    page = shown(press(at_vera, path))
    assert "U hebt geen licentie voor: Inkomstenbelasting. Vraag uw beheerder." in page
    assert not MandateRequest.objects.exists()


def test_it_asks_nothing_once_the_licence_ended(at_vera: Client) -> None:
    path = walk(at_vera, Page.CHECK)
    Licence.objects.update(ended_at=NOW)
    assert "U hebt geen licentie voor: Mijn toeslagen." in shown(press(at_vera, path))
    assert not MandateRequest.objects.exists()


def test_it_types_no_bsn_where_the_organisation_may_not(at_vera: Client) -> None:
    path = walk(at_vera, Page.CLIENT)
    Organisation.objects.update(may_process_bsn=False)
    assert at_vera.get(path)["Location"] == reverse("pages:ask")
    assert send(at_vera, path, person(UNKNOWN_BSN))["Location"] == reverse("pages:ask")
    page = at_vera.get(reverse("pages:ask"))
    assert page.status_code == 403
    assert "Uw organisatie mag geen burgerservicenummers verwerken." in shown(page)
    assert "uw organisatie kiezen op naam" in shown(page)
    assert only_draft().answers["client"] is None


def test_it_offers_only_what_organisations_may_do(at_vera: Client) -> None:
    assert "Uitkering aanvragen" not in shown(at_vera.get(begin(at_vera)))


@pytest.mark.parametrize("page", PAGES)
def test_it_does_not_exist_for_anybody_else(at_vera: Client, vera: Member, dirk: Party, bram: Party, page: str) -> None:
    request = asked(at_vera)
    colleague, stranger = member(vera.organisation, "Sam"), member(organisation("De Brug"), "Carla")
    for party in (colleague.party, stranger.party, dirk, bram):
        browser = arrive(party)
        assert browser.get(on(request, page)).status_code == 404
        assert send(browser, on(request, page)).status_code in {404, 405}


def test_it_keeps_what_the_same_human_asked_at_home_out_of_sight(at_bram: Client, bram: Party) -> None:
    private = asked(at_bram)
    at_work = member(organisation(), "Bram", family_name="Bakker")
    licence(at_work)
    assert private.helper == bram
    assert arrive(at_work.party).get(on(private, "asked")).status_code == 404


def test_it_says_that_colleagues_see_the_name_that_one_gives_a_client(at_vera: Client, at_bram: Client) -> None:
    walk(at_vera, Page.CHECK, **WITH_PARTNER)
    page = shown(at_vera.get(address(Page.CLIENT, only_draft().id)))
    assert "U en collega's met een licentie hiervoor zien dit." in page
    assert "Alleen u ziet dit" not in page
    Draft.objects.all().delete()
    walk(at_bram, Page.CHECK, **WITH_PARTNER)
    assert "Alleen u ziet dit" in shown(at_bram.get(address(Page.CLIENT, only_draft().id)))
