"""The letter about an end. To a helper it says when, and only of the own act or the last day also how."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from namens.post.blocks import Block, Body, Bullets, Heading, Paragraph
from namens.post.letters import EndedBy, EndingLetter, Reader, Sender
from namens.post.texts import phrases

_TO_CLIENT = {
    EndedBy.CLIENT: gettext_noop("You stopped this yourself on %(day)s."),
    EndedBy.HELPER: gettext_noop("Your helper stopped on %(day)s."),
    EndedBy.HELPDESK: gettext_noop("The helpdesk stopped this on %(day)s, after your call."),
    EndedBy.LAST_DAY: gettext_noop("The last day was %(day)s."),
    EndedBy.REPLACED: gettext_noop("A newer mandate took its place on %(day)s."),
    EndedBy.ORGANISATION_LEAVES: gettext_noop("The last day is %(day)s. The organisation stops with this work."),
    EndedBy.UNSAID: gettext_noop("This stopped on %(day)s."),
}


def body(letter: EndingLetter, *, sender: Sender) -> Body:
    """Give the words of this letter."""
    for_client = letter.reader is Reader.CLIENT
    told = told_to_client if for_client else told_to_helper
    blocks = (
        Paragraph(_what(letter)),
        Bullets(letter.services),
        Paragraph(told(letter.ended_by, ended_on=letter.ended_on)),
        *_going_on(letter),
        *(_to_client(sender) if for_client else _to_helper()),
    )
    return Body(title=_("A mandate has stopped"), blocks=blocks)


def told_to_client(ended_by: EndedBy, *, ended_on: date) -> str:
    """Say when it ended and how."""
    return _(_TO_CLIENT[ended_by]) % {"day": phrases.day(ended_on)}


def told_to_helper(ended_by: EndedBy, *, ended_on: date) -> str:
    """Say when it ended; never that the client, the helpdesk or a newer mandate did it."""
    day = {"day": phrases.day(ended_on)}
    if ended_by is EndedBy.HELPER:
        return _("You stopped this yourself on %(day)s.") % day
    if ended_by is EndedBy.LAST_DAY:
        return _("The last day was %(day)s.") % day
    return _("This stopped on %(day)s.") % day


def _what(letter: EndingLetter) -> str:
    if letter.ended_by is EndedBy.ORGANISATION_LEAVES:
        told = {"other": letter.other, "day": phrases.day(letter.ended_on)}
        return _("%(other)s can do this for you up to and including %(day)s, and no longer:") % told
    if letter.reader is Reader.CLIENT:
        return _("%(other)s can no longer do this for you:") % {"other": letter.other}
    return _("You can no longer do this for %(other)s:") % {"other": letter.other}


def _going_on(letter: EndingLetter) -> tuple[Block, ...]:
    return (Paragraph(_("This goes on:")), Bullets(letter.going_on)) if letter.going_on else ()


def _to_client(sender: Sender) -> tuple[Block, ...]:
    seen = _("Do you want to see what was done for you? Log in on %(address)s.")
    give = _("Or give a new mandate on %(address)s.")
    return (
        Heading(_("What does this mean?")),
        Paragraph(
            " ".join(
                (
                    _("What your helper did before stays as it is."),
                    seen % {"address": phrases.address(sender, phrases.MANDATES)},
                )
            )
        ),
        Heading(_("Did you not want this?")),
        Paragraph(
            " ".join((phrases.call_us(sender), give % {"address": phrases.address(sender, phrases.GIVE)})),
        ),
    )


def _to_helper() -> tuple[Block, ...]:
    sentences = (_("Ask your client."), _("Only your client can give you a new mandate."))
    return (Heading(_("Do you want to go on helping?")), Paragraph(" ".join(sentences)))
