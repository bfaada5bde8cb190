"""A visit and the broker: single sign-on must not bring the client back when the helper logs in."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from namens.lib import clock
from namens.parties.models import Kind, Party
from namens.services.models import Portal
from namens.signin import visits
from namens.signin.models import Visit
from tests.people import NOW
from tests.signin.lying import LyingBroker
from tests.signin.walking import Person, asked

pytestmark = pytest.mark.usefixtures("anna", "bram", "register")


def begun(visitor: Person, portal: Portal) -> None:
    session = visitor.browser.session
    with transaction.atomic():
        visits.begin(session, portal=portal, world=Kind.PERSON, helper=None, now=clock.now())
    session.save()
    visitor.browser.cookies["namens_session"] = session.session_key or ""


def test_it_knows_through_which_broker_the_client_came(visitor: Person, liar: LyingBroker, toeslagen: Portal) -> None:
    with clock.frozen(NOW):
        begun(visitor, toeslagen)
        visitor.log_in_through(liar, "anna")
    assert Visit.objects.get().broker == "digid"


def test_it_refuses_the_client_whom_single_sign_on_returns(
    visitor: Person, liar: LyingBroker, toeslagen: Portal, anna: Party
) -> None:
    with clock.frozen(NOW):
        begun(visitor, toeslagen)
        visitor.log_in_through(liar, "anna")
        assert visitor.browser.session["party"] == str(anna.id)
        visitor.browser.post(reverse("pages:visit-end"))
    later = NOW + timedelta(minutes=5)
    with clock.frozen(later):
        question = asked(visitor.leave_for_broker())
        assert (question["prompt"], question["max_age"]) == ("login", "0")
        # The broker remembered the client, and asked nobody.
        liar.claims["auth_time"] = int(NOW.timestamp())
        assert visitor.log_in_through(liar, "anna").status_code == 403
        assert "party" not in visitor.browser.session


def test_it_makes_no_helper_of_who_logs_in_during_a_visit(
    visitor: Person, liar: LyingBroker, toeslagen: Portal
) -> None:
    with clock.frozen(NOW):
        begun(visitor, toeslagen)
        visitor.log_in_through(liar, "bram")
        which = visitor.get(reverse("signin:which"), {"next": "/"})
        assert visits.is_marked(visitor.browser.session)
    assert (which.status_code, which["Location"].split("?")[0]) == (302, "/signin/digid")
