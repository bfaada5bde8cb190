"""How an organisation stands, in words and colours."""

from django.utils.translation import gettext_noop

from namens.organisations.counting import Standing

STANDINGS = {
    Standing.WAITS: gettext_noop("Waits for an answer"),
    Standing.WORKS: gettext_noop("Works with Namens"),
    Standing.BLOCKED: gettext_noop("Blocked"),
    Standing.LEAVES: gettext_noop("Is leaving"),
    Standing.LEFT: gettext_noop("Has left"),
    Standing.REFUSED: gettext_noop("Not admitted"),
}
TONES = {
    Standing.WAITS: "warning",
    Standing.WORKS: "positive",
    Standing.BLOCKED: "negative",
    Standing.LEAVES: "warning",
    Standing.LEFT: "neutral",
    Standing.REFUSED: "neutral",
}
