"""The command `namens`, run in this process."""

import django
import pytest

from namens.cli import main
from tests.commands.saying import Namens, Said


@pytest.fixture
def namens(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Namens:
    """Runs one command and gives what it says."""
    # Done already; doing it again would tie the log to this test's own output.
    monkeypatch.setattr(django, "setup", lambda: None)

    def run(*words: str) -> Said:
        capsys.readouterr()
        status = main(words)
        said = capsys.readouterr()
        return Said(status, said.out, said.err)

    return run
