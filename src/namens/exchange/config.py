"""What passes between portals and us can be told this. Imports no Django, so that the settings can build it."""

from dataclasses import dataclass
from datetime import timedelta

from namens.lib import env, variables

MOST_AT_ONCE = 1000
MOST_ACTS_A_MINUTE = 10_000_000
LEAST_REQUESTS_A_MINUTE, MOST_REQUESTS_A_MINUTE = 60, 1_000_000


@dataclass(frozen=True, kw_only=True)
class ExchangeSettings:
    """How much one portal may send, and how long events can be read after they were brought to a portal, or given up.

    `acts_a_minute` is never less than one full batch: that could never be sent.
    """

    acts_a_minute: int = 60_000
    requests_a_minute: int = 3_000
    events_kept: timedelta = timedelta(days=30)

    @classmethod
    def read(cls) -> "ExchangeSettings":
        """Read them from the environment. Raises WrongVariable."""
        acts = env.number("NAMENS_ACTS_A_MINUTE", default=60_000)
        if not MOST_AT_ONCE <= acts <= MOST_ACTS_A_MINUTE:
            raise env.WrongVariable(
                "NAMENS_ACTS_A_MINUTE", expected=f"a whole number from {MOST_AT_ONCE} to {MOST_ACTS_A_MINUTE}"
            )
        requests = env.number("NAMENS_API_REQUESTS_A_MINUTE", default=3_000)
        if not LEAST_REQUESTS_A_MINUTE <= requests <= MOST_REQUESTS_A_MINUTE:
            expected = f"a whole number from {LEAST_REQUESTS_A_MINUTE} to {MOST_REQUESTS_A_MINUTE}"
            raise env.WrongVariable("NAMENS_API_REQUESTS_A_MINUTE", expected=expected)
        days = variables.within("NAMENS_EVENTS_DAYS", env.number("NAMENS_EVENTS_DAYS", default=30), most=366)
        return cls(acts_a_minute=acts, requests_a_minute=requests, events_kept=timedelta(days=days))
