"""A portal was stopped, or got other terms: which logins end there, and that no other portal notices."""

from dataclasses import replace

from namens.grants.actions import end_at_portal
from namens.grants.models import Family
from namens.journal.events import Channel
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from namens.services.actions import approve_change, propose_change, terms_of, withdraw_portal
from namens.worker.house import Worker
from tests.openid.relying import RelyingParty, registered
from tests.openid.relying import terms_of as terms_for
from tests.people import NOW, active


def withdraw(portal: RelyingParty) -> None:
    withdraw_portal(portal=portal.portal.id, by="olga", channel=Channel.PAGES, now=NOW)


def test_it_ends_every_login_at_a_portal_that_was_stopped(portal: RelyingParty, anna: Party, bram: Party) -> None:
    other = registered(terms_for("belasting", "inkomstenbelasting"))
    active(anna, bram)
    portal.tokens(bram, whom=anna)
    portal.tokens(anna)
    other.tokens(anna)
    withdraw(portal)
    assert end_at_portal(portal=portal.portal.id, now=NOW) == 2
    assert set(Family.objects.filter(ended_by="access-ended").values_list("portal", flat=True)) == {portal.portal.id}
    assert OutboxRow.objects.filter(kind=Kind.BACK_CHANNEL_LOGOUT).count() == 2
    assert Family.objects.filter(ended_at__isnull=True).count() == 1


def test_it_gives_a_stopped_portal_nothing_more_before_the_worker_came(portal: RelyingParty, anna: Party) -> None:
    tokens = portal.tokens(anna)
    withdraw(portal)
    assert portal.userinfo(tokens["access_token"]).status_code == 401


def test_it_ends_logins_for_a_service_that_the_portal_lost(portal: RelyingParty, anna: Party) -> None:
    portal.tokens(anna)
    terms = replace(terms_of(portal.portal), services=("inkomstenbelasting",))
    change = propose_change(portal=portal.portal.id, terms=terms, by="olga", channel=Channel.PAGES, now=NOW)
    approve_change(change=change.id, by="otto", channel=Channel.PAGES, now=NOW)
    assert end_at_portal(portal=portal.portal.id, now=NOW) == 1


def test_it_leaves_logins_alone_when_a_change_takes_nothing_away(portal: RelyingParty, anna: Party) -> None:
    portal.tokens(anna)
    terms = replace(terms_of(portal.portal), name="Andere naam")
    change = propose_change(portal=portal.portal.id, terms=terms, by="olga", channel=Channel.PAGES, now=NOW)
    approve_change(change=change.id, by="otto", channel=Channel.PAGES, now=NOW)
    assert end_at_portal(portal=portal.portal.id, now=NOW) == 0


def test_it_is_done_by_the_worker(portal: RelyingParty, anna: Party) -> None:
    portal.tokens(anna)
    withdraw(portal)
    worker = Worker(upkeep_due=NOW, register_due=NOW)
    worker.turn()
    worker.finish()
    assert Family.objects.get().ended_by == "access-ended"
    assert OutboxRow.objects.get(kind=Kind.PORTAL_CHANGED).settled_at is not None
