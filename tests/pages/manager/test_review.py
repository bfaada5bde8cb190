"""The review: what runs out, who stays away, who has no licence, one manager; renewing several at once."""

from datetime import date, timedelta

from django.test import Client

from namens.organisations.models import Licence, Member
from tests.counting import statements
from tests.organisations.managing import as_kept, second_manager
from tests.pages.manager.filling import days, path
from tests.pages.visiting import send, shown
from tests.people import NOW, TODAY
from tests.working import licence, member, organisation

REVIEW, RENEW = path("review"), path("review-renew")
A_YEAR = date(2027, 11, 22)


def part(page: str, after: str, before: str) -> str:
    return page.split(after)[1].split(before, maxsplit=1)[0]


def test_it_shows_what_runs_out_within_thirty_days_or_just_did(at_mia: Client) -> None:
    last_days = {"Ad": 30, "Bo": 31, "Cor": -30, "Di": -31, "Els": 0}
    for name, ahead in last_days.items():
        licence(member(organisation(), name), first_day=date(2026, 1, 1), last_day=TODAY + timedelta(days=ahead))
    renewed = member(organisation(), "Fia")
    licence(renewed, first_day=date(2026, 1, 1), last_day=TODAY - timedelta(days=2))
    licence(renewed)
    found = part(shown(at_mia.get(REVIEW)), "Laatste dag Stand", "dagen niet ingelogd")
    assert {name for name in (*last_days, "Fia") if f"{name} Bakker" in found} == {"Ad", "Cor", "Els"}


def test_it_shows_who_stays_away_has_no_licence_or_has_not_begun(at_mia: Client, sam: Member) -> None:
    licence(sam)
    away, waits = member(organisation(), "Ulla"), member(organisation(), "Ine")
    licence(away)
    Member.objects.filter(party=away.party_id).update(seen_at=NOW - timedelta(days=61))
    Member.objects.filter(party=waits.party_id).update(bound_at=None, pseudonym_digest="", seen_at=None)
    page = shown(at_mia.get(REVIEW))
    assert "Ulla Bakker" in part(page, "60 dagen niet ingelogd", "Zonder licentie")
    assert "Ine Bakker" in part(page, "Zonder licentie", "Uitgenodigd, nog niet begonnen")
    assert "Ine Bakker" in page.split("Uitgenodigd, nog niet begonnen")[1]
    assert "Sam Bakker" not in page


def test_it_warns_while_there_is_one_manager(at_mia: Client) -> None:
    assert "Er is één beheerder" in shown(at_mia.get(REVIEW))
    second_manager()
    assert "Er is één beheerder" not in shown(at_mia.get(REVIEW))


def test_it_says_so_when_there_is_nothing_to_do(at_mia: Client) -> None:
    page = shown(at_mia.get(REVIEW))
    for words in ("geen licentie binnenkort af", "heeft kort geleden ingelogd", "heeft een licentie", "is begonnen"):
        assert words in page


def test_it_renews_several_after_a_check(at_mia: Client) -> None:
    held = [licence(member(organisation(), name), last_day=TODAY) for name in ("Ad", "Bo")]
    ticked = {"licence": [f"{one.id}:0" for one in held]}
    check = shown(send(at_mia, RENEW, ticked))
    assert "Ad Bakker: Mijn toeslagen, nu tot en met 23 november 2026" in check
    assert {as_kept(one).last_day for one in held} == {TODAY}
    done = send(at_mia, RENEW, {**ticked, "sure": "yes", **days("last_day", A_YEAR)})
    assert "2 licenties zijn verlengd" in shown(done)
    assert {as_kept(one).last_day for one in held} == {A_YEAR}


def test_it_tells_which_a_colleague_changed_and_renews_the_rest(at_mia: Client) -> None:
    changed, other = (licence(member(organisation(), name), last_day=TODAY) for name in ("Ad", "Bo"))
    Licence.objects.filter(id=changed.id).update(version=1)
    data = {"licence": [f"{changed.id}:0", f"{other.id}:0"], "sure": "yes", **days("last_day", A_YEAR)}
    page = shown(send(at_mia, RENEW, data))
    assert "1 licentie is verlengd" in page
    assert "Ad Bakker: Een collega heeft dit veranderd" in page
    assert as_kept(changed).last_day == TODAY


def test_it_refuses_a_day_too_far_or_past(at_mia: Client, sam: Member) -> None:
    held = licence(sam, last_day=TODAY)
    for day, words in ((A_YEAR + timedelta(days=1), "Zo lang"), (TODAY - timedelta(days=1), "De laatste dag is voor")):
        data = {"licence": f"{held.id}:0", "sure": "yes", **days("last_day", day)}
        assert words in shown(send(at_mia, RENEW, data))
    assert as_kept(held).last_day == TODAY


def test_it_does_nothing_with_ticks_that_mean_nothing(at_mia: Client) -> None:
    for ticks in ([], ["x"], ["x:y"], [f"{organisation().party_id}:0"]):
        assert send(at_mia, RENEW, {"licence": ticks})["Location"] == REVIEW


def test_it_costs_the_same_however_many_there_are(at_mia: Client, sam: Member) -> None:
    licence(sam, last_day=TODAY)
    few = statements(lambda: at_mia.get(REVIEW))
    for number in range(20):
        licence(member(organisation(), f"Naam{number}"), last_day=TODAY)
    assert statements(lambda: at_mia.get(REVIEW)) == few
    assert few <= 14
