"""What the database itself refuses, whoever asks."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from namens.codes.models import ActivationCode
from namens.mandates.models import Mandate, MandateRequest, MandateService
from namens.parties.models import Party
from namens.post.models import Letter
from tests.asking import asks, requested
from tests.letters import made
from tests.people import NOW, TODAY, active, give, terms

pytestmark = pytest.mark.usefixtures("catalogue")


def refused(mandate: Mandate, **changes: Any) -> None:  # noqa: ANN401 - any field
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.filter(id=mandate.id).update(**changes)


def refused_line(mandate: Mandate, **changes: Any) -> None:  # noqa: ANN401 - any field
    with pytest.raises(IntegrityError), transaction.atomic():
        MandateService.objects.filter(mandate=mandate).update(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "asleep"},
        {"state": "suspended"},
        {"state": "requested"},
        {"state": "requested", "duration": "1-year"},
        {"origin": "found"},
        {"end_reason": "forgotten", "state": "ended", "ended_at": NOW},
        {"state": "ended"},
        {"state": "ended", "ended_at": NOW},
        {"ended_at": NOW},
        {"end_reason": "withdrawn"},
        {"representative": None},
        {"activated_at": None},
        {"last_day": TODAY - timedelta(days=1)},
    ],
)
def test_it_refuses_an_active_mandate_that_cannot_be(changes: dict[str, Any], anna: Party, bram: Party) -> None:
    refused(active(anna, bram), **changes)


def test_it_refuses_a_mandate_for_oneself(anna: Party, bram: Party) -> None:
    refused(active(anna, bram), representative=anna)


def test_it_refuses_two_current_lines(anna: Party, bram: Party) -> None:
    older, newer = active(anna, bram), give(anna, bram).mandate
    refused_line(newer, current=True)
    assert MandateService.objects.get(mandate=older).current is True


def test_it_refuses_a_line_that_is_not_current_but_false(anna: Party, bram: Party) -> None:
    refused_line(active(anna, bram), current=False)


def test_it_refuses_a_stopped_line_that_is_current(anna: Party, bram: Party) -> None:
    refused_line(active(anna, bram), stopped_at=NOW)


def test_it_refuses_a_line_without_a_helper_that_is_current(anna: Party) -> None:
    refused_line(give(anna, None, what=terms(last_day=TODAY)).mandate, current=True)


@pytest.mark.parametrize("level", ["", "medium"])
def test_it_refuses_a_line_without_a_known_level(level: str, anna: Party, bram: Party) -> None:
    refused_line(active(anna, bram), minimum_level=level)


def test_it_refuses_a_service_twice_in_one_mandate(anna: Party, bram: Party) -> None:
    mandate = active(anna, bram, what=terms("mijn-toeslagen", "inkomstenbelasting"))
    one = MandateService.objects.get(mandate=mandate, service__key="mijn-toeslagen")
    with pytest.raises(IntegrityError), transaction.atomic():
        MandateService.objects.filter(mandate=mandate, service__key="inkomstenbelasting").update(service=one.service)


def test_it_refuses_two_requests_about_one_stated_person(anna: Party, bram: Party) -> None:
    first, second = asks(bram), asks(bram)
    with pytest.raises(IntegrityError), transaction.atomic():
        MandateRequest.objects.filter(id=second.id).update(stated=first.stated)
    requested(anna, bram)
    MandateRequest.objects.update(stated=None)


def test_it_refuses_a_code_by_which_one_helps_oneself(anna: Party, bram: Party) -> None:
    give(anna, bram)
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivationCode.objects.update(helper=anna.id)


def test_it_refuses_a_letter_that_left_at_no_time(anna: Party, bram: Party) -> None:
    requested(anna, bram)
    made("code")
    for wrong in ({"outcome": "posted", "sealed": ""}, {"posted_at": NOW}, {"outcome": "refused"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Letter.objects.update(**wrong)
