"""The way through asking for a mandate: which pages there are, and when the answer to each still holds."""

from collections.abc import Sequence
from dataclasses import dataclass
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

from namens.lib import clock
from namens.lib.periods import Duration
from namens.mandates.terms import LETTER_STANDS_FOR
from namens.pages.choices import Offered, offered_at
from namens.pages.helper.answers import Answers, Person
from namens.pages.walk import Walk, own_draft
from namens.parties import stating
from namens.parties.models import Kind
from namens.services.models import Service

JOURNEY = "ask"


class Page(StrEnum):
    """The pages in their order; each is the name of its address."""

    SERVICES = "ask-services"
    LENGTH = "ask-length"
    CLIENT = "ask-client"
    PARTNER = "ask-partner"
    PARTNER_DETAILS = "ask-partner-details"
    CHECK = "ask-check"


_STEP = {
    Page.SERVICES: 1,
    Page.LENGTH: 2,
    Page.CLIENT: 3,
    Page.PARTNER: 4,
    Page.PARTNER_DETAILS: 4,
    Page.CHECK: 5,
}
HEADINGS: dict[Page, str | Promise] = {
    Page.SERVICES: gettext_lazy("What do you want to help with?"),
    Page.LENGTH: gettext_lazy("For how long do you want to help?"),
    Page.CLIENT: gettext_lazy("Who is your client?"),
    Page.PARTNER: gettext_lazy("Is there an allowance partner?"),
    Page.PARTNER_DETAILS: gettext_lazy("Who is the allowance partner?"),
    Page.CHECK: gettext_lazy("Check your answers"),
}


@dataclass(frozen=True)
class Asking(Walk[Page, Answers]):
    """One helper's way through the pages, in one tab."""

    folder: ClassVar[str] = "helper"

    @property
    def pages(self) -> Sequence[Page]:
        """Give the pages; the partner's details only when there is a partner."""
        return [page for page in Page if page is not Page.PARTNER_DETAILS or self.answers.has_partner]

    @cached_property
    def offered(self) -> Offered:
        """Give what can be asked with a letter, and what a client has to log in for."""
        return offered_at(LETTER_STANDS_FOR, to=Kind(self.visitor.helper.kind))

    @cached_property
    def services(self) -> list[Service]:
        """Give the services that were chosen and can still be asked."""
        return self.offered.pick(self.answers.chosen)

    @property
    def durations(self) -> list[Duration]:
        """Give the lengths that the chosen services allow."""
        months = min((service.longest_months for service in self.services), default=0)
        return [one for one in Duration if one is not Duration.TODAY and one.months <= months]

    @property
    def duration(self) -> Duration:
        """Give the length that was chosen."""
        return Duration(self.answers.duration)

    @cached_property
    def kept(self) -> set[UUID]:
        """Give where what was stated is still kept: after a day it is not, and then it is asked again."""
        return stating.still_kept(stated=[person.kept for person in self.answers.people])

    def is_answered(self, page: Page) -> bool:
        """Say whether this page's question has an answer that still holds."""
        if page is Page.SERVICES:
            return bool(self.services)
        if page is Page.LENGTH:
            return self.answers.duration in self.durations
        if page is Page.PARTNER:
            return self.answers.has_partner is not None
        return self._is_kept(self.answers.client if page is Page.CLIENT else self.answers.partner)

    def frame(self, page: Page) -> dict[str, Any]:
        """Give heading, steps and menu item."""
        return {
            "heading": HEADINGS[page],
            "steps": [_("Services"), _("Length"), _("Your client"), _("Partner"), _("Check")],
            "current": _STEP[page],
            "section": "pages:ask",
        }

    def leave_url(self) -> str:
        """Give the page that says what asking means."""
        return reverse("pages:ask")

    def _is_kept(self, person: Person | None) -> bool:
        return person is not None and person.kept in self.kept


def asking_of(request: HttpRequest, *, draft: UUID, page: Page) -> Asking | HttpResponse:
    """Give the way through the pages for this visitor's own draft, or the page to go to first.

    Raises Http404 for a draft that is gone or somebody else's.
    """
    visitor, found = own_draft(request, draft=draft, journey=JOURNEY)
    if visitor.member is not None and not visitor.member.organisation.may_process_bsn:
        # Since the draft began that changed: its first page says so.
        return redirect("pages:ask")
    if found.result is not None:
        return redirect("pages:asked-done", asked=found.result)
    answers = Answers.parse(found.answers)
    return Asking(draft=draft, visitor=visitor, answers=answers, today=clock.today()).at(page)
