"""Coming back from the broker with something else than a good login."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.ids import new_id
from tests.people import BSNS
from tests.signin.conftest import Switch
from tests.signin.walking import Person, asked, callback_url, choose

pytestmark = pytest.mark.usefixtures("digid")


def is_nobody(visitor: Person) -> bool:
    return "party" not in visitor.browser.session


def refused(response: HttpResponse) -> str:
    """Give the result that stands in the journal, after a page that says it."""
    assert response.status_code in {200, 403, 503}
    return JournalEntry.objects.get(event=Event.SIGN_IN_REFUSED).result


def test_it_refuses_a_forged_state(visitor: Person) -> None:
    address = choose(visitor.leave_for_broker(), person=BSNS["anna"].digits)
    response = visitor.get(callback_url(), {**asked(address), "state": "forged"})
    assert response.status_code == 403
    assert is_nobody(visitor)


def test_it_refuses_an_answer_without_state(visitor: Person) -> None:
    address = choose(visitor.leave_for_broker(), person=BSNS["anna"].digits)
    response = visitor.get(callback_url(), {"code": asked(address)["code"]})
    assert response.status_code == 403
    assert is_nobody(visitor)


def test_it_refuses_a_replayed_answer(visitor: Person) -> None:
    address = choose(visitor.leave_for_broker(), person=BSNS["anna"].digits)
    assert visitor.come_back(address).status_code == 302
    response = visitor.come_back(address)
    assert response.status_code == 403
    assert reverse("signin:start", args=["digid"]) in response.content.decode()


def test_it_leaves_the_session_alone_when_an_answer_is_replayed(visitor: Person) -> None:
    address = choose(visitor.leave_for_broker(), person=BSNS["anna"].digits)
    visitor.come_back(address)
    visitor.come_back(address)
    assert not is_nobody(visitor)


def test_it_refuses_an_answer_in_another_browser(visitor: Person) -> None:
    address = choose(visitor.leave_for_broker(), person=BSNS["anna"].digits)
    other = Person(Client())
    other.leave_for_broker()
    assert other.come_back(address).status_code == 403
    assert is_nobody(other)


def test_it_refuses_a_code_of_another_login(visitor: Person) -> None:
    other = Person(Client())
    stolen = asked(choose(other.leave_for_broker(), person=BSNS["anna"].digits))["code"]
    mine = asked(choose(visitor.leave_for_broker(), person=BSNS["dirk"].digits))
    response = visitor.get(callback_url(), {**mine, "code": stolen})
    assert refused(response) == "not-trusted"
    assert is_nobody(visitor)


def test_it_says_that_somebody_broke_off_the_login(visitor: Person) -> None:
    start = visitor.leave_for_broker("/helpernummer")
    response = visitor.come_back(choose(start, action="cancel"))
    page = response.content.decode()
    assert (response.status_code, is_nobody(visitor)) == (200, True)
    assert 'href="/helpernummer"' in page


def test_it_tells_the_portal_when_its_login_is_broken_off(visitor: Person) -> None:
    path = reverse("openid:choose", args=[new_id()])
    response = visitor.come_back(choose(visitor.leave_for_broker(path), action="cancel"))
    assert response["Location"] == f"{path}/abandoned"


def test_it_keeps_who_is_here_when_a_new_login_is_broken_off(visitor: Person) -> None:
    visitor.log_in("anna")
    before = visitor.browser.session["party"]
    visitor.come_back(choose(visitor.leave_for_broker(), action="cancel"))
    assert visitor.browser.session["party"] == before


@pytest.mark.parametrize(
    ("error", "result", "status"),
    [
        ("access_denied", "cancelled", 200),
        ("login_required", "not-trusted", 403),
        ("server_error", "broker-away", 503),
        ("temporarily_unavailable", "broker-away", 503),
        ("<script>", "not-trusted", 403),
    ],
)
def test_it_has_a_page_for_every_error_of_the_broker(visitor: Person, error: str, result: str, status: int) -> None:
    state = asked(visitor.leave_for_broker())["state"]
    response = visitor.get(callback_url(), {"state": state, "error": error})
    assert response.status_code == status
    assert refused(response) == result
    assert b"<script>" not in response.content


def test_it_does_not_take_an_error_for_a_login_that_nobody_began(visitor: Person) -> None:
    response = visitor.get(callback_url(), {"error": "access_denied", "state": "forged"})
    assert response.status_code == 403


def test_it_says_so_when_the_broker_went_down_meanwhile(visitor: Person, switch: Switch) -> None:
    address = choose(visitor.leave_for_broker(), person=BSNS["anna"].digits)
    switch(digid="down")
    response = visitor.come_back(address)
    assert (response.status_code, is_nobody(visitor)) == (503, True)
    assert response["X-Request-ID"] in response.content.decode()


def test_it_can_try_again_with_the_same_answer_when_the_broker_is_back(visitor: Person, switch: Switch) -> None:
    address = choose(visitor.leave_for_broker(), person=BSNS["anna"].digits)
    switch(digid="down")
    visitor.come_back(address)
    switch(digid="ok")
    assert visitor.come_back(address).status_code == 302


@pytest.mark.parametrize("query", ["", "state=", "code=a", "state=a&state=b&code=c", "error=", "code=" + "a" * 5000])
def test_it_has_a_clear_page_for_any_nonsense(visitor: Person, query: str) -> None:
    assert visitor.get(f"{callback_url()}?{query}").status_code == 403
