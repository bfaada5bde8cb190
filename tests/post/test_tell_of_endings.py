"""An ending goes on paper: who stopped it when it was a person, and never why when it was the law."""

import pytest

from namens.journal.events import Channel
from namens.mandates.actions import block, stop
from namens.outbox.models import OutboxRow
from namens.parties.facts import StopSignal
from namens.parties.models import Party
from namens.post.wanted import is_wanted
from tests.asking import requested
from tests.letters import asked_for, made, text_of
from tests.people import NOW, active, terms, told

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.mark.parametrize("by", ["anna", "bram"])
def test_it_tells_of_the_ending_on_paper(anna: Party, bram: Party, by: str) -> None:
    mandate = active(anna, bram)
    stop(mandate=mandate.id, by={"anna": anna, "bram": bram}[by], now=NOW)
    text = text_of(made("ending"))
    assert "Bram Bakker" in text
    assert "23 november 2026" in text


def test_it_tells_of_one_service_on_paper_that_was_stopped_by_phone(anna: Party, bram: Party, carla: Party) -> None:
    mandate = active(anna, bram, what=terms("mijn-toeslagen", "inkomstenbelasting"))
    stop(mandate=mandate.id, by=anna, now=NOW, service="mijn-toeslagen", desk=carla.id)
    assert is_wanted(asked_for("ending"), now=NOW)
    text = text_of(made("ending"))
    stopped, goes_on = text.split("Dit loopt door:")
    assert ("Mijn toeslagen" in stopped, "Inkomstenbelasting" in stopped) == (True, False)
    assert "Inkomstenbelasting" in goes_on
    assert "helpdesk" in stopped


@pytest.mark.parametrize(
    ("who", "signal", "told_of_it"),
    [
        ("bram", StopSignal.DECEASED, True),
        ("bram", StopSignal.ERRONEOUS, True),
        ("anna", StopSignal.GUARDIANSHIP, True),
        ("anna", StopSignal.DECEASED, False),
    ],
)
def test_it_tells_a_living_client_on_paper_of_an_end_by_law_and_not_why(
    anna: Party,
    bram: Party,
    who: str,
    signal: StopSignal,
    told_of_it: bool,  # noqa: FBT001 - a case
) -> None:
    active(anna, bram)
    person = told({"anna": anna, "bram": bram}[who], signals=[signal]).person
    block(person=person, now=NOW, channel=Channel.WORKER)
    assert OutboxRow.objects.filter(payload__letter="ending").exists() == told_of_it
    if told_of_it:
        assert "Dit is gestopt op 23 november 2026" in text_of(made("ending"))


def test_it_tells_nothing_on_paper_of_what_never_began(anna: Party, bram: Party) -> None:
    mandate = requested(anna, bram)
    stop(mandate=mandate.id, by=anna, now=NOW)
    assert not OutboxRow.objects.filter(payload__letter="ending").exists()
