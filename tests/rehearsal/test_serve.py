import subprocess
import sys

import httpx2

from tests.rehearsal.playing import ANNA, MARIJKE, SAMEN_STERK
from tests.rehearsal.serving import ROOT, rehearsal


def run(*arguments: str) -> str:
    command = [sys.executable, "-m", "rehearsal", *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def test_it_explains_itself() -> None:
    assert "REHEARSAL_PEOPLE" in run("--help")


def test_it_lists_its_people_and_organisations() -> None:
    listed = run("people")
    assert f"{ANNA}  Anna Maria de Vries: " in listed
    assert f"{SAMEN_STERK}  Stichting Samen Sterk: " in listed
    assert f"{MARIJKE}  Marijke Blom: " in listed


def test_it_serves_at_its_own_address() -> None:
    with rehearsal() as address:
        found = httpx2.get(f"{address}/digid/.well-known/openid-configuration", trust_env=False).json()
    assert found["issuer"] == f"{address}/digid"


def test_it_imports_nothing_of_namens() -> None:
    """Only the practice environment knows Namens, and nothing else of the rehearsal leans on that."""
    plain = [path for path in (ROOT / "rehearsal").rglob("*.py") if path.parent.name != "practice"]
    sources = [path.read_text(encoding="utf-8") for path in plain]
    assert not any(line.startswith("from rehearsal.practice") for source in sources for line in source.splitlines())
    assert sources
    assert not [source for source in sources if "import namens" in source or "from namens" in source]
