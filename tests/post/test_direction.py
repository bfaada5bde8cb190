"""What runs the other way than its sentence is set apart, and turns nothing around that stands beside it."""

import pytest

from namens.post.direction import apart

LRI, RLI, PDI = "\u2066", "\u2067", "\u2069"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Beste Anna,", "Beste Anna,"),
        ("Beste שלום כהן, 3 mei", f"Beste {RLI}שלום כהן{PDI}, 3 mei"),
        ("عمر (2) helpt", f"{RLI}عمر{PDI} (2) helpt"),
    ],
)
def test_it_sets_apart_what_runs_from_right_to_left_in_a_dutch_sentence(text: str, found: str) -> None:
    assert apart(text, right_to_left=False) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("اتصل: 0800 0123.", f"اتصل: {LRI}0800 0123{PDI}."),
        ("088‑123 45 67", f"{LRI}088‑123 45 67{PDI}"),
        ("مرحبا Jan-Willem van 't Hoff، نعم", f"مرحبا {LRI}Jan-Willem van 't Hoff{PDI}، نعم"),
        ("machtigen.example.nl/verzoeken", f"{LRI}machtigen.example.nl/verzoeken{PDI}"),
        ("مرحبا", "مرحبا"),
    ],
)
def test_it_sets_apart_what_runs_from_left_to_right_in_an_arabic_sentence(text: str, found: str) -> None:
    assert apart(text, right_to_left=True) == found
