"""An operator stops, renames, lets leave and merges; with a second operator where that is needed."""

import pytest
from django.test import Client
from django.urls import reverse

from namens.organisations.models import Block, Merger, Organisation
from namens.outbox.models import Kind, OutboxRow
from tests.pages.operator.operating import LAST_DAY, MERGES, REASON, does, link_on, page_of
from tests.pages.visiting import arrive, shown
from tests.people import person
from tests.working import mandate_of, member, organisation


def lift(browser: Client, works_for: Organisation) -> str:
    address = reverse("pages:organisation-lift", args=[works_for.party_id, Block.objects.get().id])
    return shown(browser.post(address, follow=True))


def test_it_stops_everybody_at_the_next_click_and_two_operators_undo_it(at_olga: Client, at_oscar: Client) -> None:
    works_for = organisation()
    at_sam = arrive(member(works_for).party)
    assert "Samen Sterk" in shown(at_sam.get("/"))
    assert "Melding van een cliënt" in shown(does(at_olga, "block", works_for, REASON))
    assert "Samen Sterk" not in shown(at_sam.get("/"))
    assert "Een collega van het beheer moet akkoord gaan" in lift(at_olga, works_for)
    assert "U deed de eerste stap zelf" in lift(at_olga, works_for)
    assert "Olga wil dit opheffen" in shown(at_oscar.get(page_of(works_for)))
    assert "Wat geblokkeerd is" not in lift(at_oscar, works_for)
    assert Block.objects.get().until is not None


def test_it_stops_one_member(at_olga: Client) -> None:
    works_for = organisation()
    sam = member(works_for)
    at_sam, at_vera = arrive(sam.party), arrive(member(works_for, "Vera").party)
    at_olga.post(reverse("pages:organisation-block-member", args=[works_for.party_id, sam.party_id]), REASON)
    assert "Samen Sterk" not in shown(at_sam.get("/"))
    assert "Samen Sterk" in shown(at_vera.get("/"))


def test_it_needs_a_reason_to_stop(at_olga: Client) -> None:
    works_for = organisation()
    assert "Vul dit in" in shown(does(at_olga, "block", works_for, {"reason": " "}))
    assert not Block.objects.exists()


def test_it_leaves_it_blocked(at_olga: Client, at_oscar: Client) -> None:
    works_for = organisation()
    does(at_olga, "block", works_for, REASON)
    lift(at_olga, works_for)
    at_oscar.post(reverse("pages:organisation-keep", args=[works_for.party_id, Block.objects.get().id]))
    assert (Block.objects.get().first_lifter, Block.objects.get().until) == ("", None)


def test_it_gives_another_name(at_olga: Client) -> None:
    works_for = organisation()
    assert "Samen Verder" in shown(does(at_olga, "rename", works_for, {"name": "Samen Verder"}))
    assert "Vul dit in" in shown(does(at_olga, "rename", works_for, {"name": ""}))


def test_it_lets_an_organisation_leave_after_a_check(at_olga: Client, catalogue: None) -> None:
    assert catalogue is None
    works_for = organisation()
    mandate_of(person("anna"), works_for)
    typed = {"last_day_day": "31", "last_day_month": "1", "last_day_year": "2027"}
    check = shown(does(at_olga, "leave", works_for, typed))
    assert "Machtigingen die op die dag aflopen: 1." in check
    assert "U kunt dit niet terugdraaien" in check
    assert Organisation.objects.get().last_day is None
    page = shown(does(at_olga, "leave", works_for, typed | {"sure": "yes"}))
    assert "Laatste dag 31 januari 2027" in page
    assert "0 van 1" in page
    assert OutboxRow.objects.filter(kind=Kind.ORGANISATION_LEAVES).count() == 1


def test_it_takes_no_later_day_than_was_told(at_olga: Client) -> None:
    works_for = organisation()
    does(at_olga, "leave", works_for, {**LAST_DAY, "sure": "yes"})
    later = {**LAST_DAY, "last_day_year": "2199", "sure": "yes"}
    assert "Kies dan een eerdere dag" in shown(does(at_olga, "leave", works_for, later))


def test_it_merges_with_a_second_operator(at_olga: Client, at_oscar: Client) -> None:
    works_for = organisation()
    page = shown(does(at_olga, "merge", works_for, MERGES))
    assert "Olga stelt voor: deze organisatie gaat verder als Samen Verder, KvK-nummer 90000055." in page
    assert "Akkoord: laat" not in page
    merger = Merger.objects.get()
    address = reverse("pages:organisation-merge-agree", args=[works_for.party_id, merger.id])
    assert "U deed de eerste stap zelf" in shown(at_olga.post(address, follow=True))
    assert link_on(at_oscar.post(address, follow=True))
    new = Organisation.objects.get(kvk_number="90000055")
    assert "Gaat verder als Samen Verder (90000055)" in shown(at_olga.get(page_of(works_for)))
    assert "Tineke" in shown(at_olga.get(reverse("pages:organisation-people", args=[new.party_id])))


@pytest.mark.parametrize("who", ["own", "other"])
def test_it_takes_a_proposed_merger_away(at_olga: Client, at_oscar: Client, who: str) -> None:
    works_for = organisation()
    does(at_olga, "merge", works_for, MERGES)
    address = reverse("pages:organisation-merge-refuse", args=[works_for.party_id, Merger.objects.get().id])
    page = shown((at_olga if who == "own" else at_oscar).post(address, follow=True))
    assert "Er is een fusie voorgesteld" not in page
    assert Organisation.objects.count() == 1


def test_it_merges_into_no_number_that_is_taken(at_olga: Client) -> None:
    works_for = organisation()
    organisation("De Brug")
    page = shown(does(at_olga, "merge", works_for, MERGES | {"kvk_number": "90000022"}))
    assert "Wij kennen al een organisatie met dit KvK-nummer" in page
    assert not Merger.objects.exists()
