"""Choosing by helper, service and month, and turning pages: what fits and nothing else, each line once."""

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import transaction

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.journal.shown import SHOWN
from namens.journal.write import write
from namens.lib.ids import new_id
from namens.mandates.actions.stop import stop
from namens.mandates.models import Mandate
from namens.organisations.models import Organisation
from namens.parties.models import Party
from tests.pages.done.happening import PAGE, did, logged_in, many_logins, the_portal
from tests.pages.visiting import Answered, arrive, shown
from tests.people import NOW, active
from tests.working import mandate_of, member, organisation

LAST_OF_OCTOBER = datetime(2026, 10, 31, 22, 59, 59, 999999, tzinfo=UTC)  # 23:59:59 in Amsterdam: winter time
FIRST_OF_NOVEMBER = datetime(2026, 10, 31, 23, 0, tzinfo=UTC)
LAST_OF_JUNE = datetime(2026, 6, 30, 21, 59, 59, tzinfo=UTC)  # 23:59:59 in Amsterdam: summer time
FIRST_OF_JULY = datetime(2026, 6, 30, 22, 0, tzinfo=UTC)


def ids(answer: Answered) -> list[str]:
    """Give the lines on a page, in their order."""
    return re.findall(r"/wat-is-er-gedaan/([0-9a-f-]{36})/klopt-niet", answer.content.decode())


def on(party: Party, query: str = "") -> list[str]:
    answer = arrive(party).get(f"{PAGE}{query}")
    assert answer.status_code == 200
    return ids(answer)


def link(answer: Answered, name: str) -> str:
    """Give the address of the newer or older lines; empty without any."""
    _before, found, rest = answer.content.decode().partition(f"{name}=")
    return f"?{name}={rest[:36]}" if found else ""


def test_it_shows_one_helper(anna: Party, bram: Party, carla: Party, mandate: Mandate) -> None:
    of_bram = logged_in(mandate, bram.id)
    of_carla = logged_in(active(anna, carla), carla.id)
    shown_of_bram, shown_of_carla = on(anna, f"?helper={bram.id}"), on(anna, f"?helper={carla.id}")
    assert str(of_bram.id) in shown_of_bram
    assert str(of_carla.id) not in shown_of_bram
    assert str(of_carla.id) in shown_of_carla
    assert not set(shown_of_bram) & set(shown_of_carla)
    assert set(on(anna)) == set(shown_of_bram) | set(shown_of_carla)


def test_it_shows_an_organisation_with_all_its_people(anna: Party, catalogue: None) -> None:  # noqa: ARG001 - asked for its effect
    samen = organisation()
    at_work, sam, vera = mandate_of(anna, samen), member(samen, "Sam"), member(samen, "Vera")
    entries = [logged_in(at_work, who.party_id) for who in (sam, vera)]
    found = on(anna, f"?helper={samen.party_id}")
    assert {str(entry.id) for entry in entries} == set(found)


def test_it_keeps_apart_an_organisation_and_the_one_that_goes_on(anna: Party, catalogue: None) -> None:  # noqa: ARG001 - asked for its effect
    samen_sterk, after = organisation(), organisation("De Brug")
    before = mandate_of(anna, samen_sterk, "inkomstenbelasting")
    later = mandate_of(anna, after)
    sam, carla = member(samen_sterk, "Sam"), member(after, "Carla", family_name="Mulder")
    Organisation.objects.filter(party=samen_sterk.party_id).update(successor=after, last_day=NOW.date())
    old = logged_in(before, sam.party_id, at=NOW - timedelta(days=40))
    new = logged_in(later, carla.party_id)
    assert on(anna, f"?helper={samen_sterk.party_id}") == [str(old.id)]
    assert on(anna, f"?helper={after.party_id}") == [str(new.id)]
    page = shown(arrive(anna).get(PAGE))
    assert "Sam B., medewerker van Samen Sterk" in page
    assert "Carla M., medewerker van De Brug" in page


def test_it_shows_one_service(anna: Party, bram: Party, mandate: Mandate) -> None:
    of_service = logged_in(mandate, bram.id, service="inkomstenbelasting")
    act = did(mandate, bram.id)
    taxes, allowances = on(anna, "?service=inkomstenbelasting"), on(anna, "?service=mijn-toeslagen")
    assert str(of_service.id) in taxes
    assert str(of_service.id) not in allowances
    assert str(act.id) in allowances
    assert str(act.id) not in taxes
    # Giving the mandate is about both.
    given = str(JournalEntry.objects.get(event=Event.MANDATE_OFFERED).id)
    assert given in taxes
    assert given in allowances


def test_it_shows_a_service_that_was_stopped_with_that_service_only(anna: Party, mandate: Mandate) -> None:
    stop(mandate=mandate.id, by=anna, now=NOW, service="inkomstenbelasting")
    stopped = str(JournalEntry.objects.get(event=Event.SERVICE_STOPPED).id)
    assert stopped in on(anna, "?service=inkomstenbelasting")
    assert stopped not in on(anna, "?service=mijn-toeslagen")


def test_it_shows_a_login_that_was_refused_with_the_services_that_were_asked_for(
    anna: Party,
    bram: Party,
    mandate: Mandate,  # noqa: ARG001 - asked for its effect
) -> None:
    with transaction.atomic():
        entry = write(
            Event.USE_REFUSED,
            at=NOW,
            channel=Channel.PORTAL,
            actor=bram.id,
            subject=anna.id,
            portal=the_portal().id,
            result="stopped",
            details={"services": ["mijn-toeslagen"]},
        )
    refused = str(entry.id)
    assert refused in on(anna, "?service=mijn-toeslagen")
    assert refused not in on(anna, "?service=inkomstenbelasting")


@pytest.mark.parametrize(
    ("before", "after", "month", "next_month"),
    [
        (LAST_OF_OCTOBER, FIRST_OF_NOVEMBER, "2026-10", "2026-11"),
        (LAST_OF_JUNE, FIRST_OF_JULY, "2026-06", "2026-07"),
    ],
    ids=["winter", "summer"],
)
def test_it_begins_a_month_at_midnight_in_amsterdam(
    anna: Party, bram: Party, mandate: Mandate, before: datetime, after: datetime, month: str, next_month: str
) -> None:
    last, first = logged_in(mandate, bram.id, at=before), logged_in(mandate, bram.id, at=after)
    assert on(anna, f"?month={month}") == [str(last.id)]
    assert str(first.id) in on(anna, f"?month={next_month}")
    assert str(last.id) not in on(anna, f"?month={next_month}")


def test_it_offers_the_months_from_the_oldest_line_until_now(anna: Party, bram: Party, mandate: Mandate) -> None:
    logged_in(mandate, bram.id, at=LAST_OF_JUNE)
    page = arrive(anna).get(PAGE).content.decode()
    offered = [f"2026-{number:02}" for number in (11, 10, 9, 8, 7, 6)]
    places = [page.index(f'value="{one}"') for one in offered]
    assert places == sorted(places)
    assert 'value="2026-05"' not in page
    assert 'value="2026-12"' not in page


@pytest.mark.parametrize(
    "query",
    [
        "helper=x",
        "helper=01a21b7c-3289-75f8-9175-acb12c27fe77",
        "service=nothing",
        "month=2026-13",
        "month=2019-01",
        "month=november",
        "month=2026-11%27--",
        "older=x",
        "newer=01a21b7c-3289-75f8-9175-acb12c27fe77",
    ],
)
def test_it_knows_nothing_that_could_not_be_chosen(mandate: Mandate, query: str) -> None:
    assert arrive(mandate.representee).get(f"{PAGE}?{query}").status_code == 404


def test_it_explains_that_nothing_fits(anna: Party, bram: Party, mandate: Mandate) -> None:
    logged_in(mandate, bram.id, at=LAST_OF_JUNE)
    page = shown(arrive(anna).get(f"{PAGE}?month=2026-08"))
    assert "Er is niets gedaan dat past bij uw keuze." in page
    assert "U ziet alleen: augustus 2026" in page


def test_it_turns_pages_without_missing_or_repeating_a_line_of_one_moment(
    anna: Party, bram: Party, mandate: Mandate
) -> None:
    many_logins(mandate, bram.id, count=120, since=NOW - timedelta(days=2), each=timedelta(0))
    browser, pages, query = arrive(anna), [], "?"
    while query:
        answer = browser.get(f"{PAGE}{query}")
        pages.append((query, ids(answer)))
        query = link(answer, "older")
    seen = [one for _query, lines in pages for one in lines]
    assert len(seen) == len(set(seen)) == JournalEntry.objects.filter(subject=anna.id, event__in=[*SHOWN]).count()
    assert [len(lines) for _query, lines in pages[:-1]] == [50] * (len(pages) - 1)
    for (_query, lines), (query, _lines) in pairwise(pages):
        back = browser.get(f"{PAGE}{query}")
        assert ids(browser.get(f"{PAGE}{link(back, 'newer')}")) == lines


def test_it_keeps_what_was_chosen_while_turning_pages(anna: Party, bram: Party, mandate: Mandate) -> None:
    many_logins(mandate, bram.id, count=60, since=NOW, each=timedelta(minutes=1))
    page = arrive(anna).get(f"{PAGE}?service=mijn-toeslagen&month=2026-11").content.decode()
    assert "?service=mijn-toeslagen&amp;month=2026-11&amp;older=" in page


def test_it_takes_no_place_from_outside_what_was_chosen(anna: Party, bram: Party, mandate: Mandate) -> None:
    june = logged_in(mandate, bram.id, at=LAST_OF_JUNE)
    assert arrive(anna).get(f"{PAGE}?month=2026-11&older={june.id}").status_code == 404


def test_it_takes_no_place_from_somebody_else(carla: Party, bram: Party, mandate: Mandate) -> None:
    entry = logged_in(mandate, bram.id)
    assert arrive(carla).get(f"{PAGE}?older={entry.id}").status_code == 404


def test_it_lists_no_entry_about_somebody_else_with_the_same_helper(
    bram: Party, carla: Party, mandate: Mandate
) -> None:
    with transaction.atomic():
        write(
            Event.MANDATE_USED,
            at=NOW,
            channel=Channel.PORTAL,
            actor=bram.id,
            subject=carla.id,
            portal=the_portal().id,
            mandate=new_id(),
        )
    of_carla = {str(one.id) for one in JournalEntry.objects.filter(subject=carla.id)}
    assert not of_carla & set(on(mandate.representee))
