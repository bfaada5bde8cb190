"""What portals can hear stands in the documentation for their teams: every type, and no other."""

import re
from pathlib import Path

from namens.exchange.stream import EventKind

DOCUMENT = Path(__file__).parents[2] / "docs" / "events.md"
ROW = re.compile(r"^\| `([a-z.]+)` \|", re.MULTILINE)


def test_it_explains_every_type_of_event() -> None:
    table = DOCUMENT.read_text().split("| `type` | when |")[1].split("\n\n")[0]
    assert sorted(ROW.findall(table)) == sorted(EventKind)
