"""Browsers of two operators."""

import pytest
from django.test import Client

from namens.signin.models import Role
from tests.staff import log_in_agent, make_staff


@pytest.fixture
def at_olga(db: None) -> Client:  # noqa: ARG001 - asked for its effect
    """A browser in which Olga (operator) is logged in."""
    return log_in_agent(make_staff("Olga", role=Role.OPERATOR))


@pytest.fixture
def at_oscar(db: None) -> Client:  # noqa: ARG001 - asked for its effect
    """A browser in which another operator is logged in."""
    return log_in_agent(make_staff("Oscar", role=Role.OPERATOR))
