"""The letter that confirms a new mandate to the client."""

from django.utils.translation import gettext as _

from namens.post.blocks import Block, Body, Bullets, Card, Heading, Paragraph, Row
from namens.post.letters import BsnSource, ConfirmationLetter, Sender
from namens.post.texts import phrases


def body(letter: ConfirmationLetter, *, sender: Sender) -> Body:
    """Give the words of this letter."""
    blocks = (
        Paragraph(_("There is a new mandate in your name. Please check whether this is right.")),
        _facts(letter),
        *_extra(letter),
        *_second_yes(letter, sender),
        *_people(letter, sender),
        Heading(_("What may your helper not do?")),
        Bullets((*letter.excluded, _("use other services for you"), _("pass the mandate on to somebody else"))),
        *phrases.how_to_stop(sender),
        *phrases.when_wrong(sender),
    )
    return Body(title=_("Confirmation of your mandate"), blocks=blocks)


def _facts(letter: ConfirmationLetter) -> Card:
    return Card(
        rows=(
            Row(_("Who may help you"), (letter.helper,)),
            *_person(letter),
            Row(_("Services"), letter.services),
            Row(_("From"), (phrases.day(letter.first_day),)),
            Row(_("Up to and including"), (phrases.day(letter.last_day),)),
            Row(_("Your BSN"), (_source(letter),)),
        )
    )


def _second_yes(letter: ConfirmationLetter, sender: Sender) -> tuple[Block, ...]:
    """Say what waits, because the helper was at the device of the first yes, and how to say yes to it."""
    if letter.waits_until is None:
        return ()
    longer = _("Longer: up to and including %(day)s.")
    wanted = [longer % {"day": phrases.day(letter.wanted_until)}] if letter.wanted_until else []
    how = _(
        "Do you want it? Log in on %(address)s, on a device of your own, and say yes. "
        "You can do that up to and including %(day)s."
    )
    return (
        Heading(_("This waits for your second yes")),
        Paragraph(
            _("Your helper was at the device where you said yes. So your helper did not get everything at once.")
        ),
        Bullets((*wanted, *letter.wanted)),
        Paragraph(how % {"address": phrases.address(sender, phrases.MANDATES), "day": phrases.day(letter.waits_until)}),
        Paragraph(_("Do you not want it, or did you not choose it? Then you do not have to do anything.")),
    )


def _source(letter: ConfirmationLetter) -> str:
    match letter.bsn_source:
        case BsnSource.CLIENT:
            return _("You supplied it yourself.")
        case BsnSource.HELPER:
            return _("Your helper %(helper)s supplied it.") % {"helper": letter.helper}
        case BsnSource.HELPDESK:
            return _("You called the helpdesk, and supplied it then.")


def _person(letter: ConfirmationLetter) -> tuple[Row, ...]:
    return (Row(_("Who arranged this there"), (letter.person,)),) if letter.person else ()


def _people(letter: ConfirmationLetter, sender: Sender) -> tuple[Block, ...]:
    """Say what it means that an organisation helps: who there may, and how to leave one person out."""
    if not letter.is_organisation:
        return ()
    sentences = (
        _("Everybody of %(helper)s with a licence for these services can help you.") % {"helper": letter.helper},
        _("Do you not want somebody to help you? Log in on %(address)s and choose this mandate.")
        % {"address": phrases.address(sender, phrases.MANDATES)},
    )
    return (Paragraph(" ".join(sentences)),)


def _extra(letter: ConfirmationLetter) -> tuple[Block, ...]:
    if not letter.included:
        return ()
    return (Paragraph(_("You said yes to this separately:")), Bullets(letter.included))
