"""Two operators change the catalogue at one moment, on connections of their own."""

import time
from collections.abc import Callable

import pytest

from namens.services import catalogue
from namens.services.actions import approve_catalogue, propose_catalogue
from namens.services.actions import catalogue as actions
from namens.services.models import CatalogueVersion, Service, Status
from namens.services.refusals import ServiceReason, ServiceRefused
from tests.parallel import at_once
from tests.people import NOW
from tests.services.catalogues import alpha, small

pytestmark = pytest.mark.django_db(transaction=True)


def propose(level: str) -> int:
    return propose_catalogue(content=alpha(minimum_level=level), by="olga", now=NOW).number


def approving(number: int, *, after: float = 0) -> Callable[[], ServiceReason | None]:
    """Approve this version, and give the refusal as a value."""

    def approve() -> ServiceReason | None:
        time.sleep(after)
        try:
            approve_catalogue(number=number, by="otto", now=NOW)
        except ServiceRefused as refused:
            return refused.reason
        return None

    return approve


@pytest.fixture
def older_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let version 2 take its time between being approved and taking effect."""
    apply = actions._apply

    def slowly(content: catalogue.Catalogue, version: CatalogueVersion) -> None:
        if version.number == 2:
            time.sleep(0.5)
        apply(content, version)

    monkeypatch.setattr(actions, "_apply", slowly)


@pytest.mark.usefixtures("older_is_slow")
@pytest.mark.parametrize("begins_first", ["older", "newer", "both"])
def test_it_never_leaves_an_older_versions_level(begins_first: str) -> None:
    approving(propose("low"))()
    older, newer = propose("low"), propose("high")
    waits = {"older": (0, 0.2), "newer": (0.2, 0), "both": (0, 0)}[begins_first]
    answers = at_once([approving(older, after=waits[0]), approving(newer, after=waits[1])])
    assert answers in ([None, None], [ServiceReason.NOT_PROPOSED, None])
    service = Service.objects.get(key="alpha")
    assert (service.minimum_level, service.version_id) == ("high", newer)


def test_it_approves_a_version_once() -> None:
    approving(propose("low"))()
    number = propose("high")
    assert at_once([approving(number)] * 6).count(None) == 1
    assert CatalogueVersion.objects.filter(status=Status.APPROVED).count() == 2


def test_it_gives_every_proposal_a_number_of_its_own() -> None:
    propose("low")
    numbers = at_once([lambda: propose_catalogue(content=small(), by="olga", now=NOW).number] * 6)
    assert sorted(numbers) == [2, 3, 4, 5, 6, 7]
