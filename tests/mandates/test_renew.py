"""A member asks a client of the organisation to go on."""

from datetime import date, timedelta

import pytest

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.periods import Duration
from namens.mandates.actions import decline, withdraw
from namens.mandates.actions.renew import ask_renewal
from namens.mandates.models import Mandate, MandateRequest, MandateService
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.renewals import pending, renewals_of
from namens.mandates.requests_of import Standing, standing_of, waiting_for
from namens.organisations.models import Assignment, LeftOut, Member, Team
from namens.organisations.reach import grounds_of
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from tests.people import NOW, TODAY, of, services
from tests.working import licence, mandate_of, member, organisation

SOON = TODAY + timedelta(days=20)


@pytest.fixture
def sam(catalogue: None) -> Member:  # noqa: ARG001 - asked for its effect
    """Sam, who has a licence for *Mijn toeslagen*."""
    sam = member(organisation())
    licence(sam)
    return sam


@pytest.fixture
def mandate(anna: Party, sam: Member) -> Mandate:
    """Anna's mandate, which ends soon."""
    return mandate_of(anna, sam.organisation, last_day=SOON)


def refusal(mandate: Mandate, who: Member, *, days: int = 0) -> MandateReason:
    """Give why it is refused; nothing is written then."""
    before = (Mandate.objects.count(), MandateRequest.objects.count(), JournalEntry.objects.count())
    with pytest.raises(MandateRefused) as refused:
        ask_renewal(mandate=mandate.id, member=who, now=NOW + timedelta(days=days))
    assert (Mandate.objects.count(), MandateRequest.objects.count(), JournalEntry.objects.count()) == before
    return refused.value.reason


def test_it_makes_a_mandate_that_waits_for_the_client_beside_the_one_that_ends(
    anna: Party, sam: Member, mandate: Mandate
) -> None:
    asked = ask_renewal(mandate=mandate.id, member=sam, now=NOW)
    assert asked.mandate is not None
    made = asked.mandate
    assert (made.state, made.representee, made.representative) == ("requested", anna, sam.organisation.party)
    assert [line.service.key for line in made.lines.all()] == ["mijn-toeslagen"]
    assert (asked.label, asked.asked_by_member, asked.renews) == ("Anna de Vries", sam, mandate)
    assert list(waiting_for(anna, now=NOW)) == [made]
    assert of(mandate).state == "active"
    letter = OutboxRow.objects.get(kind=Kind.LETTER)
    assert (letter.payload["letter"], letter.payload["mandate"]) == ("code", str(made.id))
    entry = JournalEntry.objects.get(event=Event.RENEWAL_ASKED)
    assert (entry.actor, entry.subject, entry.mandate) == (sam.party_id, anna.id, made.id)


@pytest.mark.parametrize(
    ("first_day", "last_day", "length"),
    [
        (date(2025, 12, 14), SOON, Duration.ONE_YEAR),
        (date(2025, 12, 13), SOON, Duration.ONE_YEAR),
        (date(2026, 11, 1), SOON, Duration.ONE_MONTH),
        (date(2026, 12, 1), SOON, Duration.ONE_MONTH),
        (date(2021, 12, 14), SOON, Duration.FIVE_YEARS),
    ],
)
def test_it_asks_for_the_length_that_it_had(
    sam: Member, mandate: Mandate, first_day: date, last_day: date, length: Duration
) -> None:
    Mandate.objects.filter(id=mandate.id).update(first_day=first_day, last_day=last_day)
    longest = min(service.longest_months for service in services("mijn-toeslagen"))
    asked = ask_renewal(mandate=mandate.id, member=sam, now=NOW)
    assert Duration(asked.duration).months <= longest
    assert asked.duration == length or length.months > longest


def test_it_asks_once_and_goes_on_to_say_so_when_the_client_said_no(anna: Party, sam: Member, mandate: Mandate) -> None:
    asked = ask_renewal(mandate=mandate.id, member=sam, now=NOW)
    assert asked.mandate is not None
    before = standing_of(asked, today=TODAY)
    assert refusal(mandate, sam) is MandateReason.RENEWAL_ASKED
    decline(mandate=asked.mandate.id, by=anna, is_unknown=False, now=NOW)
    asked = MandateRequest.objects.get(id=asked.id)
    assert standing_of(asked, today=TODAY) is before is Standing.LETTER_COMES
    assert refusal(mandate, sam) is MandateReason.RENEWAL_ASKED
    assert list(pending(sam, clients=[anna.id], today=TODAY)) == [anna.id]


def test_it_can_be_asked_again_once_it_was_taken_back(anna: Party, sam: Member, mandate: Mandate) -> None:
    asked = ask_renewal(mandate=mandate.id, member=sam, now=NOW)
    withdraw(asked=asked.id, by=sam.organisation.party, member=sam, now=NOW)
    assert pending(sam, clients=[anna.id], today=TODAY) == {}
    again = ask_renewal(mandate=mandate.id, member=sam, now=NOW)
    first, second = OutboxRow.objects.filter(kind=Kind.LETTER).order_by("due_at")
    assert second.due_at - first.due_at == timedelta(days=1), "one letter a day for these two"
    assert again.letter_by > asked.letter_by


def test_it_is_refused_where_a_licence_or_the_reach_is_missing(
    anna: Party, bram: Party, sam: Member, mandate: Mandate
) -> None:
    works_for = sam.organisation
    mia = member(works_for, "Mia", is_manager=True)
    assert refusal(mandate, mia) is MandateReason.NO_LICENCE
    wide = mandate_of(bram, works_for, "mijn-toeslagen", "inkomstenbelasting", last_day=SOON)
    assert refusal(wide, sam) is MandateReason.NO_LICENCE
    north = Team.objects.create(organisation=works_for, name="Noord")
    Assignment.objects.create(organisation=works_for, client=anna, team=north, since=NOW)
    assert refusal(mandate, sam) is MandateReason.NO_LICENCE
    Assignment.objects.all().delete()
    LeftOut.objects.create(client=anna, member=sam, since=NOW)
    assert refusal(mandate, sam) is MandateReason.NO_LICENCE


def test_it_is_refused_for_a_mandate_of_somebody_else(anna: Party, bram: Party, dirk: Party, sam: Member) -> None:
    elsewhere = mandate_of(anna, organisation("De Brug"), last_day=SOON)
    assert refusal(elsewhere, sam) is MandateReason.NOT_YOURS
    private = mandate_of(dirk, sam.organisation, last_day=SOON)
    MandateService.objects.filter(mandate=private).update(representative=bram)
    Mandate.objects.filter(id=private.id).update(representative=bram)
    assert refusal(private, sam) is MandateReason.NOT_YOURS
    carla = member(organisation("De Brug"), "Carla")
    licence(carla)
    assert refusal(mandate_of(anna, sam.organisation, last_day=SOON), carla) is MandateReason.NOT_YOURS


def test_it_is_refused_too_early_and_after_the_end(sam: Member, mandate: Mandate) -> None:
    Mandate.objects.filter(id=mandate.id).update(last_day=TODAY + timedelta(days=93))
    MandateService.objects.filter(mandate=mandate).update(last_day=TODAY + timedelta(days=93))
    assert refusal(mandate, sam) is MandateReason.RENEWAL_TOO_EARLY
    ask_renewal(mandate=mandate.id, member=sam, now=NOW + timedelta(days=1))
    assert refusal(mandate, sam, days=94) is MandateReason.NOT_POSSIBLE


def test_it_leaves_out_what_a_newer_mandate_took_the_place_of(anna: Party, sam: Member, mandate: Mandate) -> None:
    MandateService.objects.filter(mandate=mandate).update(current=None)
    newer = mandate_of(anna, sam.organisation)
    found = renewals_of(sam, clients=[anna.id], grounds=grounds_of(sam, now=NOW), now=NOW)
    assert [one.mandate for one in found] == [newer]
    assert refusal(mandate, sam) is MandateReason.NOT_POSSIBLE
