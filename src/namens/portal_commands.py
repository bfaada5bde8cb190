"""What `namens portal …` does: registering the sites where people use mandates.

`--by` is best the e-mail address of an operator account: then who proposed on the pages is the same operator here.
"""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from namens.exchange import secrets, trying
from namens.journal.events import Channel
from namens.lib import clock
from namens.portal_terms import typed, typed_terms
from namens.services import actions
from namens.services.models import Portal, PortalChange, Status
from namens.services.refusals import ServiceReason, ServiceRefused
from namens.services.terms import as_data
from namens.services.thumbprints import told
from namens.signin.models import Role, Staff


def add(chosen: argparse.Namespace) -> None:
    """Propose a portal."""
    portal = actions.propose_portal(terms=typed_terms(chosen), by=_operator(chosen.by), now=clock.now())
    print(f"portal {portal.client_id} proposed; another operator approves it")


def change(chosen: argparse.Namespace) -> None:
    """Propose other terms for a portal."""
    portal = _named(chosen.client_id)
    terms = replace(actions.terms_of(portal), **typed(chosen))
    made = actions.propose_change(
        portal=portal.id, terms=terms, by=_operator(chosen.by), channel=Channel.COMMAND, now=clock.now()
    )
    print(f"change of portal {portal.client_id} proposed ({_what(made)}); another operator approves it")


def approve(chosen: argparse.Namespace) -> None:
    """Approve a portal, or the change that waits."""
    portal, by, now = _proposed(chosen.client_id), _operator(chosen.by), clock.now()
    waiting = _waiting(portal)
    if waiting is None:
        actions.approve_portal(client_id=chosen.client_id, by=by, now=now)
        print(f"portal {chosen.client_id} may be used from now on")
        return
    actions.approve_change(change=waiting.id, by=by, channel=Channel.COMMAND, now=now)
    print(f"the change of portal {chosen.client_id} holds from now on ({_what(waiting)})")


def refuse(chosen: argparse.Namespace) -> None:
    """Take a proposed portal away, or the change that waits."""
    portal, by, now = _proposed(chosen.client_id), _operator(chosen.by), clock.now()
    waiting = _waiting(portal)
    if waiting is None:
        actions.refuse_portal(client_id=chosen.client_id, by=by, now=now)
    else:
        actions.refuse_change(change=waiting.id, by=by, channel=Channel.COMMAND, now=now)
    print("taken away; nothing changed")


def withdraw(chosen: argparse.Namespace) -> None:
    """Stop a portal."""
    portal = _named(chosen.client_id)
    actions.withdraw_portal(portal=portal.id, by=_operator(chosen.by), channel=Channel.COMMAND, now=clock.now())
    print(f"portal {portal.client_id} is stopped; logins there end now")


def show(chosen: argparse.Namespace) -> None:
    """Show what a portal is registered with; never a secret."""
    portal = _named(chosen.client_id)
    print(f"client_id: {portal.client_id}\nsector: {portal.sector}\nstatus: {portal.status}")
    _print_terms(as_data(portal))
    waiting = _waiting(portal)
    if waiting is not None:
        print(f"\nproposed by {waiting.proposed_by}: {_what(waiting)}")
        _print_terms({name: waiting.terms[name] for name in actions.what_changes(waiting) if name in waiting.terms})


def show_all(_chosen: argparse.Namespace) -> None:
    """Show the portals."""
    for portal in Portal.objects.prefetch_related("services").order_by("client_id"):
        keys = ", ".join(service.key for service in portal.services.all())
        print(f"{portal.client_id:28} {portal.status:10} {portal.profile:7} {portal.name}: {keys}")


def webhook_secret(chosen: argparse.Namespace) -> None:
    """Make the first secret that signs the events of a portal, and print it: nobody can see it again."""
    portal, by = _named(chosen.client_id), _operator(chosen.by)
    made = secrets.make_secret(portal, now=clock.now(), channel=Channel.COMMAND, by=by)
    print(made.secret.text)


def try_webhook(chosen: argparse.Namespace) -> None:
    """Send a portal an event to try its receiver with."""
    portal = _named(chosen.client_id)
    event = trying.send_trial(portal, now=clock.now())
    print(f"event {event.number} ({event.id}) is on its way to {portal.events_uri}")


def _named(client_id: str) -> Portal:
    found = Portal.objects.filter(client_id=client_id).first()
    if found is None:
        raise ServiceRefused(ServiceReason.UNKNOWN_PORTAL)
    return found


def _proposed(client_id: str) -> Portal:
    """Give the portal of which something waits."""
    found = Portal.objects.filter(client_id=client_id).first()
    if found is None or (found.status != Status.PROPOSED and _waiting(found) is None):
        raise ServiceRefused(ServiceReason.NOT_PROPOSED)
    return found


def _waiting(portal: Portal) -> PortalChange | None:
    return portal.changes.filter(status=Status.PROPOSED).first()


def _what(waiting: PortalChange) -> str:
    return ", ".join(actions.what_changes(waiting)) or "it comes back"


def _print_terms(terms: Mapping[str, Any]) -> None:
    for name, value in terms.items():
        print(f"{name}: {_in_words(name, value)}")


def _in_words(name: str, value: Any) -> str:  # noqa: ANN401 - any term
    if name == "jwks":
        return "; ".join(told(key) for key in value.get("keys", [])) or "-"
    if name in {"acts", "claim_names"}:
        pairs = value.items() if isinstance(value, Mapping) else [(act["key"], act["name"]) for act in value]
        return ", ".join(f"{key}={said}" for key, said in pairs) or "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return (", ".join(value) if isinstance(value, list) else str(value)) or "-"


def _operator(typed_by: str) -> str:
    """Give the account of this operator, so that two ways in are one person; else the word as it was typed."""
    account = Staff.objects.filter(email=typed_by.strip().lower(), role=Role.OPERATOR, is_active=True).first()
    return str(account.id) if account is not None else typed_by
