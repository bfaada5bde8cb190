"""The portal with a machine that asks and tells."""

from dataclasses import replace
from typing import cast

import pytest
from flask import Flask

from mijn_toeslagen.background import Background
from mijn_toeslagen.portal import Portal
from mijn_toeslagen.settings import Settings
from mijn_toeslagen.tests.provider import Provider


@pytest.fixture
def settings(settings: Settings, provider: Provider) -> Settings:
    """The same settings, with a machine that asks and tells."""
    return replace(settings, decisions=provider.issuer, exchanges=True)


@pytest.fixture
def here(app: Flask) -> Portal:
    """The parts of the portal."""
    return cast(Portal, app.extensions["portal"])


@pytest.fixture
def background(here: Portal) -> Background:
    """What goes on beside the pages, one turn at a time."""
    assert here.machine is not None
    return Background(here, here.machine)
