"""The frame around every page: its title, its menu, who is logged in, and what stands when nothing else works."""

import re
from types import SimpleNamespace

import pytest
from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import include, path
from django.utils import translation

NAMES = [
    *("home", "mandates", "done", "give", "activate", "ask", "table", "appointments", "lessons"),
    *("privacy", "accessibility", "language", "logout", "extend"),
]
ERRORS = ("400", "403", "404", "405", "500", "503", "csrf")


def empty(request: HttpRequest) -> HttpResponse:
    """Stand in for any page."""
    return HttpResponse(request.path)


pages = ([path(f"{name}/", empty, name=name) for name in NAMES], "pages")
urlpatterns = [path("", include(pages))]
pytestmark = pytest.mark.urls(__name__)


class Name(forms.Form):
    """A form with one question."""

    name = forms.CharField()


def page(**context: object) -> str:
    """Render a simple page."""
    return render_to_string("message.html", {"heading": "Stopped", "sentences": ["It is done."], **context})


def title(html: str) -> str:
    """Give the title as a browser shows it."""
    found = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    assert found is not None
    return " ".join(found[1].split())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_says_in_which_language_the_page_is(language: str) -> None:
    with translation.override(language):
        assert f'<html lang="{language}" dir="ltr">' in " ".join(page().split())


def test_it_begins_the_title_with_the_error_when_a_form_is_wrong() -> None:
    with translation.override("en"):
        assert title(page(form=Name(data={}))) == "Error: Stopped · Namens"
        assert title(page(form=Name())) == "Stopped · Namens"


def test_it_says_who_is_logged_in_and_how_to_leave() -> None:
    html = page(visitor=SimpleNamespace(name="A. de Vries"))
    assert "<strong>A. de Vries</strong>" in html
    assert 'action="/logout/"' in html


def test_it_never_puts_a_name_in_the_title() -> None:
    assert "Vries" not in title(page(visitor=SimpleNamespace(name="A. de Vries")))


def test_it_watches_the_session_only_of_somebody_who_is_logged_in() -> None:
    watched = page(visitor=SimpleNamespace(name="A. de Vries"), session_ends_in=600)
    assert 'data-ends-in="600"' in watched
    assert "session.js" in watched
    assert "session" not in page()


def test_it_shows_that_this_is_practice_only_in_practice() -> None:
    assert "namens-ribbon" in page(environment="practice")
    assert "namens-ribbon" not in page(environment="production")


def test_it_marks_the_menu_item_that_the_page_belongs_to() -> None:
    [current] = re.findall(r'href="([^"]+)"\s+aria-current', page(section="pages:mandates"))
    assert current == "/mandates/"


def test_it_names_the_helpdesk_on_every_page() -> None:
    html = page(helpdesk_phone="088 123 45 67", helpdesk_name="Helpdesk Namens")
    assert 'href="tel:0881234567"' in html
    assert "Helpdesk Namens" in html


def test_it_holds_no_script_and_no_style_of_its_own() -> None:
    html = page(visitor=SimpleNamespace(name="A. de Vries"))
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", html)


def test_it_leads_to_help_for_this_page_where_there_is_some() -> None:
    assert 'href="/uitleg/stoppen"' in page(help_url="/uitleg/stoppen")
    assert "uitleg" not in page()


@pytest.mark.parametrize("name", ERRORS)
def test_it_renders_an_error_page_without_any_context(name: str) -> None:
    assert "<h1" in render_to_string(f"errors/{name}.html")


@pytest.mark.parametrize("name", ERRORS)
def test_it_gives_the_number_of_the_request_on_an_error_page(name: str) -> None:
    assert "0199-abc" in render_to_string(f"errors/{name}.html", {"request_id": "0199-abc"})
