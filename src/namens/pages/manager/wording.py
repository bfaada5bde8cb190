"""People and licences in the plain words of managers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from namens.lib import clock
from namens.organisations.models import Licence, Member, MemberKind
from namens.organisations.people import LicenceState, state_of
from namens.pages.manager.forms import reach_words
from namens.pages.mandates.wording import day
from namens.pages.rows import Row

KINDS = {MemberKind.STAFF: gettext_noop("Staff"), MemberKind.VOLUNTEER: gettext_noop("Volunteer")}
STATES = {
    LicenceState.RUNNING: (gettext_noop("Counts"), "positive"),
    LicenceState.PAUSED: (gettext_noop("On pause"), "warning"),
    LicenceState.NOT_STARTED: (gettext_noop("Not begun"), "warning"),
    LicenceState.RUN_OUT: (gettext_noop("Run out"), "neutral"),
    LicenceState.ENDED: (gettext_noop("Ended"), "neutral"),
}
OPEN = frozenset({LicenceState.RUNNING, LicenceState.PAUSED, LicenceState.NOT_STARTED})


@dataclass(frozen=True)
class Badge:
    """A state in a word or two, with its colour."""

    label: str
    tone: str


def kind_of(member: Member) -> str:
    """Give `Staff` or `Volunteer`."""
    return _(KINDS[MemberKind(member.kind)])


def standing_of(member: Member) -> Badge:
    """Say whether somebody works here, was invited, or left."""
    if member.ended_at is not None:
        return Badge(_("Left"), "neutral")
    if member.bound_at is None:
        return Badge(_("Invited"), "warning")
    return Badge(_("Works here"), "positive")


def badge_of(licence: Licence, *, today: date) -> Badge:
    """Say how a licence stands."""
    label, tone = STATES[state_of(licence, today=today)]
    return Badge(_(label), tone)


def services_of(licence: Licence) -> str:
    """Give the names of the services."""
    return ", ".join(service.name for service in licence.services.all())


def days_of(first_day: date, last_day: date) -> str:
    """Give the days, both included."""
    return _("From %(first)s up to and including %(last)s") % {"first": day(first_day), "last": day(last_day)}


def licence_rows(licence: Licence) -> list[Row]:
    """Give a licence as names with values."""
    return terms_rows(
        [service.name for service in licence.services.all()],
        first_day=licence.first_day,
        last_day=licence.last_day,
        team=licence.team.name if licence.team else "",
    )


def terms_rows(services: Sequence[str], *, first_day: date, last_day: date, team: str) -> list[Row]:
    """Give what a licence will be as names with values."""
    return [
        Row(_("Services"), list(services)),
        Row(_("Days"), [days_of(first_day, last_day)]),
        Row(_("For whom"), [reach_words(team)]),
    ]


def details_rows(member: Member) -> list[Row]:
    """Give what the organisation says of somebody as names with values."""
    return [
        Row(_("Name"), [member.full_name]),
        Row(_("E-mail address"), [member.email]),
        Row(_("Works here as"), [kind_of(member)]),
        Row(_("Team"), [member.team.name if member.team else _("No team")]),
        Row(_("Manager"), [_("Yes") if member.is_manager else _("No")]),
    ]


def history_rows(member: Member) -> list[Row]:
    """Give when somebody was invited, began, was here and left."""
    moments = [
        (_("Invited on"), member.invited_at),
        (_("First login"), member.bound_at),
        (_("Last login"), member.seen_at),
        (_("Left on"), member.ended_at),
    ]
    return [Row(label, [day(clock.day_of(at))]) for label, at in moments if at is not None]
