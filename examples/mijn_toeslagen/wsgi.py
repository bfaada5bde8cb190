"""What granian serves."""

from typing import cast

from mijn_toeslagen.app import create_app
from mijn_toeslagen.background import Background
from mijn_toeslagen.portal import NAME, Portal
from mijn_toeslagen.settings import from_environment

app = create_app(from_environment())
here = cast(Portal, app.extensions[NAME])
if here.machine is not None and here.settings.exchanges:
    Background(here, here.machine).start()
