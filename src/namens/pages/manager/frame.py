"""What the pages of managers share: who manages, what was seen, and one question with one button."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from namens.organisations.models import Licence, Member
from namens.organisations.people import with_terms
from namens.organisations.refusals import OrganisationReason
from namens.pages.rows import Row
from namens.pages.sentences import sentence_for
from namens.signin.session import NobodyHere, present

SECTION = "pages:people"
VERSION = "version"
LONGEST_VERSION, NEVER_SEEN = 9, -1
# What a page says of the click before it, by the word in its address.
DONE = {
    "changed": gettext_noop("The details were changed."),
    "ended": gettext_noop("This person is out now, everywhere."),
    "given": gettext_noop("The licence was given."),
    "licence-changed": gettext_noop("The licence was changed."),
    "licence-ended": gettext_noop("The licence has ended."),
    "paused": gettext_noop("The licence is paused."),
    "renewed": gettext_noop("The licence was renewed."),
    "resumed": gettext_noop("The licence counts again."),
    "team-closed": gettext_noop("The team is closed."),
    "team-made": gettext_noop("The team was made."),
    "team-renamed": gettext_noop("The team has its new name."),
}


def managing(request: HttpRequest) -> Member:
    """Give the manager who looks, on a page behind `signed_in_manager`. Raises NobodyHere."""
    member = present(request).member
    if member is None:
        raise NobodyHere
    return member


def colleague_or_404(manager: Member, member: UUID) -> Member:
    """Give somebody of the manager's own organisation, former people too. Raises Http404."""
    found = Member.objects.select_related("team").filter(party=member, organisation=manager.organisation_id).first()
    if found is None:
        raise Http404
    return found


def licence_or_404(manager: Member, licence: UUID) -> Licence:
    """Give a licence in the manager's own organisation, with its terms and member. Raises Http404."""
    own = Licence.objects.filter(id=licence, later__isnull=True, member__organisation=manager.organisation_id)
    found = with_terms(own).select_related("member", "team").first()
    if found is None:
        raise Http404
    return found


def person_url(member: UUID, *, done: str = "") -> str:
    """Give the address of somebody's page; with `done` it says what the last click did."""
    return reverse("pages:person", args=[member]) + (f"?done={done}" if done else "")


def person_page(member: UUID, *, done: str = "") -> HttpResponseRedirect:
    """Lead to somebody's page."""
    return HttpResponseRedirect(person_url(member, done=done))


def done_sentence(request: HttpRequest) -> str:
    """Give what this page says of the click before it, or nothing."""
    said = DONE.get(request.GET.get("done", ""))
    return _(said) if said else ""


def seen_version(data: QueryDict | None, *, now: int) -> int:
    """Give which version the sender of a form had seen; without a form it is the one of now."""
    if data is None:
        return now
    text = data.get(VERSION, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_VERSION else NEVER_SEEN


def own_refusal(request: HttpRequest, member: UUID) -> HttpResponse:
    """Say that nobody gives, changes, extends or resumes an own licence."""
    page = {
        "heading": _("This is your own licence"),
        "sentences": [sentence_for(OrganisationReason.OWN_LICENCE)],
        "actions": [{"url": person_url(member), "label": _("Back"), "kind": "primary"}],
        "section": SECTION,
    }
    return render(request, "message.html", page, status=403)


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question with one button. `title` is for headings that name somebody: titles do not.

    `rows` are what is agreed to; `standing` is what stands now; `hidden` goes along; `again` names a second button
    that leads back to the form; a `tone` of negative warns.
    """

    heading: str
    button: str
    back_url: str
    title: str = ""
    lead: Sequence[str] = ()
    form: Form | None = None
    rows: Sequence[Row] = ()
    problem: str = ""
    standing: Sequence[Row] = ()
    hidden: Sequence[tuple[str, object]] = ()
    tone: str = ""
    again: str = ""


def ask(request: HttpRequest, question: Question) -> HttpResponse:
    """Show the question."""
    page = {name: getattr(question, name) for name in vars(question)}
    title = {"page_title": question.title or question.heading, "section": SECTION}
    return render(request, "pages/manager/ask.html", {**page, **title})
