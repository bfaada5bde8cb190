"""A helper asks: the same is done and answered whoever was stated, true or not."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from structlog.testing import capture_logs

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.limits import Limit
from namens.lib.periods import Duration
from namens.mandates.actions import Stated, withdraw
from namens.mandates.models import Mandate, MandateRequest
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.outbox.models import Kind, OutboxRow
from namens.parties.facts import StopSignal
from namens.parties.models import Party, StatedPerson
from tests.asking import UNKNOWN, asks, requested, stated
from tests.people import NOW, TODAY, active, told

pytestmark = pytest.mark.usefixtures("catalogue")
DAY = timedelta(days=1)


def asked_at_once(helper: Party, person: Stated) -> int:
    with CaptureQueriesContext(connection) as captured:
        asks(helper, person)
    return len(captured)


def test_it_promises_a_letter_within_five_working_days(bram: Party) -> None:
    asked = asks(bram)
    assert (asked.letter_by, asked.waits_until) == (date(2026, 11, 30), TODAY + 42 * DAY)


def test_it_takes_the_same_statements_whoever_is_stated(anna: Party, bram: Party, carla: Party) -> None:
    active(anna, carla)
    told(carla, signals=[StopSignal.DECEASED])
    people = [stated("anna"), stated("carla"), stated(UNKNOWN), stated("dirk")]
    assert len({asked_at_once(bram, person) for person in people}) == 1


def test_it_looks_nobody_up(bram: Party) -> None:
    asks(bram, stated(UNKNOWN))
    entry = JournalEntry.objects.get(event=Event.MANDATE_REQUESTED)
    assert (entry.actor, entry.subject, entry.mandate) == (bram.id, None, None)
    assert not Mandate.objects.exists()
    assert not JournalEntry.objects.filter(event=Event.REGISTER_CONSULTED).exclude(subject=bram.id).exists()


def test_it_keeps_the_number_sealed(bram: Party) -> None:
    asks(bram, stated(UNKNOWN))
    written = str([*StatedPerson.objects.values(), *OutboxRow.objects.values(), *MandateRequest.objects.values()])
    assert UNKNOWN.digits not in written


def test_it_asks_the_partner_in_the_same_go_as_a_request_of_its_own(bram: Party) -> None:
    client = asks(bram, stated("anna"), stated("carla", label="Meneer C."))
    partner = MandateRequest.objects.exclude(id=client.id).get()
    assert (partner.partner_of, partner.label, partner.stated == client.stated) == (client, "Meneer C.", False)
    assert OutboxRow.objects.filter(kind=Kind.REQUEST).count() == 2


@pytest.mark.parametrize(
    ("keys", "duration", "reason"),
    [
        ((), Duration.ONE_YEAR, MandateReason.NO_SERVICE),
        (("verhuizing-doorgeven",), Duration.ONE_MONTH, MandateReason.SERVICE_NOT_OFFERED),
        (("aow-en-pensioen",), Duration.ONE_YEAR, MandateReason.LEVEL_TOO_LOW),
        (("uitkering-aanvragen",), Duration.THREE_YEARS, MandateReason.TOO_LONG),
        (("mijn-toeslagen",), Duration.TODAY, MandateReason.TOO_LONG),
    ],
)
def test_it_refuses_what_a_letter_cannot_open(
    bram: Party, keys: tuple[str, ...], duration: Duration, reason: MandateReason
) -> None:
    with pytest.raises(MandateRefused, match=reason):
        asks(bram, keys=keys, duration=duration)
    assert not MandateRequest.objects.exists()


def test_it_refuses_a_helper_under_eighteen(bram: Party) -> None:
    with pytest.raises(MandateRefused, match=MandateReason.HELPER_UNDER_AGE):
        asks(told(bram, born="2010-01-01"))


def test_it_drops_nothing_beyond_the_cap_but_delays_it_and_raises_an_alarm(bram: Party, settings: Settings) -> None:
    settings.REQUESTS = Limit(times=2, window=DAY)
    with capture_logs() as logs:
        for _ in range(5):
            asks(bram, stated(UNKNOWN))
    due = [row.due_at for row in OutboxRow.objects.filter(kind=Kind.REQUEST).order_by("due_at")]
    assert due == [NOW, NOW, NOW + DAY, NOW + DAY, NOW + 2 * DAY]
    assert [line["log_level"] for line in logs] == ["error"] * 3


def test_it_counts_each_helper_alone(bram: Party, carla: Party, settings: Settings) -> None:
    settings.REQUESTS = Limit(times=1, window=DAY)
    asks(bram)
    asks(carla)
    assert not OutboxRow.objects.filter(kind=Kind.REQUEST, due_at__gt=NOW).exists()


def test_it_is_taken_back_in_the_same_statements_whether_it_met_somebody_or_not(anna: Party, bram: Party) -> None:
    requested(anna, bram)
    asks(bram, stated(UNKNOWN))
    counts = set()
    for one in MandateRequest.objects.all():
        with CaptureQueriesContext(connection) as captured:
            withdraw(asked=one.id, by=bram, now=NOW)
        counts.add(len(captured))
    assert len(counts) == 1


def test_it_lets_nobody_else_take_it_back(anna: Party, bram: Party, dirk: Party) -> None:
    asked = asks(bram)
    for stranger in (anna, dirk):
        with pytest.raises(MandateRefused, match=MandateReason.NOT_YOURS):
            withdraw(asked=asked.id, by=stranger, now=NOW)
    assert MandateRequest.objects.get().withdrawn_at is None
