"""The way through making an appointment: which pages there are, and when the answer to each still holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from namens.appointments.covering import covers
from namens.appointments.models import Way
from namens.appointments.refusals import AppointmentRefused
from namens.appointments.times import check_when, instant_of
from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.lib.periods import Duration
from namens.pages.appointments.advising import guide_url
from namens.pages.appointments.answers import ONLY_DURING, Answers
from namens.pages.appointments.known import known_client
from namens.pages.appointments.ways import Ways, ways_for
from namens.pages.choices import Offered, offered_at
from namens.pages.helper.answers import Person
from namens.pages.walk import Walk, own_draft
from namens.parties import stating
from namens.parties.models import Kind, Party
from namens.services.models import Service

JOURNEY = "appointment"


class Page(StrEnum):
    """The pages in their order; each is the name of its address."""

    WHO = "appointment-who"
    WHEN = "appointment-when"
    SERVICES = "appointment-services"
    PARTNER = "appointment-partner"
    PARTNER_WHO = "appointment-partner-who"
    WAY = "appointment-way"
    LENGTH = "appointment-length"
    CLIENT = "appointment-client"
    PARTNER_DETAILS = "appointment-partner-details"
    CHECK = "appointment-check"


_STEP = {
    Page.WHO: 1,
    Page.WHEN: 2,
    Page.SERVICES: 3,
    Page.PARTNER: 4,
    Page.PARTNER_WHO: 4,
    Page.WAY: 5,
    Page.LENGTH: 5,
    Page.CLIENT: 5,
    Page.PARTNER_DETAILS: 5,
    Page.CHECK: 6,
}
HEADINGS: dict[Page, str | Promise] = {
    Page.WHO: gettext_lazy("With whom is the appointment?"),
    Page.WHEN: gettext_lazy("When and where is it?"),
    Page.SERVICES: gettext_lazy("What do you want to help with?"),
    Page.PARTNER: gettext_lazy("Does an allowance partner come too?"),
    Page.PARTNER_WHO: gettext_lazy("Who is the allowance partner?"),
    Page.WAY: gettext_lazy("How do they say yes?"),
    Page.LENGTH: gettext_lazy("For how long do you want to help?"),
    Page.CLIENT: gettext_lazy("Who is your client?"),
    Page.PARTNER_DETAILS: gettext_lazy("Who is the allowance partner?"),
    Page.CHECK: gettext_lazy("Check your answers"),
}
_WITH_LENGTH = frozenset({Way.LETTER.value, Way.HAND_OFF.value})


@dataclass(frozen=True)
class Preparing(Walk[Page, Answers]):
    """One helper's way through the pages, in one tab."""

    folder: ClassVar[str] = "appointments"

    @property
    def pages(self) -> Sequence[Page]:
        """Give the pages that have something to ask."""
        return [page for page in Page if self.asks(page)]

    def asks(self, page: Page) -> bool:
        """Say whether this page has anything to ask in this draft."""
        has_partner, by_letter = bool(self.answers.has_partner), self.answers.way == Way.LETTER
        asked = {
            Page.PARTNER_WHO: has_partner,
            Page.LENGTH: self.answers.way in _WITH_LENGTH,
            Page.CLIENT: by_letter,
            Page.PARTNER_DETAILS: by_letter and has_partner,
        }
        return asked.get(page, True)

    @cached_property
    def known(self) -> Party | None:
        """Give the client who was chosen, while this helper still reaches them."""
        return known_client(self.visitor, client=self.answers.known, now=clock.now()) if self.answers.known else None

    @cached_property
    def offered(self) -> Offered:
        """Give everything that this kind of helper can be mandated for."""
        return offered_at(AssuranceLevel.HIGH, to=Kind(self.visitor.helper.kind))

    @cached_property
    def services(self) -> list[Service]:
        """Give the services that were chosen and can still be asked."""
        return self.offered.pick(self.answers.chosen)

    @property
    def starts_at(self) -> datetime:
        """Give the instant. Raises AppointmentRefused; the question was answered."""
        if self.answers.moment is None:
            raise LookupError("not answered yet")
        return instant_of(self.answers.moment.day, at=self.answers.moment.at)

    @cached_property
    def ways(self) -> Ways:
        """Give the ways that can be chosen for that day and these services."""
        if self.answers.moment is None:
            raise LookupError("not answered yet")
        day = self.answers.moment.day
        known, helper = self.known, self.visitor.helper
        runs = known is not None and covers(helper, client=known, services=self.services, day=day)
        return ways_for(self.visitor, day=day, services=self.services, runs=runs, today=self.today)

    @property
    def guide_url(self) -> str:
        """Give the guide, filled in with what was answered so far."""
        if self.answers.moment is None:
            return reverse("pages:which-way")
        has_partner = bool(self.answers.has_partner)
        return guide_url(self.visitor, day=self.answers.moment.day, has_partner=has_partner, only_during=False)

    @property
    def lengths(self) -> list[Duration]:
        """Give the lengths beside *only during the appointment* that the services allow."""
        months = min((service.longest_months for service in self.services), default=0)
        return [one for one in Duration if one is not Duration.TODAY and one.months <= months]

    @property
    def duration(self) -> Duration | None:
        """Give for how long is asked; None where nothing is."""
        if self.answers.way not in _WITH_LENGTH:
            return None
        return Duration.TODAY if self.only_during else Duration(self.answers.duration)

    @property
    def only_during(self) -> bool:
        """Say whether it is only for the appointment itself."""
        return self.answers.way in _WITH_LENGTH and self.answers.duration == ONLY_DURING

    @cached_property
    def kept(self) -> set[UUID]:
        """Give where what was stated is still kept: after a day it is not, and then it is asked again."""
        return stating.still_kept(stated=[person.kept for person in self.answers.people])

    def is_answered(self, page: Page) -> bool:
        """Say whether this page's question has an answer that still holds."""
        if page is Page.WHEN:
            return self._has_moment()
        if page in {Page.SERVICES, Page.WAY, Page.LENGTH}:
            return self._is_chosen(page)
        if page in {Page.CLIENT, Page.PARTNER_DETAILS}:
            return self._is_kept(self.answers.client if page is Page.CLIENT else self.answers.partner)
        if page is Page.PARTNER:
            return self.answers.has_partner is not None
        return bool(self.answers.label if page is Page.WHO else self.answers.partner_label)

    def frame(self, page: Page) -> dict[str, Any]:
        """Give heading, steps and menu item."""
        return {
            "heading": HEADINGS[page],
            "steps": [_("Who"), _("When"), _("Services"), _("Partner"), _("The yes"), _("Check")],
            "current": _STEP[page],
            "section": "pages:appointments",
        }

    def leave_url(self) -> str:
        """Give the list of appointments."""
        return reverse("pages:appointments")

    def _is_chosen(self, page: Page) -> bool:
        if page is Page.SERVICES:
            return bool(self.services)
        if page is Page.WAY:
            return self.answers.way in self.ways.choices
        return self.answers.duration in {ONLY_DURING, *self.lengths}

    def _has_moment(self) -> bool:
        try:
            minutes = self.answers.moment.minutes if self.answers.moment else 0
            if minutes:
                check_when(self.starts_at, minutes=minutes, now=clock.now())
        except AppointmentRefused:
            return False
        return bool(minutes)

    def _is_kept(self, person: Person | None) -> bool:
        return person is not None and person.kept in self.kept


def preparing_of(request: HttpRequest, *, draft: UUID, page: Page) -> Preparing | HttpResponse:
    """Give the way through the pages for this visitor's own draft, or the page to go to first.

    Raises Http404 for a draft that is gone or somebody else's.
    """
    visitor, found = own_draft(request, draft=draft, journey=JOURNEY)
    if found.result is not None:
        return redirect("pages:appointment-made", appointment=found.result)
    answers = Answers.parse(found.answers)
    return Preparing(draft=draft, visitor=visitor, answers=answers, today=clock.today()).at(page)
