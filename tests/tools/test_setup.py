"""Set-up skips what is done, and says what to do when it cannot go on."""

import importlib.util
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tools import commands, packages, setup, stamps
from tools.say import Trouble


def test_it_says_what_to_type_when_a_debian_package_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(Trouble, match="sudo apt-get install python3-venv"):
        packages.install("python3-venv")


def test_it_adds_the_package_as_root(monkeypatch: pytest.MonkeyPatch) -> None:
    typed: list[Sequence[str | Path]] = []
    monkeypatch.setattr(packages, "can_install", lambda: True)
    monkeypatch.setattr(commands, "run", lambda words, **_: typed.append(words))
    packages.install("python3-venv")
    assert typed[-1] == ["apt-get", "install", "-y", "--no-install-recommends", "python3-venv"]


def test_it_cannot_add_packages_without_apt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert not packages.can_install()


def test_it_sees_that_ensurepip_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object())
    assert not setup.has_venv()


def test_it_refuses_an_old_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(Trouble, match=r"This is Python 3\.9; Namens needs 3\.11"):
        setup.check_python()


def test_it_shows_the_last_lines_of_what_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAMENS_VAR", str(tmp_path))
    with pytest.raises(Trouble, match=r"(?s)no such host.*Look at the network"):
        commands.run(
            [sys.executable, "-c", "raise SystemExit('no such host')"], log="try", advice="Look at the network."
        )
    assert "no such host" in (tmp_path / "log" / "try.log").read_text(encoding="utf-8")


def test_it_says_so_when_a_program_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAMENS_VAR", str(tmp_path))
    with pytest.raises(Trouble, match="there is no program no-such-program"):
        commands.run(["no-such-program"], log="try")


def test_it_gives_another_fingerprint_when_a_file_changes(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("one", encoding="utf-8")
    before = stamps.fingerprint([tmp_path])
    (tmp_path / "lock").write_text("two", encoding="utf-8")
    assert stamps.fingerprint([tmp_path]) != before
