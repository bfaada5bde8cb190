"""The verbs: each one transaction, one fact, one journal entry, and an outbox row where something must leave."""

from namens.organisations.actions.blocks import block, keep_blocked, unblock
from namens.organisations.actions.changes import (
    agree_to_merger,
    leave,
    propose_merger,
    refuse_merger,
    rename,
)
from namens.organisations.actions.invitations import (
    Invited,
    NewMember,
    find_invitation,
    forget_links,
    invite,
    invite_again,
    invite_manager,
    link_in,
    link_sent,
    trouble_with,
)
from namens.organisations.actions.logins import admit_login
from namens.organisations.actions.organisations import Admitted, Terms, admit, propose, refuse

__all__ = [
    "Admitted",
    "Invited",
    "NewMember",
    "Terms",
    "admit",
    "admit_login",
    "agree_to_merger",
    "block",
    "find_invitation",
    "forget_links",
    "invite",
    "invite_again",
    "invite_manager",
    "keep_blocked",
    "leave",
    "link_in",
    "link_sent",
    "propose",
    "propose_merger",
    "refuse",
    "refuse_merger",
    "rename",
    "trouble_with",
    "unblock",
]
