"""Making a letter: what it brings, what is kept of it, and what ends it before it leaves."""

import base64
from datetime import date, timedelta

import pytest
from django.db import transaction

from namens.codes.actions import Match
from namens.codes.models import ActivationCode
from namens.codes.plain import PlainCode
from namens.codes.refusals import CodeRefusal
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.periods import Duration
from namens.mandates.actions import Activated, activate, decline, letter_again, stop, try_code, withdraw
from namens.mandates.letters import ask_overview
from namens.mandates.models import Mandate, MandateRequest
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party, Person
from namens.post import actions as post
from namens.post.models import Letter, LetterItem, Outcome
from namens.post.wanted import is_wanted
from tests.asking import phoned, requested, says_yes
from tests.letters import HOME, asked_for, made, text_of
from tests.people import BSNS, NOW, TODAY, active, of

pytestmark = pytest.mark.usefixtures("catalogue")
DAY = timedelta(days=1)


def codes_in(letter: Letter) -> list[PlainCode]:
    """Give the codes that stand in a letter, as somebody would read them."""
    words = text_of(letter).split()
    return [PlainCode.parse(word) for word in words if len(word) == 14 and word.count("-") == 2]


def tries(code: PlainCode, helper: Party, *, at_day: int = 0) -> Match | CodeRefusal:
    return try_code(code=code, bsn=BSNS["anna"], helper=helper, now=NOW + at_day * DAY)


def do_post(letter: Letter, *, at_day: int = 0) -> None:
    with transaction.atomic():
        post.posted(letter.id, now=NOW + at_day * DAY)


def test_it_brings_a_code_that_the_helper_can_use(anna: Party, bram: Party) -> None:
    mandate = requested(anna, bram)
    [code] = codes_in(made("code"))
    match = tries(code, bram)
    assert isinstance(match, Match)
    assert isinstance(activate(code=match.code, helper=bram, now=NOW), Activated)
    assert (of(mandate).first_day, of(mandate).last_day) == (TODAY, date(2027, 11, 22))


def test_it_names_helper_services_and_length_and_no_number(anna: Party, bram: Party) -> None:
    requested(anna, bram)
    text = text_of(made("code"))
    assert "Bram Bakker" in text
    assert "Mijn toeslagen" in text
    assert "1 jaar" in text
    assert BSNS["anna"].digits not in text


def test_it_is_kept_encrypted_and_the_code_nowhere_else(anna: Party, bram: Party) -> None:
    requested(anna, bram)
    letter = made("code")
    symbols = codes_in(letter)[0].symbols
    kept = str([*Letter.objects.values(), *LetterItem.objects.values(), *ActivationCode.objects.values()])
    written = kept + str([*JournalEntry.objects.values(), *OutboxRow.objects.values()])
    assert symbols not in written.replace("-", "")
    assert base64.b64encode(b"%PDF").decode().rstrip("=") not in written


def test_it_puts_the_way_to_the_printer_in_the_same_transaction(anna: Party, bram: Party) -> None:
    requested(anna, bram)
    with transaction.atomic():
        post.make(asked_for("code"), to=HOME, now=NOW)
        transaction.set_rollback(True)
    assert (Letter.objects.count(), ActivationCode.objects.count()) == (0, 0)
    assert not OutboxRow.objects.filter(kind=Kind.PRINT).exists()
    letter = made("code")
    assert OutboxRow.objects.get(kind=Kind.PRINT).payload == {"letter": str(letter.id)}


def test_it_takes_along_what_the_same_helper_asked_meanwhile(anna: Party, bram: Party, carla: Party) -> None:
    first, second = requested(anna, bram), requested(anna, bram, keys=("inkomstenbelasting",))
    requested(anna, carla)
    letter = made("code", mandate=first)
    assert len(codes_in(letter)) == 2
    assert not is_wanted(asked_for("code", mandate=second), now=NOW)


def test_it_lets_an_older_code_live_to_the_eve_of_the_day_on_which_the_newer_letter_is_due(
    anna: Party, bram: Party, carla: Party
) -> None:
    mandate = requested(anna, bram)
    [older] = codes_in(made("code"))
    letter_again(mandate=mandate.id, caller=anna.id, agent=carla.id, now=NOW + DAY)
    [newer] = codes_in(made("code", now=NOW + DAY))
    # Asked on Tuesday 24 November: there on Tuesday 1 December at the latest.
    assert isinstance(tries(older, bram, at_day=7), Match)
    assert isinstance(tries(older, bram, at_day=8), CodeRefusal)
    assert isinstance(tries(newer, bram, at_day=8), Match)


def test_it_lets_an_older_code_live_until_the_newer_letter_can_be_there_when_that_is_late(
    anna: Party, bram: Party, carla: Party
) -> None:
    mandate = requested(anna, bram)
    [older] = codes_in(made("code"))
    letter_again(mandate=mandate.id, caller=anna.id, agent=carla.id, now=NOW + DAY)
    made("code", now=NOW + 14 * DAY)
    # Made on Monday 7 December: there on Monday 14 December at the latest.
    assert isinstance(tries(older, bram, at_day=20), Match)
    assert isinstance(tries(older, bram, at_day=21), CodeRefusal)


def test_it_promises_no_code_for_longer_than_the_first_of_them_works(anna: Party, bram: Party) -> None:
    first = requested(anna, bram)
    requested(anna, bram, keys=("inkomstenbelasting",), now=NOW + 38 * DAY)
    text = text_of(made("code", now=NOW + 38 * DAY))
    assert (first.waits_until, "tot en met 4 januari 2027" in text) == (date(2027, 1, 4), True)


def test_it_kills_the_other_code_when_one_is_used(anna: Party, bram: Party, carla: Party) -> None:
    mandate = requested(anna, bram)
    [older] = codes_in(made("code"))
    letter_again(mandate=mandate.id, caller=anna.id, agent=carla.id, now=NOW)
    made("code")
    match = tries(older, bram)
    assert isinstance(match, Match)
    activate(code=match.code, helper=bram, now=NOW)
    assert not ActivationCode.objects.filter(killed_at__isnull=True, redeemed_at__isnull=True).exists()


def test_it_is_erased_when_it_is_posted_and_then_the_days_of_the_code_begin(anna: Party, bram: Party) -> None:
    requested(anna, bram)
    letter = made("code")
    do_post(letter, at_day=3)
    kept = Letter.objects.get()
    assert (kept.outcome, kept.sealed, kept.posted_at) == (Outcome.POSTED, "", NOW + 3 * DAY)
    assert ActivationCode.objects.get().last_day == TODAY + 31 * DAY
    assert JournalEntry.objects.filter(event=Event.LETTER_POSTED).count() == 1


def test_it_is_posted_once(anna: Party, bram: Party) -> None:
    requested(anna, bram)
    letter = made("code")
    do_post(letter)
    do_post(letter, at_day=9)
    assert Letter.objects.get().posted_at == NOW
    assert ActivationCode.objects.get().last_day == TODAY + 28 * DAY


def test_it_brings_no_code_that_outlives_the_request(anna: Party, bram: Party) -> None:
    requested(anna, bram)
    do_post(made("code", now=NOW + 20 * DAY), at_day=20)
    assert ActivationCode.objects.get().last_day == TODAY + 42 * DAY


@pytest.mark.parametrize("how", ["yes", "no", "taken back"])
def test_it_is_not_printed_when_nobody_wants_its_code_any_more(anna: Party, bram: Party, how: str) -> None:
    mandate = requested(anna, bram)
    letter = made("code")
    if how == "yes":
        says_yes(mandate, anna)
    elif how == "no":
        decline(mandate=mandate.id, by=anna, is_unknown=False, now=NOW)
    else:
        withdraw(asked=MandateRequest.objects.get().id, by=bram, now=NOW)
    assert post.sheet_of(letter.id, now=NOW) is None
    with transaction.atomic():
        post.not_posted(letter.id, obstacle="", now=NOW)
    assert (Letter.objects.get().outcome, Letter.objects.get().sealed) == (Outcome.NOT_WANTED, "")


def test_it_keeps_the_reason_when_a_letter_has_nowhere_to_go(anna: Party, bram: Party) -> None:
    requested(anna, bram)
    with transaction.atomic():
        post.leave_unsent(asked_for("code"), obstacle="abroad", now=NOW)
    letter = Letter.objects.get()
    assert (letter.outcome, letter.obstacle, ActivationCode.objects.count()) == (Outcome.NOWHERE_TO_SEND, "abroad", 0)
    assert JournalEntry.objects.get(event=Event.LETTER_NOT_SENT).result == "abroad"


def test_it_kills_the_code_of_a_letter_that_comes_back(anna: Party, bram: Party) -> None:
    requested(anna, bram)
    letter = made("code")
    [code] = codes_in(letter)
    do_post(letter)
    assert post.returned(letter.reference, now=NOW + DAY)
    assert not post.returned(letter.reference, now=NOW + DAY)
    assert not post.returned("ZZZ-ZZZ-ZZZ", now=NOW + DAY)
    assert isinstance(tries(code, bram, at_day=1), CodeRefusal)
    assert Letter.objects.get().returned_at == NOW + DAY


def test_it_lets_the_code_of_a_newer_letter_live_when_the_older_letter_comes_back(
    anna: Party, bram: Party, carla: Party
) -> None:
    mandate = requested(anna, bram)
    older = made("code")
    do_post(older)
    letter_again(mandate=mandate.id, caller=anna.id, agent=carla.id, now=NOW + DAY)
    newer = made("code", now=NOW + DAY)
    [code] = codes_in(newer)
    do_post(newer, at_day=1)
    assert post.returned(older.reference, now=NOW + 2 * DAY)
    assert isinstance(tries(code, bram, at_day=2), Match)


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
