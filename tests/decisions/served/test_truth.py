"""The checker itself: it sees a wrong answer, and takes no right one for wrong."""

import pytest

from tests.decisions.served.truth import Said, Truth

PAIR = ("bram", "anna")


@pytest.fixture
def truth() -> Truth:
    """No until a mandate was given (between 10 and 12), and again since it was stopped (between 20 and 22)."""
    kept = Truth()
    kept.changed(PAIR, value=True, began=10, certain=12)
    kept.changed(PAIR, value=False, began=20, certain=22)
    return kept


def is_wrong(truth: Truth, *, value: bool, sent: float, received: float) -> bool:
    return bool(truth.wrong([Said(PAIR, value, sent, received)]))


def test_it_sees_a_yes_that_was_asked_for_after_the_stop_was_certain(truth: Truth) -> None:
    assert is_wrong(truth, value=True, sent=22.1, received=23)


def test_it_sees_a_yes_that_came_before_anything_was_given(truth: Truth) -> None:
    assert is_wrong(truth, value=True, sent=8, received=9.9)


def test_it_sees_a_no_while_the_mandate_ran(truth: Truth) -> None:
    assert is_wrong(truth, value=False, sent=12.1, received=19.9)


def test_it_sees_a_yes_about_somebody_who_never_had_a_mandate(truth: Truth) -> None:
    assert truth.wrong([Said(("dirk", "anna"), value=True, sent=14, received=15)])


def test_it_lets_a_question_see_the_world_before_or_after_what_happens_meanwhile(truth: Truth) -> None:
    for value in (True, False):
        assert not is_wrong(truth, value=value, sent=11, received=11.5)
        assert not is_wrong(truth, value=value, sent=21, received=30)
        assert not is_wrong(truth, value=value, sent=5, received=30)


def test_it_lets_right_answers_be(truth: Truth) -> None:
    assert not is_wrong(truth, value=False, sent=1, received=2)
    assert not is_wrong(truth, value=True, sent=13, received=19)
    assert not is_wrong(truth, value=False, sent=23, received=24)
