"""Who of an organisation did what for a client: read from the journal and the requests, named when it is read."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.mandates.models import Mandate
from namens.mandates.queries import with_lines
from namens.mandates.reaching import reached_by
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import State
from namens.organisations.models import LeftOut, Member
from namens.organisations.naming import in_full
from namens.parties.models import Kind


@dataclass(frozen=True)
class Seen:
    """A member who did something for a client, and whether the client left them out since."""

    member: Member
    is_left_out: bool

    @property
    def name(self) -> str:
        """Give the name as clients read it."""
        return in_full(self.member)


def seen_by_client(mandate: Mandate) -> list[Seen]:
    """Give who of this mandate's organisation did something for its client or was left out, by name. One statement.

    None, and without a statement, for a mandate in nobody's or a private person's name.
    """
    if mandate.representative is None or mandate.representative.kind != Kind.ORGANISATION:
        return []
    acted = JournalEntry.objects.filter(subject=mandate.representee_id, actor__isnull=False).values("actor")
    out = LeftOut.objects.filter(member=OuterRef("pk"), client=mandate.representee_id, until__isnull=True)
    here = Member.objects.filter(organisation=mandate.representative_id).annotate(is_out=Exists(out))
    members = here.filter(Q(party__in=acted) | Q(is_out=True)).select_related("organisation")
    return [Seen(one, is_left_out=one.is_out) for one in members.order_by("given_name", "family_name", "party")]


def asked_by(mandate: Mandate) -> Member | None:
    """Give the member who asked for this mandate; None when nobody of an organisation did. One statement."""
    return Member.objects.select_related("organisation").filter(requests_made__mandate=mandate).first()


def brought_about_by(mandate: Mandate) -> Member | None:
    """Give the member who asked for this mandate or, where nobody asked, typed its code. Two statements."""
    typed = JournalEntry.objects.filter(mandate=mandate.id, event=Event.MANDATE_ACTIVATED)
    of_code = Member.objects.select_related("organisation").filter(party__in=typed.values("actor"))
    return asked_by(mandate) or of_code.first()


def own_success(member: Member, *, mandate: UUID, at: datetime) -> Mandate:
    """Give an active mandate that this member asked for, or typed the code of, with its lines.

    Raises MandateRefused (not yours) for any other, and for one whose client a licence of this member does not reach.
    """
    typed = JournalEntry.objects.filter(mandate=OuterRef("pk"), event=Event.MANDATE_ACTIVATED, actor=member.party_id)
    own = Mandate.objects.filter(Q(asked_by__asked_by_member=member) | Exists(typed), id=mandate, state=State.ACTIVE)
    found = with_lines(list(own.filter(representative=member.organisation_id).select_related("representee__person")))
    if not found:
        raise MandateRefused(MandateReason.NOT_YOURS)
    reached = reached_by(member, client=found[0].representee_id)
    services = {line.service.key for line in found[0].shown_lines if line.stopped_at is None}
    if reached.is_left_out(at) or reached.lacking(services, at=at).keys() == services:
        raise MandateRefused(MandateReason.NOT_YOURS)
    return found[0]
