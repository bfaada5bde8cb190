"""The letter that says that somebody's e-mail address changed. The address itself is not in it."""

from django.utils.translation import gettext as _

from namens.post.blocks import Block, Body, Bullets, Heading, Notice, Paragraph
from namens.post.letters import EmailLetter, Sender
from namens.post.texts import phrases


def body(letter: EmailLetter, *, sender: Sender) -> Body:
    """Give the words of this letter."""
    blocks = _with_address(sender) if letter.has_address else (_without_address(),)
    wrong = (Heading(_("Did you not do this?")), Paragraph(_("Call us at once: %(phone)s.") % {"phone": sender.phone}))
    return Body(title=_("Your e-mail address has changed"), blocks=(*blocks, *wrong))


def _with_address(sender: Sender) -> tuple[Block, ...]:
    see = _("Do you want to see or change the address? Log in on %(address)s.")
    return (
        Paragraph(_("You gave an e-mail address. From now on we also send you e-mail.")),
        Heading(_("What is in our e-mails?")),
        Bullets(
            (
                _("Only that something has changed. Then log in to see what."),
                _("Never a link to log in with."),
                _("Never a name, and never a code of a mandate."),
            )
        ),
        Notice(_("Does an e-mail ask for a code or a password? Then it is not from us.")),
        Paragraph(_("Everything that is important still comes by letter too.")),
        Paragraph(see % {"address": phrases.address(sender, phrases.LETTERS)}),
    )


def _without_address() -> Block:
    return Paragraph(_("You wanted no e-mail any more. From now on you only get letters."))
