"""A client gives a mandate to an organisation: with a code the first time, with the own yes alone afterwards."""

from datetime import timedelta

import pytest

from namens.codes.models import ActivationCode
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.assurance import AssuranceLevel
from namens.mandates.actions import offer, stop
from namens.mandates.actions.offer import ActiveAtOnce, GivenMandate
from namens.mandates.models import Mandate, MandateService
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import EndReason, State
from namens.mandates.terms import Terms
from namens.organisations.models import Assignment, Block, Organisation, Status
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from tests.people import NOW, TODAY, active, give, of, terms
from tests.working import mandate_of, organisation

pytestmark = pytest.mark.usefixtures("catalogue")


def given(giver: Party, helper: Party, what: Terms | None = None) -> GivenMandate | ActiveAtOnce:
    return offer(
        representee=giver,
        representative=helper,
        terms=what or terms(),
        level=AssuranceLevel.SUBSTANTIAL,
        under_administration=False,
        now=NOW,
    )


def test_it_gives_a_code_for_an_organisation_that_is_new_to_the_client(anna: Party, bram: Party) -> None:
    mandate_of(bram, organisation())
    made = given(anna, organisation().party)
    assert isinstance(made, GivenMandate)
    assert made.mandate.state == State.OFFERED
    assert ActivationCode.objects.get().helper == organisation().party_id


def test_it_gives_a_code_while_an_earlier_one_was_never_used(anna: Party) -> None:
    give(anna, organisation().party)
    assert isinstance(given(anna, organisation().party), GivenMandate)


def test_it_needs_no_code_for_one_that_was_mandated_before(anna: Party) -> None:
    before = mandate_of(anna, organisation(), now=NOW - timedelta(days=9))
    stop(mandate=before.id, by=anna, now=NOW)
    letters = OutboxRow.objects.filter(kind=Kind.LETTER).count()
    made = given(anna, organisation().party, terms("inkomstenbelasting"))
    assert isinstance(made, ActiveAtOnce)
    found = of(made.mandate)
    assert (found.state, found.activated_at, found.representative_id) == (State.ACTIVE, NOW, organisation().party_id)
    assert MandateService.objects.get(mandate=found).current
    assert not ActivationCode.objects.exists()
    entry = JournalEntry.objects.get(event=Event.MANDATE_ACTIVATED)
    assert (entry.actor, entry.subject, entry.mandate) == (anna.id, anna.id, found.id)
    row = OutboxRow.objects.filter(kind=Kind.LETTER).order_by("id").last()
    assert OutboxRow.objects.filter(kind=Kind.LETTER).count() == letters + 1
    assert row is not None
    assert row.payload["letter"] == "confirmation"
    assert not Assignment.objects.exists()


def test_it_takes_the_place_of_what_runs(anna: Party) -> None:
    before = mandate_of(anna, organisation(), now=NOW - timedelta(days=9))
    given(anna, organisation().party)
    assert of(before).end_reason == EndReason.REPLACED
    assert MandateService.objects.filter(current=True).count() == 1


def test_it_always_gives_a_code_for_a_person(anna: Party, bram: Party) -> None:
    active(anna, bram)
    assert isinstance(given(anna, bram), GivenMandate)


@pytest.mark.parametrize("change", ["proposed", "gone", "blocked"])
def test_it_refuses_one_that_does_not_take_part(anna: Party, change: str) -> None:
    mandate_of(anna, organisation())
    works_for = organisation()
    if change == "proposed":
        Organisation.objects.update(status=Status.PROPOSED)
    elif change == "gone":
        Organisation.objects.update(last_day=TODAY - timedelta(days=1))
    else:
        Block.objects.create(organisation=works_for, blocked_by="Olga", since=NOW)
    with pytest.raises(MandateRefused, match=MandateReason.ORGANISATION_NOT_HERE):
        given(anna, works_for.party)
    assert Mandate.objects.count() == 1
