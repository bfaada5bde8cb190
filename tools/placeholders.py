"""What stands in a text for a value, and the one or more texts of a message."""

import re

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def placeholders(text: str) -> list[str]:
    """The places in a text that get a value."""
    return sorted(PLACEHOLDER.findall(text.replace("%%", "")))


def words_of(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """The text, or each plural of it."""
    return (text,) if isinstance(text, str) else tuple(text or ("",))
