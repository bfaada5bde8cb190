"""The way to a QR: which pages there are, and when the answer to each still holds."""

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
from django.utils.translation import gettext_lazy

from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.lib.periods import Duration
from namens.pages.choices import Offered, offered_at
from namens.pages.table.answers import Answers
from namens.pages.walk import Walk, own_draft
from namens.parties.models import Kind
from namens.services.models import Service

JOURNEY = "table"


class Page(StrEnum):
    """The pages in their order; each is the name of its address."""

    SERVICES = "table-services"
    LENGTH = "table-length"
    WHO = "table-who"
    PARTNER = "table-partner"
    CHECK = "table-check"


_STEPS: dict[Page, str | Promise] = {
    Page.SERVICES: gettext_lazy("Services"),
    Page.LENGTH: gettext_lazy("Length"),
    Page.WHO: gettext_lazy("Your client"),
    Page.PARTNER: gettext_lazy("Partner"),
    Page.CHECK: gettext_lazy("Check"),
}
HEADINGS: dict[Page, str | Promise] = {
    Page.SERVICES: gettext_lazy("What do you want to help with?"),
    Page.LENGTH: gettext_lazy("For how long do you want to help?"),
    Page.WHO: gettext_lazy("Who sits with you?"),
    Page.PARTNER: gettext_lazy("Is there an allowance partner?"),
    Page.CHECK: gettext_lazy("Check your answers"),
}


@dataclass(frozen=True)
class Asking(Walk[Page, Answers]):
    """One helper's way through the pages, in one tab."""

    folder: ClassVar[str] = "table"

    @property
    def pages(self) -> Sequence[Page]:
        """Give the pages; what goes on was asked of one person."""
        return [page for page in Page if page is not Page.PARTNER or self.answers.renews is None]

    @cached_property
    def offered(self) -> Offered:
        """Give what can be asked: everything, since the client logs in, and is told when a login is too weak."""
        return offered_at(AssuranceLevel.HIGH, to=Kind(self.visitor.helper.kind))

    @cached_property
    def services(self) -> list[Service]:
        """Give the services that were chosen and can still be asked."""
        return self.offered.pick(self.answers.chosen)

    @property
    def durations(self) -> list[Duration]:
        """Give the lengths that the chosen services allow."""
        months = min((service.longest_months for service in self.services), default=0)
        return [one for one in Duration if one.months <= months]

    @property
    def duration(self) -> Duration:
        """Give the length that was chosen."""
        return Duration(self.answers.duration)

    def is_answered(self, page: Page) -> bool:
        """Say whether this page's question has an answer that still holds."""
        if page is Page.SERVICES:
            return bool(self.services)
        if page is Page.LENGTH:
            return self.answers.duration in self.durations
        if page is Page.PARTNER:
            return self.answers.has_partner is not None
        return bool(self.answers.label)

    def frame(self, page: Page) -> dict[str, Any]:
        """Give heading, steps and menu item."""
        return {
            "heading": HEADINGS[page],
            "steps": [_STEPS[one] for one in self.pages],
            "current": self.pages.index(page) + 1,
            "section": "pages:table",
        }

    def leave_url(self) -> str:
        """Give the page that says what this is."""
        return reverse("pages:table")


def asking_of(request: HttpRequest, *, draft: UUID, page: Page) -> Asking | HttpResponse:
    """Give the way through the pages for this visitor's own draft, or the page to go to first.

    Raises Http404 for a draft that is gone or somebody else's.
    """
    visitor, found = own_draft(request, draft=draft, journey=JOURNEY)
    if found.result is not None:
        return redirect("pages:hand-off-shown", asked=found.result)
    return Asking(draft=draft, visitor=visitor, answers=Answers.parse(found.answers), today=clock.today()).at(page)
