"""What changed of a mandate is told to every portal that it concerns, in its own ids, and to no other."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from namens.exchange.models import PortalEvent
from namens.exchange.telling import tell_mandate
from namens.journal.events import Channel
from namens.lib.assurance import AssuranceLevel
from namens.mandates import actions
from namens.mandates.changes import MandateChange
from namens.mandates.decision import Permit, Question, Representative
from namens.mandates.models import Mandate, ReportKind
from namens.mandates.queries import decide_for
from namens.outbox.models import Kind, OutboxRow
from namens.parties.facts import StopSignal
from namens.parties.models import Party
from namens.services.models import Portal, Status
from tests.exchange.hearing import heard, hearing, id_at, kinds, tell, used
from tests.mandates.histories import ACCOUNT, KEYS
from tests.people import NOW, TODAY, active, terms, told
from tests.working import activated, licence, member, organisation

ALLOWANCES, TAXES = KEYS
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LAST = TODAY + 30 * DAY


@pytest.fixture
def allowances(catalogue: None) -> Portal:  # noqa: ARG001 - asked for its effect
    """A portal for *Mijn toeslagen*, with a basis."""
    return hearing("toeslagen", ALLOWANCES)


@pytest.fixture
def both(anna: Party, bram: Party, allowances: Portal) -> Mandate:  # noqa: ARG001 - asked for its effect
    """Anna's mandate for Bram, for two services; the portal was there before it."""
    return active(anna, bram, what=terms(*KEYS, last_day=LAST))


def test_it_tells_all_of_it_in_the_ids_of_the_portal(
    both: Mandate, anna: Party, bram: Party, allowances: Portal
) -> None:
    tell()
    (event,) = heard(allowances)
    assert (event.number, event.kind, event.about, event.at) == (1, "machtiging.actief", both.id, NOW)
    assert event.data == {
        "machtiging": str(both.id),
        "volgnummer": 1,
        "vertegenwoordigde": {"id": id_at(allowances, anna), "soort": "persoon"},
        "gemachtigde": {"id": id_at(allowances, bram), "soort": "persoon"},
        "diensten": [ALLOWANCES],
        "eersteDag": TODAY.isoformat(),
        "laatsteDag": LAST.isoformat(),
        "uitgezonderd": [ACCOUNT],
    }


def test_it_tells_of_everything_in_its_order(both: Mandate, anna: Party, allowances: Portal) -> None:
    actions.shorten(mandate=both.id, by=anna, last_day=TODAY + 9 * DAY, now=NOW + HOUR)
    actions.report(mandate=both.id, by=anna, kind=ReportKind.UNWANTED, now=NOW + 2 * HOUR)
    actions.restore(mandate=both.id, by=anna, now=NOW + 3 * HOUR)
    actions.stop(mandate=both.id, by=anna, now=NOW + 4 * HOUR)
    tell(at=NOW + 4 * HOUR)
    words = ["actief", "gewijzigd", "onderbroken", "hersteld", "gestopt"]
    assert kinds(allowances) == [f"machtiging.{word}" for word in words]
    assert [event.data["volgnummer"] for event in heard(allowances)] == [1, 2, 3, 4, 5]
    assert [event.at for event in heard(allowances)][-1] == NOW + 4 * HOUR


def test_it_says_nothing_more_of_a_service_that_is_over(both: Mandate, anna: Party, allowances: Portal) -> None:
    taxes = hearing("belasting", TAXES)
    actions.shorten(mandate=both.id, by=anna, last_day=TODAY, now=NOW, service=ALLOWANCES)
    later = NOW + DAY
    actions.note_over(now=later)
    actions.report(mandate=both.id, by=anna, kind=ReportKind.UNWANTED, now=later)
    actions.restore(mandate=both.id, by=anna, now=later)
    actions.stop(mandate=both.id, by=anna, now=later)
    tell(at=later)
    assert kinds(allowances) == [f"machtiging.{word}" for word in ("actief", "gewijzigd", "beeindigd")]
    words = ("actief", "onderbroken", "hersteld", "gestopt")
    assert kinds(taxes) == [f"machtiging.{word}" for word in words]
    assert {tuple(event.data["diensten"]) for event in heard(taxes)} == {(TAXES,)}


def test_it_still_says_on_its_last_day_what_happens_to_a_service(
    both: Mandate, anna: Party, allowances: Portal
) -> None:
    actions.shorten(mandate=both.id, by=anna, last_day=TODAY, now=NOW, service=ALLOWANCES)
    actions.report(mandate=both.id, by=anna, kind=ReportKind.UNWANTED, now=NOW + HOUR)
    tell(at=NOW + HOUR)
    assert kinds(allowances)[-1] == "machtiging.onderbroken"


def test_it_finds_nothing_the_second_time(both: Mandate, allowances: Portal) -> None:
    assert [tell_mandate(both.id, now=NOW), tell_mandate(both.id, now=NOW)] == [1, 0]
    assert len(heard(allowances)) == 1


def test_it_tells_nothing_to_dirks_portal(anna: Party, bram: Party, allowances: Portal) -> None:
    """Dirk has a portal for other services, with a basis of its own."""
    dirks = hearing("dirk", TAXES)
    mandate = active(anna, bram, what=terms(ALLOWANCES))
    actions.stop(mandate=mandate.id, by=anna, now=NOW + HOUR)
    tell(at=NOW + HOUR)
    assert (kinds(dirks), len(kinds(allowances))) == ([], 2)


def test_it_tells_each_portal_of_its_own_services_only(both: Mandate, anna: Party, allowances: Portal) -> None:
    taxes = hearing("belasting", TAXES)
    lacking = left_out(both, taxes, TAXES)
    actions.stop(mandate=both.id, by=anna, now=NOW + HOUR, service=TAXES)
    tell(at=NOW + HOUR)
    assert kinds(allowances) == ["machtiging.actief"]
    assert kinds(taxes) == ["machtiging.actief", "machtiging.gestopt"]
    assert [event.data["diensten"] for event in heard(allowances) + heard(taxes)] == [[ALLOWANCES], [TAXES], [TAXES]]
    assert ALLOWANCES not in str([event.data for event in heard(taxes)])
    # Nor of sensitive actions that only another service has.
    assert heard(taxes)[0].data["uitgezonderd"] == lacking


def test_it_says_the_last_day_of_the_portals_own_services(both: Mandate, anna: Party, allowances: Portal) -> None:
    actions.shorten(mandate=both.id, by=anna, last_day=TODAY + 2 * DAY, now=NOW, service=ALLOWANCES)
    tell()
    assert heard(allowances)[-1].data["laatsteDag"] == (TODAY + 2 * DAY).isoformat()


@pytest.mark.parametrize("granted", [[], [ACCOUNT]], ids=["nothing granted", "account granted"])
def test_it_leaves_out_what_a_decision_leaves_out(
    anna: Party, bram: Party, allowances: Portal, granted: list[str]
) -> None:
    mandate = active(anna, bram, what=terms(ALLOWANCES, granted=granted))
    tell()
    assert heard(allowances)[0].data["uitgezonderd"] == left_out(mandate, allowances, ALLOWANCES)


def left_out(mandate: Mandate, portal: Portal, service: str) -> list[str]:
    """Give what a decision leaves out for this portal, of what this service knows."""
    assert mandate.representative_id is not None
    who = Representative(mandate.representative_id)
    question = Question(service=service, assurance=AssuranceLevel.HIGH)
    given = decide_for(portal=portal, representative=who, representee=mandate.representee_id, question=question, at=NOW)
    assert isinstance(given, Permit)
    own = {action for one in portal.services.all() for action in one.sensitive_keys}
    return sorted(given.left_out & own)


def test_it_tells_a_portal_without_a_basis_of_what_was_used_there(both: Mandate, anna: Party, bram: Party) -> None:
    seen, never = hearing("gezien", ALLOWANCES, basis=""), hearing("nooit", ALLOWANCES, basis="")
    elsewhere = active(anna, bram, what=terms(TAXES, last_day=LAST))
    tell()
    used(both, seen)
    used(elsewhere, never)
    actions.stop(mandate=both.id, by=anna, now=NOW)
    tell()
    assert (kinds(seen), kinds(never)) == (["machtiging.gestopt"], [])


def test_it_tells_who_hears_from_now_on_no_earlier_changes(both: Mandate, anna: Party) -> None:
    tell()
    later = hearing("later", ALLOWANCES)
    actions.stop(mandate=both.id, by=anna, now=NOW)
    tell()
    assert [(event.number, event.data["volgnummer"]) for event in heard(later)] == [(1, 2)]


@pytest.mark.parametrize(
    "change",
    [{"status": Status.WITHDRAWN}, {"status": Status.PROPOSED}, {"machine_scopes": []}],
    ids=["withdrawn", "proposed", "no scope"],
)
@pytest.mark.usefixtures("both")
def test_it_tells_nothing_to_who_may_not_ask(allowances: Portal, change: dict[str, object]) -> None:
    Portal.objects.filter(id=allowances.id).update(approved_by="", **change)
    tell()
    assert kinds(allowances) == []


def test_it_names_an_organisation_by_its_number(anna: Party, allowances: Portal) -> None:
    sam = member(organisation())
    licence(sam)
    activated(anna, sam)
    tell()
    (event,) = heard(allowances)
    assert event.data["gemachtigde"] == {"soort": "organisatie", "kvkNummer": "90000011"}


@pytest.mark.usefixtures("both")
def test_it_gives_each_sector_ids_of_its_own(anna: Party, bram: Party, allowances: Portal) -> None:
    other = hearing("ander", ALLOWANCES)
    tell()
    told_to = [event.data for portal in (allowances, other) for event in heard(portal)]
    ids = {data[role]["id"] for data in told_to for role in ("vertegenwoordigde", "gemachtigde")}
    assert ids == {id_at(portal, party) for portal in (allowances, other) for party in (anna, bram)}
    assert len(ids) == 4


@pytest.mark.usefixtures("both")
def test_it_never_tells_a_number_a_name_or_an_id_of_ours(anna: Party, bram: Party) -> None:
    tell()
    text = str(list(PortalEvent.objects.values_list("data", flat=True)))
    secrets = ["999990019", "999990032", "Vries", "Bakker", str(anna.id), str(bram.id)]
    assert [secret for secret in secrets if secret in text] == []


ENDINGS = ["dead", "guardianship", "replaced", "over"]


@pytest.mark.parametrize("why", ENDINGS)
def test_it_says_that_it_ended_and_nothing_of_why(
    both: Mandate, anna: Party, bram: Party, allowances: Portal, why: str
) -> None:
    tell()
    end(why, anna, bram)
    tell(at=NOW + 31 * DAY)
    event = next(event for event in heard(allowances) if event.kind == "machtiging.beeindigd")
    assert event.data == {**heard(allowances)[0].data, "volgnummer": 2}
    assert event.data["machtiging"] == str(both.id)


def end(why: str, anna: Party, bram: Party) -> None:
    if why == "replaced":
        active(anna, bram, what=terms(*KEYS))
    elif why == "over":
        actions.note_over(now=NOW + 31 * DAY)
    else:
        signal = StopSignal.DECEASED if why == "dead" else StopSignal.GUARDIANSHIP
        actions.block(person=told(anna, signals=[signal]).person, now=NOW, channel=Channel.WORKER)


def test_it_sends_where_a_portal_listens(both: Mandate, allowances: Portal) -> None:
    Portal.objects.filter(id=allowances.id).update(events_uri="https://toeslagen.example/gebeurtenissen")
    tell_mandate(both.id, now=NOW)
    rows = OutboxRow.objects.filter(kind=Kind.PORTAL_EVENT)
    assert [row.payload for row in rows] == [{"event": str(heard(allowances)[0].id)}]


def test_it_costs_no_more_for_portals_that_it_does_not_concern(both: Mandate) -> None:
    cost(both)
    alone = cost(both)
    for number in range(5):
        hearing(f"belasting-{number}", TAXES, basis="")
        hearing(f"toeslagen-{number}", ALLOWANCES, basis="")
    assert cost(both) == alone


def test_it_costs_the_same_for_each_portal_that_it_concerns(both: Mandate) -> None:
    cost(both)
    costs = [cost(both)]
    for number in range(3):
        hearing(f"toeslagen-{number}", ALLOWANCES)
        cost(both)
        costs.append(cost(both))
    assert len({after - before for before, after in pairwise(costs)}) == 1


def cost(mandate: Mandate) -> int:
    """Give how many statements it takes to tell the changes once more."""
    MandateChange.objects.update(told_at=None)
    with CaptureQueriesContext(connection) as captured:
        assert tell_mandate(mandate.id, now=NOW) == 1
    return len(captured)
