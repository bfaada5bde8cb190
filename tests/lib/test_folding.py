"""Names without capitals and accents."""

import pytest

from namens.lib.folding import folded


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Özdemir", "ozdemir"),
        ("Jansen-de  Wit", "jansen de wit"),
        ("O’Brien", "obrien"),
        ("IJsbrand Ĳsbrand", "ijsbrand ijsbrand"),
        ("Straße Łukasz Søren ÆON", "strasse lukasz soren aeon"),
        ("İpek Iş\N{LATIN SMALL LETTER DOTLESS I}k", "ipek isik"),
        ("J.A.", "ja"),
        ("%_;", ""),
        ("李 小龙", "李 小龙"),
    ],
)
def test_it_leaves_small_letters_without_accents(written: str, plain: str) -> None:
    assert folded(written) == plain
