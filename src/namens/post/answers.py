"""What becomes of something that is handed over."""

from dataclasses import dataclass
from enum import StrEnum


class Problem(StrEnum):
    """Why it was not taken. Says nothing about anybody, so that it can be logged."""

    DISK_FULL = "disk-full"
    FOLDER_MISSING = "folder-missing"
    NOT_WRITABLE = "not-writable"
    FAILING = "failing"
    TIMEOUT = "timeout"
    CONNECTION = "connection"
    BUSY = "busy"
    NOT_SET_UP = "not-set-up"
    REFUSED = "refused"
    REJECTED = "rejected"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Taken:
    """It is theirs now, and was made once, whether by this call or by one before."""


@dataclass(frozen=True)
class NotTaken:
    """It is still ours. `again` says whether the same call may go well later."""

    problem: Problem
    again: bool


Answer = Taken | NotTaken
