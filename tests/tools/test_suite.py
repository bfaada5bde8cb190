"""The gate says what it left out, and never lets that pass unseen where it counts."""

from pathlib import Path

import pytest

from tools import suite

JOURNEYS = next(part for part in suite.GATE if part.needs_browser)
_SKIPPED = '<testcase><skipped message="LEFT OUT: apache-nlgov. Type: apt-get&#10;and more"/></testcase>'
LEFT_OUT = (
    f'<testsuites><testsuite tests="2" failures="0" errors="0" skipped="2">{2 * _SKIPPED}</testsuite></testsuites>'
)
REPORT = '<testsuites><testsuite tests="9" failures="1" errors="1" skipped="2"/></testsuites>'


def test_it_leaves_out_the_journeys_when_there_is_no_browser(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CI", raising=False)
    result = suite.run(JOURNEYS, chromium=None)
    suite.conclude([result], everything=False)
    assert (result.passed, result.left_out) == (True, True)
    assert "apt-get install chromium" in capsys.readouterr().out.split("What ran")[1]


def test_it_fails_in_ci_when_there_is_no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    assert not suite.run(JOURNEYS, chromium=None).passed


def test_it_counts_what_ran(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT, encoding="utf-8")
    assert suite.counted(report) == "5 passed, 2 FAILED, 2 skipped"


def test_it_names_the_client_that_could_not_be_had(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(LEFT_OUT, encoding="utf-8")
    assert suite.counted(report) == "0 passed, 2 skipped, LEFT OUT: apache-nlgov. Type: apt-get"


def test_it_says_so_when_a_part_broke_off(tmp_path: Path) -> None:
    assert suite.counted(tmp_path / "nothing.xml") == "did not come to an end"
