"""For portals in Python: ask Namens whether somebody may, report acts, hear events. README.md shows how."""

from namens_client.acts import Act, AlreadyReported, NotAllowedThen, Outcome, Rejected, Reported
from namens_client.blocking import Namens
from namens_client.decisions import Decision, Question, Reason
from namens_client.events import (
    DisputeEvent,
    Event,
    EventType,
    ExclusionEvent,
    LicenceEvent,
    MandateEvent,
    TrialEvent,
    UnknownEvent,
)
from namens_client.mandates import Mandate, MandateService, Search, Standing
from namens_client.people import Assurance, Helper, Member, Organisation, Party, Person
from namens_client.problems import (
    HeardBefore,
    NamensError,
    NoAnswer,
    NotTaken,
    TooOld,
    WrongMessage,
    WrongMoment,
    WrongSignature,
)
from namens_client.registration import Registration, WebhookSecret
from namens_client.waiting import AsyncNamens
from namens_client.webhooks import Webhook

__all__ = [
    "Act",
    "AlreadyReported",
    "Assurance",
    "AsyncNamens",
    "Decision",
    "DisputeEvent",
    "Event",
    "EventType",
    "ExclusionEvent",
    "HeardBefore",
    "Helper",
    "LicenceEvent",
    "Mandate",
    "MandateEvent",
    "MandateService",
    "Member",
    "Namens",
    "NamensError",
    "NoAnswer",
    "NotAllowedThen",
    "NotTaken",
    "Organisation",
    "Outcome",
    "Party",
    "Person",
    "Question",
    "Reason",
    "Registration",
    "Rejected",
    "Reported",
    "Search",
    "Standing",
    "TooOld",
    "TrialEvent",
    "UnknownEvent",
    "Webhook",
    "WebhookSecret",
    "WrongMessage",
    "WrongMoment",
    "WrongSignature",
]
