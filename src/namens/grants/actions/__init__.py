"""The verbs of the OpenID door: each one transaction, with its trace in the journal."""

from namens.grants.actions.allow import Allowed, allow, ask, cancel
from namens.grants.actions.end import end_access, end_at_portal, end_family, end_for_organisations, end_member
from namens.grants.actions.introspect import introspect
from namens.grants.actions.keys import Rotated, make_keys, replace_keys, rotate_keys
from namens.grants.actions.push import push
from namens.grants.actions.redeem import Redeemed, redeem
from namens.grants.actions.refresh import Refreshed, issue_refresh_token, refresh
from namens.grants.actions.revoke import revoke
from namens.grants.actions.told import keep_told
from namens.grants.actions.upkeep import forget_stale
from namens.grants.actions.use import Used, use
from namens.grants.actions.visits import end_visit, make_room

__all__ = [
    "Allowed",
    "Redeemed",
    "Refreshed",
    "Rotated",
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
    "introspect",
    "issue_refresh_token",
    "keep_told",
    "make_keys",
    "make_room",
    "push",
    "redeem",
    "refresh",
    "replace_keys",
    "revoke",
    "rotate_keys",
    "use",
]
