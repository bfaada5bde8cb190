"""Second yeses that were given before it was kept since when they grant."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from namens.mandates.models import Mandate, SecondYes
from namens.parties.models import Party
from tests.people import NOW, TODAY, active, of


@pytest.mark.usefixtures("catalogue")
def test_it_takes_the_instant_of_the_yes(anna: Party, bram: Party, carla: Party) -> None:
    with_yes, without = active(anna, bram), active(anna, carla)
    answered = NOW + timedelta(days=1)
    for mandate, answer in ((with_yes, "yes"), (without, "no")):
        SecondYes.objects.create(
            mandate=mandate,
            held_at=TODAY,
            last_day=TODAY,
            asked_at=NOW,
            waits_until=TODAY,
            answered_at=answered,
            answer=answer,
        )
    import_module("namens.mandates.migrations.0012_granted_since_second_yes").fill(apps, None)
    assert (of(with_yes).granted_since, of(without).granted_since) == (answered, None)
    assert Mandate.objects.count() == 2
