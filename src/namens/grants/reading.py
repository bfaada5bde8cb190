"""What a portal asked and the login behind its tokens: used at every step, so that the statements are made once."""

from datetime import datetime
from uuid import UUID

from django.db.models import CharField, DateTimeField, Exists, OuterRef, QuerySet, Subquery, UUIDField

from namens.grants import signing
from namens.grants.models import PEOPLE, AuthorizationCode, AuthorizationRequest, Family, RefreshToken
from namens.made_once import made_once


@made_once(request=UUIDField())
def questions(request: UUID) -> QuerySet[AuthorizationRequest]:
    """Find what a portal asked, with the portal."""
    return AuthorizationRequest.objects.select_related("portal").filter(id=request)


@made_once(digests=CharField())
def pushed_questions(digests: list[str]) -> QuerySet[AuthorizationRequest]:
    """Find what a portal pushed, with the portal."""
    return AuthorizationRequest.objects.select_related("portal").filter(reference__in=digests)


@made_once(request=UUIDField(), now=DateTimeField())
def open_questions(request: UUID, now: datetime) -> QuerySet[AuthorizationRequest]:
    """Find what a portal asked as long as somebody can still choose."""
    return AuthorizationRequest.objects.filter(id=request, used_at__isnull=True, expires_at__gt=now)


@made_once(
    digests=CharField(),
    portal=UUIDField(),
    redirect_uri=CharField(),
    challenge=CharField(),
    keys=CharField(),
    now=DateTimeField(),
)
def open_codes(
    digests: list[str], portal: UUID, redirect_uri: str, challenge: str, keys: list[str], now: datetime
) -> QuerySet[AuthorizationCode]:
    """Find a code that nobody used, for who asks: portal, address, challenge and DPoP key (RFC 9449, 10) at once.

    What can change stays a condition of the row itself: PostgreSQL asks that again after waiting for another request.
    The key is that of the question, which never changes.
    """
    asked = AuthorizationRequest.objects.filter(id=OuterRef("request_id"), key_thumbprint__in=keys)
    return AuthorizationCode.objects.filter(
        Exists(asked),
        digest__in=digests,
        portal=portal,
        redirect_uri=redirect_uri,
        challenge=challenge,
        used_at__isnull=True,
        expires_at__gt=now,
    )


@made_once(digests=CharField())
def codes(digests: list[str]) -> QuerySet[AuthorizationCode]:
    """Find a code, used or not, with its login and people."""
    return AuthorizationCode.objects.filter(digest__in=digests).select_related(*_people_of("family"))


@made_once(digests=CharField())
def refresh_tokens(digests: list[str]) -> QuerySet[RefreshToken]:
    """Find a refresh token, used or not, with its login, people and portal."""
    return RefreshToken.objects.filter(digest__in=digests).select_related("family__portal", *_people_of("family"))


@made_once(family=UUIDField(), kid=CharField(), now=DateTimeField(), in_use=DateTimeField())
def living_families(family: UUID, kid: str, now: datetime, in_use: datetime) -> QuerySet[Family]:
    """Find a login that did not end, with portal and people, and the key of this name as `named_key`."""
    named_key = Subquery(signing.key_named(kid, now=now, in_use=in_use))
    living = Family.objects.filter(id=family, ended_at__isnull=True).select_related("portal", *PEOPLE)
    return living.annotate(named_key=named_key)


def _people_of(family: str) -> list[str]:
    return [f"{family}__{one}" for one in PEOPLE]
