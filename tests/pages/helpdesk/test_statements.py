"""How many statements a page of the helpdesk costs; the same with one mandate as with many."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from namens.mandates.models import Mandate
from namens.parties.models import Party
from tests.counting import statements
from tests.pages.helpdesk.phoning import call_with_anna, look_up
from tests.people import NOW, active, fresh, terms

SESSION_AND_AGENT = 2
PAGE = 9


def test_it_shows_a_caller_in_few_statements_however_many_mandates(
    at_hester: Client, mandate: Mandate, anna: Party, carla: Party
) -> None:
    call = call_with_anna(at_hester)
    address = reverse("pages:caller", args=[call.id])
    few = statements(lambda: at_hester.get(address))
    active(fresh(anna, now=NOW), carla, what=terms("mijn-toeslagen", "inkomstenbelasting"))
    assert statements(lambda: at_hester.get(address)) == few
    assert few <= SESSION_AND_AGENT + PAGE
    assert mandate.representee_id == anna.id


def test_it_costs_the_same_to_be_refused_whatever_was_wrong(at_hester: Client, anna: Party) -> None:
    assert anna.person.name.first == "Anna"
    wrong: list[Callable[[], object]] = [
        lambda: look_up(at_hester, postcode="9999ZZ"),
        lambda: look_up(at_hester, birth_date_day="7"),
        lambda: look_up(at_hester, bsn="999990421"),
    ]
    assert len({statements(ask) for ask in wrong}) == 1  # type: ignore[arg-type]  # each gives an answer
