"""Why a code was refused. A helper only ever learns these two."""

from dataclasses import dataclass
from enum import StrEnum


class CodeReason(StrEnum):
    """`not-accepted` stands for unknown, used, expired, locked and mismatching alike."""

    NOT_ACCEPTED = "not-accepted"
    PAUSED = "paused"


@dataclass(frozen=True)
class CodeRefusal:
    """The refusal of a try."""

    reason: CodeReason
