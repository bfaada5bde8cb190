"""Visiting the lessons: everybody may, from every page, and older addresses still lead there."""

import html
import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from namens.pages.lessons import cards, library
from namens.pages.lessons.fitting import FITTING, OVERVIEW, fitting
from tests.counting import statements
from tests.pages.visiting import Answered, send, shown, title

# Pages that no visitor has: of staff, of machines, addresses that only a button uses or that lead on, and help itself.
WITHOUT = (
    *("pages:caller", "pages:case", "pages:helper-call", "pages:organisation", "pages:health", "pages:language"),
    *("pages:extend", "pages:logout", "pages:lesson", "pages:glossary", "pages:card-", "pages:help", "pages:partner"),
    *("pages:portal", "pages:line-"),
)


def words_of(page: Answered) -> str:
    """Give the words of a page and of its alternative texts, without what only shows them."""
    alternatives = re.findall(r'alt="([^"]*)"', page.content.decode())
    words = re.sub(r"</?(?:strong|a)\b[^>]*>", "", page.content.decode())
    return html.unescape(" ".join([words, *alternatives]))


def view_names(patterns: list[URLPattern | URLResolver], *, space: str = "") -> list[str]:
    """Every name of a page of ours, with its namespace."""
    names: list[str] = []
    for one in patterns:
        if isinstance(one, URLResolver):
            names += view_names(one.url_patterns, space=f"{one.namespace}:" if one.namespace else space)
        elif one.name:
            names.append(f"{space}{one.name}")
    return names


@pytest.mark.parametrize("slug", library.slugs())
def test_it_shows_everybody_all_that_a_lesson_says(slug: str) -> None:
    page = Client().get(f"/uitleg/{slug}")
    assert page.status_code == 200
    said = [line.plain for block in library.lesson(slug).blocks for line in block.lines]
    shown_words = " ".join(words_of(page).split())
    assert [one for one in said if " ".join(one.split()) not in shown_words] == []


@pytest.mark.parametrize("slug", [card.slug for card in cards.every()])
@pytest.mark.parametrize("kind", ["", "/plaatjes"])
def test_it_shows_every_card(slug: str, kind: str) -> None:
    page = Client().get(f"/uitleg/kaarten/{slug}{kind}")
    assert page.status_code == 200
    assert "#" in page.content.decode()


def test_it_lists_every_lesson_the_words_and_the_cards() -> None:
    html = Client().get("/uitleg").content.decode()
    wanted = [*library.slugs(), "woorden", *(f"kaarten/{card.slug}" for card in cards.every())]
    assert [one for one in wanted if f'href="/uitleg/{one}"' not in html] == []


def test_it_speaks_the_language_of_the_reader() -> None:
    browser = Client()
    send(browser, "/taal", {"language": "en", "next": "/uitleg"})
    assert title(browser.get("/uitleg/stoppen")) == "Stopping · Namens"
    assert "Permission to arrange things for somebody else" in shown(browser.get("/uitleg/woorden"))


@pytest.mark.django_db
def test_it_needs_no_database() -> None:
    assert statements(lambda: Client().get("/uitleg/stoppen")) == 0


@pytest.mark.parametrize("address", ["/uitleg/bestaat-niet", "/uitleg/kaarten/bestaat-niet", "/uitleg/..%2Fnl"])
def test_it_knows_no_other_lesson(address: str) -> None:
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize(("old", "new"), [("/hulp", "/uitleg"), ("/toeslagpartner", "/uitleg/toeslagpartner")])
def test_it_leads_on_from_older_addresses(old: str, new: str) -> None:
    answer = Client().get(old)
    assert (answer.status_code, answer["Location"]) == (301, new)


def test_it_has_a_lesson_for_every_page_with_a_visitor() -> None:
    names = [name for name in view_names(get_resolver().url_patterns) if name.startswith(("pages:", "signin:"))]
    assert len(names) > 100
    assert [name for name in names if fitting(name) is None and not name.startswith(WITHOUT)] == []


def test_it_names_lessons_that_exist_for_pages_that_exist() -> None:
    names = view_names(get_resolver().url_patterns)
    assert set(FITTING.values()) - {OVERVIEW, *library.slugs()} == set()
    assert [name for name in FITTING if not any(one.startswith(name) for one in names)] == []


@pytest.mark.parametrize("name", ["pages:caller-find", "pages:organisations", "staff-invitation", "account_login"])
def test_it_shows_no_lesson_to_staff(name: str) -> None:
    assert fitting(name) is None


def test_it_opens_help_beside_what_somebody_is_typing(at_dirk: Client) -> None:
    html = at_dirk.get("/machtigen").content.decode()
    assert 'href="/uitleg/machtigen"\n           target="_blank" rel="noopener"' in html
    assert "Wat u hier typte, blijft staan." in html


def test_it_opens_help_as_a_plain_link_where_nothing_is_typed(at_dirk: Client) -> None:
    html = at_dirk.get("/mijn-machtigingen").content.decode()
    assert 'href="/uitleg/mijn-machtigingen"' in html
    assert "target=" not in html


def test_it_keeps_what_was_answered_while_somebody_reads(at_dirk: Client) -> None:
    send(at_dirk, "/machtigen/zonder-nummer")
    drafts = at_dirk.get("/machtigen")
    at_dirk.get("/uitleg/machtigen")
    assert shown(at_dirk.get("/machtigen")) == shown(drafts)
