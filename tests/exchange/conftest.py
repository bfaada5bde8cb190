"""What passes between portals and us, on the morning of 23 November 2026."""

from tests.api.conftest import brokers, brokers_file, morning, portal, running, signing_keys

__all__ = ["brokers", "brokers_file", "morning", "portal", "running", "signing_keys"]
