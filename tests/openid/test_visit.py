"""At a helper's table the client logs in as themselves: the token says so, and the visit's end is the login's end."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from namens.grants.actions import end_visit
from namens.grants.models import EndedBy, Family
from namens.lib import clock
from namens.outbox.models import Kind as OutboxKind
from namens.outbox.models import OutboxRow
from namens.parties.models import Kind, Party
from namens.services.models import Portal, Representation
from namens.signin import visits
from namens.signin.models import Visit
from tests.openid.relying import Answer, RelyingParty, answer_in, read
from tests.people import NOW, active

IDLE = timedelta(minutes=10)
OF_OTHERS = ("represents", "act", "may_act", "urn:namens:1.0:mandate", "urn:namens:1.0:left-out")


def begun(portal: RelyingParty) -> Visit:
    """Begin a visit in this portal's browser."""
    session = portal.browser.session
    with transaction.atomic():
        visit = visits.begin(session, portal=portal.portal, world=Kind.PERSON, helper=None, now=clock.now())
    session.save()
    portal.browser.cookies["namens_session"] = session.session_key or ""
    return visit


def arrive(portal: RelyingParty, party: Party) -> Answer:
    """Let somebody log in at the portal during a visit, and give what the page For whom answers."""
    begun(portal)
    address = portal.ask()
    portal.log_in(party)
    return portal.browser.get(address)


def tokens(portal: RelyingParty, party: Party) -> dict[str, str]:
    response = portal.exchange(answer_in(arrive(portal, party))["code"])
    assert response.status_code == 200, response.content
    return dict(json.loads(response.content))


def test_it_asks_nobody_for_whom_and_makes_a_token_without_anybody_else(
    portal: RelyingParty, anna: Party, bram: Party
) -> None:
    active(anna, bram)
    response = arrive(portal, bram)
    assert response.status_code == 303
    assert "Anna" not in response.content.decode()

    got = json.loads(portal.exchange(answer_in(response)["code"]).content)
    for claims in (read(got["id_token"]), read(got["access_token"]), portal.userinfo(got["access_token"]).json()):
        assert not set(OF_OTHERS) & set(claims)


def test_it_refuses_who_posts_the_choice_of_another(portal: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram)
    begun(portal)
    address = portal.ask()
    portal.log_in(bram)
    portal.choose(address, anna)
    assert list(Family.objects.values_list("representee", flat=True)) == [None]


def test_it_is_kept_by_the_database_too(portal: RelyingParty, anna: Party, bram: Party) -> None:
    tokens(portal, bram)
    with pytest.raises(IntegrityError), transaction.atomic():
        Family.objects.update(representee=anna)


def test_it_knows_no_helper(portal: RelyingParty, anna: Party) -> None:
    tokens(portal, anna)
    assert set(Visit.objects.values_list("party", flat=True)) == {anna.id}


def test_it_sends_back_who_cannot_come_for_themselves(portal: RelyingParty, dirk: Party) -> None:
    Portal.objects.update(representation=Representation.OTHERS)
    assert answer_in(arrive(portal, dirk))["error"] == "access_denied"


def test_it_takes_a_question_of_the_portal_as_a_sign_of_life(portal: RelyingParty, anna: Party) -> None:
    token = tokens(portal, anna)["access_token"]
    with clock.frozen(NOW + IDLE - timedelta(seconds=1)):
        assert portal.userinfo(token).status_code == 200
    with clock.frozen(NOW + IDLE + timedelta(seconds=1)):
        assert portal.userinfo(token).status_code == 200


def test_it_ends_the_login_of_a_visit_that_stood_still(portal: RelyingParty, anna: Party) -> None:
    token = tokens(portal, anna)["access_token"]
    with clock.frozen(NOW + IDLE):
        assert portal.userinfo(token).status_code == 401
    assert Family.objects.get().ended_by == EndedBy.VISIT_ENDED


def test_it_gives_no_token_for_a_code_of_a_visit_that_is_over(portal: RelyingParty, anna: Party) -> None:
    code = answer_in(arrive(portal, anna))["code"]
    Visit.objects.update(ended_at=NOW)
    assert portal.exchange(code).status_code == 400


def test_it_is_the_end_of_every_login_of_the_visit_and_portals_hear_of_it(portal: RelyingParty, anna: Party) -> None:
    elsewhere = RelyingParty(portal=portal.portal)
    elsewhere.tokens(anna)
    tokens(portal, anna)
    visit = Visit.objects.get()
    assert end_visit(visit=visit.id, now=NOW) == 1
    assert end_visit(visit=visit.id, now=NOW) == 0
    ended = Family.objects.get(ended_at__isnull=False)
    assert (ended.visit_id, ended.ended_by) == (visit.id, EndedBy.VISIT_ENDED)
    told = OutboxRow.objects.filter(kind=OutboxKind.BACK_CHANNEL_LOGOUT)
    assert [row.payload for row in told] == [{"family": str(ended.id)}]


def test_it_leaves_the_client_no_portal_in_which_the_helper_still_is(
    portal: RelyingParty, anna: Party, bram: Party, dirk: Party
) -> None:
    active(anna, bram)
    token = portal.tokens(bram, whom=anna)["access_token"]
    RelyingParty(portal=portal.portal).tokens(dirk)
    portal.browser.post("/client-logt-in", {"portal": str(portal.portal.id)})
    assert portal.userinfo(token).status_code == 401
    ended = Family.objects.get(ended_at__isnull=False)
    assert (ended.party_id, ended.ended_by) == (bram.id, EndedBy.VISIT_BEGAN)
    told = OutboxRow.objects.filter(kind=OutboxKind.BACK_CHANNEL_LOGOUT)
    assert [row.payload for row in told] == [{"family": str(ended.id)}]


def test_it_ends_the_visit_when_the_portal_logs_out(portal: RelyingParty, anna: Party) -> None:
    got = tokens(portal, anna)
    hint = {"id_token_hint": got["id_token"], "post_logout_redirect_uri": portal.portal.post_logout_redirect_uris[0]}
    first = portal.browser.post("/openid/logout", hint)
    done = portal.browser.get(first["Location"])
    assert done["Location"] == "/client-logt-in/afsluiten"
    assert done["Clear-Site-Data"] == '"cache", "storage"'
    assert Visit.objects.get().ended_at == NOW
    assert "party" not in portal.browser.session


def test_it_is_not_ended_by_the_logout_of_somebody_else(portal: RelyingParty, anna: Party, dirk: Party) -> None:
    theirs = RelyingParty(portal=portal.portal).tokens(dirk)
    tokens(portal, anna)
    first = portal.browser.post("/openid/logout", {"id_token_hint": theirs["id_token"]})
    portal.browser.get(first["Location"])
    assert Visit.objects.get().ended_at is None
