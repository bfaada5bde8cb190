"""A portal gets new tokens of a login that goes on: only while what the person chose still holds.

There is no grace for an answer that was lost: within any grace a stolen token would go unnoticed, and its thief would
hold a login that nobody ends. A portal whose answer was lost asks the person to log in again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from namens.grants import reading
from namens.grants.actions.end import end_family
from namens.grants.actions.judging import access_gone, judged
from namens.grants.clients import Proven
from namens.grants.confirmation import Confirmation
from namens.grants.models import EndedBy, Family, RefreshToken
from namens.grants.plain import PlainRefreshToken
from namens.grants.refusals import GrantReason, GrantRefusal, ScopeRefused
from namens.grants.standing import Standing
from namens.grants.tokens import granted_scope
from namens.journal.events import Channel
from namens.services.models import Portal

UNUSED_AT_MOST = timedelta(hours=6)
AFTER_LOGIN_AT_MOST = timedelta(hours=24)


@dataclass(frozen=True)
class Refreshed:
    """The login that goes on, judged just now, and the token for the next time: a new one, or the same."""

    family: Family
    standing: Standing
    token: PlainRefreshToken


def issue_refresh_token(family: Family, *, confirmation: Confirmation, now: datetime) -> PlainRefreshToken:
    """Give a portal what gets it new tokens for six hours, and never later than a day after the login."""
    token = PlainRefreshToken.generate()
    RefreshToken.objects.create(
        digest=token.digest(),
        family=family,
        binding=confirmation.binding,
        made_at=now,
        expires_at=now + UNUSED_AT_MOST,
    )
    return token


def refresh(*, token: PlainRefreshToken, by: Proven, scope: str, now: datetime) -> Refreshed | GrantRefusal:
    """Use a refresh token with one conditional UPDATE, and judge its login anew.

    A rotated token that comes a second time ends the family (RFC 9700, 4.14.2). Raises ClientRefused for a client
    assertion that was used before, and ScopeRefused: then nothing is written.
    """
    with transaction.atomic():
        by.spend()
        if not _take(token, by, now):
            return _refuse(token, by.portal, now)
        family = reading.refresh_tokens.all(digests=token.digests())[0].family
        if by.portal.rules.services_by_scope and scope and set(scope.split()) != set(granted_scope(family).split()):
            raise ScopeRefused
        worth = judged(family, now=now, seen=False)
        if worth is None:
            return access_gone(family, now=now)
        if by.portal.rules.rotates_refresh_tokens:
            token = issue_refresh_token(family, confirmation=by.confirmation, now=now)
        return Refreshed(family=family, standing=worth, token=token)


def found_by(token: PlainRefreshToken) -> RefreshToken | None:
    """Give what is kept of a refresh token, used up or not, with its login, people and portal. One statement."""
    return reading.refresh_tokens.first(digests=token.digests())


def ends_at(kept: RefreshToken) -> datetime:
    """Give the moment from which a refresh token is worth nothing, used or not. Its family is loaded."""
    return min(kept.expires_at, kept.family.made_at + AFTER_LOGIN_AT_MOST)


def _take(token: PlainRefreshToken, by: Proven, now: datetime) -> bool:
    """Use the token up, or keep it alive where it is not rotated (FAPI 2.0 Security Profile, 5.3.2.1).

    Every condition that another request can change stands on the row itself: PostgreSQL looks at those again after it
    waited for that request, and at a subquery it does not.
    """
    logins = Family.objects.filter(portal=by.portal, ended_at__isnull=True, made_at__gt=now - AFTER_LOGIN_AT_MOST)
    fitting = RefreshToken.objects.filter(
        digest__in=token.digests(),
        family__in=logins,
        binding__in=by.confirmation.satisfies,
        used_at__isnull=True,
        expires_at__gt=now,
    )
    if by.portal.rules.rotates_refresh_tokens:
        return bool(fitting.update(used_at=now))
    return bool(fitting.update(expires_at=now + UNUSED_AT_MOST))


def _refuse(token: PlainRefreshToken, portal: Portal, now: datetime) -> GrantRefusal:
    """Say why not. Only the portal that the token was made for can end its login by showing it again."""
    shown = found_by(token)
    if shown is None:
        return GrantRefusal(GrantReason.REFRESH_NOT_ACCEPTED)
    if shown.family.portal_id != portal.id:
        return GrantRefusal(GrantReason.REFRESH_OF_ANOTHER)
    if shown.used_at is None:
        return GrantRefusal(GrantReason.REFRESH_NOT_ACCEPTED)
    end_family(shown.family, by=EndedBy.REFRESH_REPLAYED, channel=Channel.PORTAL, now=now)
    return GrantRefusal(GrantReason.REFRESH_REPLAYED)
