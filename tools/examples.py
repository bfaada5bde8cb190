"""Puts the files that the tests run into the pages that show them: `python -m tools.examples`.

A page says which file a block is, in a comment on the line before it: `<!-- file: tests/foreign/… -->`.
"""

import re

from tools import places
from tools.say import line

PAGE = places.ROOT / "docs" / "connect.md"
SHOWN = re.compile(r"(<!-- file: (?P<path>\S+) -->\n```\w*\n)(?P<text>.*?)(?=^```$)", re.DOTALL | re.MULTILINE)


def filled(page: str) -> str:
    """Give a page with the files as they are now. Raises FileNotFoundError."""
    return SHOWN.sub(lambda block: block[1] + contents(block["path"]), page)


def contents(path: str) -> str:
    """Give a file of this repository."""
    return (places.ROOT / path).read_text(encoding="utf-8")


def main() -> None:
    """Fill in the page."""
    before = PAGE.read_text(encoding="utf-8")
    after = filled(before)
    PAGE.write_text(after, encoding="utf-8")
    line(f"{PAGE.relative_to(places.ROOT)}: {'the same' if before == after else 'changed'}")


if __name__ == "__main__":
    main()
