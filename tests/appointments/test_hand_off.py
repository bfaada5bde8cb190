"""Making a hand-off and opening it: once, in time, by one person, and everybody else gets one and the same answer."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings
from structlog.testing import capture_logs

from namens.appointments.actions import (
    MadeHandOff,
    Opened,
    forget_spent,
    open_hand_off,
    withdraw_hand_off,
)
from namens.appointments.models import HandOff
from namens.appointments.plain import InvalidHandOff, PlainId, PlainNumber
from namens.appointments.queries import Standing, other_half, own_hand_off, shown, still_waiting
from namens.appointments.refusals import HandOffReason, HandOffRefusal, HandOffRefused
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.limits import Limit
from namens.lib.periods import Duration
from namens.mandates.actions import decline, lapse
from namens.mandates.models import MandateRequest
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.parties.models import Party
from tests.asking import says_yes, yes
from tests.at_table import MINUTE, hands_off, hands_off_at_work, opens
from tests.parallel import at_once
from tests.people import NOW, active
from tests.working import licence, member, organisation

GONE, PAUSED = HandOffRefusal(HandOffReason.GONE), HandOffRefusal(HandOffReason.PAUSED)
SOON = NOW + MINUTE
pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def made(bram: Party, catalogue: None) -> MadeHandOff:  # noqa: ARG001 - asked for its effect
    """What Bram made."""
    return hands_off(bram)


def standing(made: MadeHandOff, helper: Party, *, now: datetime = SOON) -> Standing:
    return own_hand_off(helper, asked=made.hand_off.request_id, now=now)[1]


def tries(by: PlainId | PlainNumber, client: Party, *, now: datetime = SOON) -> Opened | HandOffRefusal:
    return open_hand_off(by=by, client=client, now=now)


def today_only(made: MadeHandOff, client: Party) -> None:
    says_yes(opens(made.id, client), client, answer=yes(duration=Duration.TODAY), now=SOON)


def test_it_shows_neither_id_nor_number_unless_asked(made: MadeHandOff) -> None:
    assert str(made.id) == repr(made.id) == "<id>"
    assert str(made.number) == repr(made.number) == "<number>"
    kept = str(HandOff.objects.values().get())
    assert made.id.reveal() not in kept
    assert made.number.digits not in kept
    assert made.id.reveal() not in str(made)


@pytest.mark.parametrize("typed", ["12345678", "1234 5678", " 1234-5678 ", "12.34.56.78", "1234\u00a05678"])
def test_it_reads_a_number_as_people_type_it(typed: str) -> None:
    assert PlainNumber.parse(typed).reveal() == "1234 5678"


@pytest.mark.parametrize("typed", ["", "1234567", "123456789", "1234567a", "١٢٣٤٥٦٧٨", "\0", "1" * 10_000])
def test_it_reads_nothing_else_as_a_number(typed: str) -> None:
    with pytest.raises(InvalidHandOff):
        PlainNumber.parse(typed)


@pytest.mark.parametrize("way", ["id", "number"])
def test_it_opens_for_who_is_first_and_for_nobody_else(made: MadeHandOff, anna: Party, dirk: Party, way: str) -> None:
    by = getattr(made, way)
    mandate = opens(by, anna)
    assert (mandate.representee_id, mandate.activated_at) == (anna.id, None)
    assert tries(made.id, dirk) == tries(made.number, dirk) == GONE
    assert opens(made.id, anna, now=NOW + 29 * MINUTE).id == mandate.id


def test_it_opens_for_fifteen_minutes_and_can_be_answered_for_thirty(made: MadeHandOff, anna: Party) -> None:
    assert tries(made.id, anna, now=NOW + 15 * MINUTE) == GONE
    opens(made.id, anna, now=NOW + timedelta(minutes=14, seconds=59))
    assert isinstance(tries(made.id, anna, now=NOW + 29 * MINUTE), Opened)
    assert tries(made.id, anna, now=NOW + 30 * MINUTE) == GONE


def test_it_opens_nothing_once_taken_back(made: MadeHandOff, bram: Party, anna: Party) -> None:
    withdraw_hand_off(asked=made.hand_off.request_id, helper=bram, now=SOON)
    assert tries(made.id, anna) == tries(made.number, anna) == GONE
    assert standing(made, bram) is Standing.OVER


@pytest.mark.usefixtures("transactional_db")
def test_it_lets_two_phones_race_and_one_win(made: MadeHandOff, anna: Party, dirk: Party) -> None:
    answers = at_once([partial(tries, made.id, client) for client in (anna, dirk)])
    assert sorted(isinstance(answer, Opened) for answer in answers) == [False, True]
    assert GONE in answers


def test_it_tells_a_helper_that_this_is_the_own_one_and_not_whether_somebody_opened_it(
    made: MadeHandOff, bram: Party, anna: Party
) -> None:
    own = HandOffRefusal(HandOffReason.OWN)
    assert tries(made.id, bram) == own
    opens(made.id, anna)
    assert tries(made.id, bram) == tries(made.number, bram, now=NOW + 16 * MINUTE) == own
    today_only(made, anna)
    assert tries(made.id, bram) == own
    assert tries(PlainNumber.generate(), bram) == GONE


def test_it_keeps_a_renewal_for_its_own_client(anna: Party, bram: Party, dirk: Party) -> None:
    made = hands_off(bram, renews=active(anna, bram))
    assert tries(made.id, dirk) == GONE
    assert opens(made.id, anna).representee_id == anna.id


def test_it_keeps_client_and_partner_apart(bram: Party, anna: Party, dirk: Party) -> None:
    first = hands_off(bram, with_partner=True)
    second = hands_off(bram, partner_of=first.hand_off.request)
    opens(first.id, anna)
    assert tries(second.id, anna) == HandOffRefusal(HandOffReason.SAME_PERSON_TWICE)
    opens(second.id, dirk)
    assert other_half(first.hand_off.request) == second.hand_off.request
    assert other_half(second.hand_off.request) == first.hand_off.request


def test_it_is_complete_when_both_said_yes(bram: Party, anna: Party, dirk: Party) -> None:
    first = hands_off(bram, with_partner=True)
    today_only(first, anna)
    assert standing(first, bram) is Standing.WAITS
    second = hands_off(bram, partner_of=first.hand_off.request, now=SOON)
    assert standing(second, bram) is Standing.WAITS
    assert standing(first, bram, now=NOW + 30 * MINUTE) is Standing.WAITS
    assert standing(first, bram, now=NOW + 31 * MINUTE) is Standing.OVER
    today_only(second, dirk)
    assert standing(first, bram) is standing(second, bram) is Standing.ACTIVE


def test_it_pauses_who_guesses_and_nobody_else(made: MadeHandOff, anna: Party, dirk: Party, settings: Settings) -> None:
    settings.REFUSED_HAND_OFFS = Limit(times=3, window=timedelta(hours=24))
    wrong = next(number for number in iter(PlainNumber.generate, None) if number != made.number)
    assert [tries(wrong, dirk) for _ in range(3)] == [GONE] * 3
    assert tries(made.number, dirk) == tries(made.id, dirk) == PAUSED
    opens(made.number, anna)
    assert tries(made.number, dirk, now=SOON + timedelta(hours=24)) == GONE
    entries = JournalEntry.objects.filter(event=Event.HAND_OFF_TRIED, actor=dirk.id)
    assert entries.count() == 6
    assert {(entry.mandate, str(entry.details)) for entry in entries} == {(None, "{}")}


def test_it_tells_the_helper_nothing_before_the_yes(bram: Party, anna: Party, dirk: Party) -> None:
    nobody, opened, refused = hands_off(bram), hands_off(bram), hands_off(bram)
    opens(opened.id, anna)
    decline(mandate=opens(refused.id, dirk).id, by=dirk, is_unknown=True, now=SOON)
    for now in (SOON, NOW + 16 * MINUTE, NOW + 29 * MINUTE, NOW + 30 * MINUTE):
        assert len({standing(made, bram, now=now) for made in (nobody, opened, refused)}) == 1
        kept = [
            shown(own_hand_off(bram, asked=made.hand_off.request_id, now=now)[0], now=now) is None
            for made in (nobody, opened, refused)
        ]
        assert len(set(kept)) == 1
        forget_spent(now=now)
    assert standing(nobody, bram, now=NOW + 30 * MINUTE) is Standing.OVER


def test_it_says_active_after_a_yes(made: MadeHandOff, bram: Party, anna: Party) -> None:
    today_only(made, anna)
    assert standing(made, bram) is standing(made, bram, now=NOW + 31 * MINUTE) is Standing.ACTIVE
    assert still_waiting(bram, now=SOON) == []


def test_it_holds_a_first_yes_to_a_private_helper_to_today(made: MadeHandOff, anna: Party) -> None:
    mandate = opens(made.id, anna)
    with pytest.raises(MandateRefused) as refused:
        says_yes(mandate, anna, answer=yes(), now=SOON)
    assert refused.value.reason is MandateReason.FIRST_IS_TODAY


def test_it_shows_again_what_opens_it_and_erases_it_in_time(made: MadeHandOff, bram: Party) -> None:
    found, _ = own_hand_off(bram, asked=made.hand_off.request_id, now=SOON)
    again = shown(found, now=SOON)
    assert again is not None
    assert (again.id, again.number) == (made.id, made.number)
    assert shown(found, now=NOW + 15 * MINUTE) is None
    forget_spent(now=NOW + 15 * MINUTE)
    kept = HandOff.objects.get()
    assert (kept.id_sealed, kept.number_sealed, bool(kept.id_digest)) == ("", "", True)
    forget_spent(now=NOW + 30 * MINUTE)
    kept.refresh_from_db()
    assert (kept.id_digest, kept.number_digest) == ("", "")


def test_it_lists_what_still_waits(made: MadeHandOff, bram: Party, dirk: Party) -> None:
    newer = hands_off(bram, now=SOON)
    assert still_waiting(bram, now=SOON) == [newer.hand_off, made.hand_off]
    assert still_waiting(bram, now=NOW + 30 * MINUTE) == [newer.hand_off]
    assert still_waiting(dirk, now=SOON) == []


def test_it_does_not_exist_for_dirk(made: MadeHandOff, dirk: Party) -> None:
    with pytest.raises(HandOffRefused):
        own_hand_off(dirk, asked=made.hand_off.request_id, now=SOON)
    with pytest.raises(MandateRefused):
        withdraw_hand_off(asked=made.hand_off.request_id, helper=dirk, now=SOON)
    assert HandOff.objects.exclude(id_sealed="").count() == 1


def test_it_is_of_the_member_who_made_it_also_where_nobody_types_a_bsn() -> None:
    works_for = organisation(may_process_bsn=False)
    sam, vera = member(works_for), member(works_for, "Vera", family_name="Jansen")
    licence(sam)
    made = hands_off_at_work(sam)
    assert own_hand_off(sam.party, asked=made.hand_off.request_id, now=SOON)[1] is Standing.WAITS
    with pytest.raises(HandOffRefused):
        own_hand_off(vera.party, asked=made.hand_off.request_id, now=SOON)
    with pytest.raises(MandateRefused):
        hands_off_at_work(vera)


def test_it_stops_at_so_many_a_day_with_an_alarm(bram: Party, settings: Settings) -> None:
    settings.HAND_OFFS = Limit(times=2, window=timedelta(hours=24))
    hands_off(bram)
    hands_off(bram)
    with capture_logs() as logs, pytest.raises(HandOffRefused) as refused:
        hands_off(bram)
    assert refused.value.reason is HandOffReason.TOO_MANY
    assert [line["log_level"] for line in logs] == ["error"]
    assert MandateRequest.objects.count() == 2
    hands_off(bram, now=NOW + timedelta(hours=24))


def test_it_gives_way_to_a_number_that_is_taken(
    made: MadeHandOff, bram: Party, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = iter([made.number, made.number, PlainNumber("00000001")])
    monkeypatch.setattr(PlainNumber, "generate", lambda: next(numbers))
    assert hands_off(bram).number.digits == "00000001"


def test_it_keeps_in_the_database_that_a_number_is_there_once(made: MadeHandOff, bram: Party) -> None:
    other = hands_off(bram).hand_off
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOff.objects.filter(id=other.id).update(number_digest=made.hand_off.number_digest)
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOff.objects.filter(id=other.id).update(number_digest="")


@pytest.mark.usefixtures("made")
def test_it_goes_with_a_request_that_met_nobody() -> None:
    lapse(now=NOW + timedelta(days=40))
    assert not HandOff.objects.exists()
    assert not MandateRequest.objects.exists()
