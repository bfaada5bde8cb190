"""Changing a portal that was let in, with two operators; and stopping one, at once, by one (decision 0037)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.outbox.actions import put
from namens.outbox.models import Kind
from namens.services.actions.portals import PortalTerms, check_terms, fields_of, note, secret_digests, services_named
from namens.services.models import Portal, PortalChange, Status
from namens.services.profiles import Authentication
from namens.services.refusals import ServiceReason, ServiceRefused
from namens.services.terms import FIXED, as_data, changed, keywords, plain

SECRET = "secret"  # noqa: S105 - the word for what changes, no secret


def terms_of(portal: Portal) -> PortalTerms:
    """Give the terms that hold now, without the secret."""
    return PortalTerms(client_id=portal.client_id, sector=portal.sector, **keywords(as_data(portal)))


def propose_change(*, portal: UUID, terms: PortalTerms, by: str, channel: Channel, now: datetime) -> PortalChange:
    """Propose other terms: the whole of them. An empty secret keeps the one that is there. Raises ServiceRefused.

    A portal that was withdrawn can come back so; what never changes is refused when it differs.
    """
    found = _known(portal)
    if any(getattr(terms, name) != getattr(found, name) for name in FIXED):
        raise ServiceRefused(ServiceReason.NEVER_CHANGES)
    check_terms(terms, has_secret=bool(found.secret_digest))
    services_named(terms.services)
    change = PortalChange(portal=found, before=as_data(found), terms=plain(vars(terms)), status=Status.PROPOSED)
    change.secret_digest = secret_digests(terms.secret)[0] if terms.secret else ""
    if not what_changes(change) and found.status == Status.APPROVED:
        raise ServiceRefused(ServiceReason.NOTHING_CHANGED)
    change.proposed_by, change.proposed_at = by, now
    try:
        with transaction.atomic():
            change.save(force_insert=True)
            _note(Event.PORTAL_CHANGE_PROPOSED, change, by, channel, now)
    except IntegrityError:
        raise ServiceRefused(ServiceReason.CHANGE_OPEN) from None
    return change


def what_changes(change: PortalChange) -> list[str]:
    """Give the names of the terms that a change changes; a new secret is one of them."""
    return changed(change.before, change.terms) + ([SECRET] if change.secret_digest else [])


def approve_change(*, change: UUID, by: str, channel: Channel, now: datetime) -> Portal:
    """Let a change hold, from the next request on. Raises ServiceRefused.

    Every login at the portal is decided again: the worker ends those that got more than holds now.
    """
    with transaction.atomic():
        proposed = PortalChange.objects.select_related("portal").filter(id=change, status=Status.PROPOSED).first()
        if proposed is None:
            raise ServiceRefused(ServiceReason.NOT_PROPOSED)
        if proposed.proposed_by == by:
            raise ServiceRefused(ServiceReason.SECOND_OPERATOR)
        _take_over(proposed)
        open_still = PortalChange.objects.filter(id=change, status=Status.PROPOSED)
        if not open_still.update(status=Status.APPROVED, decided_by=by, decided_at=now):
            raise ServiceRefused(ServiceReason.NOT_PROPOSED)
        _note(Event.PORTAL_CHANGE_APPROVED, proposed, by, channel, now)
        put(Kind.PORTAL_CHANGED, payload={"portal": str(proposed.portal_id)}, now=now)
        return Portal.objects.get(id=proposed.portal_id)


def refuse_change(*, change: UUID, by: str, channel: Channel, now: datetime) -> None:
    """Take a proposed change away; who proposed it may too. Raises ServiceRefused."""
    with transaction.atomic():
        proposed = PortalChange.objects.select_related("portal").filter(id=change).first()
        waiting = PortalChange.objects.filter(id=change, status=Status.PROPOSED)
        if proposed is None or not waiting.update(status=Status.WITHDRAWN, decided_by=by, decided_at=now):
            raise ServiceRefused(ServiceReason.NOT_PROPOSED)
        _note(Event.PORTAL_CHANGE_REFUSED, proposed, by, channel, now)


def withdraw_portal(*, portal: UUID, by: str, channel: Channel, now: datetime) -> None:
    """Stop a portal from the next request on; a change that waits goes with it. Raises ServiceRefused.

    The worker ends every login there and tells the portal.
    """
    with transaction.atomic():
        approved = Portal.objects.filter(id=portal, status=Status.APPROVED)
        if not approved.update(status=Status.WITHDRAWN, withdrawn_by=by, withdrawn_at=now):
            raise ServiceRefused(ServiceReason.UNKNOWN_PORTAL)
        waiting = PortalChange.objects.filter(portal=portal, status=Status.PROPOSED)
        waiting.update(status=Status.WITHDRAWN, decided_by=by, decided_at=now)
        note(Event.PORTAL_WITHDRAWN, Portal.objects.get(id=portal), by=by, now=now, channel=channel)
        put(Kind.PORTAL_CHANGED, payload={"portal": str(portal)}, now=now)


def _known(portal: UUID) -> Portal:
    found = Portal.objects.filter(id=portal, approved_at__isnull=False).first()
    if found is None:
        raise ServiceRefused(ServiceReason.UNKNOWN_PORTAL)
    return found


def _take_over(change: PortalChange) -> None:
    """Give the portal the terms of this change. They are looked at once more: the catalogue may have moved."""
    portal, fixed = change.portal, {name: getattr(change.portal, name) for name in FIXED}
    terms = PortalTerms(**fixed, **keywords(change.terms))
    check_terms(terms, has_secret=bool(change.secret_digest or portal.secret_digest))
    services = services_named(terms.services)
    columns = {name: value for name, value in fields_of(terms).items() if name not in FIXED}
    Portal.objects.filter(id=portal.id).update(**columns | _beside_terms(change))
    portal.services.set(services)


def _beside_terms(change: PortalChange) -> dict[str, Any]:
    """Give the columns that no terms have: the digest of the secret, and that the portal is open."""
    uses_secret = change.terms["authentication"] == Authentication.SECRET
    kept = (change.secret_digest or change.portal.secret_digest) if uses_secret else ""
    return {"secret_digest": kept, "status": Status.APPROVED, "withdrawn_by": "", "withdrawn_at": None}


def _note(event: Event, change: PortalChange, by: str, channel: Channel, now: datetime) -> None:
    write(
        event,
        at=now,
        channel=channel,
        portal=change.portal_id,
        details={"operator": by, "what": what_changes(change), "bsn": bool(change.terms["bsn_legal_basis"])},
    )
