"""A portal lists the mandates that are about its services: page by page, in its own ids, and nothing else."""

from datetime import date, timedelta

import pytest

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.mandates.actions import stop
from namens.mandates.changes import Change, MandateChange
from namens.mandates.models import Mandate, MandateService
from namens.mandates.states import EndReason, State
from namens.parties.models import Party
from namens.services.models import Portal
from tests.api.listing import BASIS, MANDATES, changed, found, happened, ids_in, page, pages, used
from tests.api.machine import Machine, is_problem, machine
from tests.counting import statements
from tests.decisions.searching import clients_of
from tests.people import NOW, active, give, terms
from tests.working import mandate_of, organisation

BOTH = ("mijn-toeslagen", "inkomstenbelasting")
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def listing(catalogue: None, signing_keys: None) -> Machine:  # noqa: ARG001 - asked for their effect
    """A portal that has a basis for lists."""
    return machine("lijst", search_basis=BASIS)


def only(asking: Machine) -> dict[str, object]:
    """Give the one mandate that this portal sees."""
    (one,) = page(asking)["machtigingen"]
    read: dict[str, object] = one
    return read


def test_it_lists_a_mandate_as_the_portal_may_know_it(listing: Machine, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram, what=terms(*BOTH))
    MandateChange.objects.all().delete()
    assert page(listing) == {
        "machtigingen": [
            {
                "machtiging": str(mandate.id),
                "volgnummer": 0,
                "vertegenwoordigde": {"soort": "persoon", "id": listing.id_of(anna)},
                "gemachtigde": {"soort": "persoon", "id": listing.id_of(bram)},
                "diensten": [
                    {
                        "dienst": "mijn-toeslagen",
                        "eersteDag": "2026-11-23",
                        "laatsteDag": "2027-11-22",
                        "status": "actief",
                    }
                ],
                "uitgezonderd": ["rekeningnummer-wijzigen"],
                "status": "actief",
                "gewijzigdOp": "2026-11-23T09:00:00Z",
            }
        ],
        "laatsteNummer": 0,
    }


def test_it_names_an_organisation_by_its_number(listing: Machine, anna: Party) -> None:
    mandate_of(anna, organisation())
    assert only(listing)["gemachtigde"] == {"soort": "organisatie", "kvkNummer": "90000011"}


def test_it_leaves_out_what_was_granted(listing: Machine, anna: Party, bram: Party) -> None:
    active(anna, bram, what=terms(granted=["rekeningnummer-wijzigen"]))
    Mandate.objects.update(granted_actions=["rekeningnummer-wijzigen"])
    assert only(listing)["uitgezonderd"] == []


def test_it_lists_nothing_that_was_never_active(listing: Machine, anna: Party, bram: Party) -> None:
    give(anna, bram)
    assert page(listing)["machtigingen"] == []


def test_it_shows_dirk_nothing_of_anna(listing: Machine, anna: Party, bram: Party) -> None:
    used(active(anna, bram), listing)
    elsewhere = machine("elders", "inkomstenbelasting", search_basis=BASIS)
    assert page(elsewhere) == {"machtigingen": [], "laatsteNummer": 0}
    assert found(elsewhere, vertegenwoordigde={"id": listing.id_of(anna)})["machtigingen"] == []


def test_it_shows_a_portal_without_a_basis_what_was_used_there(
    portal: Machine, anna: Party, bram: Party, carla: Party
) -> None:
    seen = active(anna, bram)
    mandate_of(carla, organisation())
    assert page(portal)["machtigingen"] == []
    used(seen, machine("buur"))
    assert page(portal)["machtigingen"] == []
    used(seen, portal)
    used(seen, portal)
    assert ids_in(page(portal)) == [str(seen.id)]


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        (EndReason.STOPPED_BY_REPRESENTEE, "gestopt"),
        (EndReason.STOPPED_BY_REPRESENTATIVE, "gestopt"),
        (EndReason.STOPPED_BY_HELPDESK, "gestopt"),
        (EndReason.REPLACED, "beeindigd"),
        (EndReason.ORGANISATION_LEFT, "beeindigd"),
        (EndReason.BLOCKED_DEATH, "beeindigd"),
        (EndReason.BLOCKED_GUARDIANSHIP, "beeindigd"),
        (EndReason.BLOCKED_UNDER_AGE, "beeindigd"),
        (EndReason.BLOCKED_ERRONEOUS, "beeindigd"),
    ],
    ids=str,
)
def test_it_never_says_why_a_mandate_ended(
    listing: Machine, anna: Party, bram: Party, reason: EndReason, shown: str
) -> None:
    mandate = active(anna, bram)
    Mandate.objects.filter(id=mandate.id).update(state=State.ENDED, end_reason=reason, ended_at=NOW)
    one = only(listing)
    assert one["status"] == shown
    assert "death" not in str(one)


def test_it_says_how_a_mandate_stands(listing: Machine, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram, what=terms(first_day=date(2026, 11, 25)))
    assert only(listing)["status"] == "nog-niet-begonnen"
    with clock.frozen(NOW + timedelta(days=2)):
        listing.log_in()
        assert only(listing)["status"] == "actief"
        Mandate.objects.filter(id=mandate.id).update(state=State.SUSPENDED, suspended_at=NOW)
        assert only(listing)["status"] == "onderbroken"
    with clock.frozen(NOW + timedelta(days=800)):
        listing.log_in()
        assert only(listing)["status"] == "verlopen"


def test_it_says_how_each_service_stands(catalogue: None, signing_keys: None, anna: Party, bram: Party) -> None:  # noqa: ARG001 - asked for their effect
    both = machine("beide", *BOTH, search_basis=BASIS)
    mandate = active(anna, bram, what=terms(*BOTH))
    MandateService.objects.filter(service__key="inkomstenbelasting").update(stopped_at=LATER, current=None)
    changed(mandate, Change.STOPPED, "inkomstenbelasting", at=LATER)
    lines = {one["dienst"]: one["status"] for one in page(both)["machtigingen"][0]["diensten"]}
    assert lines == {"inkomstenbelasting": "gestopt", "mijn-toeslagen": "actief"}
    assert only(both)["status"] == "actief"
    changed(mandate, Change.ENDED, "inkomstenbelasting", at=LATER)
    lines = {one["dienst"]: one["status"] for one in page(both)["machtigingen"][0]["diensten"]}
    assert lines["inkomstenbelasting"] == "beeindigd"


def test_it_lists_no_service_that_gave_way_before_the_mandate_was_active(
    listing: Machine, anna: Party, bram: Party
) -> None:
    active(anna, bram)
    MandateService.objects.update(stopped_at=NOW, current=None)
    assert page(listing)["machtigingen"] == []


def test_it_says_the_last_change_that_is_about_this_portal(listing: Machine, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram, what=terms(*BOTH))
    own = changed(mandate, Change.CHANGED, at=NOW + timedelta(minutes=1))
    changed(mandate, Change.STOPPED, "inkomstenbelasting", at=LATER)
    one = only(listing)
    assert (one["volgnummer"], one["gewijzigdOp"]) == (own.number, "2026-11-23T09:01:00Z")


def test_it_lists_what_changed_since(listing: Machine, anna: Party, bram: Party, carla: Party) -> None:
    mandate, other = active(anna, bram), mandate_of(carla, organisation(), *BOTH)
    changed(mandate, Change.CHANGED, at=LATER)
    changed(other, Change.STOPPED, "inkomstenbelasting", at=LATER)
    assert ids_in(page(listing, gewijzigdSinds="2026-11-23T11:00:00+01:00")) == [str(mandate.id)]
    assert ids_in(page(listing, gewijzigdSinds="2026-11-23T10:00:01Z")) == []


def test_it_gives_pages_without_losing_or_doubling_any(listing: Machine, bram: Party) -> None:
    clients_of(bram, 7)
    read = list(pages(listing, aantal=3))
    assert [len(ids_in(one)) for one in read] == [3, 3, 1]
    every = [mandate for one in read for mandate in ids_in(one)]
    assert every == sorted(str(mandate) for mandate in Mandate.objects.values_list("id", flat=True))


def test_it_gives_each_mandate_once_however_many_services(
    catalogue: None,  # noqa: ARG001 - asked for its effect
    signing_keys: None,  # noqa: ARG001 - asked for its effect
    anna: Party,
    carla: Party,
) -> None:
    both = machine("beide", *BOTH, search_basis=BASIS)
    for client in (anna, carla):
        mandate_of(client, organisation(), *BOTH)
    read = list(pages(both, aantal=1))
    assert [len(ids_in(one)) for one in read] == [1, 1]
    assert len({mandate for one in read for mandate in ids_in(one)}) == 2


def test_it_says_on_every_page_from_where_to_read_events_on(listing: Machine, bram: Party) -> None:
    clients_of(bram, 2)
    happened(listing, 4)
    first = page(listing, aantal=1)
    happened(listing, 2)
    second = page(listing, aantal=1, vanaf=first["volgende"])
    assert (first["laatsteNummer"], second["laatsteNummer"]) == (4, 4)


def test_it_keeps_its_place_when_mandates_end(listing: Machine, bram: Party) -> None:
    clients_of(bram, 4)
    first = page(listing, aantal=2)
    for mandate in Mandate.objects.all():
        stop(mandate=mandate.id, by=mandate.representee, now=LATER)
    second = page(listing, aantal=2, vanaf=first["volgende"])
    assert len({*ids_in(first), *ids_in(second)}) == 4
    assert "volgende" not in second


def test_it_takes_no_token_of_another_portal_or_question(listing: Machine, bram: Party) -> None:
    clients_of(bram, 2)
    token = page(listing, aantal=1)["volgende"]
    other = machine("buur", search_basis=BASIS, sector="lijst")
    assert is_problem(other.get(f"{MANDATES}?vanaf={token}"), "ongeldige-invoer", status=400)
    for query in (f"gewijzigdSinds=2026-11-23T09:00:00Z&vanaf={token}", f"vanaf={token[:-8]}AAAAAAAA", "vanaf=x"):
        assert is_problem(listing.get(f"{MANDATES}?{query}"), "ongeldige-invoer", status=400), query
    for odd in ("%00", "%C3%A9", "%F0%9F%92%A5", "a" * 1025, "dA", "="):
        assert is_problem(listing.get(f"{MANDATES}?vanaf={odd}"), "ongeldige-invoer", status=400), odd
    assert ids_in(page(listing, aantal=2, vanaf=token))


def test_it_takes_no_token_that_is_older_than_a_day(listing: Machine, bram: Party) -> None:
    clients_of(bram, 2)
    token = page(listing, aantal=1)["volgende"]
    for later, status in ((timedelta(hours=24), 200), (timedelta(hours=24, seconds=1), 400)):
        with clock.frozen(NOW + later):
            listing.log_in()
            assert listing.get(f"{MANDATES}?vanaf={token}").status_code == status


def test_it_says_nothing_with_a_token(listing: Machine, bram: Party) -> None:
    clients_of(bram, 2)
    tokens = {page(listing, aantal=1)["volgende"] for _ in range(2)}
    assert len(tokens) == 2
    for token in tokens:
        assert len(token) < 512
        assert token.replace("-", "").replace("_", "").isalnum()


def test_it_takes_no_moment_that_is_none(listing: Machine) -> None:
    odd = ("2026-11-23T09:00:00", "2026-11-23", "1700000000", "gisteren", "2026-11-23T09:00:00+01:00", "")
    for moment in odd:  # An unwritten plus is a space.
        assert is_problem(listing.get(f"{MANDATES}?gewijzigdSinds={moment}"), "ongeldige-invoer", status=400), moment
    first = "0001-01-01T00:00:00%2B23:59"
    assert is_problem(listing.get(f"{MANDATES}?gewijzigdSinds={first}"), "ongeldige-invoer", status=400)


def test_it_lets_an_auditor_see_what_was_read(listing: Machine, bram: Party) -> None:
    clients_of(bram, 3)
    list(pages(listing, aantal=2, gewijzigdSinds="2020-01-01T00:00:00Z"))
    page(listing, aantal=2)
    entries = JournalEntry.objects.filter(event=Event.MANDATES_LISTED, portal=listing.portal.id).order_by("id")
    told = [(one.details["count"], one.details["since"], one.details["first_page"]) for one in entries]
    assert told[-1] == (2, None, True)
    assert told[0][1:] == ("2020-01-01T00:00:00+00:00", True)


def test_it_notes_nothing_for_a_question_that_was_refused(listing: Machine) -> None:
    listing.get(f"{MANDATES}?vanaf=x")
    assert not JournalEntry.objects.filter(event=Event.MANDATES_LISTED).exists()


def test_it_costs_the_same_for_one_and_for_many(listing: Machine, bram: Party) -> None:
    clients_of(bram, 1)
    listing.get(MANDATES)
    few = statements(lambda: listing.get(MANDATES))
    clients_of(bram, 40)
    assert statements(lambda: listing.get(MANDATES)) == few
    assert few <= 12


def test_it_lists_nothing_of_a_service_that_is_not_offered_any_more(listing: Machine, anna: Party, bram: Party) -> None:
    active(anna, bram)
    listing.portal.services.update(active=False)
    assert page(listing) == {"machtigingen": [], "laatsteNummer": 0}


def test_it_lists_no_more_once_the_basis_is_gone(listing: Machine, bram: Party) -> None:
    clients_of(bram, 2)
    token = page(listing, aantal=1)["volgende"]
    Portal.objects.update(search_basis="")
    assert page(listing, vanaf=token)["machtigingen"] == []
