"""In which language a page speaks: Dutch, unless the person chose another one here."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


class LanguageMiddleware:
    """Follows the language cookie only: a borrowed computer's `Accept-Language` says nothing about who sits there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the chosen language."""
        language = known_language(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def known_language(code: str) -> str:
    """Give `code` when the pages speak it, else Dutch."""
    return code if code in dict(settings.LANGUAGES) else str(settings.LANGUAGE_CODE)
