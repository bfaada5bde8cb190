"""A newer mandate takes the place of an older one for the same two people and service."""

from datetime import date, timedelta

import pytest

from namens.codes.refusals import CodeRefusal
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.mandates import queries
from namens.mandates.actions import stop, try_code
from namens.mandates.decision import Permit, Question, Representative
from namens.mandates.models import Mandate, MandateService
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.parties.models import Party
from namens.services.models import Portal
from tests.people import BSNS, LOW, NOW, TODAY, active, give, of, services, terms, told_portals, use_code

pytestmark = pytest.mark.usefixtures("catalogue")
DAY = timedelta(days=1)
ACCOUNT = "rekeningnummer-wijzigen"
LATER = TODAY + 30 * DAY


def permit(portal: Portal, giver: Party, helper: Party, *, days: int = 0) -> Permit | None:
    answer = queries.decide_for(
        portal=portal,
        representative=Representative(helper.id),
        representee=giver.id,
        question=Question(service="mijn-toeslagen", assurance=LOW),
        at=NOW + days * DAY,
    )
    return answer if isinstance(answer, Permit) else None


def line(mandate: Mandate, key: str = "mijn-toeslagen") -> MandateService:
    return MandateService.objects.get(mandate=mandate, service__key=key)


def test_it_ends_the_older_one(anna: Party, bram: Party) -> None:
    older, newer = active(anna, bram), active(anna, bram)
    assert (of(older).state, of(older).end_reason, of(newer).state) == ("ended", "replaced", "active")
    assert (line(older).current, line(older).stopped_at, line(newer).current) == (None, NOW, True)


def test_it_tells_the_journal_and_the_portals(anna: Party, bram: Party) -> None:
    older, newer = active(anna, bram), active(anna, bram)
    entry = JournalEntry.objects.get(event=Event.MANDATE_REPLACED)
    assert (entry.mandate, entry.subject, entry.details["by"]) == (older.id, anna.id, str(newer.id))
    assert told_portals().get().payload == {"mandate": str(older.id)}


@pytest.mark.parametrize("other", ["client", "helper", "service"])
def test_it_leaves_what_is_of_others(other: str, anna: Party, bram: Party, carla: Party) -> None:
    kept = active(anna, bram)
    if other == "client":
        use_code(give(carla, bram), bram, bsn=BSNS["carla"])
    if other == "helper":
        active(anna, carla)
    if other == "service":
        active(anna, bram, what=terms("inkomstenbelasting"))
    assert of(kept).state == "active"
    assert line(kept).current is True


def test_it_takes_only_the_services_that_both_have(anna: Party, bram: Party) -> None:
    older = active(anna, bram, what=terms("mijn-toeslagen", "inkomstenbelasting"))
    newer = active(anna, bram)
    assert of(older).state == "active"
    assert (line(older).stopped_at, line(older, "inkomstenbelasting").stopped_at) == (NOW, None)
    assert (line(newer).current, line(older, "inkomstenbelasting").current) == (True, True)
    entry = JournalEntry.objects.get(event=Event.SERVICE_STOPPED)
    assert (entry.mandate, entry.details["by"]) == (older.id, str(newer.id))
    assert told_portals().get().payload == {"mandate": str(older.id)}


def test_it_lets_the_older_one_run_until_a_later_start(anna: Party, bram: Party, toeslagen: Portal) -> None:
    older = active(anna, bram)
    newer = active(anna, bram, what=terms(first_day=LATER))
    assert (of(older).state, of(older).last_day, line(older).last_day) == ("active", LATER - DAY, LATER - DAY)
    held = [permit(toeslagen, anna, bram, days=days) for days in (0, 29, 30)]
    assert [one and one.mandate for one in held] == [older.id, older.id, newer.id]
    assert JournalEntry.objects.get(event=Event.MANDATE_SHORTENED).mandate == older.id


def test_it_never_makes_the_older_one_longer(anna: Party, bram: Party) -> None:
    older = active(anna, bram, what=terms(last_day=TODAY + 3 * DAY))
    active(anna, bram, what=terms(first_day=LATER))
    assert (of(older).last_day, of(older).state) == (TODAY + 3 * DAY, "active")
    assert not JournalEntry.objects.filter(event=Event.MANDATE_SHORTENED).exists()


def test_it_ends_an_older_one_that_would_start_on_the_same_later_day(anna: Party, bram: Party) -> None:
    older = active(anna, bram, what=terms(first_day=LATER))
    active(anna, bram, what=terms(first_day=LATER))
    assert of(older).end_reason == "replaced"


def test_it_ends_both_when_a_third_starts_at_once(anna: Party, bram: Party, toeslagen: Portal) -> None:
    granted = active(anna, bram, what=terms(granted=[ACCOUNT]))
    later = active(anna, bram, what=terms(first_day=LATER))
    third = active(anna, bram)
    assert [of(one).end_reason for one in (granted, later)] == ["replaced", "replaced"]
    held = permit(toeslagen, anna, bram)
    assert held is not None
    assert (held.mandate, held.left_out) == (third.id, frozenset({ACCOUNT}))


def test_it_is_not_blocked_by_one_that_expired(anna: Party, bram: Party) -> None:
    expired = active(anna, bram, what=terms(last_day=TODAY))
    newer = active(anna, bram, now=NOW + DAY)
    assert (of(newer).state, line(newer).current) == ("active", True)
    assert (of(expired).state, of(expired).end_reason, line(expired).stopped_at) == ("active", "", None)
    assert not JournalEntry.objects.filter(event=Event.MANDATE_REPLACED).exists()


def test_it_is_not_blocked_by_one_that_expired_while_the_code_waited(anna: Party, bram: Party) -> None:
    expired = active(anna, bram, what=terms(last_day=TODAY + 2 * DAY))
    waiting = give(anna, bram)
    use_code(waiting, bram, now=NOW + 5 * DAY)
    assert (of(expired).end_reason, line(expired).current) == ("", None)


def test_it_ends_an_older_one_that_still_waits(anna: Party, bram: Party) -> None:
    older = give(anna, bram)
    active(anna, bram, now=NOW + timedelta(minutes=1))
    assert of(older.mandate).end_reason == "replaced"
    later = NOW + timedelta(minutes=2)
    assert isinstance(try_code(code=older.code, bsn=BSNS["anna"], helper=bram, now=later), CodeRefusal)


def test_it_leaves_a_newer_one_that_still_waits(anna: Party, bram: Party) -> None:
    older = give(anna, bram)
    newer = give(anna, bram)
    use_code(older, bram)
    assert of(newer.mandate).state == "offered"
    use_code(newer, bram)
    assert of(older.mandate).end_reason == "replaced"


def test_it_never_lets_an_older_open_code_undo_a_newer_yes(anna: Party, bram: Party, toeslagen: Portal) -> None:
    wide = give(anna, None, what=terms(last_day=LATER, granted=[ACCOUNT]))
    narrow = active(anna, bram, now=NOW + timedelta(minutes=1))
    with pytest.raises(MandateRefused) as refused:
        use_code(wide, bram, now=NOW + timedelta(minutes=2))
    assert refused.value.reason is MandateReason.NOT_POSSIBLE
    held = permit(toeslagen, anna, bram, days=1)
    assert held is not None
    assert (held.mandate, of(wide.mandate).state) == (narrow.id, "offered")


def test_it_lets_another_helper_use_that_open_code(anna: Party, bram: Party, carla: Party) -> None:
    wide = give(anna, None, what=terms(last_day=LATER))
    narrow = active(anna, bram, now=NOW + timedelta(minutes=1))
    assert use_code(wide, carla, now=NOW + timedelta(minutes=2)).state == "active"
    assert of(narrow).state == "active"


def test_it_keeps_of_an_older_open_code_what_the_newer_has_not(anna: Party, bram: Party) -> None:
    wide = give(anna, None, what=terms("mijn-toeslagen", "inkomstenbelasting", last_day=LATER))
    narrow = active(anna, bram, now=NOW + timedelta(minutes=1))
    later = NOW + timedelta(minutes=2)
    use_code(wide, bram, now=later)
    assert (line(wide.mandate).stopped_at, line(narrow).current) == (later, True)
    assert line(wide.mandate, "inkomstenbelasting").current is True


def test_it_lets_an_older_open_code_run_until_a_newer_starts(anna: Party, bram: Party, toeslagen: Portal) -> None:
    wide = give(anna, None, what=terms(last_day=TODAY + 60 * DAY))
    narrow = active(anna, bram, what=terms(first_day=LATER), now=NOW + timedelta(minutes=1))
    use_code(wide, bram, now=NOW + timedelta(minutes=2))
    assert (of(wide.mandate).last_day, line(narrow).current) == (LATER - DAY, True)
    held = [permit(toeslagen, anna, bram, days=days) for days in (1, 29, 30, 61)]
    assert [one and one.mandate for one in held] == [wide.mandate.id, wide.mandate.id, narrow.id, narrow.id]


def test_it_says_beforehand_what_it_replaces(anna: Party, bram: Party, carla: Party) -> None:
    older = active(anna, bram)
    active(anna, carla)
    found = queries.replaced_by_offer(
        representee=anna, representative=bram, services=services("mijn-toeslagen"), from_day=TODAY
    )
    assert [one.mandate for one in found] == [older]
    waiting = give(anna, bram).mandate
    shown = queries.replaced_by_activation(mandate=waiting, helper=bram, today=TODAY)
    assert [one.mandate for one in shown] == [older]


def test_it_says_beforehand_that_an_older_code_stops_working(anna: Party, bram: Party) -> None:
    waiting = give(anna, bram)
    found = queries.replaced_by_offer(
        representee=anna, representative=bram, services=services("mijn-toeslagen"), from_day=TODAY
    )
    assert [one.mandate for one in found] == [waiting.mandate]
    active(anna, bram, now=NOW + timedelta(minutes=1))
    assert of(waiting.mandate).end_reason == "replaced"


@pytest.mark.parametrize("how", ["expired", "stopped", "another service"])
def test_it_says_nothing_of_what_it_does_not_replace(how: str, anna: Party, bram: Party) -> None:
    what = terms("inkomstenbelasting") if how == "another service" else terms(last_day=TODAY)
    older = active(anna, bram, what=what)
    if how == "stopped":
        stop(mandate=older.id, by=anna, now=NOW)
    tomorrow: date = TODAY + DAY if how == "expired" else TODAY
    chosen = services("mijn-toeslagen")
    found = queries.replaced_by_offer(representee=anna, representative=bram, services=chosen, from_day=tomorrow)
    waiting = give(anna, bram).mandate
    shown = queries.replaced_by_activation(mandate=waiting, helper=bram, today=tomorrow)
    assert (found, shown) == ([], [])


def test_it_replaces_one_that_was_reported_as_wrong(anna: Party, bram: Party) -> None:
    wrong = active(anna, bram)
    Mandate.objects.filter(id=wrong.id).update(state="suspended", suspended_at=NOW)
    active(anna, bram)
    assert of(wrong).end_reason == "replaced"
