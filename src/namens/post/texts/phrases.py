"""What several letters say in the same words."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from namens.post.blocks import Block, Bullets, Heading, Paragraph
from namens.post.letters import Sender

MANDATES = "mijn-machtigingen"
LETTERS = "mijn-brieven"
REQUESTS = "verzoeken"
GIVE = "machtigen"


def day(value: date) -> str:
    """Give a date as people write it: 2 december 2026."""
    return date_format(value, "j F Y")


def address(sender: Sender, page: str) -> str:
    """Give the short address of one of our pages."""
    return f"{sender.site}/{page}"


def call_us(sender: Sender) -> str:
    """Say whom to call."""
    return _("Call us: %(phone)s.") % {"phone": sender.phone}


def or_call_us(sender: Sender) -> str:
    """Say that calling is possible too."""
    return _("Or call us: %(phone)s.") % {"phone": sender.phone}


def how_to_stop(sender: Sender) -> tuple[Block, ...]:
    """Say how a client stops a mandate."""
    ways = (
        _("Log in on %(address)s. Choose the mandate, then Stop.") % {"address": address(sender, MANDATES)},
        or_call_us(sender),
        _("Or ask your helper to stop."),
    )
    return (
        Heading(_("This is how you stop")),
        Paragraph(_("You can stop on any day. You need no reason.")),
        Bullets(ways),
    )


def when_wrong(sender: Sender) -> tuple[Block, ...]:
    """Say what a client does who did not want this."""
    sentences = (
        _("Do you not know this person? Or did you not want this?"),
        _("Call us at once: %(phone)s.") % {"phone": sender.phone},
        _("Or log in on %(address)s and choose “This is not right”.") % {"address": address(sender, MANDATES)},
        _("We then halt the mandate immediately."),
        _("Is only a name spelled wrong? Then the mandate goes on."),
    )
    return (Heading(_("Is something not right?")), Paragraph(" ".join(sentences)))
