"""The verbs: each one transaction, one fact, one journal entry, and an outbox row where something must leave.

`at_work` and `renew` are imported by themselves: they read first, and what reads imports this package.
"""

from namens.mandates.actions.activate import Activated, activate, try_code
from namens.mandates.actions.approve import Yes, approve, decline, decline_by_phone, report_refused
from namens.mandates.actions.asking_again import ask_again
from namens.mandates.actions.at_table import ask_at_table, meet, move_partner
from namens.mandates.actions.block import block
from namens.mandates.actions.compare import compare, lapse, waits_for_comparison
from namens.mandates.actions.leaving_out import leave_out, let_in_again
from namens.mandates.actions.offer import GivenMandate, new_code, offer
from namens.mandates.actions.organisation import (
    Progress,
    ask_for_successor,
    end_with_organisation,
    left_behind,
    progress_of_leaving,
    progress_of_merging,
)
from namens.mandates.actions.over import note_over
from namens.mandates.actions.phone import letter_again, offer_by_phone
from namens.mandates.actions.remind import remind
from namens.mandates.actions.report import report, report_by_phone, restore
from namens.mandates.actions.request import (
    ForMeeting,
    Stated,
    forget_unasked,
    request,
    take_back,
    withdraw,
)
from namens.mandates.actions.restoring import (
    agree_to_restore,
    propose_restore,
    proposed_number,
    refuse_to_restore,
)
from namens.mandates.actions.second import Elsewhere, confirm_second_yes, refuse_second_yes
from namens.mandates.actions.shorten import shorten
from namens.mandates.actions.stop import stop

__all__ = [
    "Activated",
    "Elsewhere",
    "ForMeeting",
    "GivenMandate",
    "Progress",
    "Stated",
    "Yes",
    "activate",
    "agree_to_restore",
    "approve",
    "ask_again",
    "ask_at_table",
    "ask_for_successor",
    "block",
    "compare",
    "confirm_second_yes",
    "decline",
    "decline_by_phone",
    "end_with_organisation",
    "forget_unasked",
    "lapse",
    "leave_out",
    "left_behind",
    "let_in_again",
    "letter_again",
    "meet",
    "move_partner",
    "new_code",
    "note_over",
    "offer",
    "offer_by_phone",
    "progress_of_leaving",
    "progress_of_merging",
    "propose_restore",
    "proposed_number",
    "refuse_second_yes",
    "refuse_to_restore",
    "remind",
    "report",
    "report_by_phone",
    "report_refused",
    "request",
    "restore",
    "shorten",
    "stop",
    "take_back",
    "try_code",
    "waits_for_comparison",
    "withdraw",
]
