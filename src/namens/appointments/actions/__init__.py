"""The verbs at the table: each one transaction, one fact, one journal entry."""

from namens.appointments.actions.hand_off import (
    MadeHandOff,
    forget_spent,
    make_hand_off,
    withdraw_hand_off,
)
from namens.appointments.actions.opening import Opened, open_hand_off

__all__ = [
    "MadeHandOff",
    "Opened",
    "forget_spent",
    "make_hand_off",
    "open_hand_off",
    "withdraw_hand_off",
]
