"""New tokens of a login that goes on (RFC 6749 6, OpenID Connect Core 12), for portals that are registered for it."""

from dataclasses import replace

import structlog
from django.db import transaction

from namens.grants import actions
from namens.grants.plain import PlainRefreshToken
from namens.grants.refusals import GrantRefusal, ScopeRefused
from namens.grants.tokens import Tokens, tokens_for
from namens.openid.granting import Asking, TokenRefused

log = structlog.get_logger()


def refreshed(asking: Asking) -> Tokens:
    """Give the tokens. Raises TokenRefused; every refresh token that is not accepted gets one and the same answer."""
    portal = asking.proven.portal
    if not portal.refresh_tokens:
        raise TokenRefused("unauthorized_client", "this portal is not registered for refresh tokens")
    asking.need("refresh_token")
    try:
        return _renewed(asking)
    except ScopeRefused:
        raise TokenRefused("invalid_scope", "a refresh gives the scope of the login: leave it out") from None


def _renewed(asking: Asking) -> Tokens:
    proven = asking.proven
    # Together: a token that is used up without an answer is lost, and a second try would end the login as a replay.
    with transaction.atomic():
        outcome = actions.refresh(
            token=PlainRefreshToken(asking.parameters.get("refresh_token")),
            by=proven,
            scope=asking.parameters.get("scope"),
            now=asking.now,
        )
        if not isinstance(outcome, GrantRefusal):
            # No nonce: OpenID Connect Core 12.2.
            tokens = tokens_for(
                outcome.family,
                standing=outcome.standing,
                nonce="",
                confirmation=proven.confirmation,
                now=asking.now,
            )
            return replace(tokens, refresh_token=outcome.token.text)
    log.info("refresh refused", portal=proven.portal.client_id, reason=outcome.reason)
    raise TokenRefused("invalid_grant", "the refresh token is not accepted (any more)", reason=outcome.reason)
