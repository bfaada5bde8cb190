"""The letter with codes. Sensitive actions never come with a code on paper."""

from django.utils.translation import gettext as _

from namens.post.blocks import Block, Body, Bullets, Card, Heading, Notice, Paragraph, Row
from namens.post.letters import CodeItem, CodeLetter, Sender
from namens.post.texts import phrases


def body(letter: CodeLetter, *, sender: Sender) -> Body:
    """Give the words of this letter."""
    blocks = (
        Paragraph(_opening(letter)),
        Heading(_("What is the code for?")),
        *(_card(item) for item in letter.items),
        Paragraph(_validity(letter)),
        Notice(_("Nobody of the helpdesk will ever ask for your code. Does somebody ask for it? Then hang up.")),
        *_giving(letter),
        *_not_wanted(letter, sender),
        *_online(letter, sender),
    )
    return Body(title=_title(letter), blocks=blocks)


def _title(letter: CodeLetter) -> str:
    return _("Your code for a mandate") if len(letter.items) == 1 else _("Your codes for mandates")


def _opening(letter: CodeLetter) -> str:
    helper = {"helper": letter.helper}
    if not letter.by_phone:
        wants = _("%(helper)s wants to help you.") % helper
        return " ".join((wants, *_askers(letter), _("For that you need to give a mandate.")))
    if not letter.helper:
        return _("You called the helpdesk. You asked for a code.")
    return " ".join((_("You called the helpdesk."), _("You asked for a code for %(helper)s.") % helper))


def _askers(letter: CodeLetter) -> tuple[str, ...]:
    """Say who asked for the organisation."""
    return tuple(_("It was asked by %(asker)s.") % {"asker": asker} for asker in letter.people)


def _card(item: CodeItem) -> Card:
    rows = (Row(_("Services"), item.services), Row(_("How long"), (item.length,)))
    return Card(rows=rows, code_label=_("Code"), code=item.code.reveal())


def _validity(letter: CodeLetter) -> str:
    day = {"day": phrases.day(letter.last_day)}
    many = len(letter.items) > 1
    works = (
        _("The codes work up to and including %(day)s.") if many else _("The code works up to and including %(day)s.")
    )
    return " ".join(
        (works % day, _("Sensitive actions are not part of it, such as changing your bank account number."))
    )


def _giving(letter: CodeLetter) -> tuple[Block, ...]:
    steps = (
        _("Give the code only to somebody you know and trust."),
        *_who_else(letter),
        _("Your helper types the code. From then on your helper may do this for you."),
        _("You can stop it again on any day."),
        _("Are you under administration (bewind)? Then give the code to nobody. Your administrator arranges this."),
    )
    heading = _("Do you know and trust your helper?") if letter.helper else _("To whom do you give the code?")
    return (Heading(heading), Bullets(steps))


def _who_else(letter: CodeLetter) -> tuple[str, ...]:
    if not letter.people:
        return ()
    return (_("Everybody of %(helper)s with a licence can use it, and help you then.") % {"helper": letter.helper},)


def _not_wanted(letter: CodeLetter, sender: Sender) -> tuple[Block, ...]:
    heading = _("Did you not ask for this?") if letter.by_phone else _("Do you not know this person?")
    sentences = (
        _("Then give the code to nobody."),
        phrases.call_us(sender),
        _("If you do nothing, nothing happens."),
    )
    return (Heading(heading), Paragraph(" ".join(sentences)))


def _online(letter: CodeLetter, sender: Sender) -> tuple[Block, ...]:
    if not letter.helper:
        return ()
    sentences = (
        _("Do you have DigiD? Go to %(address)s.") % {"address": phrases.address(sender, phrases.REQUESTS)},
        _("Log in and say yes or no. Then you do not need the code."),
    )
    return (Heading(_("Rather online?")), Paragraph(" ".join(sentences)))
