"""Bram uses the code."""

from datetime import timedelta
from uuid import UUID

import pytest

from namens.codes.actions import Match
from namens.codes.models import ActivationCode, RefusedTry
from namens.codes.plain import PlainCode
from namens.codes.refusals import CodeReason, CodeRefusal
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.ids import new_id
from namens.mandates.actions import Activated, GivenMandate, activate, new_code, stop, try_code
from namens.mandates.models import MandateService
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.terms import REGISTER_IS_FRESH
from namens.parties.facts import StopSignal
from namens.parties.identifiers import Bsn
from namens.parties.models import Party
from tests.people import BSNS, NOW, TODAY, give, of, terms, told, use_code

pytestmark = pytest.mark.usefixtures("catalogue")
NOT_ACCEPTED = CodeRefusal(CodeReason.NOT_ACCEPTED)
DAY = timedelta(days=1)


def code_of(given: GivenMandate) -> UUID:
    return ActivationCode.objects.filter(opens=given.mandate.id).latest("issued_at").id


def refusal(given: GivenMandate, helper: Party) -> MandateReason:
    """Give the refusal of a code that fits, of which nothing is left behind."""
    with pytest.raises(MandateRefused) as refused:
        activate(code=code_of(given), helper=helper, now=NOW)
    assert of(given.mandate).state == "offered"
    assert ActivationCode.objects.get(id=code_of(given)).redeemed_at is None
    return refused.value.reason


def test_it_becomes_active(anna: Party, bram: Party) -> None:
    mandate = use_code(give(anna, bram), bram)
    assert (mandate.state, mandate.representative, mandate.activated_at) == ("active", bram, NOW)
    assert MandateService.objects.get().current is True


def test_it_writes_who_activated(anna: Party, bram: Party) -> None:
    mandate = use_code(give(anna, bram), bram)
    entry = JournalEntry.objects.get(event=Event.MANDATE_ACTIVATED)
    assert (entry.actor, entry.subject, entry.mandate) == (bram.id, anna.id, mandate.id)


def test_it_names_the_helper_of_an_open_code(anna: Party, carla: Party) -> None:
    mandate = use_code(give(anna, None, what=terms(last_day=TODAY)), carla)
    assert (mandate.representative, MandateService.objects.get().representative) == (carla, carla)


def test_it_is_done_once(anna: Party, bram: Party) -> None:
    given = give(anna, bram)
    use_code(given, bram)
    assert activate(code=code_of(given), helper=bram, now=NOW) == NOT_ACCEPTED
    assert JournalEntry.objects.filter(event=Event.MANDATE_ACTIVATED).count() == 1


def test_it_writes_a_try_that_came_too_late(anna: Party, bram: Party) -> None:
    given = give(anna, bram)
    use_code(given, bram)
    activate(code=code_of(given), helper=bram, now=NOW)
    assert JournalEntry.objects.get(event=Event.CODE_TRIED).actor == bram.id


def test_it_refuses_dirk(anna: Party, bram: Party, dirk: Party) -> None:
    given = give(anna, bram)
    assert try_code(code=given.code, bsn=BSNS["anna"], helper=dirk, now=NOW) == NOT_ACCEPTED
    assert activate(code=code_of(given), helper=dirk, now=NOW) == NOT_ACCEPTED
    assert of(given.mandate).state == "offered"


def test_it_refuses_the_client(anna: Party) -> None:
    given = give(anna, None, what=terms(last_day=TODAY))
    assert try_code(code=given.code, bsn=BSNS["anna"], helper=anna, now=NOW) == NOT_ACCEPTED
    assert activate(code=code_of(given), helper=anna, now=NOW) == NOT_ACCEPTED


@pytest.mark.parametrize("bsn", [BSNS["carla"], Bsn("999990135")])
def test_it_refuses_another_bsn(anna: Party, bram: Party, bsn: Bsn) -> None:
    assert try_code(code=give(anna, bram).code, bsn=bsn, helper=bram, now=NOW) == NOT_ACCEPTED


def test_it_does_not_know_a_code_that_nobody_has(bram: Party) -> None:
    assert activate(code=new_id(), helper=bram, now=NOW) == NOT_ACCEPTED
    assert try_code(code=PlainCode.generate(), bsn=BSNS["anna"], helper=bram, now=NOW) == NOT_ACCEPTED


def test_it_refuses_a_code_that_was_replaced_since_it_was_typed(anna: Party, bram: Party) -> None:
    given = give(anna, bram)
    match = try_code(code=given.code, bsn=BSNS["anna"], helper=bram, now=NOW)
    assert isinstance(match, Match)
    new_code(mandate=given.mandate.id, by=anna, now=NOW)
    assert activate(code=match.code, helper=bram, now=NOW) == NOT_ACCEPTED


def test_it_refuses_a_mandate_that_was_withdrawn_since(anna: Party, bram: Party) -> None:
    given = give(anna, bram)
    match = try_code(code=given.code, bsn=BSNS["anna"], helper=bram, now=NOW)
    assert isinstance(match, Match)
    stop(mandate=given.mandate.id, by=anna, now=NOW)
    assert activate(code=match.code, helper=bram, now=NOW) == NOT_ACCEPTED
    assert of(given.mandate).state == "ended"


def test_it_does_not_bring_a_service_back_that_was_stopped_while_it_waited(anna: Party, bram: Party) -> None:
    given = give(anna, bram, what=terms("mijn-toeslagen", "inkomstenbelasting"))
    stop(mandate=given.mandate.id, by=anna, now=NOW, service="mijn-toeslagen")
    use_code(given, bram)
    lines = {line.service.key: line for line in MandateService.objects.select_related("service")}
    assert (lines["mijn-toeslagen"].current, lines["mijn-toeslagen"].stopped_at) == (None, NOW)
    assert lines["inkomstenbelasting"].current is True


def test_it_holds_on_the_fourteenth_day_and_not_after(anna: Party, bram: Party) -> None:
    early, late = give(anna, bram), give(anna, bram)
    assert use_code(early, bram, now=NOW + 14 * DAY).state == "active"
    assert try_code(code=late.code, bsn=BSNS["anna"], helper=bram, now=NOW + 15 * DAY) == NOT_ACCEPTED


def test_it_holds_an_open_code_until_midnight(anna: Party, bram: Party) -> None:
    given = give(anna, None, what=terms(last_day=TODAY + 30 * DAY))
    midnight = NOW.replace(hour=23)
    assert try_code(code=given.code, bsn=BSNS["anna"], helper=bram, now=midnight) == NOT_ACCEPTED
    assert use_code(given, bram, now=midnight - timedelta(seconds=1)).state == "active"


@pytest.mark.parametrize(
    ("signal", "reason"),
    [
        (StopSignal.DECEASED, MandateReason.GIVER_DECEASED),
        (StopSignal.GUARDIANSHIP, MandateReason.GIVER_UNDER_GUARDIANSHIP),
        (StopSignal.ERRONEOUS, MandateReason.GIVER_ERRONEOUS),
    ],
)
def test_it_refuses_when_the_client_cannot_give_any_more(
    anna: Party, bram: Party, signal: StopSignal, reason: MandateReason
) -> None:
    given = give(anna, bram)
    told(anna, signals=[signal])
    assert refusal(given, bram) is reason


def test_it_refuses_when_the_register_was_not_asked_about_the_client(anna: Party, bram: Party) -> None:
    given = give(anna, bram)
    told(anna, now=NOW - REGISTER_IS_FRESH - timedelta(seconds=1))
    assert refusal(given, bram) is MandateReason.REGISTER_NOT_ASKED


def test_it_refuses_a_helper_under_age(anna: Party, bram: Party) -> None:
    given = give(anna, None, what=terms(last_day=TODAY))
    assert refusal(given, told(bram, born="2012-02-03")) is MandateReason.HELPER_UNDER_AGE


def test_it_refuses_a_helper_who_cannot_help(anna: Party, bram: Party) -> None:
    given = give(anna, bram)
    assert refusal(given, told(bram, signals=[StopSignal.ERRONEOUS])) is MandateReason.HELPER_BLOCKED


def test_it_can_be_done_after_the_reason_is_gone(anna: Party, bram: Party) -> None:
    given = give(anna, bram)
    told(anna, signals=[StopSignal.GUARDIANSHIP])
    refusal(given, bram)
    told(anna)
    assert isinstance(activate(code=code_of(given), helper=bram, now=NOW), Activated)


def test_it_counts_no_try_that_fits(anna: Party, bram: Party) -> None:
    use_code(give(anna, bram), bram)
    assert not RefusedTry.objects.exists()
