"""The letter with everything that runs, in sentences."""

from django.utils.translation import gettext as _

from namens.post.blocks import Block, Body, Bullets, Heading, Paragraph
from namens.post.letters import OverviewLetter, RunningMandate, Sender
from namens.post.texts import phrases


def body(letter: OverviewLetter, *, sender: Sender) -> Body:
    """Give the words of this letter."""
    intro = _("This overview has every mandate of yours on %(day)s.") % {"day": phrases.day(letter.date)}
    blocks: list[Block] = [Paragraph(intro), Heading(_("These people help you"))]
    if not letter.helpers:
        blocks.append(Paragraph(_("Nobody helps you at this moment.")))
    blocks += _listed(letter.helpers, opening=_("%(other)s may do this for you:"))
    if letter.clients:
        blocks.append(Heading(_("You help these people")))
    blocks += _listed(letter.clients, opening=_("You may do this for %(other)s:"))
    if letter.helpers:
        blocks += [*phrases.how_to_stop(sender), *phrases.when_wrong(sender)]
    return Body(title=_("Overview of your mandates"), blocks=tuple(blocks))


def _listed(mandates: tuple[RunningMandate, ...], *, opening: str) -> list[Block]:
    return [
        block
        for index, mandate in enumerate(mandates)
        for block in _running(mandate, opening=opening, is_first=index == 0)
    ]


def _running(mandate: RunningMandate, *, opening: str, is_first: bool) -> list[Block]:
    days = {"first": phrases.day(mandate.first_day), "last": phrases.day(mandate.last_day)}
    period = Paragraph(_("This runs from %(first)s up to and including %(last)s.") % days)
    return [
        Paragraph(opening % {"other": mandate.other}, is_apart=not is_first),
        Bullets((*mandate.services, *mandate.included)),
        period,
    ]
