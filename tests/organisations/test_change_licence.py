"""Changing, pausing, resuming, ending a licence: from the next question on, without changing what was."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from namens.lib.assurance import AssuranceLevel
from namens.mandates import queries
from namens.mandates.decision import Decision, Permit, Question, Refusal, Representative
from namens.mandates.licences import Gap
from namens.organisations.actions import (
    LicenceTerms,
    change_licence,
    end_licence,
    pause_licence,
    resume_licence,
)
from namens.organisations.models import Assignment, Licence, LicencePause, Member
from namens.organisations.refusals import OrganisationReason, OrganisationRefused
from namens.parties.models import Party
from namens.services.models import Portal
from tests.looking_back import decide_back
from tests.organisations.managing import as_kept, carla, losing, mia, second_manager, team, terms, written
from tests.people import NOW, TODAY
from tests.working import licence, mandate_of, member, organisation

pytestmark = pytest.mark.usefixtures("catalogue")
LATER = NOW + timedelta(hours=1)
Verb = Callable[..., Licence]
VERBS: list[Verb] = [pause_licence, resume_licence, end_licence]


def ask(
    portal: Portal,
    sam: Member,
    client: Party,
    *,
    service: str = "mijn-toeslagen",
    hours: int = 2,
    how: Callable[..., Decision] = queries.decide_for,
) -> Decision:
    return how(
        portal=portal,
        representative=Representative(organisation().party_id, member=sam.party_id),
        representee=client.id,
        question=Question(service=service, assurance=AssuranceLevel.LOW),
        at=NOW + timedelta(hours=hours),
    )


def ask_back(portal: Portal, sam: Member, client: Party, *, hours: int, service: str = "mijn-toeslagen") -> Decision:
    return ask(portal, sam, client, service=service, hours=hours, how=decide_back)


def gap(answer: Decision) -> Gap:
    assert isinstance(answer, Refusal)
    assert answer.missing is not None
    return answer.missing.gap


def change(by: Member, held: Licence, what: LicenceTerms, *, version: int = 0) -> Licence:
    return change_licence(by=by, licence=held.id, version=version, terms=what, now=LATER)


def refused(verb: Verb, by: Member, held: UUID, *, version: int = 0, **rest: Any) -> OrganisationReason:  # noqa: ANN401 - what the verb takes besides
    before = Licence.objects.count(), losing(), written()
    with pytest.raises(OrganisationRefused) as refusal:
        verb(by=by, licence=held, version=version, now=LATER, **rest)
    assert (Licence.objects.count(), losing(), written()) == before
    return refusal.value.reason


def test_it_pauses_resumes_and_ends_from_the_next_question_on(anna: Party, toeslagen: Portal) -> None:
    sam = member(organisation())
    held = licence(sam)
    mandate_of(anna, organisation())
    pause_licence(by=mia(), licence=held.id, version=0, now=LATER)
    assert gap(ask(toeslagen, sam, anna)) == Gap.PAUSED
    resume_licence(by=mia(), licence=held.id, version=1, now=LATER + timedelta(hours=2))
    assert gap(ask(toeslagen, sam, anna, hours=2)) == Gap.PAUSED
    assert isinstance(ask(toeslagen, sam, anna, hours=4), Permit)
    end_licence(by=mia(), licence=held.id, version=2, now=LATER + timedelta(hours=4))
    assert isinstance(ask_back(toeslagen, sam, anna, hours=4), Permit)
    assert gap(ask_back(toeslagen, sam, anna, hours=2)) == Gap.PAUSED
    assert isinstance(ask_back(toeslagen, sam, anna, hours=0), Permit)
    assert gap(ask(toeslagen, sam, anna, hours=6)) == Gap.ENDED
    assert written()[-3:] == ["licence-paused", "licence-resumed", "licence-ended"]
    assert losing() == [str(sam.party_id)] * 2


def test_it_changes_what_holds_from_now_on_and_not_what_was(anna: Party, belasting: Portal, toeslagen: Portal) -> None:
    sam = member(organisation())
    held = licence(sam, "mijn-toeslagen")
    mandate_of(anna, organisation(), "mijn-toeslagen", "inkomstenbelasting")
    change(mia(), held, terms("inkomstenbelasting"))
    assert isinstance(ask(belasting, sam, anna, service="inkomstenbelasting"), Permit)
    assert gap(ask(toeslagen, sam, anna)) == Gap.ENDED
    assert isinstance(ask_back(toeslagen, sam, anna, hours=0), Permit)
    assert gap(ask_back(belasting, sam, anna, service="inkomstenbelasting", hours=0)) == Gap.OTHER_SERVICE
    assert losing() == [str(sam.party_id)]


def test_it_keeps_a_pause_over_a_change(anna: Party, toeslagen: Portal) -> None:
    sam = member(organisation())
    held = licence(sam)
    mandate_of(anna, organisation())
    LicencePause.objects.create(licence=held, since=NOW, until=NOW + timedelta(minutes=10))
    pause_licence(by=mia(), licence=held.id, version=0, now=NOW + timedelta(minutes=30))
    change(mia(), held, terms("mijn-toeslagen", "inkomstenbelasting"), version=1)
    assert gap(ask(toeslagen, sam, anna)) == Gap.PAUSED
    resume_licence(by=mia(), licence=held.id, version=2, now=LATER + timedelta(hours=1))
    assert isinstance(ask(toeslagen, sam, anna), Permit)
    assert sorted(as_kept(held).pauses.values_list("since", flat=True)) == [LATER]


def test_it_moves_days_without_a_trace_in_the_licences() -> None:
    held = licence(member(organisation()), last_day=date(2026, 12, 31))
    change(mia(), held, terms(last_day=date(2027, 6, 30)))
    assert (as_kept(held).last_day, as_kept(held).version) == (date(2027, 6, 30), 1)
    assert Licence.objects.count() == 1
    assert losing() == []


def test_it_knows_at_what_hour_of_the_first_day_that_day_was_moved(anna: Party, toeslagen: Portal) -> None:
    sam = member(organisation())
    held = licence(sam, first_day=TODAY + timedelta(days=1))
    mandate_of(anna, organisation())
    change_licence(by=mia(), licence=held.id, version=0, terms=terms(first_day=TODAY), now=LATER)
    assert isinstance(ask(toeslagen, sam, anna), Permit)
    assert gap(ask_back(toeslagen, sam, anna, hours=0)) == Gap.NOT_STARTED
    again = LATER + timedelta(hours=2)
    change_licence(by=mia(), licence=held.id, version=1, terms=terms(first_day=TODAY + timedelta(days=1)), now=again)
    assert gap(ask(toeslagen, sam, anna, hours=4)) == Gap.NOT_STARTED
    assert isinstance(ask_back(toeslagen, sam, anna, hours=2), Permit)


def test_it_writes_nothing_when_nothing_changes() -> None:
    held = licence(member(organisation()))
    change(mia(), held, terms())
    assert as_kept(held).version == 0
    assert "licence-changed" not in written()


def test_it_reaches_a_team_from_the_change_on(anna: Party, toeslagen: Portal) -> None:
    sam, north = member(organisation()), team("Noord")
    held = licence(sam)
    mandate_of(anna, organisation())
    change(mia(), held, terms(for_team=north))
    assert gap(ask(toeslagen, sam, anna)) == Gap.OTHER_TEAM
    assert isinstance(ask_back(toeslagen, sam, anna, hours=0), Permit)
    Assignment.objects.create(organisation=organisation(), client=anna, team=north, since=NOW)
    assert isinstance(ask(toeslagen, sam, anna), Permit)
    assert losing() == [str(sam.party_id)]


def test_it_tells_the_second_of_two_managers() -> None:
    held = licence(member(organisation()))
    change(mia(), held, terms(last_day=date(2026, 12, 31)))
    noor = second_manager()
    other = terms(last_day=date(2027, 1, 31))
    assert refused(change_licence, noor, held.id, terms=other) == OrganisationReason.CHANGED_MEANWHILE
    assert as_kept(held).last_day == date(2026, 12, 31)
    for verb in VERBS:
        assert refused(verb, noor, held.id) == OrganisationReason.CHANGED_MEANWHILE


def test_it_lets_no_manager_extend_change_or_resume_an_own_licence() -> None:
    own = licence(mia(), last_day=date(2026, 12, 31))
    assert refused(change_licence, mia(), own.id, terms=terms()) == OrganisationReason.OWN_LICENCE
    pause_licence(by=mia(), licence=own.id, version=0, now=LATER)
    assert refused(resume_licence, mia(), own.id, version=1) == OrganisationReason.OWN_LICENCE
    end_licence(by=mia(), licence=own.id, version=1, now=LATER)
    assert as_kept(own).ended_at == LATER


def test_it_refuses_dirk_a_colleague_and_the_manager_of_another_organisation(dirk: Party) -> None:
    sam, vera = member(organisation()), member(organisation(), "Vera")
    held = licence(sam)
    nobody = Member(party=dirk, organisation=organisation())
    tried: list[tuple[Verb, dict[str, Any]]] = [(verb, {}) for verb in VERBS]
    for verb, rest in [*tried, (change_licence, {"terms": terms("inkomstenbelasting")})]:
        assert refused(verb, nobody, held.id, **rest) == OrganisationReason.NOT_A_MANAGER
        assert refused(verb, vera, held.id, **rest) == OrganisationReason.NOT_A_MANAGER
    elsewhere = carla()
    for verb in VERBS:
        assert refused(verb, elsewhere, held.id) == OrganisationReason.UNKNOWN_LICENCE


def test_it_refuses_what_is_over() -> None:
    sam = member(organisation())
    expired = licence(sam, first_day=TODAY - timedelta(days=9), last_day=TODAY - timedelta(days=1))
    ended = licence(sam)
    end_licence(by=mia(), licence=ended.id, version=0, now=NOW)
    for verb in VERBS:
        assert refused(verb, mia(), expired.id) == OrganisationReason.LICENCE_NOT_POSSIBLE
        assert refused(verb, mia(), ended.id, version=1) == OrganisationReason.LICENCE_NOT_POSSIBLE


def test_it_does_not_move_the_first_day_of_a_licence_that_began() -> None:
    held = licence(member(organisation()), first_day=TODAY - timedelta(days=9))
    moved = terms(first_day=TODAY + timedelta(days=1))
    assert refused(change_licence, mia(), held.id, terms=moved) == OrganisationReason.LICENCE_STARTED
    change(mia(), held, terms(first_day=TODAY - timedelta(days=9), last_day=date(2027, 3, 1)))
    assert as_kept(held).last_day == date(2027, 3, 1)


def test_it_does_not_change_the_earlier_form_of_a_licence() -> None:
    held = licence(member(organisation()))
    change(mia(), held, terms("inkomstenbelasting"))
    earlier = Licence.objects.get(later=held)
    for verb in VERBS:
        assert refused(verb, mia(), earlier.id) == OrganisationReason.UNKNOWN_LICENCE
