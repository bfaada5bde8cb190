"""Logging in at the rehearsal eHerkenning, over HTTP, and answers of eHerkenning and DigiD that get mixed up."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.parties.models import Party
from tests.people import BSNS
from tests.signin.conftest import Switch
from tests.signin.lying import LyingBroker
from tests.signin.walking import AT_WORK, BROKER, Person, asked, callback_url, choose, start_url

MARIJKE, CARLA, PIET_WITH_EH2 = "00110019:SST-6F1C20", "00220027:DBR-71E4A0", "00110019:SST-58C9F3"
RETRY = f'href="{start_url(AT_WORK)}?next=%2Fmachtigingen"'


def is_nobody(visitor: Person) -> bool:
    return "party" not in visitor.browser.session


def results() -> list[str]:
    """Give what the journal says of every login that was refused."""
    return list(JournalEntry.objects.filter(event=Event.SIGN_IN_REFUSED).values_list("result", flat=True))


def at_work(visitor: Person, person: str = MARIJKE, *, level: str = "loa3") -> str:
    """Log in at eHerkenning and give the address where it sends us."""
    return choose(visitor.leave_for_broker(broker=AT_WORK), person=person, level=level)


def private(visitor: Person, name: str = "dirk") -> str:
    """Log in at DigiD and give the address where it sends us."""
    return choose(visitor.leave_for_broker(), person=BSNS[name].digits)


def refused(response: HttpResponse) -> str:
    """Give the page that says so."""
    assert response.status_code == 403
    return response.content.decode()


@pytest.mark.usefixtures("digid")
def test_it_asks_for_a_fresh_login_in_the_words_of_the_broker(visitor: Person) -> None:
    question = asked(visitor.leave_for_broker(level="substantial", broker=AT_WORK))
    assert question["acr_values"] == "urn:etoegang:core:assurance-class:loa3"
    assert (question["scope"], question["prompt"], question["max_age"]) == ("openid kvk", "login", "0")
    assert question["redirect_uri"].endswith(callback_url(AT_WORK))


@pytest.mark.usefixtures("digid")
def test_it_lets_nobody_in_for_an_organisation_that_does_not_work_with_namens(visitor: Person) -> None:
    refused(visitor.log_in_at_work("00440043", "LIN-9A3E08"))
    assert is_nobody(visitor)
    assert not Party.objects.exists()


@pytest.mark.usefixtures("digid")
def test_it_refuses_a_means_that_is_too_weak(visitor: Person) -> None:
    page = refused(visitor.come_back(at_work(visitor, PIET_WITH_EH2, level="loa2")))
    assert results() == ["no-level"]
    assert RETRY in page


@pytest.mark.usefixtures("digid")
def test_it_leads_who_broke_off_back_to_the_same_broker(visitor: Person) -> None:
    response = visitor.come_back(choose(visitor.leave_for_broker(broker=AT_WORK), action="cancel"))
    assert (response.status_code, results()) == (200, ["cancelled"])
    assert RETRY in response.content.decode()


def test_it_says_so_when_eherkenning_went_down_meanwhile(visitor: Person, switch: Switch) -> None:
    address = at_work(visitor)
    switch(eherkenning="down")
    response = visitor.come_back(address)
    assert (response.status_code, results()) == (503, ["broker-away"])
    assert RETRY in response.content.decode()


@pytest.mark.usefixtures("digid")
def test_it_keeps_who_is_here_when_a_login_at_work_does_not_work_out(visitor: Person) -> None:
    visitor.log_in("anna")
    before = visitor.browser.session["party"]
    visitor.come_back(at_work(visitor, PIET_WITH_EH2, level="loa2"))
    assert visitor.browser.session["party"] == before


@pytest.mark.usefixtures("digid")
def test_it_refuses_the_code_of_somebody_at_another_organisation(visitor: Person) -> None:
    stolen = asked(at_work(Person(Client()), CARLA))["code"]
    mine = asked(at_work(visitor))
    refused(visitor.get(callback_url(AT_WORK), {**mine, "code": stolen}))
    assert (results(), is_nobody(visitor)) == (["not-trusted"], True)


@pytest.mark.usefixtures("digid")
@pytest.mark.parametrize(("log_in", "other"), [(at_work, BROKER), (private, AT_WORK)])
def test_it_refuses_an_answer_at_the_address_of_the_other_broker(
    visitor: Person, log_in: Callable[[Person], str], other: str
) -> None:
    refused(visitor.get(callback_url(other), asked(log_in(visitor))))
    assert is_nobody(visitor)
    assert not Party.objects.exists()


def test_it_gives_no_code_to_the_other_broker(visitor: Person, liar: LyingBroker) -> None:
    state = asked(visitor.leave_for_broker(broker=AT_WORK))["state"]
    refused(visitor.get(callback_url(), {"state": state, "code": "the code", "iss": liar.issuer}))
    assert liar.exchanged == []


@pytest.mark.usefixtures("digid")
def test_it_refuses_a_code_of_one_broker_with_the_state_of_the_other(visitor: Person) -> None:
    work, person = asked(at_work(visitor)), asked(private(visitor))
    refused(visitor.get(callback_url(), {**person, "code": work["code"]}))
    refused(visitor.get(callback_url(AT_WORK), {**work, "code": person["code"]}))
    assert (results(), is_nobody(visitor)) == (["not-trusted"] * 2, True)


@pytest.mark.usefixtures("digid")
def test_it_refuses_an_answer_that_names_the_other_broker(visitor: Person) -> None:
    work, person = asked(at_work(visitor)), asked(private(visitor))
    refused(visitor.get(callback_url(), {**person, "iss": work["iss"]}))
    refused(visitor.get(callback_url(AT_WORK), {**work, "iss": person["iss"]}))
    assert (results(), is_nobody(visitor)) == (["not-trusted"] * 2, True)
