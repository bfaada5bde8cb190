"""What portals hear, as it goes over the wire: the same when it is sent as when it is read on later."""

from typing import Any

from namens.exchange.models import PortalEvent


def event_document(event: PortalEvent) -> dict[str, Any]:
    """Give one event as its portal hears it; `gegevens` is in the ids of that portal already."""
    return {
        "id": str(event.id),
        "nummer": event.number,
        "type": event.kind,
        "tijdstip": event.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "gegevens": event.data,
    }
