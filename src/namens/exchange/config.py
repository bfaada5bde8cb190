"""What passes between portals and us can be told this. Imports no Django, so that the settings can build it."""

from dataclasses import dataclass

from namens.lib import env

MOST_AT_ONCE = 1000
MOST_ACTS_A_MINUTE = 10_000_000


@dataclass(frozen=True, kw_only=True)
class ExchangeSettings:
    """How much one portal may send. `acts_a_minute` is never less than one full batch: that could never be sent."""

    acts_a_minute: int = 60_000

    @classmethod
    def read(cls) -> "ExchangeSettings":
        """Read them from the environment. Raises WrongVariable."""
        acts = env.number("NAMENS_ACTS_A_MINUTE", default=60_000)
        if not MOST_AT_ONCE <= acts <= MOST_ACTS_A_MINUTE:
            raise env.WrongVariable(
                "NAMENS_ACTS_A_MINUTE", expected=f"a whole number from {MOST_AT_ONCE} to {MOST_ACTS_A_MINUTE}"
            )
        return cls(acts_a_minute=acts)
