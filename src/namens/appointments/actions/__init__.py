"""The verbs at the table: each one transaction, one fact, one journal entry."""

from namens.appointments.actions.at_the_table import hand_over, open_appointment
from namens.appointments.actions.ending import cancel, close
from namens.appointments.actions.hand_off import (
    MadeHandOff,
    forget_spent,
    hand_off_again,
    make_hand_off,
    withdraw_hand_off,
)
from namens.appointments.actions.making import Comer, Plan, make
from namens.appointments.actions.moving import To, move, new_letter_begins
from namens.appointments.actions.opening import Opened, open_hand_off
from namens.appointments.actions.taking_over import take_over
from namens.appointments.actions.upkeep import forget_past, remind

__all__ = [
    "Comer",
    "MadeHandOff",
    "Opened",
    "Plan",
    "To",
    "cancel",
    "close",
    "forget_past",
    "forget_spent",
    "hand_off_again",
    "hand_over",
    "make",
    "make_hand_off",
    "move",
    "new_letter_begins",
    "open_appointment",
    "open_hand_off",
    "remind",
    "take_over",
    "withdraw_hand_off",
]
