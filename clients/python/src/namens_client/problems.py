"""What can go wrong. Nothing here ever holds a token, a key, or an id of a person."""

from datetime import timedelta


class NamensError(Exception):
    """Everything that this package raises, but for wrong arguments (ValueError)."""


class NoAnswer(NamensError):
    """Nothing is known: nobody said yes or no, or nobody knows whether it arrived. Do nothing, and try later.

    `status` is None when nothing came back at all; `request_id` finds the answer in the log of Namens; `retry_after`
    are the seconds after which Namens says to try again, where it says so.
    """

    def __init__(
        self, why: str, *, status: int | None = None, request_id: str = "", retry_after: float | None = None
    ) -> None:
        super().__init__(why)
        self.status, self.request_id, self.retry_after = status, request_id, retry_after


class NotTaken(NoAnswer):
    """Namens does not take this from us, now or later: the request is wrong, or the portal is not registered for it.

    `code` is the word of Namens for it (docs/refusals.md), empty where it gave none.
    """

    def __init__(self, why: str, *, status: int, code: str = "", request_id: str = "") -> None:
        super().__init__(why, status=status, request_id=request_id)
        self.code = code


class TooOld(NotTaken):
    """What was asked for is not kept any more. Read the mandates anew, then go on from the newest event."""


class HeardBefore(NamensError):
    """This very message was heard before. Do nothing, and answer that it was taken."""


class WrongMessage(NamensError):
    """This message is not (surely) from Namens, or cannot be read. Do nothing with it, and answer 400."""


class WrongSignature(WrongMessage):
    """No signature on it was made with one of the secrets that we know."""


class WrongMoment(WrongMessage):
    """It is signed well, and says that it was sent too long ago or in the future.

    `ahead` is how far its clock runs ahead of ours; below zero when it is behind.
    """

    def __init__(self, *, ahead: timedelta, tolerance: timedelta) -> None:
        seconds = round(abs(ahead).total_seconds())
        where = "in the future" if ahead > timedelta(0) else "ago"
        super().__init__(
            f"by the clock of this machine it was sent {seconds} seconds {where}; at most "
            f"{round(tolerance.total_seconds())} are allowed. Is that clock right?"
        )
        self.ahead = ahead
