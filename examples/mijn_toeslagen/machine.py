"""What our own machine asks and tells Namens, with the client library `namens_client`.

Only Namens decides. Without an answer nothing is known, so nothing is done.
"""

from namens_client import Namens

from mijn_toeslagen.settings import Settings

DECISIONS = "urn:namens:1.0:scope:decisions"


def connect(settings: Settings) -> Namens | None:
    """Give our side of it: one for as long as we run, because it keeps connections and tokens. None without a door."""
    if not (settings.decisions or settings.exchanges):
        return None
    return Namens(
        issuer=settings.issuer,
        client_id=settings.client_id,
        key=settings.key.read_bytes(),
        decisions=settings.decisions,
        # A proxy of the world outside does not know the programs on this machine.
        through_proxy=not settings.issuer_is_here,
    )
