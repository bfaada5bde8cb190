"""The worker erases what nobody can use any more."""

from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session

from namens.lib.partial_date import PartialDate
from namens.outbox.models import Kind, OutboxRow
from namens.parties import stating
from namens.parties.models import StatedPerson
from namens.worker import Worker, erase_spent
from tests.people import BSNS, NOW
from tests.worker.working import work

SECOND = timedelta(seconds=1)
pytestmark = pytest.mark.django_db


def session(key: str, *, until: datetime) -> None:
    Session.objects.create(session_key=key, session_data="", expire_date=until)


def kept() -> set[str]:
    return set(Session.objects.values_list("session_key", flat=True))


def test_it_erases_a_session_that_is_over_and_no_other() -> None:
    session("over", until=NOW - SECOND)
    session("not-over", until=NOW + SECOND)
    erase_spent(now=NOW)
    assert kept() == {"not-over"}


def test_it_erases_what_a_helper_stated_a_day_ago_and_never_asked() -> None:
    stating.state(bsn=BSNS["anna"], birth_date=PartialDate(1980), now=NOW)
    erase_spent(now=NOW + timedelta(hours=24))
    assert StatedPerson.objects.exists()
    erase_spent(now=NOW + timedelta(hours=24) + SECOND)
    assert not StatedPerson.objects.exists()


def test_it_erases_what_left_the_house_a_month_ago() -> None:
    for days in (29, 30):
        at = NOW - timedelta(days=days)
        OutboxRow.objects.create(kind=Kind.ACCESS_ENDED, payload={}, put_at=at, due_at=at, settled_at=at)
    erase_spent(now=NOW)
    assert OutboxRow.objects.get().settled_at == NOW - timedelta(days=29)


def test_it_does_so_once_a_minute(worker: Worker) -> None:
    worker.upkeep_due = NOW
    work(worker)
    session("over", until=NOW)
    work(worker, at=NOW + timedelta(seconds=59))
    assert kept() == {"over"}
    work(worker, at=NOW + timedelta(seconds=60))
    assert kept() == set()
