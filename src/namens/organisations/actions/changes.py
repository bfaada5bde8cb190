"""What happens to an organisation as a whole: another name, another KvK number after a merger, leaving."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import clock
from namens.organisations.actions.invitations import NewMember
from namens.organisations.actions.organisations import Admitted, Terms, admit
from namens.organisations.models import Merger, Organisation, Status
from namens.organisations.queries import is_gone
from namens.organisations.refusals import OrganisationReason, OrganisationRefused
from namens.outbox.actions import put
from namens.outbox.models import Kind
from namens.parties.identifiers import KvkNumber


def rename(*, organisation: UUID, name: str, by: UUID, channel: Channel, now: datetime) -> Organisation:
    """Give an organisation another name, everywhere from the next page on. Raises OrganisationRefused."""
    with transaction.atomic():
        renamed = Organisation.objects.filter(party=organisation).update(name=name.strip())
        if not renamed:
            raise OrganisationRefused(OrganisationReason.UNKNOWN_ORGANISATION)
        write(Event.ORGANISATION_RENAMED, at=now, channel=channel, actor=by, subject=organisation)
        return Organisation.objects.get(party=organisation)


def leave(*, organisation: UUID, last_day: date, by: UUID, channel: Channel, now: datetime) -> Organisation:
    """Let an organisation leave after this day; the worker lets each mandate end then, and tells the clients.

    The day can come earlier later on, never later: clients were told. Raises OrganisationRefused.
    """
    with transaction.atomic():
        leaving = _held(organisation, now=now)
        _set_last_day(leaving, last_day=last_day, now=now)
        details = {"last_day": last_day.isoformat()}
        write(Event.ORGANISATION_LEAVES, at=now, channel=channel, actor=by, subject=organisation, details=details)
        return leaving


def propose_merger(
    *,
    organisation: UUID,
    terms: Terms,
    manager: NewMember,
    last_day: date,
    by: UUID,
    channel: Channel,
    now: datetime,
) -> Merger:
    """Propose that an organisation goes on under another KvK number; another operator agrees.

    Until `last_day` the old mandates run. Raises OrganisationRefused.
    """
    fields = terms.fields()
    try:
        with transaction.atomic():
            merging = _held(organisation, now=now)
            _check_last_day(merging, last_day, now)
            if Organisation.objects.filter(kvk_number=terms.kvk_number.digits, status=Status.ADMITTED).exists():
                raise OrganisationRefused(OrganisationReason.KVK_NUMBER_TAKEN)
            merger = Merger.objects.create(
                organisation=merging,
                **fields,
                manager_given_name=manager.given_name.strip(),
                manager_family_name=manager.family_name.strip(),
                manager_email=manager.email.strip().lower(),
                last_day=last_day,
                proposed_by=str(by),
                proposed_at=now,
            )
            _note(Event.MERGER_PROPOSED, merger, by=by, channel=channel, now=now)
            return merger
    except IntegrityError:
        raise OrganisationRefused(OrganisationReason.ALREADY_PROPOSED) from None


def agree_to_merger(*, merger: UUID, by: UUID, channel: Channel, now: datetime) -> Admitted:
    """Let the merger happen, as the second operator: the new organisation is admitted and its manager invited.

    The worker asks every client again, and lets the old mandates end on the last day. Raises OrganisationRefused.
    """
    with transaction.atomic():
        held = _held_merger(merger)
        if held.proposed_by == str(by):
            raise OrganisationRefused(OrganisationReason.SECOND_OPERATOR)
        leaving = _held(held.organisation_id, now=now)
        terms = Terms(KvkNumber(held.kvk_number), held.name, held.bsn_basis, may_process_bsn=held.may_process_bsn)
        manager = NewMember(held.manager_given_name, held.manager_family_name, held.manager_email, is_manager=True)
        admitted = admit(terms=terms, manager=manager, by=by, channel=channel, now=now)
        Organisation.objects.filter(party=leaving.party_id).update(successor=admitted.organisation)
        _set_last_day(leaving, last_day=held.last_day, now=now)
        Merger.objects.filter(id=merger).update(agreed_by=str(by), agreed_at=now)
        put(Kind.ORGANISATION_MERGED, payload={"merger": str(merger)}, now=now)
        _note(Event.MERGER_AGREED, held, by=by, channel=channel, now=now)
        return admitted


def refuse_merger(*, merger: UUID, by: UUID, channel: Channel, now: datetime) -> None:
    """Take a proposed merger away; who proposed it can do so too. Raises OrganisationRefused."""
    with transaction.atomic():
        held = _held_merger(merger)
        Merger.objects.filter(id=merger).update(refused_at=now)
        _note(Event.MERGER_REFUSED, held, by=by, channel=channel, now=now)


def _held(organisation: UUID, *, now: datetime) -> Organisation:
    # An UPDATE holds the row until the transaction ends, on both databases.
    admitted = Organisation.objects.filter(party=organisation, status=Status.ADMITTED)
    if not admitted.update(name=F("name")):
        raise OrganisationRefused(OrganisationReason.UNKNOWN_ORGANISATION)
    held = admitted.get()
    if is_gone(held, now=now):
        raise OrganisationRefused(OrganisationReason.ORGANISATION_GONE)
    return held


def _set_last_day(organisation: Organisation, *, last_day: date, now: datetime) -> None:
    _check_last_day(organisation, last_day, now)
    organisation.last_day = last_day
    organisation.save(update_fields=["last_day"])
    put(Kind.ORGANISATION_LEAVES, payload={"organisation": str(organisation.party_id)}, now=now)


def _check_last_day(organisation: Organisation, last_day: date, now: datetime) -> None:
    is_later = organisation.last_day is not None and last_day > organisation.last_day
    if last_day < clock.day_of(now) or is_later:
        raise OrganisationRefused(OrganisationReason.DAY_NOT_POSSIBLE)


def _held_merger(merger: UUID) -> Merger:
    waiting = Merger.objects.filter(id=merger, agreed_at__isnull=True, refused_at__isnull=True)
    if not waiting.update(name=F("name")):
        raise OrganisationRefused(OrganisationReason.NOTHING_PROPOSED)
    return waiting.get()


def _note(event: Event, merger: Merger, *, by: UUID, channel: Channel, now: datetime) -> None:
    details = {"last_day": merger.last_day.isoformat()}
    write(event, at=now, channel=channel, actor=by, subject=merger.organisation_id, details=details)
