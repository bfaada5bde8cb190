"""The numbers in the rules are settings: what stands in the environment holds, and a slip stops the start."""

import runpy
from datetime import timedelta
from typing import Any

import pytest

from namens import settings as settings_file
from namens.lib.env import WrongVariable
from namens.lib.limits import Limit

# Each with its setting, its default and its bounds, as docs/settings.md has them.
NUMBERS = {
    "NAMENS_DAYS_AHEAD": ("DAYS_AHEAD", 90, 366),
    "NAMENS_CODE_DAYS": ("CODE_DAYS", 14, 28),
    "NAMENS_OPEN_CODE_MONTHS": ("OPEN_CODE_MONTHS", 3, 12),
    "NAMENS_REFUSED_CODES": ("REFUSED_CODES", 10, 100),
    "NAMENS_REFUSED_CODES_HOURS": ("REFUSED_CODES", 24, 168),
    "NAMENS_EMAIL_ADDRESSES": ("EMAIL_ADDRESSES", 5, 100),
    "NAMENS_EMAIL_ADDRESSES_HOURS": ("EMAIL_ADDRESSES", 24, 168),
    "NAMENS_DISPUTES": ("DISPUTES", 20, 100),
    "NAMENS_DISPUTES_HOURS": ("DISPUTES", 24, 168),
    "NAMENS_ORGANISATION_SEARCHES": ("ORGANISATION_SEARCHES", 50, 100),
    "NAMENS_ORGANISATION_SEARCHES_HOURS": ("ORGANISATION_SEARCHES", 24, 168),
    "NAMENS_UNKNOWN_HELPER_NUMBERS": ("UNKNOWN_HELPER_NUMBERS", 10, 100),
    "NAMENS_UNKNOWN_HELPER_NUMBERS_HOURS": ("UNKNOWN_HELPER_NUMBERS", 24, 168),
}


def read() -> dict[str, Any]:
    """Read the settings file anew, as a start does."""
    return runpy.run_path(settings_file.__file__)


def value(variable: str) -> int:
    found = read()[NUMBERS[variable][0]]
    if not isinstance(found, Limit):
        return int(found)
    return found.window // timedelta(hours=1) if variable.endswith("_HOURS") else found.times


@pytest.mark.parametrize("variable", NUMBERS)
def test_it_has_the_default_that_the_rules_name(variable: str) -> None:
    assert value(variable) == NUMBERS[variable][1]


@pytest.mark.parametrize("variable", NUMBERS)
def test_it_takes_the_outermost_numbers(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    most = NUMBERS[variable][2]
    for number in (1, most):
        monkeypatch.setenv(variable, str(number))
        assert value(variable) == number


@pytest.mark.parametrize("variable", NUMBERS)
def test_it_names_the_variable_and_its_bounds_when_the_number_is_outside(
    monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    most = NUMBERS[variable][2]
    for number in (-1, 0, most + 1, 10**12):
        monkeypatch.setenv(variable, str(number))
        with pytest.raises(WrongVariable, match=f"{variable} must be a whole number from 1 to {most}$"):
            read()


@pytest.mark.parametrize("variable", NUMBERS)
def test_it_takes_no_word_for_a_number(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv(variable, "many")
    with pytest.raises(WrongVariable, match=variable):
        read()


def test_it_holds_browsers_to_https_for_a_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAMENS_BASE_URL", "https://machtigen.example.nl")
    found = read()
    assert found["SECURE_HSTS_SECONDS"] >= 365 * 24 * 60 * 60
    assert found["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True
    assert found["SESSION_COOKIE_SECURE"] is True
    assert "django.middleware.security.SecurityMiddleware" in found["MIDDLEWARE"]


def test_it_takes_no_cookie_from_a_neighbouring_site(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cookie `__Host-…` has to be secure, for every path, and of no domain: else no browser takes it."""
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "BROWSER_COOKIE_NAME")
    here = read()
    monkeypatch.setenv("NAMENS_BASE_URL", "https://machtigen.example.nl")
    there = read()
    assert [there[name] for name in names] == [f"__Host-{here[name]}" for name in names]
    assert (there["SESSION_COOKIE_SECURE"], there["CSRF_COOKIE_SECURE"]) == (True, True)
    for setting in ("SESSION_COOKIE_DOMAIN", "SESSION_COOKIE_PATH", "CSRF_COOKIE_DOMAIN", "CSRF_COOKIE_PATH"):
        assert setting not in there
