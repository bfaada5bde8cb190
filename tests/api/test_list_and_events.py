"""What a portal reads in the list and what it hears in events are the same words, whatever people do."""

from datetime import timedelta
from uuid import UUID

import pytest

from namens.journal.events import Channel
from namens.lib import clock
from namens.mandates import actions
from namens.mandates.models import Mandate, ReportKind
from namens.organisations.models import Organisation
from namens.parties.facts import StopSignal
from namens.parties.models import Party
from tests.api.listing import BASIS, page
from tests.api.machine import Machine, machine
from tests.exchange.hearing import heard, tell
from tests.people import NOW, TODAY, active, terms, told
from tests.working import activated, licence, member, organisation

ALLOWANCES, TAXES = "mijn-toeslagen", "inkomstenbelasting"
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
LATER, LATEST = NOW + MINUTE, NOW + 2 * MINUTE


@pytest.fixture
def both(catalogue: None, signing_keys: None) -> Machine:  # noqa: ARG001 - asked for their effect
    """A portal for both services, with a basis."""
    return machine("beide", ALLOWANCES, TAXES, search_basis=BASIS)


def listed(asking: Machine, mandate: Mandate) -> dict[str, str]:
    """Give how each service of this mandate stands in the list."""
    (one,) = [one for one in page(asking)["machtigingen"] if one["machtiging"] == str(mandate.id)]
    return {line["dienst"]: line["status"] for line in one["diensten"]}


def told_last(asking: Machine, mandate: Mandate) -> dict[str, str]:
    """Give what events said last of each service of this mandate."""
    tell(at=NOW + DAY)
    events = [event for event in heard(asking.portal) if event.about == mandate.id]
    return {key: event.kind.removeprefix("machtiging.") for event in events for key in event.data["diensten"]}


@pytest.mark.parametrize(
    ("who", "word"),
    [
        ("client", "gestopt"),
        ("helper", "gestopt"),
        ("helpdesk", "gestopt"),
        ("newer", "beeindigd"),
        ("dead", "beeindigd"),
        ("guardianship", "beeindigd"),
    ],
)
def test_it_says_the_same_of_every_end(both: Machine, anna: Party, bram: Party, who: str, word: str) -> None:
    mandate = active(anna, bram, what=terms(ALLOWANCES, TAXES))
    if who == "newer":
        active(anna, bram, what=terms(ALLOWANCES, TAXES), now=LATER)
    elif who in {"dead", "guardianship"}:
        signal = StopSignal.DECEASED if who == "dead" else StopSignal.GUARDIANSHIP
        actions.block(person=told(anna, signals=[signal]).person, now=LATER, channel=Channel.WORKER)
    else:
        desk = UUID(int=7) if who == "helpdesk" else None
        actions.stop(mandate=mandate.id, by=bram if who == "helper" else anna, now=LATER, desk=desk)
    assert told_last(both, mandate) == listed(both, mandate) == {ALLOWANCES: word, TAXES: word}


def test_it_says_the_same_of_an_organisation_that_leaves(both: Machine, anna: Party) -> None:
    sam = member(organisation())
    licence(sam, ALLOWANCES, TAXES)
    mandate = activated(anna, sam)
    Mandate.objects.filter(id=mandate.id).update(first_day=TODAY + 9 * DAY)
    Organisation.objects.filter(party=mandate.representative_id).update(last_day=TODAY + 5 * DAY)
    actions.end_with_organisation(organisation=organisation().party_id, now=LATER)
    assert told_last(both, mandate) == listed(both, mandate)
    assert set(listed(both, mandate).values()) == {"beeindigd"}


@pytest.mark.parametrize("first", ["stopped", "newer"])
def test_it_keeps_the_word_of_a_service_that_ended_before_the_rest(
    both: Machine, anna: Party, bram: Party, first: str
) -> None:
    mandate = active(anna, bram, what=terms(ALLOWANCES, TAXES))
    if first == "stopped":
        actions.stop(mandate=mandate.id, by=anna, now=LATER, service=TAXES)
        signal = [StopSignal.GUARDIANSHIP]
        actions.block(person=told(anna, signals=signal).person, now=LATEST, channel=Channel.WORKER)
        words = {ALLOWANCES: "beeindigd", TAXES: "gestopt"}
    else:
        active(anna, bram, what=terms(TAXES), now=LATER)
        actions.stop(mandate=mandate.id, by=anna, now=LATEST)
        words = {ALLOWANCES: "gestopt", TAXES: "beeindigd"}
    assert told_last(both, mandate) == listed(both, mandate) == words


def test_it_never_says_what_happened_to_what_was_over(both: Machine, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram, what=terms(ALLOWANCES, TAXES, last_day=TODAY))
    later = NOW + DAY
    actions.block(person=told(anna, signals=[StopSignal.DECEASED]).person, now=later, channel=Channel.WORKER)
    assert set(told_last(both, mandate).values()) == {"beeindigd"}
    with clock.frozen(later):
        both.log_in()
        assert set(listed(both, mandate).values()) == {"verlopen"}


def test_it_leaves_out_the_same(both: Machine, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram, what=terms(ALLOWANCES, TAXES))
    seen = []
    for act in ("report", "stop", "restore"):
        if act == "report":
            actions.report(mandate=mandate.id, by=anna, kind=ReportKind.UNWANTED, now=LATER)
        elif act == "stop":
            actions.stop(mandate=mandate.id, by=anna, now=LATER, service=ALLOWANCES)
            continue
        else:
            actions.restore(mandate=mandate.id, by=anna, now=LATEST)
        tell(at=LATEST)
        (one,) = page(both)["machtigingen"]
        assert heard(both.portal)[-1].data["uitgezonderd"] == one["uitgezonderd"]
        seen.append(one["uitgezonderd"])
    assert "rekeningnummer-wijzigen" in seen[0]
