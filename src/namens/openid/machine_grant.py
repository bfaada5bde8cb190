"""A token for a portal's own machine, in which no person stands (RFC 6749, 4.4)."""

from django.db import transaction

from namens.grants.confirmation import Confirmation
from namens.grants.tokens import Tokens, machine_tokens
from namens.openid.granting import Asking, TokenRefused
from namens.services.models import Portal
from namens.services.profiles import MachineScope


def for_machine(asking: Asking) -> Tokens:
    """Give a token for one door. Raises TokenRefused.

    A certificate binds it; a DPoP proof does not: the doors for machines take none.
    """
    portal = asking.proven.portal
    if not portal.machine_scopes:
        raise TokenRefused("unauthorized_client", "this portal is not registered for tokens of its own")
    asking.need("scope")
    scope = _scope(asking.parameters.get("scope"), portal)
    held = Confirmation(certificate=asking.proven.confirmation.certificate)
    if held.binding not in portal.rules.machine_bindings:
        raise TokenRefused("unauthorized_client", "by the profile of this portal its machine shows a certificate")
    # Together: what proves the portal is not lost when nothing can be signed.
    with transaction.atomic():
        asking.proven.spend()
        return machine_tokens(portal, scope=scope, confirmation=held, now=asking.now)


def _scope(asked: str, portal: Portal) -> MachineScope:
    """Give the one scope that is asked. Raises TokenRefused for none of this portal, and for more than one."""
    if asked not in portal.machine_scopes or asked not in set(MachineScope):
        raise TokenRefused("invalid_scope", "scope must be exactly one that this portal is registered for")
    return MachineScope(asked)
