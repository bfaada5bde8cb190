"""Who comes in with eHerkenning: somebody who is known here, or somebody invited who begins now."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.organisations.actions.invitations import trouble_with
from namens.organisations.actions.losing import tell_access
from namens.organisations.models import Block, LeftOut, Member, MemberInvitation, Organisation, Status
from namens.organisations.queries import is_gone
from namens.organisations.refusals import OrganisationReason
from namens.parties.identifiers import KvkNumber, Pseudonym
from namens.parties.keys import digest_all, digest_now

_PURPOSE = "pseudonym"


def admit_login(
    *, kvk: KvkNumber, pseudonym: Pseudonym, establishment: str | None, invitation: UUID | None, now: datetime
) -> Member | OrganisationReason:
    """Give the member who logs in for the organisation with this KvK number, or why nobody may.

    With an `invitation` the login is the first one: it binds this pseudonym to the invited person, once. The same
    pseudonym at another organisation is somebody else.
    """
    with transaction.atomic():
        found = _begin(kvk, pseudonym, invitation, now) if invitation else _known(kvk, pseudonym, now)
        if isinstance(found, OrganisationReason):
            return found
        Member.objects.filter(party=found.party_id).update(seen_at=now, establishment=establishment or "")
        found.seen_at, found.establishment = now, establishment or ""
        return found


def _known(kvk: KvkNumber, pseudonym: Pseudonym, now: datetime) -> Member | OrganisationReason:
    organisation = _organisation(kvk, now)
    if isinstance(organisation, OrganisationReason):
        return organisation
    same = _with_pseudonym(organisation, pseudonym)
    member = same.filter(ended_at__isnull=True).first()
    if member is None:
        return OrganisationReason.MEMBER_ENDED if same.exists() else OrganisationReason.UNKNOWN_MEMBER
    return OrganisationReason.BLOCKED if _is_blocked(organisation, pseudonym) else member


def _begin(kvk: KvkNumber, pseudonym: Pseudonym, invitation: UUID, now: datetime) -> Member | OrganisationReason:
    # An UPDATE holds the row until the transaction ends, on both databases.
    MemberInvitation.objects.filter(id=invitation).update(digest=F("digest"))
    invited = MemberInvitation.objects.select_related("member__organisation__party").filter(id=invitation).first()
    if invited is None:
        return OrganisationReason.INVITATION_NOT_VALID
    if invited.member.organisation.kvk_number != kvk.digits:
        return OrganisationReason.OTHER_ORGANISATION
    why_not = trouble_with(invited, now=now) or _why_not(invited.member.organisation, pseudonym)
    return why_not or _bind(invited, pseudonym, now)


def _why_not(organisation: Organisation, pseudonym: Pseudonym) -> OrganisationReason | None:
    """Give why this person cannot begin here. Who was blocked stays so, whoever invites them again."""
    if _is_blocked(organisation, pseudonym):
        return OrganisationReason.BLOCKED
    if _with_pseudonym(organisation, pseudonym).filter(ended_at__isnull=True).exists():
        return OrganisationReason.ALREADY_MEMBER
    return None


def _bind(invitation: MemberInvitation, pseudonym: Pseudonym, now: datetime) -> Member | OrganisationReason:
    member = invitation.member
    digest = digest_now(_PURPOSE, _text(member.organisation, pseudonym))
    try:
        with transaction.atomic():
            free = Member.objects.filter(party=member.party_id, bound_at__isnull=True, ended_at__isnull=True)
            if not free.update(bound_at=now, pseudonym_digest=digest):
                return OrganisationReason.INVITATION_USED
    except IntegrityError:
        # The same person with two invitations at one moment.
        return OrganisationReason.ALREADY_MEMBER
    MemberInvitation.objects.filter(member=member, closed_at__isnull=True).update(closed_at=now, sealed="")
    _keep_left_out(member, pseudonym, now)
    tell_access(member.party_id, now=now)
    details = {"organisation": str(member.organisation_id)}
    write(
        Event.MEMBER_JOINED,
        at=now,
        channel=Channel.PAGES,
        actor=member.party_id,
        subject=member.party_id,
        details=details,
    )
    member.refresh_from_db(fields=["bound_at", "pseudonym_digest", "is_manager"])
    return member


def _keep_left_out(member: Member, pseudonym: Pseudonym, now: datetime) -> None:
    """Whom a client left out stays so for that client, also when they left and begin anew."""
    # Only the last time before this one: whom a client let in again since is not left out.
    before = _with_pseudonym(member.organisation, pseudonym).filter(ended_at__isnull=False)
    last = before.order_by("ended_at", "party").values_list("party", flat=True).last()
    clients = LeftOut.objects.filter(member=last, until__isnull=True).values_list("client", flat=True)
    LeftOut.objects.bulk_create([LeftOut(client_id=client, member=member, since=now) for client in clients])


def _organisation(kvk: KvkNumber, now: datetime) -> Organisation | OrganisationReason:
    organisation = Organisation.objects.filter(kvk_number=kvk.digits, status=Status.ADMITTED).first()
    if organisation is None:
        return OrganisationReason.UNKNOWN_ORGANISATION
    return OrganisationReason.ORGANISATION_GONE if is_gone(organisation, now=now) else organisation


def _with_pseudonym(organisation: Organisation, pseudonym: Pseudonym) -> QuerySet[Member]:
    digests = digest_all(_PURPOSE, _text(organisation, pseudonym))
    members = Member.objects.select_related("party", "organisation__party")
    return members.filter(organisation=organisation, pseudonym_digest__in=digests)


def _is_blocked(organisation: Organisation, pseudonym: Pseudonym) -> bool:
    persons = _with_pseudonym(organisation, pseudonym).values("party")
    open_blocks = Block.objects.filter(organisation=organisation, until__isnull=True)
    return open_blocks.filter(Q(member__isnull=True) | Q(member__in=persons)).exists()


def _text(organisation: Organisation, pseudonym: Pseudonym) -> str:
    return f"{organisation.kvk_number} {pseudonym.text}"
