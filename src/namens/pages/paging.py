"""Long lists come in pages."""

ON_A_PAGE = 25
LONGEST_NUMBER = 5


def page_number(typed: str) -> int:
    """Give the number of a page; what is no such number is the first page."""
    sound = typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER
    return max(1, int(typed)) if sound else 1
