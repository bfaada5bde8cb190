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
from namens.organisations.actions.licences import (
    LicenceTerms,
    Renewal,
    change_licence,
    end_licence,
    give_licence,
    pause_licence,
    renew_licences,
    resume_licence,
)
from namens.organisations.actions.logins import admit_login
from namens.organisations.actions.members import MemberDetails, change_member, end_member
from namens.organisations.actions.organisations import Admitted, Terms, admit, propose, refuse
from namens.organisations.actions.sheets import agree_to_sheet, carry_on, drop_sheet, forget_sheets, propose_sheet
from namens.organisations.actions.teams import close_team, make_team, rename_team
from namens.organisations.actions.turning import tell_days

__all__ = [
    "Admitted",
    "Invited",
    "LicenceTerms",
    "MemberDetails",
    "NewMember",
    "Renewal",
    "Terms",
    "admit",
    "admit_login",
    "agree_to_merger",
    "agree_to_sheet",
    "block",
    "carry_on",
    "change_licence",
    "change_member",
    "close_team",
    "drop_sheet",
    "end_licence",
    "end_member",
    "find_invitation",
    "forget_links",
    "forget_sheets",
    "give_licence",
    "invite",
    "invite_again",
    "invite_manager",
    "keep_blocked",
    "leave",
    "link_in",
    "link_sent",
    "make_team",
    "pause_licence",
    "propose",
    "propose_merger",
    "propose_sheet",
    "refuse",
    "refuse_merger",
    "rename",
    "rename_team",
    "renew_licences",
    "resume_licence",
    "tell_days",
    "trouble_with",
    "unblock",
]
