"""Whose draft it is, and which way it is on: a mandate of the client's own, or one that was asked for."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from namens.lib import clock
from namens.mandates import requests_of
from namens.pages.client.agreeing import Agreeing
from namens.pages.client.answers import Answers
from namens.pages.client.giving import JOURNEY, Giving, Page
from namens.pages.walk import own_draft


def giving_of(request: HttpRequest, *, draft: UUID, page: Page) -> Giving | HttpResponse:
    """Give the way through the pages for this visitor's own draft, or the page to go to first.

    Raises Http404 for a draft that is gone or somebody else's.
    """
    visitor, found = own_draft(request, draft=draft, journey=JOURNEY)
    if found.result is not None:
        done = "pages:request" if requests_of.was_asked(found.result) else "pages:code"
        return redirect(done, mandate=found.result)
    answers, today = Answers.parse(found.answers), clock.today()
    if answers.request is None:
        return Giving(draft=draft, visitor=visitor, answers=answers, today=today).at(page)
    asked = requests_of.request_to(visitor.party, mandate=answers.request)
    if not requests_of.can_be_answered(asked, now=clock.now()):
        return redirect("pages:request", mandate=asked.id)
    return Agreeing(draft=draft, visitor=visitor, answers=answers, today=today, asked=asked).at(page)
