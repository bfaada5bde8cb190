"""The verbs of the OpenID door: each one transaction, with its trace in the journal."""

from namens.grants.actions.allow import Allowed, allow, ask, cancel
from namens.grants.actions.end import end_access, end_at_portal, end_family, end_for_organisations, end_member
from namens.grants.actions.portals import let_change_hold
from namens.grants.actions.redeem import Redeemed, redeem
from namens.grants.actions.upkeep import forget_stale, make_keys
from namens.grants.actions.use import Used, use
from namens.grants.actions.visits import end_visit, make_room

__all__ = [
    "Allowed",
    "Redeemed",
    "Used",
    "allow",
    "ask",
    "cancel",
    "end_access",
    "end_at_portal",
    "end_family",
    "end_for_organisations",
    "end_member",
    "end_visit",
    "forget_stale",
    "let_change_hold",
    "make_keys",
    "make_room",
    "redeem",
    "use",
]
