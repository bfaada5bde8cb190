"""Giving, changing, pausing, ending and renewing licences on the pages."""

from datetime import date, timedelta

import pytest
from django.test import Client

from namens.organisations.actions import change_licence
from namens.organisations.models import Licence, Member
from tests.organisations.managing import as_kept, mia, second_manager, team, terms
from tests.pages.manager.filling import days, licence_form, path
from tests.pages.visiting import send, shown
from tests.people import NOW, TODAY
from tests.working import licence, member, organisation


def test_it_gives_a_licence_after_a_check(at_mia: Client, sam: Member) -> None:
    north = team()
    assert "Uitkering aanvragen" not in shown(at_mia.get(path("give", sam)))
    form = licence_form("mijn-toeslagen", "inkomstenbelasting", reach=str(north.id))
    check = send(at_mia, path("give", sam), form)
    words = shown(check)
    assert "Controleer de licentie van Sam Bakker" in words
    assert "Van 23 november 2026 tot en met 22 november 2027" in words
    assert "Alleen cliënten van het team Noord" in words
    assert not Licence.objects.exists()
    response = send(at_mia, path("give", sam), {**form, "sure": "yes"})
    assert "De licentie is gegeven" in shown(at_mia.get(response["Location"]))
    given = Licence.objects.get()
    assert (given.member, given.team, given.services.count()) == (sam, north, 2)


def test_it_goes_back_to_the_form_with_what_was_filled_in(at_mia: Client, sam: Member) -> None:
    form = licence_form("inkomstenbelasting", last_day=date(2026, 12, 31), sure="yes", again="yes")
    body = send(at_mia, path("give", sam), form).content.decode()
    assert 'value="31"' in body
    assert 'value="inkomstenbelasting" checked' in " ".join(body.split()) or "checked" in body
    assert not Licence.objects.exists()


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        (licence_form(first_day=TODAY - timedelta(days=1)), "Deze dag is voorbij"),
        (licence_form(last_day=date(2028, 1, 1)), "Zo lang kan een licentie niet duren"),
        (licence_form(last_day=date(2026, 11, 22)), "De laatste dag is te vroeg"),
        (licence_form("uitkering-aanvragen"), "Kies een of meer"),
        ({**licence_form(), "services": []}, "Kies ten minste één dienst"),
    ],
)
def test_it_says_what_is_wrong_before_the_check(
    at_mia: Client, sam: Member, form: dict[str, object], sentence: str
) -> None:
    words = shown(send(at_mia, path("give", sam), {**form, "sure": "yes"}))
    assert sentence in words
    assert not Licence.objects.exists()


def test_it_lets_no_manager_extend_an_own_licence(at_mia: Client) -> None:
    own = licence(mia(), last_day=date(2026, 12, 31))
    assert at_mia.get(path("give", mia())).status_code == 403
    assert send(at_mia, path("give", mia()), {**licence_form(), "sure": "yes"}).status_code == 403
    change = {**licence_form(), "sure": "yes", "version": "0"}
    assert send(at_mia, path("change", own), change).status_code == 403
    assert send(at_mia, path("renew", own), {**days("last_day", date(2027, 11, 22)), "version": "0"}).status_code == 403
    send(at_mia, path("pause", own), {"version": "0"})
    assert send(at_mia, path("resume", own), {"version": "1"}).status_code == 403
    ticked = {"licence": f"{own.id}:1", "sure": "yes", **days("last_day", date(2027, 11, 22))}
    assert "Vraag het een andere beheerder" in shown(send(at_mia, path("review-renew"), ticked))
    assert (as_kept(own).last_day, Licence.objects.count()) == (date(2026, 12, 31), 1)


def test_it_takes_nothing_that_the_form_does_not_ask(at_mia: Client, sam: Member) -> None:
    """Mass assignment through hidden fields: whose licence it is, and who gave it, are not the sender's to say."""
    held, vera = licence(sam), member(organisation(), "Vera")
    extra = {"member": str(mia().party_id), "given_by": str(vera.party_id), "given_at": "2020-01-01", "ended_at": ""}
    send(at_mia, path("give", vera), {**licence_form(), **extra, "sure": "yes"})
    assert Licence.objects.get(member=vera).given_by == mia().party_id
    send(at_mia, path("change", held), {**licence_form("inkomstenbelasting"), **extra, "version": "0", "sure": "yes"})
    assert (as_kept(held).member, as_kept(held).given_by) == (sam, mia().party_id)
    assert not Licence.objects.filter(member=mia().party_id).exists()


def test_it_shows_what_stands_beside_what_will_be(at_mia: Client, sam: Member) -> None:
    held = licence(sam)
    form = licence_form("inkomstenbelasting", version="0")
    words = shown(send(at_mia, path("change", held), form))
    assert "Dit staat er nu Diensten Mijn toeslagen" in words
    assert "Dit staat er straks Naam Sam Bakker Diensten Inkomstenbelasting" in words
    send(at_mia, path("change", held), {**form, "sure": "yes"})
    assert [one.key for one in as_kept(held).services.all()] == ["inkomstenbelasting"]


def test_it_tells_the_second_of_two_managers_and_loses_nothing(at_mia: Client, sam: Member) -> None:
    held = licence(sam)
    theirs = terms(last_day=date(2026, 12, 31))
    change_licence(by=second_manager(), licence=held.id, version=0, terms=theirs, now=NOW)
    for sure in ({}, {"sure": "yes"}):
        form = {**licence_form("inkomstenbelasting", last_day=date(2027, 5, 6), version="0"), **sure}
        page = send(at_mia, path("change", held), form)
        words = shown(page)
        assert "Een collega heeft dit veranderd" in words
        assert "Dit staat er nu Diensten Mijn toeslagen Dagen Van 23 november 2026 tot en met 31 december 2026" in words
        assert 'value="2027"' in page.content.decode()
        assert as_kept(held).last_day == date(2026, 12, 31)


def test_it_does_not_ask_the_first_day_of_a_licence_that_began(at_mia: Client, sam: Member) -> None:
    held = licence(sam, first_day=TODAY - timedelta(days=3))
    assert 'name="first_day_day"' not in at_mia.get(path("change", held)).content.decode()
    form = licence_form(first_day=TODAY + timedelta(days=9), last_day=date(2027, 1, 1), version="0", sure="yes")
    send(at_mia, path("change", held), form)
    assert (as_kept(held).first_day, as_kept(held).last_day) == (TODAY - timedelta(days=3), date(2027, 1, 1))


def test_it_pauses_resumes_and_ends_after_a_question(at_mia: Client, sam: Member) -> None:
    held = licence(sam)
    for number, (name, done) in enumerate([("pause", "op pauze"), ("resume", "geldt weer"), ("end", "is gestopt")]):
        assert "Sam Bakker" in shown(at_mia.get(path(name, held)))
        response = send(at_mia, path(name, held), {"version": str(number)})
        assert done in shown(at_mia.get(response["Location"]))
    assert as_kept(held).ended_at == NOW
    assert at_mia.get(path("end", held))["Location"] == path("person", sam)


def test_it_tells_the_second_who_pauses_what_a_colleague_changed(at_mia: Client, sam: Member) -> None:
    held = licence(sam)
    theirs = terms(last_day=date(2026, 12, 31))
    change_licence(by=second_manager(), licence=held.id, version=0, terms=theirs, now=NOW)
    assert "Een collega heeft dit veranderd" in shown(send(at_mia, path("end", held), {"version": "0"}))
    assert as_kept(held).ended_at is None


def test_it_renews_until_the_day_that_was_asked(at_mia: Client, sam: Member) -> None:
    held = licence(sam, last_day=TODAY)
    wrong = send(at_mia, path("renew", held), {**days("last_day", date(2028, 1, 1)), "version": "0"})
    assert "Zo lang kan een licentie niet duren" in shown(wrong)
    response = send(at_mia, path("renew", held), {**days("last_day", date(2027, 11, 22)), "version": "0"})
    assert "De licentie is verlengd" in shown(at_mia.get(response["Location"]))
    assert as_kept(held).last_day == date(2027, 11, 22)


def test_it_shows_the_earlier_form_of_a_licence_nowhere(at_mia: Client, sam: Member) -> None:
    held = licence(sam)
    send(at_mia, path("change", held), licence_form("inkomstenbelasting", version="0", sure="yes"))
    page = shown(at_mia.get(path("person", sam)))
    assert "Eerdere licenties" not in page
    earlier = Licence.objects.get(later=held)
    assert at_mia.get(path("change", earlier)).status_code == 404
