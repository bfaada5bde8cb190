"""The way to a yes to what a helper asked: the questions of giving that the request did not answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from namens.lib.periods import Duration
from namens.mandates import requests_of
from namens.mandates.actions import Yes, approve
from namens.mandates.at_table import is_first_yes
from namens.mandates.models import Mandate, MandateService
from namens.mandates.terms import longest_last_day
from namens.organisations.models import Member
from namens.organisations.naming import in_full
from namens.pages.choices import SensitiveAction
from namens.pages.client.giving import HEADINGS, Giving, Page
from namens.parties.models import Party
from namens.services.models import Service

_STEPS: dict[Page, str | Promise] = {
    Page.THERE: gettext_lazy("Your helper"),
    Page.UNTIL: gettext_lazy("Length"),
    Page.EXTRA: gettext_lazy("Extra"),
    Page.ABOUT: gettext_lazy("About you"),
    Page.PARTNER: gettext_lazy("About you"),
    Page.OTHERS: gettext_lazy("About you"),
    Page.CHECK: gettext_lazy("Check"),
}


@dataclass(frozen=True)
class Agreeing(Giving):
    """One client's way to a yes, in one tab. It begins today, and is never longer than what was asked.

    What was asked at the table begins with whether who asks is there.
    """

    is_request: ClassVar[bool] = True

    asked: Mandate

    @property
    def pages(self) -> Sequence[Page]:
        """Give the pages that are left."""
        left_out = set() if self.is_at_table else {Page.THERE}
        if self.is_first:
            left_out |= {Page.UNTIL, Page.EXTRA}
        return [page for page in _STEPS if page not in left_out]

    @property
    def is_at_table(self) -> bool:
        """Say whether it was opened on the own phone, at the table."""
        return self.asked.closes_at is not None

    @cached_property
    def is_first(self) -> bool:
        """Say whether this is the first yes to a private helper, which is for today only."""
        return is_first_yes(self.asked, today=self.today)

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
        by = [_("Asked by %(name)s") % {"name": in_full(self.asker)}] if self.asker else []
        return [self.helper_name, *by]

    @property
    def asker(self) -> Member | None:
        """Give the member who asked for an organisation, if one did."""
        return requests_of.asker_of(self.asked)

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
        return Duration(self.duration).last_day(self.today) if self.duration else None

    @property
    def duration(self) -> str:
        """Give the length that was chosen, or that there is no choice about; nothing when it is still to be chosen."""
        return Duration.TODAY.value if self.is_first else self.answers.duration

    @property
    def sensitive(self) -> list[SensitiveAction]:
        """Give the sensitive actions that can be allowed: none at first."""
        return [] if self.is_first else super().sensitive

    @property
    def leaves_out(self) -> bool:
        """Say whether there is a sensitive action that the helper may not do."""
        return super().leaves_out or (Page.EXTRA not in self.pages and bool(super().sensitive))

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
        steps = list(dict.fromkeys(str(_STEPS[one]) for one in self.pages))
        return {
            "heading": HEADINGS[page],
            "steps": steps,
            "current": steps.index(str(_STEPS[page])) + 1,
            "section": "pages:mandates",
        }

    def leave_url(self) -> str:
        """Give the page of the request."""
        return reverse("pages:request", args=[self.asked.id])

    def say_yes(self, *, now: datetime) -> UUID:
        """Make what was asked active, and give its id. Raises MandateRefused. The register was asked just before."""
        yes = Yes(
            duration=Duration(self.duration),
            granted_actions=self.terms.granted_actions,
            level=self.visitor.level,
            under_administration=not self.answers.not_administered,
            one_browser=self.one_browser,
        )
        approve(mandate=self.asked.id, by=self.visitor.party, yes=yes, now=now)
        return self.asked.id
