"""Somebody who helps holds the mouse of who gives: what goes far waits until the client is at a device of their own."""

import pytest
from django.test import Client
from django.urls import reverse

from namens.lib.assurance import AssuranceLevel
from namens.lib.periods import Duration
from namens.mandates.models import Mandate, SecondYes
from namens.pages.client.giving import Page
from namens.parties.actions import helper_number_of
from namens.parties.models import Party
from namens.post.writing import _second_yes
from tests.pages.client.walking import begin, walk
from tests.pages.visiting import Answered, arrive, mark_on, press, shown
from tests.people import BSNS, NOW, TODAY, fresh, give, of, terms, use_code

pytestmark = pytest.mark.usefixtures("catalogue")
FAR = {"EXTRA": {"rekeningnummer-wijzigen": "yes"}, "UNTIL": {"duration": "3-years"}}
A_YEAR, THREE_YEARS = Duration.ONE_YEAR.last_day(TODAY), Duration.THREE_YEARS.last_day(TODAY)


def arrive_strong(party: Party, browser: Client | None = None) -> Client:
    return arrive(party, level=AssuranceLevel.SUBSTANTIAL, client=browser)


def after(helper: Party, client: Party) -> Client:
    """Give the browser of a helper, who logged out, and where the client logged in."""
    browser = arrive(helper)
    browser.post(reverse("pages:logout"))
    return arrive_strong(client, browser)


def check_page(browser: Client, bram: Party) -> str:
    return walk(browser, begin(browser, helper_number_of(party=bram, now=NOW)), Page.CHECK, **FAR)


def give_far(anna: Party, bram: Party) -> tuple[Client, Mandate, Answered]:
    """Let Anna give much at Bram's computer."""
    browser = after(bram, anna)
    answer = press(browser, check_page(browser, bram))
    answer = browser.get(browser.get(answer["Location"])["Location"])
    return browser, Mandate.objects.get(), answer


def second_yes(mandate: Mandate) -> str:
    return reverse("pages:second-yes", args=[mandate.id])


def test_it_tells_the_client_before_the_yes_what_waits(anna: Party, bram: Party) -> None:
    browser = after(bram, anna)
    page = shown(browser.get(check_page(browser, bram)))
    assert "Een deel wacht op uw tweede ja" in page
    assert "Bram Bakker logde net ook in op dit apparaat" in page
    assert "tot en met 22 november 2027" in page
    assert "Langer: tot en met 22 november 2029." in page
    assert "Extra toestemming: het rekeningnummer wijzigen." in page


def test_it_tells_nobody_so_on_a_device_of_their_own(anna: Party, bram: Party) -> None:
    arrive(bram)
    browser = arrive_strong(anna)
    assert "tweede ja" not in shown(browser.get(check_page(browser, bram)))


def test_it_holds_a_yes_back_and_says_so_afterwards(anna: Party, bram: Party) -> None:
    _, mandate, page = give_far(anna, bram)
    assert (mandate.last_day, mandate.granted_actions) == (A_YEAR, [])
    assert "Daarom wacht de rest op uw tweede ja" in shown(page)


def test_it_asks_again_when_the_helper_was_here_since_the_page_was_shown(anna: Party, bram: Party) -> None:
    browser = arrive_strong(anna)
    path = check_page(browser, bram)
    page = browser.get(path)
    arrive(bram, client=browser)
    arrive_strong(anna, browser)
    assert browser.post(path, mark_on(page)).status_code in {200, 404}
    assert not Mandate.objects.exists()


def test_it_gives_no_more_to_who_holds_the_mouse(anna: Party, bram: Party) -> None:
    browser, mandate, _ = give_far(anna, bram)
    page = shown(browser.get(second_yes(mandate)))
    assert "Doe dit op een ander apparaat" in page
    assert "mag dit ook" not in page
    assert "Log in op een eigen apparaat" in shown(browser.post(second_yes(mandate), {"answer": "yes"}))
    assert of(mandate).last_day == A_YEAR


def test_it_gives_no_more_where_the_helper_was_just_now_either(anna: Party, bram: Party) -> None:
    _, mandate, _ = give_far(anna, bram)
    browser = after(bram, anna)
    browser.post(second_yes(mandate), {"answer": "yes"})
    assert of(mandate).last_day == A_YEAR


def test_it_gives_the_rest_on_a_device_of_their_own(anna: Party, bram: Party) -> None:
    _, mandate, _ = give_far(anna, bram)
    phone = arrive_strong(anna)
    assert f'href="{second_yes(mandate)}"' in phone.get(reverse("pages:mandates")).content.decode()
    page = shown(phone.get(second_yes(mandate)))
    assert "tot en met 22 november 2029, in plaats van 22 november 2027" in page
    assert phone.post(second_yes(mandate), {"answer": "yes"}).status_code == 302
    assert (of(mandate).last_day, of(mandate).granted_actions) == (THREE_YEARS, ["rekeningnummer-wijzigen"])
    assert second_yes(mandate) not in phone.get(reverse("pages:mandates")).content.decode()
    assert phone.get(second_yes(mandate)).status_code == 302


def test_it_leaves_it_as_it_is_with_a_no(anna: Party, bram: Party) -> None:
    browser, mandate, _ = give_far(anna, bram)
    browser.post(second_yes(mandate), {"answer": "no"})
    assert (SecondYes.objects.get().answer, of(mandate).last_day) == ("no", A_YEAR)


def test_it_is_nobody_elses(anna: Party, bram: Party, at_dirk: Client) -> None:
    _, mandate, _ = give_far(anna, bram)
    for browser in (at_dirk, arrive(bram)):
        assert browser.get(second_yes(mandate)).status_code == 404
        assert browser.post(second_yes(mandate), {"answer": "yes"}).status_code == 404
    assert of(mandate).last_day == A_YEAR


def test_it_holds_back_what_a_helper_activates_where_the_client_was(anna: Party, bram: Party) -> None:
    given = give(anna, bram, what=terms(last_day=THREE_YEARS, granted=("rekeningnummer-wijzigen",)))
    browser = arrive(anna)
    browser.post(reverse("pages:logout"))
    arrive(bram, client=browser)
    entered = browser.post(reverse("pages:activate"), {"code": given.code.reveal(), "bsn": BSNS["anna"].digits})
    assert "Een deel wacht op een tweede ja" in shown(browser.get(entered["Location"]))
    browser.post(entered["Location"])
    assert (of(given.mandate).last_day, of(given.mandate).granted_actions) == (A_YEAR, [])
    assert SecondYes.objects.get().last_day == THREE_YEARS


def test_it_stands_in_the_letter_that_confirms(anna: Party, bram: Party) -> None:
    _, mandate, _ = give_far(anna, bram)
    mandate.shown_lines = list(mandate.lines.select_related("service"))
    said = _second_yes(mandate)
    assert (said["wanted_until"], said["wanted"]) == (THREE_YEARS, ("het rekeningnummer wijzigen",))
    fresh(anna, now=NOW)
    assert _second_yes(use_code(give(anna, bram), bram)) == {}
