"""Somebody who opens pages in one language, and keeps what was seen."""

from dataclasses import dataclass, field

from django.conf import settings
from django.test import Client
from django.urls import resolve, reverse

from tests.pages.visiting import Answered, send

Pages = dict[str, str]
"""What came back, by the name of its address (with a mark where one page has several looks)."""


@dataclass
class Visit:
    """Somebody who opens pages, and keeps what was seen."""

    language: str
    browser: Client
    pages: Pages = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.browser.cookies[settings.LANGUAGE_COOKIE_NAME] = self.language

    def opens(self, path: str, mark: str = "") -> str:
        """Open a page, and keep it. Gives the address."""
        self.keep(self.browser.get(path, follow=True), path, mark)
        return path

    def to(self, name: str, *arguments: object, mark: str = "") -> str:
        """Open the page with this name."""
        room = "signin" if name in {"elsewhere", "which"} else "pages"
        return self.opens(reverse(f"{room}:{name}", args=arguments), mark)

    def sends(self, path: str, mark: str = "forgotten", **typed: object) -> None:
        """Send a form, without an answer unless something is `typed`, and keep what comes back."""
        self.keep(send(self.browser, path, typed), path, mark)

    def keep(self, response: Answered, path: str, mark: str = "") -> None:
        """Keep a page; what is no page is left."""
        if response["Content-Type"].startswith("text/html") and len(response.content) > 0:
            name = str(resolve(path.partition("?")[0]).url_name)
            self.pages[f"{name} {mark}".strip()] = response.content.decode()
