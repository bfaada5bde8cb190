"""The way to a yes to what a helper asked: the questions of giving that the request did not answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from namens.lib.periods import Duration
from namens.mandates import requests_of
from namens.mandates.actions import Yes, approve
from namens.mandates.models import Mandate, MandateService
from namens.mandates.terms import longest_last_day
from namens.organisations.naming import in_full
from namens.pages.client.giving import HEADINGS, Giving, Page
from namens.parties.models import Party
from namens.services.models import Service

_STEP = {Page.UNTIL: 1, Page.EXTRA: 2, Page.ABOUT: 3, Page.PARTNER: 3, Page.OTHERS: 3, Page.CHECK: 4}


@dataclass(frozen=True)
class Agreeing(Giving):
    """One client's way to a yes, in one tab. It begins today, and is never longer than what was asked."""

    is_request: ClassVar[bool] = True

    asked: Mandate

    @property
    def pages(self) -> Sequence[Page]:
        """Give the pages that are left."""
        return list(_STEP)

    @cached_property
    def services(self) -> list[Service]:
        """Give the services that were asked for."""
        return requests_of.services_of(self.asked)

    @cached_property
    def helper(self) -> Party | None:
        """Give who asks."""
        return self.asked.representative

    @property
    def who(self) -> list[str]:
        """Give who helps, and which member asked when that is an organisation."""
        asker = requests_of.asker_of(self.asked)
        by = [_("Asked by %(name)s") % {"name": in_full(asker)}] if asker else []
        return [self.helper_name, *by]

    @property
    def needs_code(self) -> bool:
        """A yes to a request is enough."""
        return False

    @property
    def first_day(self) -> date:
        """Give today."""
        return self.today

    @property
    def last_day(self) -> date | None:
        """Give the last day of the length that was chosen."""
        return Duration(self.answers.duration).last_day(self.today) if self.answers.duration else None

    @property
    def longest_last_day(self) -> date:
        """Give the last day of what was asked, or of what the services allow by now."""
        asked = Duration(self.asked.duration).last_day(self.today)
        return min(asked, longest_last_day(self.services, first_day=self.today, open_code=False))

    @cached_property
    def replaced(self) -> list[MandateService]:
        """Give what this helper may do already, or asked before."""
        return requests_of.replaced_by_yes(self.asked, today=self.today)

    def frame(self, page: Page) -> dict[str, Any]:
        """Give heading, steps and menu item."""
        return {
            "heading": HEADINGS[page],
            "steps": [_("Length"), _("Extra"), _("About you"), _("Check")],
            "current": _STEP[page],
            "section": "pages:mandates",
        }

    def leave_url(self) -> str:
        """Give the page of the request."""
        return reverse("pages:request", args=[self.asked.id])

    def say_yes(self, *, now: datetime) -> UUID:
        """Make what was asked active, and give its id. Raises MandateRefused. The register was asked just before."""
        yes = Yes(
            duration=Duration(self.answers.duration),
            granted_actions=self.terms.granted_actions,
            level=self.visitor.level,
            under_administration=not self.answers.not_administered,
        )
        approve(mandate=self.asked.id, by=self.visitor.party, yes=yes, now=now)
        return self.asked.id
