"""A member activates a code in the organisation's name: with a licence for all of it, and tries of their own."""

from dataclasses import replace
from datetime import timedelta

import pytest

from namens.codes.actions import Match
from namens.codes.models import ActivationCode, RefusedTry
from namens.codes.refusals import CodeReason, CodeRefusal
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.limits import Limit
from namens.mandates.actions import Activated, activate, try_code
from namens.mandates.actions.offer import GivenMandate
from namens.mandates.models import Mandate
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import State
from namens.organisations.models import Assignment, Block, LeftOut, LicencePause, Member, Team
from namens.parties.identifiers import Bsn
from namens.parties.models import Party
from namens.services.models import Service
from tests.people import BSNS, NOW, TODAY, active, fresh, give, of, terms
from tests.working import licence, member, organisation

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def sam(db: None) -> Member:  # noqa: ARG001 - asked for its effect
    """Sam Bakker, who works for Samen Sterk."""
    return member(organisation())


@pytest.fixture
def given(anna: Party, sam: Member) -> GivenMandate:
    """A mandate that Anna gave to Samen Sterk, and that waits for the code."""
    return give(anna, sam.organisation.party)


def tries(given: GivenMandate, who: Member, *, bsn: Bsn = BSNS["anna"]) -> Match | CodeRefusal:
    return try_code(code=given.code, bsn=bsn, helper=who.organisation.party, member=who, now=NOW)


def activates(given: GivenMandate, who: Member) -> Mandate:
    match = tries(given, who)
    assert isinstance(match, Match)
    fresh(given.mandate.representee, now=NOW)
    helper = who.organisation.party
    assert isinstance(activate(code=match.code, helper=helper, member=who, now=NOW), Activated)
    return of(given.mandate)


def refusal(given: GivenMandate, who: Member) -> MandateRefused:
    with pytest.raises(MandateRefused) as refused:
        tries(given, who)
    assert of(given.mandate).state == State.OFFERED
    assert not RefusedTry.objects.exists()
    return refused.value


def test_it_becomes_active_in_the_name_of_the_organisation(given: GivenMandate, sam: Member) -> None:
    licence(sam)
    made = activates(given, sam)
    assert (made.state, made.representative_id) == (State.ACTIVE, sam.organisation_id)
    entry = JournalEntry.objects.get(event=Event.MANDATE_ACTIVATED)
    assert (entry.actor, entry.subject) == (sam.party_id, given.mandate.representee_id)
    assert ActivationCode.objects.get().redeemed_by == sam.party_id


def test_it_makes_the_member_look_after_the_client(given: GivenMandate, sam: Member) -> None:
    sam.team = Team.objects.create(organisation=sam.organisation, name="Noord")
    sam.save()
    licence(sam)
    activates(given, sam)
    found = Assignment.objects.get()
    assert (found.client_id, found.member, found.team, found.until) == (
        given.mandate.representee_id,
        sam,
        sam.team,
        None,
    )


def test_it_leaves_a_client_with_the_colleague_who_looks_after_them(given: GivenMandate, sam: Member) -> None:
    vera = member(sam.organisation, "Vera")
    Assignment.objects.create(organisation=sam.organisation, client=given.mandate.representee, member=vera, since=NOW)
    licence(sam)
    activates(given, sam)
    assert Assignment.objects.get().member == vera


def test_it_looks_nothing_up_for_a_member_without_a_licence(given: GivenMandate, sam: Member) -> None:
    refused = refusal(given, sam)
    assert (refused.reason, refused.services) == (MandateReason.NO_LICENCE, ())
    licence(sam, first_day=TODAY - timedelta(days=9), last_day=TODAY - timedelta(days=1))
    assert refusal(given, sam).reason is MandateReason.NO_LICENCE
    assert not JournalEntry.objects.filter(event=Event.CODE_TRIED).exists()


def test_it_names_the_services_without_a_licence(anna: Party, sam: Member) -> None:
    licence(sam)
    given = give(anna, sam.organisation.party, what=terms("mijn-toeslagen", "inkomstenbelasting"))
    refused = refusal(given, sam)
    assert (refused.reason, refused.services) == (MandateReason.NO_LICENCE, ("Inkomstenbelasting",))


@pytest.mark.parametrize("change", ["paused", "ended", "blocked", "left"])
def test_it_asks_for_the_licence_once_more_at_the_yes(given: GivenMandate, sam: Member, change: str) -> None:
    held = licence(sam)
    match = tries(given, sam)
    assert isinstance(match, Match)
    if change == "paused":
        LicencePause.objects.create(licence=held, since=NOW)
    elif change == "ended":
        type(held).objects.update(ended_at=NOW)
    elif change == "blocked":
        Block.objects.create(organisation=sam.organisation, member=sam, blocked_by="Olga", since=NOW)
    else:
        Member.objects.update(ended_at=NOW)
    fresh(given.mandate.representee, now=NOW)
    with pytest.raises(MandateRefused, match=MandateReason.NO_LICENCE):
        activate(code=match.code, helper=sam.organisation.party, member=sam, now=NOW)
    assert of(given.mandate).state == State.OFFERED
    assert not Assignment.objects.exists()


def test_it_takes_a_client_of_the_own_team_and_none_of_another(given: GivenMandate, sam: Member) -> None:
    north, south = (Team.objects.create(organisation=sam.organisation, name=name) for name in ("Noord", "Zuid"))
    licence(sam, team=north)
    assert refusal(given, sam).reason is MandateReason.OTHER_TEAM
    sam.team = north
    sam.save()
    Assignment.objects.create(organisation=sam.organisation, client=given.mandate.representee, team=south, since=NOW)
    assert refusal(given, sam).reason is MandateReason.OTHER_TEAM
    Assignment.objects.update(until=NOW)
    assert activates(given, sam).state == State.ACTIVE


def test_it_takes_what_a_client_of_another_team_hands_over_when_the_licence_has_no_team(
    given: GivenMandate, sam: Member
) -> None:
    other = Team.objects.create(organisation=sam.organisation, name="Zuid")
    Assignment.objects.create(organisation=sam.organisation, client=given.mandate.representee, team=other, since=NOW)
    licence(sam)
    assert activates(given, sam).state == State.ACTIVE


def test_it_refuses_the_one_whom_the_client_left_out(given: GivenMandate, sam: Member) -> None:
    licence(sam)
    LeftOut.objects.create(client=given.mandate.representee, member=sam, since=NOW)
    assert refusal(given, sam).reason is MandateReason.MEMBER_LEFT_OUT


def test_it_lets_nobody_type_a_bsn_for_an_organisation_without_a_basis(given: GivenMandate, sam: Member) -> None:
    licence(sam)
    sam.organisation.may_process_bsn = False
    assert refusal(given, sam).reason is MandateReason.BSN_NOT_ALLOWED


def test_it_does_not_work_for_a_member_of_another_organisation(given: GivenMandate, sam: Member) -> None:
    carla = member(organisation("De Brug"), "Carla", is_manager=True)
    licence(carla)
    assert tries(given, carla) == CodeRefusal(CodeReason.NOT_ACCEPTED)
    with pytest.raises(MandateRefused, match=MandateReason.REPRESENTATIVE_UNKNOWN):
        try_code(code=given.code, bsn=BSNS["anna"], helper=sam.organisation.party, member=carla, now=NOW)
    assert of(given.mandate).state == State.OFFERED


def test_it_does_not_work_for_private_persons(given: GivenMandate, sam: Member, bram: Party, dirk: Party) -> None:
    licence(sam)
    for person in (bram, dirk):
        told = try_code(code=given.code, bsn=BSNS["anna"], helper=person, now=NOW)
        assert told == CodeRefusal(CodeReason.NOT_ACCEPTED)
    with pytest.raises(MandateRefused, match=MandateReason.REPRESENTATIVE_UNKNOWN):
        try_code(code=given.code, bsn=BSNS["anna"], helper=bram, member=sam, now=NOW)
    with pytest.raises(MandateRefused, match=MandateReason.REPRESENTATIVE_UNKNOWN):
        try_code(code=given.code, bsn=BSNS["anna"], helper=sam.organisation.party, now=NOW)


def test_it_gives_the_code_of_a_private_number_to_no_member(anna: Party, bram: Party, sam: Member) -> None:
    licence(sam)
    private = give(anna, bram)
    assert tries(private, sam) == CodeRefusal(CodeReason.NOT_ACCEPTED)
    assert of(private.mandate).state == State.OFFERED
    made = active(anna, bram)
    assert made.representative_id == bram.id
    assert not Mandate.objects.filter(representative=sam.organisation.party).exists()


def test_it_counts_tries_of_the_member_and_not_of_the_organisation(
    given: GivenMandate, sam: Member, settings: pytest.FixtureRequest
) -> None:
    vera = member(sam.organisation, "Vera")
    for one in (sam, vera):
        licence(one)
    settings.REFUSED_CODES = Limit(times=2, window=timedelta(days=1))  # type: ignore[attr-defined]  # pytest-django's
    for _ in range(2):
        assert tries(given, sam, bsn=BSNS["carla"]) == CodeRefusal(CodeReason.NOT_ACCEPTED)
    assert tries(given, sam) == CodeRefusal(CodeReason.PAUSED)
    assert set(RefusedTry.objects.values_list("helper", flat=True)) == {sam.party_id}
    assert activates(given, vera).state == State.ACTIVE


def test_it_opens_an_open_code_for_the_organisation_of_who_has_it(anna: Party, sam: Member) -> None:
    licence(sam)
    opened = give(anna, None, what=terms(last_day=TODAY + timedelta(days=30)))
    assert activates(opened, sam).representative_id == sam.organisation_id


def test_it_opens_no_open_code_for_what_only_persons_may_do(anna: Party, sam: Member) -> None:
    licence(sam, "uitkering-aanvragen")
    given = give(anna, None, what=terms("uitkering-aanvragen", last_day=TODAY + timedelta(days=30)))
    assert refusal(given, sam).reason is MandateReason.SERVICE_NOT_OFFERED


def test_it_stops_with_the_organisation(given: GivenMandate, sam: Member) -> None:
    licence(sam)
    match = tries(given, sam)
    assert isinstance(match, Match)
    sam.organisation.last_day = TODAY - timedelta(days=1)
    sam.organisation.save()
    fresh(given.mandate.representee, now=NOW)
    with pytest.raises(MandateRefused, match=MandateReason.ORGANISATION_NOT_HERE):
        activate(code=match.code, helper=sam.organisation.party, member=sam, now=NOW)


def test_it_offers_to_organisations_only_what_is_for_them(anna: Party, sam: Member) -> None:
    only_persons = terms("uitkering-aanvragen")
    with pytest.raises(MandateRefused, match=MandateReason.SERVICE_NOT_OFFERED):
        give(anna, sam.organisation.party, what=only_persons)
    Service.objects.filter(key="mijn-toeslagen").update(mandated_to="organisations")
    what = replace(terms(), services=list(Service.objects.filter(key="mijn-toeslagen")))
    assert give(anna, sam.organisation.party, what=what).mandate.state == State.OFFERED
