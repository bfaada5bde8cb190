"""What the letters tell, and to whom: confirmations, endings, the overview, and codes from a call."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from namens.codes.actions import Match
from namens.journal.events import Channel
from namens.lib.periods import Duration
from namens.mandates.actions import activate, block, stop
from namens.mandates.letters import ask_overview
from namens.mandates.models import Mandate
from namens.outbox.models import OutboxRow
from namens.parties.facts import StopSignal
from namens.parties.models import Party, Person
from namens.post.wanted import is_wanted
from tests.asking import phoned, requested, says_yes
from tests.letters import asked_for, codes_in, made, text_of, tries
from tests.people import NOW, active, of, terms, told

pytestmark = pytest.mark.usefixtures("catalogue")
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("origin", "sentence"), [("given", "U gaf het zelf"), ("requested", "Bram Bakker gaf"), ("by-phone", "helpdesk")]
)
def test_it_says_in_the_confirmation_who_supplied_the_number(
    anna: Party, bram: Party, carla: Party, origin: str, sentence: str
) -> None:
    if origin == "given":
        active(anna, bram)
    elif origin == "requested":
        says_yes(requested(anna, bram), anna)
    else:
        by_phone(anna, bram, carla)
    text = text_of(made("confirmation"))
    assert sentence.lower() in text.lower()
    assert "het rekeningnummer wijzigen" in text
    assert "Dit klopt niet" in text


def by_phone(client: Party, helper: Party, agent: Party, *, duration: Duration = Duration.ONE_YEAR) -> Mandate:
    """Give a mandate that was arranged by phone and activated with the code of the letter."""
    mandate = phoned(client, helper, agent=agent, duration=duration)
    match = tries(codes_in(made("code"))[0], helper)
    assert isinstance(match, Match)
    activate(code=match.code, helper=helper, now=NOW)
    return of(mandate)


def test_it_tells_who_never_logged_in_again_after_four_weeks(anna: Party, bram: Party, carla: Party) -> None:
    mandate = by_phone(anna, bram, carla)
    again = OutboxRow.objects.get(payload__letter="again")
    assert again.due_at == NOW + 28 * DAY
    assert is_wanted(asked_for("again"), now=again.due_at)
    stop(mandate=mandate.id, by=anna, now=NOW)
    assert not is_wanted(asked_for("again"), now=again.due_at)


def test_it_does_not_tell_who_logged_in_again(anna: Party, bram: Party) -> None:
    active(anna, bram)
    says_yes(requested(anna, bram), anna)
    assert not OutboxRow.objects.filter(payload__letter="again").exists()


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


def test_it_holds_in_an_overview_what_runs_and_nothing_else(anna: Party, bram: Party, carla: Party) -> None:
    active(anna, bram)
    stop(mandate=active(anna, carla).id, by=anna, now=NOW)
    with transaction.atomic():
        ask_overview(party=anna.id, now=NOW)
    text = text_of(made("overview"))
    assert "Bram Bakker" in text
    assert "Carla Mulder" not in text


def test_it_is_written_as_the_reader_wants_it(anna: Party, bram: Party) -> None:
    Person.objects.filter(party=anna).update(letter_language="en", large_print=True)
    requested(anna, bram)
    assert "Your code" in text_of(made("code"))


def test_it_opens_three_months_with_an_open_code_by_letter(anna: Party, bram: Party, carla: Party) -> None:
    mandate = phoned(anna, None, agent=carla)
    match = tries(codes_in(made("code"))[0], bram)
    assert isinstance(match, Match)
    activate(code=match.code, helper=bram, now=NOW)
    assert of(mandate).last_day == date(2027, 2, 22)
    assert of(mandate).representative_id == bram.id


def test_it_makes_one_year_of_five_without_a_login(anna: Party, bram: Party, carla: Party) -> None:
    assert by_phone(anna, bram, carla, duration=Duration.FIVE_YEARS).last_day == date(2027, 11, 22)
