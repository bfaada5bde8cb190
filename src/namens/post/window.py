"""The address in the window of the envelope: which lines, how large. docs/letters.md says why the window lies there.

Millimetres from the left and the top of the A4 sheet. Whatever way the sheet slides in its C5 envelope, this box shows.
"""

import re
from dataclasses import dataclass

from namens.post.letters import Recipient
from namens.post.typeface import Typeface

LEFT, TOP, WIDTH, HEIGHT = 25.0, 57.0, 66.0, 31.5
MARK = "Persoonlijk"
"""Dutch in every letter: it is for whoever handles the post."""
MOST_LINES = 6
PITCH = 4.7
SIZES = (10.0, 9.0, 8.0)
SIDE_BEARING = 0.5
"""Some letters reach a little past their own place."""
TEXT_LEFT, TEXT_WIDTH = LEFT + SIDE_BEARING, WIDTH - 2 * SIDE_BEARING
POINTS_IN_MILLIMETRE = 72 / 25.4
CUT = "…"

_postcode = re.compile(r"^(\d{4} ?[A-Z]{2}) (?=\S)")


@dataclass(frozen=True)
class AddressLine:
    """One line with its size in points."""

    text: str
    size: float = SIZES[0]
    is_bold: bool = False


def lines_of(recipient: Recipient, *, typeface: Typeface) -> tuple[AddressLine, ...]:
    """Give the mark, the name (over two lines when there is room), the address and the country: six lines at most."""
    fit = filter(None, map(typeface.fit, (*recipient.lines, recipient.country)))
    # Two spaces after a postcode: the sorting machines ask for them.
    address = [_postcode.sub(r"\1  ", text) for text in fit]
    room = MOST_LINES - 1 - len(address)
    name = _name_lines(typeface.fit(recipient.name), room=min(room, 2), typeface=typeface)
    return (
        AddressLine(MARK, is_bold=True),
        *(fitted(text, typeface=typeface) for text in (*name, *address)),
    )


def fitted(text: str, *, typeface: Typeface) -> AddressLine:
    """Give the line in the largest size that fits; a line that fits in none is cut, and shows that it is."""
    for size in SIZES:
        if _fits(text, size=size, typeface=typeface):
            return AddressLine(text, size)
    smallest = SIZES[-1]
    length = len(text)
    while length and not _fits(text[:length] + CUT, size=smallest, typeface=typeface):
        length -= 1
    return AddressLine(text[:length].rstrip() + CUT, smallest)


def _name_lines(name: str, *, room: int, typeface: Typeface) -> tuple[str, ...]:
    if room < 2 or _fits(name, size=SIZES[0], typeface=typeface):
        return (name,)
    words = name.split(" ")
    count = len(words) - 1
    while count > 1 and not _fits(" ".join(words[:count]), size=SIZES[0], typeface=typeface):
        count -= 1
    first, rest = " ".join(words[:count]), " ".join(words[count:])
    return (first, rest) if first and rest else (name,)


def _fits(text: str, *, size: float, typeface: Typeface) -> bool:
    return typeface.width(text, size=size) <= TEXT_WIDTH * POINTS_IN_MILLIMETRE
