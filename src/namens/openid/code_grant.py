"""A code becomes an ID token and an access token (OpenID Connect Core 3.1.3, RFC 6749 4.1.3)."""

from dataclasses import replace

import structlog
from django.db import transaction

from namens.grants import actions
from namens.grants.models import Family
from namens.grants.plain import PlainGrant
from namens.grants.refusals import GrantRefusal
from namens.grants.tokens import Tokens, tokens_for
from namens.openid.granting import Asking, TokenRefused

log = structlog.get_logger()


def redeemed(asking: Asking) -> Tokens:
    """Give the tokens. Raises TokenRefused; every code that is not accepted gets one and the same answer."""
    parameters, proven = asking.parameters, asking.proven
    asking.need("code", "redirect_uri")
    # Together: a code that is used up without tokens is lost, and a second try would end the login as a replay.
    with transaction.atomic():
        outcome = actions.redeem(
            code=PlainGrant(parameters.get("code")),
            by=proven,
            redirect_uri=parameters.get("redirect_uri"),
            verifier=parameters.get("code_verifier"),
            now=asking.now,
        )
        if not isinstance(outcome, GrantRefusal):
            tokens = tokens_for(
                outcome.family,
                standing=outcome.standing,
                nonce=outcome.nonce,
                confirmation=proven.confirmation,
                now=asking.now,
            )
            return replace(tokens, refresh_token=_refresh_token(asking, family=outcome.family))
    log.info("code refused", portal=proven.portal.client_id, reason=outcome.reason)
    heard = "the code, its address or its verifier is not accepted (any more)"
    raise TokenRefused("invalid_grant", heard, reason=outcome.reason)


def _refresh_token(asking: Asking, *, family: Family) -> str:
    """Give a portal that is registered for it what gets it new tokens of this login; nothing to any other."""
    if not family.portal.refresh_tokens:
        return ""
    given = actions.issue_refresh_token(family, confirmation=asking.proven.confirmation, now=asking.now)
    return given.text
