"""What the browser gets for a form: labels, explanations, errors, and how they hang together for a screen reader."""

import re
from datetime import date

import pytest
from django import forms
from django.template.loader import render_to_string

from namens.pages.fields import (
    BirthDateField,
    BsnField,
    CodeField,
    ConfirmationField,
    DateField,
    OneOfField,
    SomeOfField,
)
from namens.pages.rendering import BoundField, NamensRenderer
from namens.pages.widgets import DateParts, Described


class Questions(forms.Form):
    """One question of each kind."""

    default_renderer = NamensRenderer
    code = CodeField(label="Code", help_text="On the paper")
    bsn = BsnField(label="BSN")
    born = BirthDateField(label="Born", widget=DateParts(autocomplete="bday"))
    last = DateField(label="Last day", required=False, initial=date(2026, 12, 22))
    length = OneOfField(label="How long", choices=[("1", Described("1 month", "Until 22 December")), ("2", "1 year")])
    services = SomeOfField(label="What for", choices=[("a", "Allowances"), ("b", "Income tax")])
    agree = ConfirmationField(label="I agree")


def input_with_id(html: str, *, id_: str) -> str:
    """Give the one input tag with this id."""
    tags: list[str] = re.findall(r"<input[^>]*>", html)
    [tag] = [tag for tag in tags if f'id="{id_}"' in tag]
    return tag


def bound(form: forms.Form, name: str) -> BoundField:
    """Give a field of a form, as our own type."""
    field = form[name]
    assert isinstance(field, BoundField)
    return field


@pytest.fixture
def empty() -> Questions:
    """A form that nobody has filled in yet."""
    return Questions()


@pytest.fixture
def wrong() -> Questions:
    """A form in which everything is wrong."""
    return Questions(data={"code": "k4m", "born_day": "27", "born_month": "3", "born_year": "51"})


def test_it_lets_a_code_be_pasted_and_remembers_nothing(empty: Questions) -> None:
    tag = input_with_id(str(empty["code"]), id_="id_code")
    assert 'autocomplete="off"' in tag
    assert 'autocapitalize="characters"' in tag
    assert "maxlength" not in tag


def test_it_offers_digits_for_a_bsn_and_remembers_nothing(empty: Questions) -> None:
    tag = input_with_id(str(empty["bsn"]), id_="id_bsn")
    assert 'inputmode="numeric"' in tag
    assert 'autocomplete="off"' in tag


def test_it_ties_the_explanation_to_the_input(empty: Questions) -> None:
    html = str(empty["code"].as_field_group())
    assert 'aria-describedby="id_code_helptext"' in input_with_id(html, id_="id_code")
    assert 'id="id_code_helptext"' in html


def test_it_puts_the_error_between_explanation_and_input(wrong: Questions) -> None:
    html = str(wrong["code"].as_field_group())
    order = [html.index(text) for text in ("<label", 'id="id_code_helptext"', 'id="id_code_error"', "<input")]
    assert order == sorted(order)


def test_it_marks_a_wrong_input_and_keeps_what_was_typed(wrong: Questions) -> None:
    tag = input_with_id(str(wrong["code"]), id_="id_code")
    assert 'aria-invalid="true"' in tag
    assert 'aria-describedby="id_code_helptext id_code_error"' in tag
    assert 'value="k4m"' in tag


def test_it_escapes_what_was_typed() -> None:
    html = str(Questions(data={"code": '"><script>', "born_day": '"><script>'}))
    assert "<script>" not in html


def test_it_marks_only_the_part_of_a_date_that_is_wrong(wrong: Questions) -> None:
    html = str(wrong["born"].as_field_group())
    year = input_with_id(html, id_="id_born_year")
    assert 'aria-invalid="true"' in year
    assert 'aria-describedby="id_born_error"' in year
    assert "aria-invalid" not in input_with_id(html, id_="id_born_day")


def test_it_marks_every_part_of_a_date_that_was_left_empty() -> None:
    html = str(Questions(data={})["born"])
    assert html.count('aria-invalid="true"') == 3


def test_it_lets_browsers_fill_in_a_birth_date(empty: Questions) -> None:
    html = str(empty["born"])
    assert re.findall(r'autocomplete="([^"]+)"', html) == ["bday-day", "bday-month", "bday-year"]


def test_it_shows_a_date_that_stands_already(empty: Questions) -> None:
    assert re.findall(r'value="([^"]+)"', str(empty["last"])) == ["22", "12", "2026"]


def test_it_marks_a_group_of_radio_buttons_as_a_whole() -> None:
    html = str(Questions(data={})["length"].as_field_group())
    assert re.search(r'<fieldset[^>]*role="radiogroup"[^>]*aria-invalid="true"', html, re.DOTALL)
    assert "aria-invalid" not in input_with_id(html, id_="id_length_0")


def test_it_preselects_nothing(empty: Questions) -> None:
    assert "checked" not in str(empty)


def test_it_shows_the_description_of_an_answer(empty: Questions) -> None:
    assert "Until 22 December" in str(empty["length"])


def test_it_gives_every_input_a_label(empty: Questions) -> None:
    html = str(empty)
    ids = set(re.findall(r'<input[^>]*\bid="([^"]+)"', html))
    assert ids
    assert ids == set(re.findall(r'<label[^>]*\bfor="([^"]+)"', html))


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("code", "id_code"),
        ("born", "id_born_year"),
        ("length", "id_length_0"),
        ("services", "id_services_0"),
        ("agree", "id_agree"),
    ],
)
def test_it_links_an_error_to_the_input_that_is_wrong(wrong: Questions, name: str, target: str) -> None:
    assert [link.target for link in bound(wrong, name).error_links] == [target]
    assert f'id="{target}"' in str(wrong[name].as_field_group())


def test_it_lists_every_error_above_the_page_and_takes_the_focus(wrong: Questions) -> None:
    html = render_to_string("parts/error_summary.html", {"form": wrong})
    assert re.search(r'<section[^>]*tabindex="-1"[^>]*autofocus', html, re.DOTALL)
    assert html.count("<li") == sum(len(errors) for errors in wrong.errors.values())


def test_it_lists_an_error_of_the_whole_form_without_a_link(wrong: Questions) -> None:
    wrong.add_error(None, "This cannot be")
    html = render_to_string("parts/error_summary.html", {"form": wrong})
    assert '<p class="nl-paragraph">This cannot be</p>' in html
