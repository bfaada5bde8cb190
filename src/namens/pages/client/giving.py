"""The way through giving a mandate: which pages there are, which comes next, and whose draft it is."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from namens.lib import clock
from namens.mandates import queries
from namens.mandates.models import MandateService
from namens.mandates.terms import latest_first_day, longest_last_day
from namens.pages.client.answers import Answers
from namens.pages.client.choices import Offered, SensitiveAction, offered_at, sensitive_actions, unguarded_portals
from namens.parties.models import Party
from namens.services.models import Service
from namens.signin import drafts, typed
from namens.signin.session import Visitor, present

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
}


@dataclass(frozen=True)
class Giving:
    """One client's way through the pages, in one tab."""

    draft: UUID
    visitor: Visitor
    answers: Answers
    today: date

    @cached_property
    def offered(self) -> Offered:
        """Give what this login can choose from."""
        return offered_at(self.visitor.level)

    @cached_property
    def services(self) -> list[Service]:
        """Give the services that were chosen and can still be chosen."""
        return self.offered.pick(self.answers.chosen)

    @cached_property
    def helper(self) -> Party | None:
        """Give the helper, None for an open code."""
        if self.answers.helper is None:
            return None
        return Party.objects.select_related("person").filter(id=self.answers.helper).first()

    @property
    def helper_name(self) -> str:
        """Give the helper's name, or words for whoever will bring the code."""
        return self.helper.person.name.full if self.helper else _("Whoever has the code")

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
        if self.helper is None or self.answers.first_day is None:
            return []
        return queries.replaced_by_offer(
            representee=self.visitor.party,
            representative=self.helper,
            services=self.services,
            from_day=max(self.today, self.answers.first_day),
        )

    @cached_property
    def unguarded(self) -> list[str]:
        """Give the names of the portals that do not keep a helper from what was left out."""
        return unguarded_portals(self.services)

    @property
    def longest_last_day(self) -> date:
        """Give the last day that is allowed."""
        first_day = self.answers.first_day or self.today
        return longest_last_day(self.services, first_day=first_day, open_code=self.answers.open_code)

    def is_answered(self, page: Page) -> bool:
        """Say whether this page's question has an answer that still holds."""
        return bool(_ANSWERED[page](self))

    @property
    def next_page(self) -> Page:
        """Give the first page whose question is open, or the check page."""
        return next((page for page in pages_before(Page.CHECK) if not self.is_answered(page)), Page.CHECK)

    def may_see(self, page: Page) -> bool:
        """Say whether every question before this page is answered."""
        return all(self.is_answered(earlier) for earlier in pages_before(page))

    def url(self, page: Page) -> str:
        """Give the address of a page of this draft."""
        return reverse(f"pages:{page}", args=[self.draft])

    def typed(self, request: HttpRequest) -> QueryDict | None:
        """Give what a form is filled with: see `signin.typed.filled`."""
        return typed.filled(request, party=self.visitor.party)

    def keep(self, answers: Answers) -> HttpResponse:
        """Keep the changed answers and go to the next open question."""
        changed = replace(self, answers=answers)
        drafts.save(draft=self.draft, party=self.visitor.party, answers=answers.as_kept(), now=clock.now())
        return redirect(changed.url(changed.next_page))

    def show(self, request: HttpRequest, page: Page, **context: object) -> HttpResponse:
        """Show a page with the steps and the way back."""
        template = f"pages/client/{page.replace('-', '_')}.html"
        return render(request, template, {**self._frame(page), "giving": self, **context})

    def _frame(self, page: Page) -> dict[str, Any]:
        return {**frame_of(page), "back_url": self._back(page)}

    def _back(self, page: Page) -> str:
        earlier = next((one for one in reversed(pages_before(page)) if self._asks(one)), None)
        return self.url(earlier) if earlier else reverse("pages:home")

    def _asks(self, page: Page) -> bool:
        """Say whether this page has anything to ask in this draft."""
        if page is Page.EXTRA:
            return bool(self.sensitive)
        if page is Page.HELPER:
            return not self.answers.open_code
        return page is not Page.OTHERS or bool(self.others)


def pages_before(page: Page) -> list[Page]:
    """Give the pages that come before this one."""
    order = list(Page)
    return order[: order.index(page)]


def frame_of(page: Page) -> dict[str, Any]:
    """Give what the frame of a question needs: heading, steps and menu item."""
    return {
        "heading": HEADINGS[page],
        "steps": [_("Your helper"), _("Services"), _("Days"), _("About you"), _("Check")],
        "current": _STEP[page],
        "section": "pages:give",
    }


def giving_of(request: HttpRequest, *, draft: UUID, page: Page) -> Giving | HttpResponse:
    """Give the way through the pages for this visitor's own draft, or the page to go to first.

    Raises Http404 for a draft that is gone or somebody else's.
    """
    visitor = present(request)
    found = drafts.find(draft=draft, party=visitor.party, journey=JOURNEY)
    if found is None:
        raise Http404
    if found.result is not None:
        return redirect("pages:code", mandate=found.result)
    giving = Giving(draft=draft, visitor=visitor, answers=Answers.parse(found.answers), today=clock.today())
    return giving if giving.may_see(page) else redirect(giving.url(giving.next_page))


def is_sent(request: HttpRequest, form: forms.Form) -> bool:
    """Say whether the form came with this very click, and is in order. What was typed before is only to look at."""
    return request.method == "POST" and form.is_valid()


def _days_hold(giving: Giving) -> bool:
    first_day = giving.answers.first_day
    return first_day is not None and giving.today <= first_day <= latest_first_day(giving.today)


def _end_holds(giving: Giving) -> bool:
    first_day, last_day = giving.answers.first_day, giving.answers.last_day
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


_ANSWERED = {
    Page.WHO: lambda giving: giving.answers.open_code or giving.helper,
    Page.HELPER: lambda giving: giving.answers.open_code or giving.answers.confirmed,
    Page.SERVICES: lambda giving: giving.services,
    Page.EXTRA: _extra_holds,
    Page.FROM: _days_hold,
    Page.UNTIL: _end_holds,
    Page.ABOUT: lambda giving: giving.answers.not_administered,
    Page.PARTNER: lambda giving: giving.answers.partner is not None,
    Page.OTHERS: _others_hold,
}
