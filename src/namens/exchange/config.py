"""What can be said of how much passes between portals and us. Imports no Django, so that the settings can build it."""

from dataclasses import dataclass
from datetime import timedelta

from namens.lib import env, variables


@dataclass(frozen=True, kw_only=True)
class ExchangeSettings:
    """How long events can be read after they were brought to a portal, or given up."""

    events_kept: timedelta = timedelta(days=30)

    @classmethod
    def read(cls) -> "ExchangeSettings":
        """Read them from the environment. Raises WrongVariable."""
        return cls(
            events_kept=timedelta(
                days=variables.within("NAMENS_EVENTS_DAYS", env.number("NAMENS_EVENTS_DAYS", default=30), most=366)
            ),
        )
