"""The banner of a deployment that is not the real one: on every page, on paper, in the title, and after errors."""

from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from tests.pages.test_frame import ERRORS, title

ROOT = Path(__file__).parents[2]
TEXT = "Dit is een oefenomgeving. Niets is echt."


@pytest.fixture(autouse=True)
def banner(settings: Settings) -> None:
    """A deployment with a banner."""
    settings.BANNER, settings.BANNER_EN, settings.BANNER_COLOUR = TEXT, "This is practice. Nothing is real.", "orange"


@pytest.mark.parametrize("template", ["message.html", "print.html", *(f"errors/{name}.html" for name in ERRORS)])
def test_it_stands_above_and_below_every_page_without_any_context(template: str) -> None:
    html = render_to_string(template)
    assert html.count(f'<p class="namens-banner namens-banner--orange">{TEXT}</p>') == 2
    assert title(html).startswith("Dit is een oefenomgeving ·")


def test_it_stands_in_every_frame_that_there_is() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")}
    frames = {path: text for path, text in texts.items() if "<html" in text}
    assert len(frames) >= 2
    for path, text in frames.items():
        assert text.count('include "parts/banner.html"') == 2, path
        assert "banner.title" in text, path


def test_it_is_in_the_language_of_the_page() -> None:
    with translation.override("en"):
        assert title(render_to_string("errors/404.html")) == "This is practice · This page does not exist · Namens"


def test_it_takes_the_place_of_the_ribbon() -> None:
    assert "namens-ribbon" not in render_to_string("message.html", {"environment": "practice"})


def test_it_is_not_there_without_a_text(settings: Settings) -> None:
    settings.BANNER = settings.BANNER_EN = ""
    html = render_to_string("errors/404.html")
    assert "namens-banner" not in html
    assert title(html) == "Deze pagina bestaat niet · Namens"


def test_it_is_escaped(settings: Settings) -> None:
    settings.BANNER = "<b>Oefenen</b>"
    assert "<b>" not in render_to_string("errors/500.html")


def test_it_stands_on_an_address_that_does_not_exist(client: Client) -> None:
    assert TEXT in client.get("/bestaat-niet").content.decode()
