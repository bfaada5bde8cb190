"""Browsers of two operators, as at the pages about organisations."""

from tests.pages.operator.conftest import at_olga, at_oscar

__all__ = ["at_olga", "at_oscar"]
