"""An act that a portal reports is kept once, when it was allowed at its own moment; else it rings."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from structlog.testing import capture_logs

from namens.exchange.acts import act_of, report_acts
from namens.exchange.models import ReportedAct
from namens.exchange.reports import Invalid, Known, Refused, Reported, Taken
from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.mandates.actions import stop
from namens.mandates.decision import Reason
from namens.mandates.models import Mandate
from namens.parties.models import Party
from namens.services.models import Portal
from tests.api.machine import Machine, machine
from tests.exchange.reporting import ACT, HOUR, by_login, entries, ids, report, report_one
from tests.faults import Kind, failing
from tests.parallel import at_once
from tests.people import NOW, active, give, load_catalogue, person


def test_it_keeps_an_act_that_was_allowed(portal: Machine, running: Mandate, anna: Party, bram: Party) -> None:
    outcome = report_one(portal, report(ids(bram, anna, portal=portal)), now=NOW + HOUR)
    assert isinstance(outcome, Reported)
    act = ReportedAct.objects.get()
    assert act.id == outcome.act.id
    assert (act.actor, act.organisation, act.representee) == (bram.id, None, anna.id)
    assert (act.mandate, act.done_at, act.reported_at) == (running.id, NOW, NOW + HOUR)


def test_it_writes_the_act_in_the_journal(portal: Machine, running: Mandate, anna: Party, bram: Party) -> None:
    report_one(portal, report(ids(bram, anna, portal=portal)), now=NOW + HOUR)
    (entry,) = entries(Event.ACT_REPORTED)
    assert entry.id == ReportedAct.objects.get().id
    assert (entry.at, entry.channel, entry.actor, entry.subject) == (NOW, Channel.PORTAL, bram.id, anna.id)
    assert (entry.mandate, entry.portal) == (running.id, portal.portal.id)
    assert entry.details == {
        "act": ACT,
        "name": "Inkomen gewijzigd",
        "service": "mijn-toeslagen",
        "reported_at": (NOW + HOUR).isoformat(),
    }


@pytest.mark.usefixtures("running")
def test_it_refuses_an_act_of_dirk(portal: Machine, anna: Party, dirk: Party) -> None:
    told = report(ids(dirk, anna, portal=portal))
    assert report_one(portal, told) == Refused(Reason.NO_MANDATE)
    assert not ReportedAct.objects.exists()


def test_it_shows_a_refused_act_to_the_client_and_to_no_stranger(portal: Machine, anna: Party, dirk: Party) -> None:
    """The client reads that a portal said so; who was never anything to her gets no line about her."""
    report_one(portal, report(ids(dirk, anna, portal=portal)), now=NOW + HOUR)
    (entry,) = entries(Event.ACT_REFUSED)
    assert (entry.at, entry.subject, entry.actor, entry.mandate) == (NOW + HOUR, anna.id, None, None)
    assert (entry.result, entry.portal) == (Reason.NO_MANDATE, portal.portal.id)
    assert entry.details["done_at"] == NOW.isoformat()


def test_it_shows_a_refused_act_to_a_former_helper(portal: Machine, running: Mandate, anna: Party, bram: Party) -> None:
    stop(mandate=running.id, by=anna, now=NOW + HOUR)
    late = report(ids(bram, anna, portal=portal), at=NOW + 2 * HOUR)
    assert report_one(portal, late, now=NOW + 3 * HOUR) == Refused(Reason.STOPPED)
    (entry,) = entries(Event.ACT_REFUSED)
    assert (entry.subject, entry.actor) == (anna.id, bram.id)


def test_it_says_nothing_to_a_helper_of_an_offer_that_was_never_used(portal: Machine, anna: Party, bram: Party) -> None:
    give(anna, bram)
    assert report_one(portal, report(ids(bram, anna, portal=portal))) == Refused(Reason.NOT_ACTIVATED)
    (entry,) = entries(Event.ACT_REFUSED)
    assert (entry.subject, entry.actor) == (anna.id, None)


def test_it_rings_when_an_act_is_refused(portal: Machine, anna: Party, dirk: Party) -> None:
    with capture_logs() as logs:
        report_one(portal, report(ids(dirk, anna, portal=portal)))
    assert logs == [{"event": "act refused", "log_level": "error", "portal": "portaal", "acts": 1}]


def test_it_takes_an_act_from_before_a_stop(portal: Machine, running: Mandate, anna: Party, bram: Party) -> None:
    """Allowed then, stopped since: it happened, and the client has to read it."""
    stop(mandate=running.id, by=anna, now=NOW + HOUR)
    assert isinstance(report_one(portal, report(ids(bram, anna, portal=portal)), now=NOW + 2 * HOUR), Reported)


def test_it_refuses_an_act_from_before_the_activation(portal: Machine, anna: Party, bram: Party) -> None:
    active(anna, bram, now=NOW + HOUR)
    told = report(ids(bram, anna, portal=portal), at=NOW)
    assert isinstance(report_one(portal, told, now=NOW + 2 * HOUR), Refused)


@pytest.mark.usefixtures("running")
def test_it_takes_the_same_act_once(portal: Machine, anna: Party, bram: Party) -> None:
    told = report(ids(bram, anna, portal=portal))
    first, again = report_one(portal, told), report_one(portal, told, now=NOW + HOUR)
    assert isinstance(first, Reported)
    assert again == Known(first.act)
    assert len(entries(Event.ACT_REPORTED)) == 1


@pytest.mark.usefixtures("running")
def test_it_knows_an_act_again_in_another_time_zone(portal: Machine, anna: Party, bram: Party) -> None:
    told = report(ids(bram, anna, portal=portal))
    report_one(portal, told)
    moved = replace(told, at=told.at.astimezone(tz=datetime.fromisoformat("2026-01-01T00:00:00+05:30").tzinfo))
    assert isinstance(report_one(portal, moved), Known)


@pytest.mark.usefixtures("running")
def test_it_knows_an_act_again_whatever_changed_since(portal: Machine, anna: Party, bram: Party) -> None:
    """A retry that comes after three months, or when the act is not registered any more, is no new act."""
    told = report(ids(bram, anna, portal=portal))
    report_one(portal, told)
    Portal.objects.update(acts=[])
    assert isinstance(report_one(portal, told, now=NOW + timedelta(days=200)), Known)


@pytest.mark.usefixtures("running")
def test_it_takes_a_reference_for_one_act_only(portal: Machine, anna: Party, bram: Party) -> None:
    told = report(ids(bram, anna, portal=portal))
    report_one(portal, told)
    assert report_one(portal, replace(told, at=NOW - timedelta(seconds=1))) == Taken()
    assert len(entries(Event.ACT_REPORTED)) == 1


@pytest.mark.usefixtures("running")
def test_it_lets_each_portal_have_its_own_references(portal: Machine, anna: Party, bram: Party) -> None:
    other = machine("ander")
    assert isinstance(report_one(portal, report(ids(bram, anna, portal=portal))), Reported)
    assert isinstance(report_one(other, report(ids(bram, anna, portal=other))), Reported)


@pytest.mark.usefixtures("running")
def test_it_answers_each_of_a_batch_by_itself(portal: Machine, anna: Party, bram: Party, dirk: Party) -> None:
    good, bad = ids(bram, anna, portal=portal), ids(dirk, anna, portal=portal)
    first = report(good, "een")
    batch = [first, report(bad, "twee"), report(good, "drie", act="iets-anders"), first, report(good, "vier"),
             report(good, "vier", at=NOW - HOUR), report(bad, "een")]  # fmt: skip
    outcomes = report_acts(portal.portal, batch, now=NOW + HOUR)
    kinds = [type(outcome) for outcome in outcomes]
    assert kinds == [Reported, Refused, Invalid, Known, Reported, Taken, Taken]
    assert ReportedAct.objects.count() == 2
    assert len(entries(Event.ACT_REFUSED)) == 1


@pytest.mark.usefixtures("running")
def test_it_asks_as_much_for_many_as_for_few(portal: Machine, anna: Party, bram: Party, dirk: Party) -> None:
    """Half of them are refused, and some were reported before."""
    known = portal.portal
    people = [ids(bram, anna, portal=portal), ids(dirk, anna, portal=portal)]
    report_acts(known, [report(people[0], "0"), report(people[1], "1")], now=NOW)

    def cost(size: int) -> int:
        batch = [report(people[number % 2], f"{size}-{number}" if number else "0") for number in range(size)]
        with CaptureQueriesContext(connection) as captured:
            report_acts(known, batch, now=NOW)
        return len(captured)

    # One statement of SQLite takes 83 rows of these.
    many = 100 if connection.vendor == "postgresql" else 80
    assert cost(10) == cost(many) <= 16


@pytest.mark.usefixtures("running")
def test_it_asks_as_much_for_many_logins(portal: Machine, anna: Party, bram: Party) -> None:
    login = by_login(portal, bram, whom=anna)

    def cost(size: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            report_acts(portal.portal, [report(login, f"{size}-{number}") for number in range(size)], now=NOW)
        return len(captured)

    report_one(portal, report(login))
    # SQLite takes 999 values in one insert.
    assert cost(10) == cost(70) <= 12


@pytest.mark.usefixtures("running")
def test_it_gives_an_act_to_who_reported_it_only(portal: Machine, anna: Party, bram: Party) -> None:
    outcome = report_one(portal, report(ids(bram, anna, portal=portal)))
    assert isinstance(outcome, Reported)
    assert act_of(portal.portal, act=outcome.act.id) == outcome.act
    assert act_of(machine("ander").portal, act=outcome.act.id) is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("at", range(1, 16))
def test_it_writes_all_of_a_batch_or_nothing(at: int, signing_keys: None) -> None:  # noqa: ARG001 - asked for its effect
    load_catalogue()
    anna, bram, dirk = (person(name) for name in ("anna", "bram", "dirk"))
    portal = machine()
    active(anna, bram)
    batch = [report(ids(bram, anna, portal=portal), "een"), report(ids(dirk, anna, portal=portal), "twee")]
    known = portal.portal
    before = JournalEntry.objects.count()
    with failing(at=at, kind=Kind.HICCUP) as fault:
        try:
            report_acts(known, batch, now=NOW)
        except OperationalError:
            assert fault.struck
    written = (ReportedAct.objects.count(), JournalEntry.objects.count() - before)
    assert written == ((0, 0) if fault.struck else (1, 2))
    again = report_acts(known, batch, now=NOW)
    assert isinstance(again[0], Reported if fault.struck else Known)


@pytest.mark.django_db(transaction=True)
def test_it_makes_one_act_of_two_reports_at_one_moment(signing_keys: None) -> None:  # noqa: ARG001 - asked for its effect
    load_catalogue()
    anna, bram = person("anna"), person("bram")
    portal = machine()
    active(anna, bram)
    people, known = ids(bram, anna, portal=portal), portal.portal
    batch = [report(people, f"zaak-{number}") for number in range(20)]
    # Also in another order: two batches never wait for each other.
    sent = [batch, batch[::-1], batch, batch[::-1]]
    given = at_once([partial(report_acts, known, one, now=NOW) for one in sent])
    assert all(isinstance(one, Reported | Known) for outcomes in given for one in outcomes)
    assert sum(isinstance(one, Reported) for outcomes in given for one in outcomes) == 20
    assert ReportedAct.objects.count() == len(entries(Event.ACT_REPORTED)) == 20


@pytest.mark.django_db(transaction=True)
def test_it_gives_a_reference_to_one_of_two_at_one_moment(signing_keys: None) -> None:  # noqa: ARG001 - asked for its effect
    load_catalogue()
    anna, bram = person("anna"), person("bram")
    portal = machine()
    active(anna, bram)
    people, known = ids(bram, anna, portal=portal), portal.portal
    told = [report(people), report(people, at=NOW + timedelta(seconds=1))]
    given = at_once([partial(report_one, known, one, now=NOW + HOUR) for one in told])
    assert {type(one) for one in given} == {Reported, Taken}
    assert len(entries(Event.ACT_REPORTED)) == 1
