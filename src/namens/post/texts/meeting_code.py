"""The letter with the code of one appointment. It says first that the code is for one day."""

from django.utils.translation import gettext as _

from namens.post.blocks import Block, Body, Bullets, Card, Heading, Notice, Paragraph, Row
from namens.post.letters import MeetingLetter, Sender
from namens.post.texts import phrases


def body(letter: MeetingLetter, *, sender: Sender) -> Body:
    """Give the words of this letter."""
    blocks = (
        Paragraph(_opening(letter)),
        Heading(_("What is the code for?")),
        _card(letter),
        Paragraph(_validity(letter)),
        Notice(_("Nobody of the helpdesk will ever ask for your code. Does somebody ask for it? Then hang up.")),
        Heading(_("This is how it goes")),
        Bullets(_steps()),
        *_not_wanted(sender),
        *_online(sender),
    )
    return Body(title=_("Your code for an appointment"), blocks=blocks)


def _opening(letter: MeetingLetter) -> str:
    about = {"helper": letter.helper, "day": phrases.day(letter.only_on)}
    return " ".join(
        (
            _("You have an appointment with %(helper)s on %(day)s.") % about,
            *(_("It was asked by %(asker)s.") % {"asker": asker} for asker in letter.people),
            _("Your helper wants to help you then, and at no other time."),
        )
    )


def _card(letter: MeetingLetter) -> Card:
    rows = (Row(_("Services"), letter.services), Row(_("How long"), (_when(letter),)))
    return Card(rows=rows, code_label=_("Code for the appointment"), code=letter.code.reveal())


def _when(letter: MeetingLetter) -> str:
    return _("Only during the appointment on %(day)s") % {"day": phrases.day(letter.only_on)}


def _validity(letter: MeetingLetter) -> str:
    return " ".join(
        (
            _("This code works on %(day)s only.") % {"day": phrases.day(letter.only_on)},
            _("Is the appointment moved to another day? Then this code does not work any more."),
            _("Sensitive actions are not part of it, such as changing your bank account number."),
        )
    )


def _steps() -> tuple[str, ...]:
    return (
        _("Bring this letter to your appointment."),
        _("Do you agree then? Give the code to your helper. Your helper types it."),
        _("Your helper may help you until the end of the appointment."),
        _("It always stops at the end of that day. You can stop it earlier."),
        _("Are you under administration (bewind)? Then give the code to nobody. Your administrator arranges this."),
    )


def _not_wanted(sender: Sender) -> tuple[Block, ...]:
    sentences = (
        _("Then give the code to nobody."),
        phrases.call_us(sender),
        _("If you do nothing, nothing happens."),
    )
    return (Heading(_("Do you not know this person?")), Paragraph(" ".join(sentences)))


def _online(sender: Sender) -> tuple[Block, ...]:
    sentences = (
        _("Do you have DigiD? Go to %(address)s.") % {"address": phrases.address(sender, phrases.REQUESTS)},
        _("On the day itself you can say yes there. You can say no on any day."),
    )
    return (Heading(_("Rather online?")), Paragraph(" ".join(sentences)))
