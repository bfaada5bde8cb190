"""A portal takes one of its tokens back: the whole login ends (RFC 7009)."""

from datetime import datetime

from namens.grants import machine_tokens, signing
from namens.grants.actions.end import end_family
from namens.grants.actions.refresh import found_by
from namens.grants.models import EndedBy, Family
from namens.grants.plain import PlainRefreshToken
from namens.grants.refusals import NotRevocable
from namens.grants.signing import NotOurs, Unproven
from namens.grants.tokens import ACCESS_TOKEN, sid_in
from namens.journal.events import Channel
from namens.services.models import Portal


def revoke(text: str, *, portal: Portal, now: datetime) -> None:
    """End the login that an access token or a refresh token of this portal is of; nothing for any other text.

    However old the token: who takes an old one back wants the login to be over. Raises NotRevocable for a living token
    of the portal's own machine.
    """
    family = _family_of(text, portal, now)
    if family is not None and family.portal_id == portal.id:
        end_family(family, by=EndedBy.REVOKED, channel=Channel.PORTAL, now=now)


def _family_of(text: str, portal: Portal, now: datetime) -> Family | None:
    try:
        shown = signing.unproven(text)
    except NotOurs:
        kept = found_by(PlainRefreshToken(text))
        return None if kept is None else kept.family
    key = signing.key_of(shown, now=now).first()
    try:
        if "sid" in shown.claims:
            return _of_person(shown, key)
        _check_machine(shown, key, portal, now)
    except NotOurs:
        pass
    return None


def _of_person(shown: Unproven, key: signing.Claims | None) -> Family | None:
    """Give the login of an access token, however old. Raises NotOurs."""
    signing.proven(shown, key=key, typ=ACCESS_TOKEN)
    return Family.objects.select_related("portal").filter(id=sid_in(shown)).first()


def _check_machine(shown: Unproven, key: signing.Claims | None, portal: Portal, now: datetime) -> None:
    """Raise NotRevocable for a machine token of this portal, which ends by itself; NotOurs for what is none of ours."""
    if machine_tokens.opened(shown, key=key, now=now).portal == portal.client_id:
        raise NotRevocable
