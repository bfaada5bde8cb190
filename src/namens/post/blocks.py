"""What a letter is made of between its opening and its greeting. `letter.typ` knows how each block looks."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Paragraph:
    """Sentences; `is_apart` puts some space above, where one thing ends and the next begins."""

    kind: ClassVar[str] = "paragraph"
    text: str
    is_apart: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading inside the letter."""

    kind: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True)
class Bullets:
    """A list."""

    kind: ClassVar[str] = "bullets"
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A label with what belongs to it."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """Facts that belong together, perhaps with a code to type over under them."""

    kind: ClassVar[str] = "card"
    rows: tuple[Row, ...]
    code_label: str = ""
    code: str = ""


@dataclass(frozen=True)
class Notice:
    """A warning that must not be missed."""

    kind: ClassVar[str] = "notice"
    text: str


@dataclass(frozen=True)
class Slip:
    """A part to cut off: boxes to tick, lines to write on, and where to send it."""

    kind: ClassVar[str] = "slip"
    title: str
    text: str
    choices: tuple[str, ...]
    blanks: tuple[str, ...]
    send_to: str
    address: tuple[str, ...]


Block = Paragraph | Heading | Bullets | Card | Notice | Slip


@dataclass(frozen=True)
class Body:
    """A title and the blocks under it."""

    title: str
    blocks: tuple[Block, ...]
