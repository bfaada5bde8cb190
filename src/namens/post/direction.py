"""Words that run the other way than their sentence are set apart, so that nothing beside them is turned around.

A telephone number, a site or a Dutch name in an Arabic letter; an Arabic name in a Dutch one. What is set apart is
enclosed in isolates (Unicode Bidirectional Algorithm, UAX 9, 2.4): nobody sees those.
"""

import re

LEFT_TO_RIGHT, RIGHT_TO_LEFT, END = "\u2066", "\u2067", "\u2069"
_hebrew_or_arabic = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
# From the first to the last letter or digit, with what stands between, until something runs the other way.
_latin = re.compile(rf"[^\W_{_hebrew_or_arabic}](?:[^{_hebrew_or_arabic}]*[^\W_{_hebrew_or_arabic}])?")
_arabic = re.compile(rf"[{_hebrew_or_arabic}](?:[\W\d_{_hebrew_or_arabic}]*[{_hebrew_or_arabic}])?")


def apart(text: str, *, right_to_left: bool) -> str:
    """Give the text with isolates around what runs the other way than the text itself."""
    if right_to_left:
        return _latin.sub(rf"{LEFT_TO_RIGHT}\g<0>{END}", text)
    return _arabic.sub(rf"{RIGHT_TO_LEFT}\g<0>{END}", text)
