"""Counting what a request costs. Statements that begin and end a transaction count too."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.pages.visiting import Answered


def statements(ask: Callable[[], Answered]) -> int:
    """Give how many statements a request costs, the session and the visitor among them; it has to go well."""
    with CaptureQueriesContext(connection) as captured:
        answer = ask()
    assert answer.status_code in {200, 302, 303}, answer.status_code
    return len(captured)
