"""What clients read on paper when an organisation leaves, or goes on under another number."""

from datetime import timedelta

import pytest

from namens.codes.actions import Match
from namens.codes.refusals import CodeRefusal
from namens.journal.events import Channel
from namens.mandates.actions import Activated, activate, ask_for_successor, end_with_organisation, try_code
from namens.mandates.actions.renew import ask_renewal
from namens.mandates.models import Mandate
from namens.mandates.states import EndReason, State
from namens.organisations.actions import Terms, agree_to_merger, leave, propose_merger
from namens.organisations.models import Block, Organisation
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from namens.post.wanted import Asked, is_wanted
from tests.letters import codes_in, made, text_of
from tests.organisations.joining import LAST_DAY, OLGA, OTTO
from tests.organisations.test_change import MERGED, NOOR
from tests.people import BSNS, NOW, TODAY, fresh, of
from tests.working import licence, mandate_of, member, organisation

pytestmark = pytest.mark.usefixtures("catalogue")


def merged(works_for: Organisation) -> Organisation:
    """Let it go on as Samen Verder, and ask its clients."""
    merger = propose_merger(
        organisation=works_for.party_id,
        terms=Terms(MERGED, "Samen Verder", "Wmo 2015", may_process_bsn=True),
        manager=NOOR,
        last_day=LAST_DAY,
        by=OLGA,
        channel=Channel.PAGES,
        now=NOW,
    )
    admitted = agree_to_merger(merger=merger.id, by=OTTO, channel=Channel.PAGES, now=NOW)
    ask_for_successor(merger=merger.id, now=NOW)
    return admitted.organisation


def test_it_says_until_when_the_organisation_helps_and_why_no_longer(anna: Party) -> None:
    works_for = organisation()
    mandate_of(anna, works_for)
    leave(organisation=works_for.party_id, last_day=LAST_DAY, by=OLGA, channel=Channel.PAGES, now=NOW)
    end_with_organisation(organisation=works_for.party_id, now=NOW)
    text = " ".join(text_of(made("ending")).split())
    assert "Samen Sterk kan dit voor u doen tot en met 31 december 2026, en daarna niet meer:" in text
    assert "Mijn toeslagen" in text
    assert "De organisatie stopt met dit werk." in text


def test_it_asks_again_in_the_name_of_the_new_organisation(anna: Party) -> None:
    works_for = organisation()
    mandate_of(anna, works_for)
    merged(works_for)
    letter = made("code")
    text = text_of(letter)
    assert "Samen Verder" in text
    assert "Mijn toeslagen" in text
    assert len(codes_in(letter)) == 1


def test_it_lets_a_member_of_the_new_organisation_use_the_code_and_ends_the_old_mandate(anna: Party) -> None:
    works_for = organisation()
    old = mandate_of(anna, works_for)
    new = merged(works_for)
    [code] = codes_in(made("code"))
    noor = member(new, "Noor")
    licence(noor)
    match = try_code(code=code, bsn=BSNS["anna"], helper=new.party, member=noor, now=NOW)
    assert isinstance(match, Match)
    fresh(anna, now=NOW)
    assert isinstance(activate(code=match.code, helper=new.party, now=NOW, member=noor), Activated)
    assert (of(old).state, of(old).end_reason) == (State.ENDED, EndReason.REPLACED)
    running = Mandate.objects.get(state=State.ACTIVE)
    assert running.representative_id == new.party_id


def test_it_gives_the_old_organisation_nothing_for_that_code(anna: Party) -> None:
    works_for = organisation()
    mandate_of(anna, works_for)
    merged(works_for)
    [code] = codes_in(made("code"))
    sam = member(works_for)
    licence(sam)
    tried = try_code(code=code, bsn=BSNS["anna"], helper=works_for.party, member=sam, now=NOW)
    assert isinstance(tried, CodeRefusal)


def test_it_writes_no_code_for_an_organisation_that_is_switched_off(anna: Party) -> None:
    works_for = organisation()
    sam = member(works_for)
    licence(sam)
    ending = mandate_of(anna, works_for, last_day=TODAY + timedelta(days=20))
    ask_renewal(mandate=ending.id, member=sam, now=NOW)
    row = OutboxRow.objects.get(kind=Kind.LETTER)
    asked = Asked.read(row.payload, row=row.id, asked_at=row.put_at)
    assert is_wanted(asked, now=NOW)
    Block.objects.create(organisation=works_for, blocked_by=str(OLGA), since=NOW)
    assert not is_wanted(asked, now=NOW)
