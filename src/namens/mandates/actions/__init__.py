"""The verbs: each one transaction, one fact, one journal entry, and an outbox row where something must leave."""

from namens.mandates.actions.activate import Activated, activate, try_code
from namens.mandates.actions.block import block
from namens.mandates.actions.offer import GivenMandate, new_code, offer
from namens.mandates.actions.shorten import shorten
from namens.mandates.actions.stop import stop

__all__ = ["Activated", "GivenMandate", "activate", "block", "new_code", "offer", "shorten", "stop", "try_code"]
