"""Why a portal gets no secret, or no event to try its receiver with."""

from datetime import timedelta
from enum import StrEnum


class WebhookReason(StrEnum):
    """The reasons."""

    NOT_APPROVED = "portal-not-approved"
    NO_ADDRESS = "no-events-address"
    NO_SECRET = "no-webhook-secret"  # noqa: S105 - a reason, no secret
    PORTAL_MAKES_IT = "portal-makes-its-own-secret"
    TOO_MANY_SECRETS = "too-many-webhook-secrets"
    TOO_MANY_TRIALS = "too-many-trial-events"


class WebhookRefused(Exception):
    """It was refused and nothing was written. It can be done again after `wait`, where waiting helps."""

    def __init__(self, reason: WebhookReason, *, wait: timedelta = timedelta()) -> None:
        super().__init__(reason)
        self.reason, self.wait = reason, wait
