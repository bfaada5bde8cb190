"""What a helper asked: the answer, the sheet, how it stands, and taking it back."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from namens.lib import clock
from namens.lib.ids import new_id
from namens.lib.periods import Duration
from namens.mandates.actions import Yes, approve, compare, decline, lapse, stop
from namens.mandates.models import Mandate, MandateRequest
from namens.mandates.states import State
from namens.parties.models import Party
from tests.counting import statements
from tests.pages.helper.asking import UNKNOWN_BSN, WITH_PARTNER, asked, person
from tests.pages.visiting import arrive, send, shown
from tests.people import LOW, NOW, fresh, of

OVERVIEW = "/mijn-machtigingen"
LETTER = "Kloppen de gegevens? Dan komt de brief uiterlijk 30 november 2026."
CODE = "Hebt u de code? Vul die in."
PAGES = ["asked", "asked-done", "asked-sheet", "asked-withdraw"]


@pytest.fixture
def request_(asks: Client) -> MandateRequest:
    """What Bram asked of Anna."""
    return asked(asks)


def matched(request: MandateRequest, anna: Party) -> Mandate:
    made = compare(request=request.id, facts=anna.person.facts, now=NOW)
    assert made is not None
    return made


def agreed(request: MandateRequest, anna: Party) -> Mandate:
    made = matched(request, anna)
    yes = Yes(Duration.ONE_YEAR, granted_actions=frozenset(), level=LOW, under_administration=False)
    approve(mandate=made.id, by=fresh(anna, now=NOW), yes=yes, now=NOW)
    return of(made)


def on(request: MandateRequest, page: str) -> str:
    return reverse(f"pages:{page}", args=[request.id])


def at(day: date, bram: Party) -> Client:
    """Bram's browser on another day; within `clock.frozen`."""
    assert clock.today() == day
    return arrive(bram)


def noon(day: date) -> datetime:
    return NOW + (day - clock.day_of(NOW))


def test_it_lists_what_was_asked_by_the_own_label(asks: Client, request_: MandateRequest) -> None:
    page = shown(asks.get(OVERVIEW))
    assert f"Wat u gevraagd hebt {request_.label} {LETTER}" in page


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2026, 11, 30), LETTER),
        (date(2026, 12, 1), CODE),
        (date(2027, 1, 4), CODE),
        (date(2027, 1, 5), "Niet doorgegaan"),
        (date(2027, 2, 3), "Niet doorgegaan"),
    ],
)
def test_it_says_what_follows_from_the_day(request_: MandateRequest, bram: Party, day: date, sentence: str) -> None:
    with clock.frozen(noon(day)):
        browser = at(day, bram)
        assert sentence in shown(browser.get(OVERVIEW))
        assert sentence in shown(browser.get(on(request_, "asked")))


def test_it_is_gone_once_what_met_nobody_is_erased(request_: MandateRequest, bram: Party) -> None:
    with clock.frozen(noon(date(2027, 2, 4))) as now:
        lapse(now=now)
        assert request_.label not in shown(arrive(bram).get(OVERVIEW))
        assert not MandateRequest.objects.exists()


def test_it_shows_a_request_that_was_declined_no_longer_than_one_that_met_nobody(
    request_: MandateRequest, anna: Party, bram: Party
) -> None:
    decline(mandate=matched(request_, anna).id, by=anna, is_unknown=False, now=NOW)
    with clock.frozen(noon(date(2027, 2, 4))):
        browser = arrive(bram)
        assert request_.label not in shown(browser.get(OVERVIEW))
        assert browser.get(on(request_, "asked")).status_code == 404


def test_it_leads_to_where_a_code_is_filled_in(request_: MandateRequest, bram: Party) -> None:
    before = arrive(bram).get(OVERVIEW).content.decode().count('href="/activeren"')
    with clock.frozen(noon(date(2026, 12, 1))):
        page = arrive(bram).get(OVERVIEW).content.decode()
    assert page.count('href="/activeren"') == before + 1
    assert request_.label in page


@pytest.mark.parametrize("answer", ["no", "unknown"])
def test_it_shows_a_no_as_one_that_waits(asks: Client, request_: MandateRequest, anna: Party, answer: str) -> None:
    before = [shown(asks.get(path)) for path in (OVERVIEW, *(on(request_, page) for page in PAGES))]
    made = matched(request_, anna)
    decline(mandate=made.id, by=anna, is_unknown=answer == "unknown", now=NOW)
    assert [shown(asks.get(path)) for path in (OVERVIEW, *(on(request_, page) for page in PAGES))] == before


def test_it_shows_one_that_fits_as_one_that_waits(asks: Client, request_: MandateRequest, anna: Party) -> None:
    before = [shown(asks.get(path)) for path in (OVERVIEW, *(on(request_, page) for page in PAGES))]
    matched(request_, anna)
    assert [shown(asks.get(path)) for path in (OVERVIEW, *(on(request_, page) for page in PAGES))] == before


def test_it_says_that_it_is_active_after_the_yes(asks: Client, request_: MandateRequest, anna: Party) -> None:
    made = agreed(request_, anna)
    assert f"Wat u gevraagd hebt {request_.label} Actief" in shown(asks.get(OVERVIEW))
    assert asks.get(on(request_, "asked"))["Location"] == reverse("pages:mandate", args=[made.id])


def test_it_is_no_more_among_what_was_asked_once_it_stopped(
    asks: Client, request_: MandateRequest, anna: Party
) -> None:
    stop(mandate=agreed(request_, anna).id, by=anna, now=NOW)
    assert request_.label not in shown(asks.get(OVERVIEW))


def test_it_asks_before_it_takes_back(asks: Client, request_: MandateRequest) -> None:
    page = shown(asks.get(on(request_, "asked-withdraw")))
    assert "Wilt u dit verzoek terugnemen?" in page
    request_.refresh_from_db()
    assert request_.withdrawn_at is None


def test_it_takes_back(asks: Client, request_: MandateRequest) -> None:
    page = shown(asks.get(send(asks, on(request_, "asked-withdraw"))["Location"]))
    assert "Niet doorgegaan" in page
    assert "U hebt het teruggenomen op 23 november 2026" in page
    assert "Niet doorgegaan" in shown(asks.get(OVERVIEW))


def test_it_takes_back_once(asks: Client, request_: MandateRequest) -> None:
    once, twice = (send(asks, on(request_, "asked-withdraw"))["Location"] for _ in range(2))
    assert once == twice


def test_it_takes_back_nothing_that_became_active(asks: Client, request_: MandateRequest, anna: Party) -> None:
    made = agreed(request_, anna)
    send(asks, on(request_, "asked-withdraw"))
    assert of(made).state == State.ACTIVE


def test_it_gives_a_sheet_without_bsn_and_without_the_own_label_on_paper(
    asks: Client, request_: MandateRequest
) -> None:
    page = asks.get(on(request_, "asked-sheet")).content.decode()
    words = shown(asks.get(on(request_, "asked-sheet")))
    assert "Bram Bakker wil u helpen" in words
    assert "uiterlijk 30 november 2026" in words
    assert "/verzoeken" in words
    assert "999990019" not in page
    assert "019" not in words.replace("0123", "")
    assert page.count(request_.label) == 1
    assert page.index(request_.label) < page.index("<h1")


def test_it_gives_the_partner_an_own_sheet(asks: Client) -> None:
    client = asked(asks, **WITH_PARTNER)
    page = asks.get(on(client, "asked-done")).content.decode()
    partner = MandateRequest.objects.get(partner_of=client)
    assert on(client, "asked-sheet") in page
    assert on(partner, "asked-sheet") in page
    assert "Vertel dit aan uw cliënt en aan de partner" in page


@pytest.mark.parametrize("page", PAGES)
def test_it_does_not_exist_for_dirk(at_dirk: Client, request_: MandateRequest, page: str) -> None:
    assert at_dirk.get(on(request_, page)).status_code == 404
    assert send(at_dirk, on(request_, page)).status_code in {404, 405}
    assert request_.label not in shown(at_dirk.get(OVERVIEW))


@pytest.mark.parametrize("page", PAGES)
def test_it_does_not_exist_under_another_number(asks: Client, page: str) -> None:
    assert asks.get(reverse(f"pages:{page}", args=[new_id()])).status_code == 404


@pytest.mark.parametrize("number", [1, 5, 500])
def test_it_asks_the_database_as_little_for_many_as_for_one(
    asks: Client, request_: MandateRequest, bram: Party, number: int
) -> None:
    MandateRequest.objects.bulk_create(
        MandateRequest(
            helper=bram,
            label=f"cliënt {place}",
            duration=request_.duration,
            asked_at=NOW - timedelta(minutes=place + 1),
            letter_by=request_.letter_by,
            waits_until=request_.waits_until,
        )
        for place in range(number - 1)
    )
    assert statements(lambda: asks.get(OVERVIEW)) == 6
    assert asks.get(OVERVIEW).content.decode().count("namens-card__head") == min(number, 25)


@pytest.mark.parametrize("page", PAGES)
def test_it_shows_each_page_in_four_statements(asks: Client, request_: MandateRequest, page: str) -> None:
    assert statements(lambda: asks.get(on(request_, page))) == 4


def test_it_shows_a_long_list_in_pages(asks: Client, bram: Party) -> None:
    for place in range(26):
        MandateRequest.objects.create(
            helper=bram,
            label=f"cliënt {place}",
            duration="1-year",
            asked_at=NOW + timedelta(seconds=place),
            letter_by=clock.day_of(NOW),
            waits_until=clock.day_of(NOW),
        )
    assert "cliënt 0 " not in shown(asks.get(OVERVIEW))
    assert "cliënt 0 " in shown(asks.get(f"{OVERVIEW}?asked=2"))


def test_it_shows_hostile_labels_as_they_are(asks: Client) -> None:
    hostile = '<b>"oma"</b> & 👵'
    made = asked(asks, CLIENT=person(UNKNOWN_BSN, label=hostile))
    for path in (OVERVIEW, *(on(made, page) for page in PAGES)):
        page = asks.get(path)
        assert hostile in shown(page).replace("&quot;", '"')
        assert "<b>" not in page.content.decode()
