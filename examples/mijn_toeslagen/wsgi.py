"""What granian serves."""

from mijn_toeslagen.app import create_app
from mijn_toeslagen.settings import from_environment

app = create_app(from_environment())
