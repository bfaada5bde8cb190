"""The letter that says that the last day comes near, with three ways to renew."""

from django.utils.translation import gettext as _

from namens.post.blocks import Block, Body, Bullets, Heading, Paragraph, Slip
from namens.post.letters import Reader, ReminderLetter, Sender
from namens.post.texts import phrases


def body(letter: ReminderLetter, *, sender: Sender) -> Body:
    """Give the words of this letter."""
    told = _to_client if letter.reader is Reader.CLIENT else _to_helper
    return Body(title=_("A mandate ends soon"), blocks=told(letter, sender))


def _to_client(letter: ReminderLetter, sender: Sender) -> tuple[Block, ...]:
    last_day = {"day": phrases.day(letter.last_day)}
    return (
        Paragraph(_("%(other)s helps you with this:") % {"other": letter.other}),
        Bullets(letter.services),
        Paragraph(
            " ".join(
                (_("The last day is %(day)s.") % last_day, _("After that your helper can no longer do this for you."))
            )
        ),
        Heading(_("Do you want to go on?")),
        Bullets(_ways(sender)),
        Heading(_("Do you not want to go on?")),
        Paragraph(_("Then you do not have to do anything.")),
        *_slip(letter, sender),
    )


def _ways(sender: Sender) -> tuple[str, ...]:
    online = _("Log in on %(address)s. Choose the mandate, then Renew.")
    ways = (online % {"address": phrases.address(sender, phrases.MANDATES)}, phrases.or_call_us(sender))
    return (*ways, _("Or fill in the slip below and send it to us.")) if sender.return_address else ways


def _slip(letter: ReminderLetter, sender: Sender) -> tuple[Slip, ...]:
    if not sender.return_address:
        return ()
    known = {"reference": letter.reference, "helper": letter.other}
    slip = Slip(
        title=_("Reply slip"),
        text=_("Reference: %(reference)s. Helper: %(helper)s.") % known,
        choices=(
            _("Yes, I want to go on with the same helper and the same services."),
            _("No, the mandate may end."),
        ),
        blanks=(_("Date"), _("Your signature")),
        send_to=_("Send this slip to:"),
        address=(sender.name, *sender.return_address),
    )
    return (slip,)


def _to_helper(letter: ReminderLetter, sender: Sender) -> tuple[Block, ...]:
    last_day = {"day": phrases.day(letter.last_day)}
    asked = (
        _("Then ask your client in time. Your client decides."),
        _("Renewing is possible on %(address)s.") % {"address": phrases.address(sender, phrases.MANDATES)},
        phrases.or_call_us(sender),
    )
    return (
        Paragraph(_("You help %(other)s with this:") % {"other": letter.other}),
        Bullets(letter.services),
        Paragraph(" ".join((_("The last day is %(day)s.") % last_day, _("After that you can no longer do this.")))),
        Heading(_("Do you want to go on?")),
        Paragraph(" ".join(asked)),
    )
