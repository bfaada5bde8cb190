"""The pages of the lessons, for everybody."""

from collections.abc import Callable
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from namens.pages.lessons import cards as card_box
from namens.pages.lessons import library

SECTION = "pages:lessons"
Found = TypeVar("Found")


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show every lesson, by whom it is for."""
    page = {"groups": library.groups(), "language": library.language(), "cards": card_box.every()}
    return render(request, "pages/lessons/overview.html", page)


@require_safe
def lesson(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one lesson."""
    found = _found(library.lesson, slug)
    page = {"lesson": found, "next": library.after(slug), "trail": _trail(), "section": SECTION}
    return render(request, "pages/lessons/lesson.html", page)


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Show what words mean."""
    page = {"terms": library.terms(), "language": library.language(), "trail": _trail(), "section": SECTION}
    return render(request, "pages/lessons/glossary.html", page)


@require_safe
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a card with sentences, to print on A5."""
    return _card(request, slug, template="sheet")


@require_safe
def picture_card(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a card with pictograms and few words, to print on A6."""
    return _card(request, slug, template="picture_card")


@require_safe
def moved(request: HttpRequest, slug: str = "") -> HttpResponse:  # noqa: ARG001 - every view gets it
    """Lead from an older address to where it is told now."""
    where = reverse("pages:lesson", args=[slug]) if slug else reverse("pages:lessons")
    return redirect(where, permanent=True)


def _card(request: HttpRequest, slug: str, *, template: str) -> HttpResponse:
    page = {"card": _found(card_box.card, slug), "back_url": reverse("pages:lessons")}
    return render(request, f"pages/lessons/{template}.html", page)


def _found(look_up: Callable[[str], Found], slug: str) -> Found:
    try:
        return look_up(slug)
    except KeyError as missing:
        raise Http404 from missing


def _trail() -> list[dict[str, str]]:
    return [{"url": reverse("pages:lessons"), "label": _("How it works")}]
