"""Whose draft it is, and which way it is on: a mandate of the client's own, or one that was asked for."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from namens.lib import clock
from namens.mandates import requests_of
from namens.mandates.models import Mandate
from namens.pages.client.agreeing import Agreeing
from namens.pages.client.answers import Answers
from namens.pages.client.giving import JOURNEY, Giving, Page
from namens.pages.walk import own_draft
from namens.parties.models import Party
from namens.signin.browsers import were_here_together


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
    one_browser = is_one_browser(request, asked, client=visitor.party)
    return Agreeing(
        draft=draft, visitor=visitor, answers=answers, today=today, asked=asked, one_browser=one_browser
    ).at(page)


def is_one_browser(request: HttpRequest, asked: Mandate, *, client: Party) -> bool:
    """Say whether who asked at the table was at this very browser too, within two hours. None or two statements."""
    if asked.closes_at is None or asked.representative is None:
        return False
    return were_here_together(request, one=client, other=asked.representative, now=clock.now())
