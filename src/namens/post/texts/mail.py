"""The words of our e-mails. Those to people have no name, no service, nothing that happened, and no link.

The one that invites somebody to work here has a link, for there is no other way to begin. It leads to no login form.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from namens.lib import clock
from namens.post.letters import Sender


def changed(*, sender: Sender, can_choose: bool) -> tuple[str, str]:
    """Give subject and text of the e-mail that something changed, for who `can_choose` of what to hear."""
    lines = (
        _("Something has changed. Log in at Namens to see it."),
        _("Type the address of Namens in your browser yourself: %(site)s") % {"site": sender.site},
        _("We never send a link to log in with. Does an e-mail have one? Then it is not from us."),
        *(_choosing() if can_choose else ()),
        *_closing(sender),
    )
    return _("Something has changed at Namens"), _together(lines)


def summary(*, sender: Sender, can_choose: bool) -> tuple[str, str]:
    """Give subject and text of the e-mail that the monthly overview can be read: of no month, and nothing of it."""
    lines = (
        _("You can read your monthly overview. Log in at Namens to see it."),
        _("Type the address of Namens in your browser yourself: %(site)s") % {"site": sender.site},
        _("We never send a link to log in with. Does an e-mail have one? Then it is not from us."),
        *(_choosing() if can_choose else ()),
        *_closing(sender),
    )
    return _("Log in at Namens"), _together(lines)


def appointment(*, sender: Sender, can_choose: bool) -> tuple[str, str]:  # noqa: ARG001 - said to everybody alike
    """Give subject and text of the e-mail that reminds of an appointment: not with whom, when or where it is."""
    lines = (
        _("Something is planned soon. Log in at Namens to see it."),
        _("Type the address of Namens in your browser yourself: %(site)s") % {"site": sender.site},
        _("We never send a link to log in with. Does an e-mail have one? Then it is not from us."),
        *_closing(sender),
    )
    return _("Something is planned soon at Namens"), _together(lines)


def code(*, code: str, until: datetime, sender: Sender) -> tuple[str, str]:
    """Give subject and text of the e-mail that brings a confirmation code."""
    hour = date_format(until.astimezone(clock.AMSTERDAM), "H:i")
    lines = (
        _("Your confirmation code is: %(code)s") % {"code": code},
        _("Type it on the page of Namens where you filled in this address. It works until %(hour)s.") % {"hour": hour},
        _("This code only confirms your e-mail address. It gives nobody a mandate."),
        _("Did you not ask for this? Then you do not have to do anything."),
        *_closing(sender),
    )
    return _("Your confirmation code for Namens"), _together(lines)


@dataclass(frozen=True)
class Invitation:
    """Who invites whom to work for which organisation, and the link that works until then, once."""

    reader: str
    organisation: str
    inviter: str
    link: str = field(repr=False)
    until: datetime

    def told(self) -> dict[str, str]:
        """Give what a template of somebody else needs."""
        day = date_format(self.until.astimezone(clock.AMSTERDAM), "j F Y, H:i")
        return {"organisation": self.organisation, "inviter": self.inviter, "link": self.link, "until": day}


def invitation(invited: Invitation, *, sender: Sender) -> tuple[str, str]:
    """Give subject and text of the e-mail that invites somebody to work here."""
    told = invited.told()
    lines = (
        _("Dear %(name)s,") % {"name": invited.reader},
        _("%(inviter)s invites you to help clients with Namens for %(organisation)s.") % told,
        _("Begin with this link, before %(until)s: %(link)s") % told,
        _("The link works once and is for you only. Do not pass it on."),
        _("After that you log in with the eHerkenning that you have from %(organisation)s. We ask for no password.")
        % told,
        _("Do you not expect this? Then do not use the link, and ask %(inviter)s.") % told,
        *_closing(sender),
    )
    return _("Invitation to work with Namens for %(organisation)s") % told, _together(lines)


def _choosing() -> tuple[str, ...]:
    """Say where to choose, by the name of the page: an address with a path looks like the link that we never send."""
    return (_("Do you want less e-mail, or more? After you log in, you choose that under My letters."),)


def _closing(sender: Sender) -> tuple[str, ...]:
    called = {"name": sender.name, "phone": sender.phone}
    return (
        _("Any questions? Call %(name)s: %(phone)s.") % called,
        _("You cannot answer this e-mail."),
    )


def _together(lines: tuple[str, ...]) -> str:
    return "\n\n".join(lines) + "\n"
