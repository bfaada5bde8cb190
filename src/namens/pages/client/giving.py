"""The way through giving a mandate: which pages there are, and when the answer to each still holds."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from namens.mandates import queries
from namens.mandates.actions import offer
from namens.mandates.models import MandateService
from namens.mandates.terms import Terms, in_one_browser, latest_first_day, longest_last_day
from namens.mandates.waiting import needs_code
from namens.organisations.models import Member, Organisation
from namens.organisations.naming import name_of
from namens.pages.choices import Offered, SensitiveAction, offered_at, sensitive_actions, unguarded_portals
from namens.pages.client.answers import Answers
from namens.pages.walk import Walk
from namens.parties.models import Kind, Party
from namens.services.models import Service

JOURNEY = "give"


class Page(StrEnum):
    """The pages in their order; each is the name of its address."""

    WHO = "give-who"
    HELPER = "give-helper"
    SERVICES = "give-services"
    EXTRA = "give-extra"
    FROM = "give-from"
    UNTIL = "give-until"
    ABOUT = "give-about"
    PARTNER = "give-partner"
    OTHERS = "give-others"
    CHECK = "give-check"
    THERE = "agree-there"


_STEP = {
    Page.WHO: 1,
    Page.HELPER: 1,
    Page.SERVICES: 2,
    Page.EXTRA: 2,
    Page.FROM: 3,
    Page.UNTIL: 3,
    Page.ABOUT: 4,
    Page.PARTNER: 4,
    Page.OTHERS: 4,
    Page.CHECK: 5,
}
HEADINGS: dict[Page, str | Promise] = {
    Page.WHO: gettext_lazy("Who is going to help you?"),
    Page.HELPER: gettext_lazy("Is this your helper?"),
    Page.SERVICES: gettext_lazy("With what may your helper help you?"),
    Page.EXTRA: gettext_lazy("May your helper do these things too?"),
    Page.FROM: gettext_lazy("The first day"),
    Page.UNTIL: gettext_lazy("The last day"),
    Page.ABOUT: gettext_lazy("Who arranges your affairs?"),
    Page.PARTNER: gettext_lazy("Your allowance partner"),
    Page.OTHERS: gettext_lazy("Somebody helps you with this already"),
    Page.CHECK: gettext_lazy("Check your answers"),
    Page.THERE: gettext_lazy("Is your helper with you now?"),
}


@dataclass(frozen=True)
class Giving(Walk[Page, Answers]):
    """One client's way through the pages, in one tab.

    At the yes `one_browser` is the keyed digest of this browser when the helper was there too within two hours.
    """

    folder: ClassVar[str] = "client"
    is_request: ClassVar[bool] = False

    one_browser: str = field(default="", kw_only=True)

    @property
    def pages(self) -> Sequence[Page]:
        """Give all pages of giving unasked."""
        return [page for page in Page if page is not Page.THERE]

    @cached_property
    def offered(self) -> Offered:
        """Give what this login can choose from."""
        kind = Kind(self.helper.kind) if self.helper else Kind.PERSON
        return offered_at(self.visitor.level, to=kind)

    @cached_property
    def services(self) -> list[Service]:
        """Give the services that were chosen and can still be chosen."""
        return self.offered.pick(self.answers.chosen)

    @cached_property
    def helper(self) -> Party | None:
        """Give the helper, None for an open code."""
        if self.answers.helper is None:
            return None
        with_names = Party.objects.select_related("person", "organisation")
        return with_names.filter(id=self.answers.helper).first()

    @cached_property
    def organisation(self) -> Organisation | None:
        """Give the organisation that helps, None for a private person and for an open code."""
        return self.helper.organisation if self.helper and self.helper.kind == Kind.ORGANISATION else None

    @cached_property
    def needs_code(self) -> bool:
        """Say whether a yes gives a code; not for who goes on with an organisation or a helper."""
        return needs_code(representee=self.visitor.party, representative=self.helper, today=self.today)

    @property
    def needs_hand_off(self) -> bool:
        """Say whether the code is for people who may not type the BSN that goes with it."""
        return self.organisation is not None and not self.organisation.may_process_bsn and self.needs_code

    @property
    def helper_name(self) -> str:
        """Give the helper's name, or words for whoever will bring the code."""
        return name_of(self.helper) if self.helper else _("Whoever has the code")

    @property
    def leaves_out(self) -> bool:
        """Say whether there is a sensitive action that the helper may not do."""
        return self.answers.leaves_out

    @property
    def who(self) -> list[str]:
        """Give who helps, as the client reads it before the yes."""
        return [self.helper_name]

    @property
    def asker(self) -> Member | None:
        """Give the member who asked for an organisation, if one did."""
        return None

    @property
    def first_day(self) -> date | None:
        """Give the first day, None while it was not chosen."""
        return self.answers.first_day

    @property
    def last_day(self) -> date | None:
        """Give the last day, None while it was not chosen."""
        return self.answers.last_day

    @property
    def terms(self) -> Terms:
        """Give what was chosen. Only sensitive actions of services that are still chosen count."""
        first_day, last_day = self.first_day, self.last_day
        if first_day is None or last_day is None:
            raise AssertionError("the check page is shown only when both days are known")
        asked = {action.key for action in self.sensitive}
        return Terms(
            services=self.services,
            first_day=first_day,
            last_day=last_day,
            granted_actions=self.answers.granted_actions & asked,
        )

    @property
    def given_terms(self) -> Terms:
        """Give what the yes gives at once; the rest of `terms` waits for a second yes elsewhere."""
        return in_one_browser(self.terms) if self.one_browser else self.terms

    @property
    def sensitive(self) -> list[SensitiveAction]:
        """Give the sensitive actions of the chosen services."""
        return sensitive_actions(self.services)

    @cached_property
    def others(self) -> list[MandateService]:
        """Give what other helpers may do now for the chosen services."""
        return queries.running_with_others(
            representee=self.visitor.party, representative=self.helper, services=self.services, today=self.today
        )

    @cached_property
    def replaced(self) -> list[MandateService]:
        """Give what the same helper may do already, or may do with an older code, and what this takes the place of."""
        if self.helper is None or self.first_day is None:
            return []
        return queries.replaced_by_offer(
            representee=self.visitor.party,
            representative=self.helper,
            services=self.services,
            from_day=max(self.today, self.first_day),
        )

    @cached_property
    def unguarded(self) -> list[str]:
        """Give the names of the portals that do not keep a helper from what was left out."""
        return unguarded_portals(self.services)

    @property
    def longest_last_day(self) -> date:
        """Give the last day that is allowed."""
        first_day = self.first_day or self.today
        return longest_last_day(self.services, first_day=first_day, open_code=self.answers.open_code)

    def is_answered(self, page: Page) -> bool:
        """Say whether this page's question has an answer that still holds."""
        return bool(_ANSWERED[page](self))

    def asks(self, page: Page) -> bool:
        """Say whether this page has anything to ask in this draft."""
        if page is Page.EXTRA:
            return bool(self.sensitive)
        if page is Page.HELPER:
            return not self.answers.open_code
        return page is not Page.OTHERS or bool(self.others)

    def frame(self, page: Page) -> dict[str, Any]:
        """Give heading, steps and menu item."""
        return frame_of(page)

    def say_yes(self, *, now: datetime) -> UUID:
        """Give the mandate, and give its id. Raises MandateRefused. The register was asked just before."""
        return offer(
            representee=self.visitor.party,
            representative=self.helper,
            terms=self.terms,
            level=self.visitor.level,
            under_administration=not self.answers.not_administered,
            now=now,
            one_browser=self.one_browser,
        ).mandate.id


def frame_of(page: Page) -> dict[str, Any]:
    """Give what the frame of a question needs: heading, steps and menu item."""
    return {
        "heading": HEADINGS[page],
        "steps": [_("Your helper"), _("Services"), _("Days"), _("About you"), _("Check")],
        "current": _STEP[page],
        "section": "pages:give",
    }


def _days_hold(giving: Giving) -> bool:
    first_day = giving.first_day
    return first_day is not None and giving.today <= first_day <= latest_first_day(giving.today)


def _end_holds(giving: Giving) -> bool:
    first_day, last_day = giving.first_day, giving.last_day
    if first_day is None or last_day is None or not giving.services:
        return False
    return first_day <= last_day <= giving.longest_last_day


def _extra_holds(giving: Giving) -> bool:
    """Say whether every sensitive action has an answer, given with all services that have one on the page."""
    asked_for = {service.key for service in giving.services if service.sensitive_keys}
    answered = all(action.key in giving.answers.granted for action in giving.sensitive)
    return answered and asked_for <= set(giving.answers.granted_for)


def _others_hold(giving: Giving) -> bool:
    return all(str(line.id) in giving.answers.others_stop for line in giving.others)


def _is_there(giving: Giving) -> bool:
    return giving.answers.there


_ANSWERED = {
    Page.WHO: lambda giving: giving.answers.open_code or giving.helper,
    Page.HELPER: lambda giving: giving.answers.open_code or (giving.answers.confirmed and not giving.needs_hand_off),
    Page.SERVICES: lambda giving: giving.services,
    Page.EXTRA: _extra_holds,
    Page.FROM: _days_hold,
    Page.UNTIL: _end_holds,
    Page.ABOUT: lambda giving: giving.answers.not_administered,
    Page.PARTNER: lambda giving: giving.answers.partner is not None,
    Page.OTHERS: _others_hold,
    Page.THERE: _is_there,
}
