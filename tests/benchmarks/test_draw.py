"""The figures about decisions in the documentation are those of the last run."""

import pytest

from benchmarks.pictures import BEGIN, END, PAGE, PICTURES, pictures, shown

pytestmark = pytest.mark.one_database


def test_it_tells_what_the_last_run_found() -> None:
    assert f"{BEGIN}\n{shown()}{END}" in PAGE.read_text(encoding="utf-8")


def test_it_draws_what_the_last_run_found() -> None:
    assert {file.name: file.read_text(encoding="utf-8") for file in PICTURES.glob("*.svg")} == pictures()
