"""A way through pages with one question each: which comes next, and whose draft keeps the answers."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, Generic, Protocol, Self, TypeVar
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from namens.lib import clock
from namens.signin import drafts, typed
from namens.signin.models import Draft
from namens.signin.session import Visitor, present

Page = TypeVar("Page", bound=StrEnum)


class Kept(Protocol):
    """Answers that a draft can keep."""

    def as_kept(self) -> dict[str, Any]:
        """Give the answers as JSON can hold them; never a BSN or a code."""


Answers = TypeVar("Answers", bound=Kept)


@dataclass(frozen=True)
class Walk(ABC, Generic[Page, Answers]):
    """One person's way through the pages, in one tab. A page is named as its address is."""

    folder: ClassVar[str]

    draft: UUID
    visitor: Visitor
    answers: Answers
    today: date

    @property
    @abstractmethod
    def pages(self) -> Sequence[Page]:
        """Give the pages in their order; the last one is the check page."""

    @abstractmethod
    def is_answered(self, page: Page) -> bool:
        """Say whether this page's question has an answer that still holds."""

    @abstractmethod
    def frame(self, page: Page) -> dict[str, Any]:
        """Give what the frame of a question needs: heading, steps, current and section."""

    def asks(self, page: Page) -> bool:  # noqa: ARG002 - for walks in which it differs
        """Say whether this page has anything to ask in this draft."""
        return True

    @property
    def next_page(self) -> Page:
        """Give the first page whose question is open, or the check page."""
        return next((page for page in self.pages[:-1] if not self.is_answered(page)), self.pages[-1])

    def at(self, page: Page) -> Self | HttpResponse:
        """Give this walk when every question before this page is answered, else the way to the first open one."""
        if page in self.pages and all(self.is_answered(earlier) for earlier in self._before(page)):
            return self
        return redirect(self.url(self.next_page))

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
        template = f"pages/{self.folder}/{page.replace('-', '_')}.html"
        frame = {**self.frame(page), "back_url": self._back(page)}
        return render(request, template, {**frame, "walk": self, **context})

    def leave_url(self) -> str:
        """Give where Back leads on the first page."""
        return reverse("pages:home")

    def _back(self, page: Page) -> str:
        earlier = next((one for one in reversed(self._before(page)) if self.asks(one)), None)
        return self.url(earlier) if earlier else self.leave_url()

    def _before(self, page: Page) -> Sequence[Page]:
        return self.pages[: self.pages.index(page)]


def own_draft(request: HttpRequest, *, draft: UUID, journey: str) -> tuple[Visitor, Draft]:
    """Give the visitor and their own draft, finished or not. Raises Http404 when it is gone or somebody else's."""
    visitor = present(request)
    found = drafts.find(draft=draft, party=visitor.party, journey=journey)
    if found is None:
        raise Http404
    return visitor, found


def is_sent(request: HttpRequest, form: forms.Form) -> bool:
    """Say whether the form came with this very click, and is in order. What was typed before is only to look at."""
    return request.method == "POST" and form.is_valid()
