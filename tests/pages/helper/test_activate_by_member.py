"""A member activates a code: which organisation is on every page, and the client's name on none before the yes."""

import pytest
from django.test import Client
from django.urls import reverse

from namens.codes.models import RefusedTry
from namens.mandates.actions.offer import GivenMandate
from namens.mandates.states import State
from namens.organisations.models import LeftOut, Member, Organisation
from namens.parties.models import Party
from tests.pages.visiting import Answered, arrive, send, shown
from tests.people import BSNS, NOW, active, give, of
from tests.working import licence, member, organisation

ENTER = "/activeren"
FOR = "U doet dit voor Samen Sterk."
NAME = "Vries"

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def sam(db: None) -> Member:  # noqa: ARG001 - asked for its effect
    """Sam Bakker, with a licence at Samen Sterk."""
    found = member(organisation())
    licence(found)
    return found


@pytest.fixture
def at_sam(sam: Member) -> Client:
    """Sam's browser."""
    return arrive(sam.party)


@pytest.fixture
def given(anna: Party, sam: Member) -> GivenMandate:
    """A mandate that Anna gave to Samen Sterk, and that waits for the code."""
    return give(anna, sam.organisation.party)


def enter(browser: Client, given: GivenMandate, **changes: str) -> Answered:
    return send(browser, ENTER, {"code": given.code.reveal(), "bsn": BSNS["anna"].digits, **changes})


def check(given: GivenMandate) -> str:
    return reverse("pages:activate-check", args=[given.mandate.id])


def test_it_says_for_which_organisation_on_every_page(at_sam: Client, given: GivenMandate) -> None:
    pages = [at_sam.get(ENTER), enter(at_sam, given, bsn=BSNS["carla"].digits)]
    enter(at_sam, given)
    pages.append(at_sam.get(check(given)))
    done = send(at_sam, check(given))["Location"]
    pages.append(at_sam.get(done))
    assert [FOR in shown(page) for page in pages] == [True] * 4


def test_it_never_shows_the_name_of_the_client_before_the_yes(at_sam: Client, given: GivenMandate) -> None:
    before = [at_sam.get(ENTER), enter(at_sam, given), at_sam.get(check(given))]
    assert not any(NAME in page.content.decode() for page in before)
    assert "BSN dat eindigt op 019" in shown(before[-1])
    assert BSNS["anna"].digits not in before[-1].content.decode()
    done = send(at_sam, check(given))["Location"]
    assert "Vanaf nu kunt u Anna de Vries helpen." in shown(at_sam.get(done))
    assert of(given.mandate).state == State.ACTIVE


def test_it_tells_to_log_in_with_the_own_eherkenning(at_sam: Client, given: GivenMandate) -> None:
    enter(at_sam, given)
    done = at_sam.get(send(at_sam, check(given))["Location"])
    assert "Log in met uw eigen eHerkenning" in shown(done)
    assert "Naar mijn machtigingen" not in shown(done)
    for page in (reverse("pages:work"), reverse("pages:work-client", args=[given.mandate.representee_id])):
        assert f'href="{page}"' in done.content.decode()
        assert at_sam.get(page).status_code == 200


def test_it_activates_once_when_the_button_is_pressed_twice(at_sam: Client, given: GivenMandate) -> None:
    enter(at_sam, given)
    once, twice = (send(at_sam, check(given))["Location"] for _ in range(2))
    assert once == twice == reverse("pages:activated", args=[given.mandate.id])


def test_it_says_clearly_which_licence_is_missing_and_counts_nothing(given: GivenMandate, sam: Member) -> None:
    vera = member(sam.organisation, "Vera")
    at_vera = arrive(vera.party)
    page = shown(enter(at_vera, given))
    assert "U hebt geen geldige licentie. Vraag uw beheerder." in page
    licence(vera, "inkomstenbelasting")
    page = shown(enter(at_vera, given))
    assert "U hebt geen licentie voor: Mijn toeslagen. Vraag uw beheerder." in page
    assert NAME not in page
    assert at_vera.get(check(given))["Location"] == ENTER
    assert not RefusedTry.objects.exists()


def test_it_tells_a_member_who_may_not_type_a_bsn_about_the_other_ways(at_sam: Client, given: GivenMandate) -> None:
    Organisation.objects.update(may_process_bsn=False)
    for page in (at_sam.get(ENTER), enter(at_sam, given)):
        assert page.status_code == 403
        assert "Uw organisatie mag geen burgerservicenummers verwerken." in shown(page)
        assert 'name="bsn"' not in page.content.decode()
    assert at_sam.get(check(given))["Location"] == ENTER


def test_it_gives_the_one_answer_to_a_member_of_another_organisation(given: GivenMandate) -> None:
    carla = member(organisation("De Brug"), "Carla", is_manager=True)
    licence(carla)
    page = shown(enter(arrive(carla.party), given))
    assert "Deze code werkt niet" in page
    assert NAME not in page


def test_it_shows_the_success_to_nobody_else(
    at_sam: Client, given: GivenMandate, sam: Member, anna: Party, dirk: Party
) -> None:
    enter(at_sam, given)
    done = send(at_sam, check(given))["Location"]
    colleague, stranger = member(sam.organisation, "Vera"), member(organisation("De Brug"), "Carla")
    for one in (colleague, stranger):
        licence(one)
        assert arrive(one.party).get(done).status_code == 404
    assert arrive(dirk).get(done).status_code == 404
    LeftOut.objects.create(client=anna, member=sam, since=NOW)
    assert at_sam.get(done).status_code == 404


def test_it_shows_a_member_no_mandate_of_the_same_person_at_home(at_sam: Client, anna: Party, bram: Party) -> None:
    private = active(anna, bram)
    assert at_sam.get(reverse("pages:activated", args=[private.id])).status_code == 404
    for page in ("mandate", "stop", "shorten"):
        elsewhere = at_sam.get(reverse(f"pages:{page}", args=[private.id]))
        assert elsewhere["Location"] == reverse("signin:elsewhere")


def test_it_lets_dirk_use_no_code_of_an_organisation(at_dirk: Client, given: GivenMandate) -> None:
    assert "Deze code werkt niet" in shown(enter(at_dirk, given))
    assert of(given.mandate).state == State.OFFERED
