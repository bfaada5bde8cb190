"""The database is locked, or goes away in the middle of a login at a portal: 503, all or nothing, no login is lost."""

from collections.abc import Callable
from functools import partial

import pytest
from django.test import Client

from namens.grants.models import AuthorizationCode, AuthorizationRequest, Family, RefreshToken
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.mandates.actions import stop
from namens.outbox.models import Kind as RowKind
from namens.outbox.models import OutboxRow
from namens.parties.models import Party
from namens.services.models import Portal
from tests.faults import Ask, Kind, all_or_nothing, contents, failing, locked
from tests.openid.relying import RelyingParty
from tests.openid.renewing import introspect, refresh, revoke
from tests.people import NOW, active

pytestmark = pytest.mark.django_db(transaction=True)
each_kind = pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.name.lower())


Act = Callable[[RelyingParty, Party, Party], Ask]


def choosing(portal: RelyingParty, anna: Party, bram: Party) -> Ask:
    """Bram chooses Anna."""
    active(anna, bram)
    address = portal.ask()
    portal.log_in(bram)
    return partial(portal.choose, address, anna)


def redeeming(portal: RelyingParty, anna: Party, bram: Party) -> Ask:
    """The portal brings its code, each time with a new proof of who it is."""
    active(anna, bram)
    return partial(portal.exchange, portal.code(bram, whom=anna))


def using(portal: RelyingParty, anna: Party, bram: Party) -> Ask:
    """The portal asks UserInfo."""
    active(anna, bram)
    return partial(portal.userinfo, portal.tokens(bram, whom=anna)["access_token"])


def refreshing(portal: RelyingParty, anna: Party, bram: Party) -> Ask:
    """The portal brings its refresh token, each time with a new proof of who it is."""
    Portal.objects.update(refresh_tokens=True)
    active(anna, bram)
    return partial(refresh, portal, portal.tokens(bram, whom=anna)["refresh_token"])


def taking_back(portal: RelyingParty, anna: Party, bram: Party) -> Ask:
    """The portal takes its access token back, each time with a new proof of who it is."""
    active(anna, bram)
    return partial(revoke, portal, portal.tokens(bram, whom=anna)["access_token"])


def looking_into(portal: RelyingParty, anna: Party, bram: Party) -> Ask:
    """The portal asks what its access token is worth, of a login that nothing holds up any more."""
    mandate = active(anna, bram)
    token = portal.tokens(bram, whom=anna)["access_token"]
    stop(mandate=mandate.id, by=anna, now=NOW)
    return partial(introspect, portal, token)


def reading_keys(_portal: RelyingParty, _anna: Party, _bram: Party) -> Ask:
    """The portal asks with which keys we sign."""
    return partial(Client().get, "/openid/jwks")


def discovering(_portal: RelyingParty, _anna: Party, _bram: Party) -> Ask:
    """The portal asks what we can do."""
    return partial(Client().get, "/.well-known/openid-configuration")


def using_what_was_stopped(portal: RelyingParty, anna: Party, bram: Party) -> Ask:
    """The portal asks UserInfo about a login that nothing holds up any more: it ends here."""
    ask = using(portal, anna, bram)
    stop(mandate=active(anna, bram).id, by=anna, now=NOW)
    return ask


@each_kind
def test_it_keeps_a_question_or_none(portal: RelyingParty, kind: Kind) -> None:
    assert portal.scope
    assert all_or_nothing(portal.authorize, kind=kind).status_code == 303
    assert AuthorizationRequest.objects.count() == 1


@each_kind
def test_it_keeps_a_pushed_question_or_none(portal: RelyingParty, kind: Kind) -> None:
    assert portal.scope
    assert all_or_nothing(portal.push, kind=kind).status_code == 201
    assert AuthorizationRequest.objects.count() == 1


@each_kind
def test_it_finds_a_pushed_question_again(portal: RelyingParty, kind: Kind) -> None:
    asked = portal.pushed()
    assert all_or_nothing(partial(portal.come, asked), kind=kind).status_code == 303


@each_kind
def test_it_gives_one_code_or_none(portal: RelyingParty, anna: Party, bram: Party, kind: Kind) -> None:
    assert all_or_nothing(choosing(portal, anna, bram), kind=kind).status_code == 303
    assert (AuthorizationCode.objects.count(), Family.objects.count()) == (1, 1)


@each_kind
def test_it_takes_no_code_without_giving_tokens(portal: RelyingParty, anna: Party, bram: Party, kind: Kind) -> None:
    answer = all_or_nothing(redeeming(portal, anna, bram), kind=kind)
    assert (answer.status_code, Family.objects.get().ended_at) == (200, None)


@each_kind
def test_it_takes_no_refresh_token_without_giving_another(
    portal: RelyingParty, anna: Party, bram: Party, kind: Kind
) -> None:
    answer = all_or_nothing(refreshing(portal, anna, bram), kind=kind)
    assert (answer.status_code, Family.objects.get().ended_at) == (200, None)
    assert RefreshToken.objects.filter(used_at__isnull=True).count() == 1


@each_kind
def test_it_ends_a_login_at_the_portals_wish_or_not_at_all(
    portal: RelyingParty, anna: Party, bram: Party, kind: Kind
) -> None:
    assert all_or_nothing(taking_back(portal, anna, bram), kind=kind).status_code == 200
    assert Family.objects.get().ended_by == "revoked"
    assert JournalEntry.objects.filter(event=Event.TOKENS_ENDED).count() == 1


@each_kind
def test_it_changes_nothing_by_saying_what_a_token_is_worth(
    portal: RelyingParty, anna: Party, bram: Party, kind: Kind
) -> None:
    ask = using(portal, anna, bram)
    before = contents()
    assert all_or_nothing(ask, kind=kind).status_code == 200
    assert contents() == before


@each_kind
def test_it_ends_a_login_together_with_the_message_to_its_portal(
    portal: RelyingParty, anna: Party, bram: Party, kind: Kind
) -> None:
    assert all_or_nothing(using_what_was_stopped(portal, anna, bram), kind=kind).status_code == 401
    assert OutboxRow.objects.filter(kind=RowKind.BACK_CHANNEL_LOGOUT).count() == 1
    assert JournalEntry.objects.filter(event=Event.TOKENS_ENDED).count() == 1


WRITING = [choosing, redeeming, refreshing, taking_back, looking_into, using_what_was_stopped]
CALLED_BY_PROGRAMS = [redeeming, refreshing, taking_back, looking_into, using, reading_keys, discovering]


@pytest.mark.parametrize("act", WRITING, ids=lambda act: act.__name__)
def test_it_does_nothing_while_the_database_is_locked(portal: RelyingParty, anna: Party, bram: Party, act: Act) -> None:
    ask = act(portal, anna, bram)
    before = contents()
    with locked():
        answer = ask()
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert contents() == before
    assert ask().status_code in {200, 303, 401}


@pytest.mark.parametrize("act", CALLED_BY_PROGRAMS, ids=lambda act: act.__name__)
def test_it_tells_programs_in_json(portal: RelyingParty, anna: Party, bram: Party, act: Act) -> None:
    ask = act(portal, anna, bram)
    with failing(at=1, kind=Kind.GONE):
        answer = ask()
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/json")
    assert b'"temporarily_unavailable"' in answer.content
