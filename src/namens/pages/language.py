"""In which language a page speaks: Dutch, unless the person chose another one here."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from namens.lib.languages import SOURCES, Language, known, language

TWO_LANGUAGE_ROOMS = ("helpdesk", "joining", "lessons", "manager", "operator", "portals", "staff", "work")
"""Rooms for people at work, and the lessons for helpers: in Dutch and English, whatever clients can choose."""
_IN_TWO_LANGUAGES = (*(f"namens.pages.{room}." for room in TWO_LANGUAGE_ROOMS), "allauth.")


class LanguageMiddleware:
    """Follows the language cookie only: a borrowed computer's `Accept-Language` says nothing about who sits there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the chosen language."""
        chosen = known_language(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))
        with translation.override(chosen):
            response = self.get_response(request)
            spoken = translation.get_language() or chosen
        response.headers.setdefault("Content-Language", spoken)
        return response

    def process_view(
        self, _request: HttpRequest, view: Callable[..., HttpResponse], _args: object, _kwargs: object
    ) -> None:
        """Speak Dutch on a page for people at work when the chosen language is one for clients only."""
        if is_in_two_languages(view) and translation.get_language() not in SOURCES:
            translation.activate(settings.LANGUAGE_CODE)


def is_in_two_languages(view: Callable[..., HttpResponse]) -> bool:
    """Say whether this page is only there in Dutch and English."""
    return f"{view.__module__}.".startswith(_IN_TWO_LANGUAGES)


def known_language(code: str) -> str:
    """Give `code` when the pages speak it, else Dutch."""
    return code if code in dict(settings.LANGUAGES) else str(settings.LANGUAGE_CODE)


def language_now() -> Language:
    """Give the language of this page."""
    return language(known_language(translation.get_language() or ""))


def other_languages(request: HttpRequest) -> list[Language]:
    """Give the languages that somebody can choose on this page instead."""
    view = request.resolver_match.func if request.resolver_match else None
    spoken = known(code for code, _ in settings.LANGUAGES)
    here = [one for one in spoken if one.code in SOURCES] if view and is_in_two_languages(view) else spoken
    return [one for one in here if one.code != language_now().code]
