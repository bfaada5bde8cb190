"""How the portal that asks is registered: for its team, to see that both have the same list."""

from namens.api.calls import Call, Reply
from namens.api.wire import Act, OwnRegistration
from namens.exchange.reading import last_number


def registration(call: Call) -> Reply:
    """Give what this portal is registered for, and how far its events are. Two statements."""
    portal = call.portal
    return Reply(
        OwnRegistration(
            client_id=portal.client_id,
            name=portal.name,
            services=sorted(portal.services.filter(active=True).values_list("key", flat=True)),
            acts=[Act(key=act["key"], name=act["name"]) for act in portal.acts],
            hears_events=bool(portal.events_uri),
            has_basis=bool(portal.search_basis),
            last_number=last_number(portal),
        )
    )
