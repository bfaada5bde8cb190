"""The verbs of an organisation's managers: each one transaction, with its trace in the journal."""

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
from namens.organisations.actions.members import MemberDetails, change_member, end_member
from namens.organisations.actions.teams import close_team, make_team, rename_team

__all__ = [
    "LicenceTerms",
    "MemberDetails",
    "Renewal",
    "change_licence",
    "change_member",
    "close_team",
    "end_licence",
    "end_member",
    "give_licence",
    "make_team",
    "pause_licence",
    "rename_team",
    "renew_licences",
    "resume_licence",
]
