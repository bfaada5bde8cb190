"""A new version of the catalogue."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.services.actions import approve_catalogue, propose_catalogue
from namens.services.catalogue import BadCatalogue
from namens.services.models import CatalogueVersion, Service, ServiceSet, Status
from namens.services.refusals import ServiceReason, ServiceRefused
from tests.people import NOW
from tests.services.catalogues import BETA, alpha, small

pytestmark = pytest.mark.django_db


def propose(content: Mapping[str, Any]) -> int:
    return propose_catalogue(content=content, by="olga", now=NOW).number


def hold(content: Mapping[str, Any]) -> int:
    number = propose(content)
    approve_catalogue(number=number, by="otto", now=NOW)
    return number


def refusal(number: int, *, by: str = "otto") -> ServiceReason:
    with pytest.raises(ServiceRefused) as refused:
        approve_catalogue(number=number, by=by, now=NOW)
    return refused.value.reason


def test_it_changes_nothing_before_the_second_operator() -> None:
    propose(small())
    assert not Service.objects.exists()


def test_it_refuses_the_same_operator() -> None:
    assert refusal(propose(small()), by="olga") is ServiceReason.SECOND_OPERATOR
    assert not Service.objects.exists()


def test_it_lets_the_database_refuse_the_same_operator() -> None:
    number = propose(small())
    with pytest.raises(IntegrityError), transaction.atomic():
        CatalogueVersion.objects.filter(number=number).update(status=Status.APPROVED, approved_by="olga")


def test_it_holds_after_the_second_operator() -> None:
    number = hold(small())
    service = Service.objects.get(key="alpha")
    assert (service.version_id, service.sensitive_keys, service.active) == (number, ["rekening"], True)
    assert [one.key for one in ServiceSet.objects.get().services.all()] == ["alpha", "beta"]


def test_it_is_approved_once() -> None:
    assert refusal(hold(small())) is ServiceReason.NOT_PROPOSED


def test_it_does_not_know_a_version_that_nobody_proposed() -> None:
    assert refusal(99) is ServiceReason.NOT_PROPOSED


def test_it_never_goes_back_to_an_older_proposal() -> None:
    older = propose(alpha(name="Oud"))
    hold(alpha(name="Nieuw"))
    assert refusal(older) is ServiceReason.NOT_PROPOSED
    assert Service.objects.get(key="alpha").name == "Nieuw"


def test_it_refuses_a_catalogue_that_is_wrong() -> None:
    with pytest.raises(BadCatalogue):
        propose(alpha(longest_months=999))
    assert not CatalogueVersion.objects.exists()


def test_it_never_gives_a_key_to_another_service() -> None:
    hold(small())
    changed = propose(alpha(id="00000000-0000-4000-8000-000000000001"))
    assert refusal(changed) is ServiceReason.KEY_CHANGED
    assert CatalogueVersion.objects.get(number=changed).status == Status.PROPOSED


def test_it_never_gives_a_service_another_key() -> None:
    hold(small())
    content = alpha(key="gamma")
    content["sets"] = []
    assert refusal(propose(content)) is ServiceReason.KEY_CHANGED


def test_it_never_swaps_two_keys() -> None:
    hold(small())
    content = small()
    first, second = content["services"]
    first["id"], second["id"] = second["id"], first["id"]
    assert refusal(propose(content)) is ServiceReason.KEY_CHANGED


def test_it_takes_a_service_out_without_removing_it() -> None:
    hold(small())
    content = small()
    content["services"], content["sets"] = [BETA], []
    hold(content)
    assert not Service.objects.get(key="alpha").active
    assert not ServiceSet.objects.get(key="samen").active


def test_it_takes_a_service_back() -> None:
    hold(small())
    content = small()
    content["services"], content["sets"] = [BETA], []
    hold(content)
    hold(small())
    assert Service.objects.get(key="alpha").active
    assert ServiceSet.objects.get(key="samen").active


def test_it_keeps_the_order_of_the_catalogue() -> None:
    content = small()
    content["services"].reverse()
    hold(content)
    assert [service.key for service in Service.objects.all()] == ["beta", "alpha"]


def test_it_writes_who_proposed_and_who_approved() -> None:
    number = hold(small())
    entries = JournalEntry.objects.order_by("id").values_list("event", "details")
    assert list(entries) == [
        (Event.CATALOGUE_PROPOSED, {"version": number, "operator": "olga"}),
        (Event.CATALOGUE_APPROVED, {"version": number, "operator": "otto"}),
    ]


def test_it_writes_nothing_when_refused() -> None:
    refusal(propose(small()), by="olga")
    assert JournalEntry.objects.filter(event=Event.CATALOGUE_APPROVED).count() == 0
