"""The portal of tests/openid, its keys and its clock, for the room below the door."""

from tests.openid.conftest import brokers, brokers_file, lasting, morning, portal, signing_keys, stock

__all__ = ["brokers", "brokers_file", "lasting", "morning", "portal", "signing_keys", "stock"]
