"""What the README shows is what runs."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import namens_client
import pytest

from tests import happenings, test_be_registered, test_check_webhooks, test_hear, test_list, test_report
from tests.conftest import private_key
from tests.place import Place, Said
from tests.test_ask import ONE, YES

README = Path(__file__).parents[1] / "README.md"
BLOCKS = re.findall(r"^```python\n(.*?)^```$", README.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
SAYS = """\
('mijn-toeslagen',)
Welcome
Namens has it
Log out who acts by this mandate: event 7
204
204
42
mijn-toeslagen 2027-11-22
actief
Welcome
42
"""


def test_it_runs_every_example(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    pem = private_key().as_pem(private=True)
    Path("portal.pem").write_bytes(pem)
    place.says(test_be_registered.HERE, Said(200, test_be_registered.KNOWN))
    place.says(ONE, YES)
    place.says(test_report.SINGLE, Said(201, test_report.TAKEN))
    place.says(test_hear.STREAM, test_hear.page(happenings.event(42)))
    place.says(test_list.ALL, test_list.page(test_list.ONE_MANDATE))
    place.says(test_list.SOUGHT, test_list.page(test_list.ONE_MANDATE))
    names: dict[str, Any] = {
        "ISSUER": place.address,
        "DECISIONS": place.address,
        "KEY": pem,
        "SECRET": test_check_webhooks.SECRET,
        "HEARD": set(),
        "BODY": test_check_webhooks.BODY,
        "HEADERS": test_check_webhooks.headers(at=datetime.now(UTC)),
    }
    for block in BLOCKS:
        exec(compile(block, README.name, "exec"), names)
    names["namens"].close()
    assert capsys.readouterr().out == SAYS
    assert len(BLOCKS) > 6
    assert os.listdir() == ["portal.pem"]  # noqa: PTH208 - the names are enough


def test_it_names_all_that_is_public() -> None:
    text = README.read_text(encoding="utf-8")
    assert [name for name in namens_client.__all__ if not re.search(rf"\b{name}\b", text)] == []
