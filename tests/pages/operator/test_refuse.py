"""Who may not be at the operator's pages: Dirk in every shape."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from namens.journal.events import Channel
from namens.journal.models import JournalEntry
from namens.organisations.actions import Terms, block, propose_merger
from namens.organisations.models import Block, Member, MemberInvitation, Merger, Organisation
from namens.outbox.models import OutboxRow
from namens.signin.models import Role
from tests.organisations.joining import OLGA, invited_by
from tests.organisations.test_change import MERGED, NOOR
from tests.pages.operator.operating import acts_on, pages_of
from tests.pages.visiting import arrive
from tests.people import NOW, person
from tests.staff import log_in_agent, make_staff
from tests.working import member as member_of
from tests.working import organisation as organisation_of

Dirk = Callable[[], Client]
DIRKS: dict[str, Dirk] = {
    "nobody": Client,
    "citizen": lambda: arrive(person("dirk")),
    "helpdesk agent": lambda: log_in_agent(make_staff("Dirk")),
    "auditor": lambda: log_in_agent(make_staff("Dirk", role=Role.AUDITOR)),
    "operator without a second step": lambda: log_in_agent(make_staff("Dirk", role=Role.OPERATOR), second_step=False),
    "member": lambda: arrive(member_of(organisation_of(), "Dirk").party),
    "manager of the organisation": lambda: arrive(member_of(organisation_of(), "Dirk", is_manager=True).party),
}


@pytest.fixture
def mia(db: None) -> Member:  # noqa: ARG001 - asked for its effect
    """A manager of Samen Sterk, of which everything waits that an operator can answer."""
    mia = member_of(organisation_of(), "Mia", is_manager=True)
    invited_by(mia)
    block(organisation=mia.organisation_id, member=mia.party_id, reason="X", by=OLGA, channel=Channel.PAGES, now=NOW)
    propose_merger(
        organisation=mia.organisation_id,
        terms=Terms(MERGED, "Samen Verder"),
        manager=NOOR,
        last_day=date(2099, 12, 31),
        by=OLGA,
        channel=Channel.PAGES,
        now=NOW,
    )
    return mia


def written() -> list[object]:
    """Give what an operator can make or change."""
    return [
        list(Organisation.objects.order_by("party").values()),
        list(Block.objects.values()),
        list(Merger.objects.values()),
        MemberInvitation.objects.count(),
        OutboxRow.objects.count(),
        JournalEntry.objects.exclude(event__in=["signed-in", "staff-signed-in"]).count(),
    ]


@pytest.mark.parametrize("dirk", DIRKS.values(), ids=DIRKS)
def test_it_shows_dirk_no_page(mia: Member, dirk: Dirk) -> None:
    browser = dirk()
    for address in pages_of(mia.organisation, mia.party_id):
        answer = browser.get(address)
        assert answer.status_code in {302, 403}
        assert "Samen Sterk" not in answer.content.decode()


@pytest.mark.parametrize("dirk", DIRKS.values(), ids=DIRKS)
def test_it_lets_dirk_change_nothing(mia: Member, dirk: Dirk) -> None:
    browser, before = dirk(), written()
    for address, typed in acts_on(mia.organisation, mia.party_id):
        assert browser.post(address, typed).status_code in {302, 403}
    assert written() == before


def test_it_does_nothing_to_what_belongs_to_another_organisation(mia: Member, at_olga: Client) -> None:
    other, before = organisation_of("De Brug"), written()
    tried = [
        at_olga.post(address.replace(str(mia.organisation_id), str(other.party_id)), typed).status_code
        for address, typed in acts_on(mia.organisation, mia.party_id)
        if any(part in address for part in ("/blokkades/", "/fusie/", "/mensen/"))
    ]
    assert len(tried) == 6
    assert set(tried) <= {404, 409}
    assert written()[1:5] == before[1:5]
