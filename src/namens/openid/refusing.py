"""What stops a question of a portal, and who hears of it."""


class Unanswerable(Exception):
    """It is not certain who asks, or where and how the answer goes: nobody is sent anywhere.

    `reason` says which, for the operators of a portal that is known.
    """

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)
        self.reason = reason


class AskRefused(Exception):
    """The portal hears that it asked something wrong."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(error)
        self.error, self.description = error, description
