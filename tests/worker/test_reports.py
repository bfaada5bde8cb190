"""The worker raises the alarm when a reported mandate waits too long for the helpdesk."""

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from namens.mandates.actions import report, restore
from namens.mandates.models import Mandate, Report, ReportKind
from namens.parties.models import Party
from namens.worker.reports import tell_late
from tests.people import NOW, active

IN_TIME, TOO_LATE = NOW + timedelta(days=1), NOW + timedelta(days=2)


@pytest.fixture
def wrong(anna: Party, bram: Party, catalogue: None) -> Mandate:  # noqa: ARG001 - asked for its effect
    """A mandate that Anna reported on a Monday."""
    mandate = active(anna, bram)
    report(mandate=mandate.id, by=anna, kind=ReportKind.UNWANTED, now=NOW)
    return mandate


def test_it_is_silent_within_the_working_day_and_not_after_it(wrong: Mandate) -> None:
    assert Report.objects.get().mandate_id == wrong.id
    with capture_logs() as said:
        tell_late(now=IN_TIME)
    assert said == []
    with capture_logs() as said:
        tell_late(now=TOO_LATE)
    ids = [str(Report.objects.get().id)]
    assert said == [{"event": "reports late", "log_level": "error", "number": 1, "reports": ids}]


def test_it_is_silent_once_the_mandate_goes_on(wrong: Mandate, anna: Party) -> None:
    restore(mandate=wrong.id, by=anna, now=NOW)
    with capture_logs() as said:
        tell_late(now=TOO_LATE)
    assert said == []
