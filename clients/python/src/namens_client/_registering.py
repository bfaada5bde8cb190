"""How we are registered, and the secret that our events are signed with."""

from namens_client._exchange import PORTALS, Call, ask, failure
from namens_client._flow import Answer, Flow
from namens_client._reading import understood
from namens_client._setup import Setup
from namens_client.registration import Registration, WebhookSecret


def registration(setup: Setup) -> Flow[Registration]:
    """Read how this portal is registered. Raises NoAnswer."""
    answer = yield from _asked(setup, "GET", "portaal", keeps_trying=True)
    with understood(answer) as fields:
        return Registration(
            client_id=fields.text("clientId"),
            name=fields.text("naam"),
            services=fields.texts("diensten"),
            acts={act.text("sleutel"): act.text("naam") for act in fields.many("handelingen")},
            hears_events=fields.flag("hoortGebeurtenissen"),
            may_list_all=fields.flag("magAlleMachtigingenZien"),
        )


def new_webhook_secret(setup: Setup) -> Flow[WebhookSecret]:
    """Let Namens make a new secret; the one before it signs beside it for a while. Raises NoAnswer."""
    answer = yield from _asked(setup, "POST", "webhookgeheimen")
    with understood(answer) as fields:
        return WebhookSecret(fields.text("geheim"))


def try_webhook(setup: Setup) -> Flow[None]:
    """Let Namens send a trial event to the portal's address. Raises NoAnswer."""
    yield from _asked(setup, "POST", "proefgebeurtenissen")


def _asked(setup: Setup, method: str, path: str, *, keeps_trying: bool = False) -> Flow[Answer]:
    call = Call(
        scope=PORTALS,
        method=method,
        url=f"{setup.portals}/{path}",
        content={} if method == "POST" else None,
        until=setup.ticks() + setup.long_patience,
        keeps_trying=keeps_trying,
    )
    answer = yield from ask(setup, call)
    if answer.status not in {200, 201, 202, 204}:
        raise failure(answer)
    return answer
