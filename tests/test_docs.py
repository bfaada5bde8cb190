"""The documentation is held against the code: settings, refusals and events have their place, every link leads on."""

import re
from enum import StrEnum
from pathlib import Path

import pytest

from namens.api.problems import ApiProblem
from namens.appointments.refusals import AppointmentReason, HandOffReason
from namens.codes.refusals import CodeReason
from namens.exchange.refusals import Flood, Wrong
from namens.exchange.webhook_refusals import WebhookReason
from namens.helpdesk.refusals import CallerRefusal
from namens.journal.events import Event
from namens.mandates.decision import Reason
from namens.mandates.refusals import MandateReason
from namens.organisations.refusals import OrganisationReason
from namens.parties.refusals import PartyRefusal
from namens.post.refusals import EmailRefusal
from namens.services.refusals import ServiceReason
from namens.signin.login import LoginReason
from namens.signin.staff.refusals import StaffReason

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
REFUSALS: list[type[StrEnum]] = [
    ApiProblem,
    AppointmentReason,
    CodeReason,
    Flood,
    HandOffReason,
    MandateReason,
    OrganisationReason,
    PartyRefusal,
    EmailRefusal,
    ServiceReason,
    LoginReason,
    StaffReason,
    WebhookReason,
    CallerRefusal,
    Reason,
    Wrong,
]
OTHERS = [*(ROOT / "examples").glob("*/README.md"), *(ROOT / "clients").glob("*/README.md")]
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *OTHERS])
LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#]+)(?:#[^)]*)?\)")
NAMED_FILE = re.compile(r"`((?:src|tests|docs|tools|rehearsal|examples|clients|benchmarks|assets|locale)/[\w./-]+)`")
READ_SETTING = re.compile(r'env\.\w+\(\s*"((?:NAMENS)_\w+)"')


def in_backticks(page: Path) -> set[str]:
    return set(re.findall(r"`([^`]+)`", page.read_text(encoding="utf-8")))


def settings_read() -> set[str]:
    sources = (ROOT / "src").rglob("*.py")
    return {name for source in sources for name in READ_SETTING.findall(source.read_text(encoding="utf-8"))}


def test_it_finds_the_settings_that_the_code_reads() -> None:
    assert {"NAMENS_BASE_URL", "NAMENS_KEYS"} <= settings_read()


def test_it_explains_every_setting() -> None:
    assert settings_read() - in_backticks(DOCS / "settings.md") == set()


def test_it_explains_no_setting_that_nothing_reads() -> None:
    explained = {name for name in in_backticks(DOCS / "settings.md") if re.fullmatch(r"NAMENS_\w+", name)}
    assert explained - settings_read() == set()


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda kind: kind.__name__)
def test_it_explains_every_refusal(refusal: type[StrEnum]) -> None:
    assert {one.value for one in refusal} - in_backticks(DOCS / "refusals.md") == set()


def test_it_explains_every_event() -> None:
    assert {event.value for event in Event} - in_backticks(DOCS / "journal.md") == set()


def test_it_explains_no_event_that_is_never_written() -> None:
    written = "".join(source.read_text(encoding="utf-8") for source in (ROOT / "src").rglob("*.py"))
    assert [event for event in Event if f"Event.{event.name}" not in written] == []


def test_it_lists_every_decision() -> None:
    listed = (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")
    records = [record.name for record in (DOCS / "decisions").glob("0*.md")]
    assert records
    assert [name for name in records if f"({name})" not in listed] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_it_links_to_what_exists(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_it_names_files_that_exist(page: Path) -> None:
    named = NAMED_FILE.findall(page.read_text(encoding="utf-8"))
    generated = {"assets/built", "assets/built/"}
    assert [name for name in named if name not in generated and not (ROOT / name).exists()] == []


def test_it_names_make_targets_that_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)`|^make ([a-z-]+)", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert {name for pair in named for name in pair if name} <= targets
