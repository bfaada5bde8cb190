"""From a portal's question to a code: asking, choosing for whom, cancelling."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from namens.grants import reading
from namens.grants.models import AuthorizationCode, AuthorizationRequest, Family
from namens.grants.plain import PlainGrant
from namens.grants.refusals import GrantReason, GrantRefusal
from namens.grants.standing import Login, Standing, standing, why_not
from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import assurance
from namens.lib.assurance import AssuranceLevel
from namens.mandates.decision import Reason
from namens.parties.models import Party
from namens.services.models import Representation

REQUEST_LIVES = timedelta(minutes=15)
CODE_LIVES = timedelta(seconds=60)


@dataclass(frozen=True)
class Allowed:
    """The code for the portal."""

    code: PlainGrant


@dataclass(frozen=True)
class Choice:
    """Who logged in, when and how sure, and whom they chose (None: themselves).

    `organisation` is the party in whose name a member acts. During a `visit` people come for themselves only.
    """

    party: Party
    level: AssuranceLevel
    auth_time: datetime
    representee: UUID | None
    organisation: UUID | None = None
    visit: UUID | None = None

    @property
    def is_for_another_in_a_visit(self) -> bool:
        """Say whether somebody wants to represent another at a table where only the client is logged in."""
        return self.visit is not None and bool(self.representee or self.organisation)


def ask(request: AuthorizationRequest) -> AuthorizationRequest:
    """Keep what a portal asked. It stands for fifteen minutes."""
    request.expires_at = request.made_at + REQUEST_LIVES
    request.save(force_insert=True)
    return request


def is_open(request: AuthorizationRequest, *, now: datetime) -> bool:
    """Say whether somebody can still choose."""
    return request.used_at is None and now < request.expires_at


def cancel(request: AuthorizationRequest, *, now: datetime) -> bool:
    """Use the request up without a code. False when it was spent already."""
    return bool(_take(request, now))


def allow(request: AuthorizationRequest, *, choice: Choice, now: datetime) -> Allowed | GrantRefusal:
    """Decide once more, and issue the one code of this request. The same choice made twice gives the same code."""
    if not assurance.meets(choice.level, minimum=request.level):
        return GrantRefusal(GrantReason.LEVEL_TOO_LOW)
    if request.expected not in {None, choice.party.id}:
        return GrantRefusal(GrantReason.OTHER_PERSON)
    login = Login(
        portal=request.portal,
        party=choice.party.id,
        representee=choice.representee,
        level=choice.level,
        services=tuple(request.services),
        organisation=choice.organisation,
    )
    with transaction.atomic():
        fits = _fits(login) and not choice.is_for_another_in_a_visit
        worth = standing(login, now=now) if fits else None
        if worth is None:
            return _refuse(login, now)
        if not _take(request, now):
            return _again(request, choice, now)
        return Allowed(code=_issue(request, choice, worth, now))


def _take(request: AuthorizationRequest, now: datetime) -> int:
    return reading.open_questions.update({"used_at": now}, request=request.id, now=now)


def _fits(login: Login) -> bool:
    """Say whether the portal takes people who come for themselves, or for others. Nobody represents themselves."""
    if login.representee is not None and login.representee in {login.party, login.organisation}:
        return False
    unwanted = Representation.OTHERS if login.representee is None else Representation.SELF
    return login.portal.representation != unwanted


def _issue(request: AuthorizationRequest, choice: Choice, worth: Standing, now: datetime) -> PlainGrant:
    family = Family.objects.create(
        portal=request.portal,
        party=choice.party,
        representee_id=choice.representee,
        organisation_id=choice.organisation,
        visit_id=choice.visit,
        services_asked=request.services,
        claims_asked=request.claims,
        services={key: request.services[key] for key in worth.services},
        left_out=list(worth.left_out),
        level=choice.level,
        auth_time=choice.auth_time,
        made_at=now,
    )
    code = PlainGrant.generate()
    AuthorizationCode.objects.create(
        digest=code.digest(),
        sealed=code.seal(),
        request=request,
        family=family,
        portal=request.portal,
        redirect_uri=request.redirect_uri,
        challenge=request.challenge,
        nonce=request.nonce,
        expires_at=now + CODE_LIVES,
    )
    _note_use(family, worth, now)
    return code


def _again(request: AuthorizationRequest, choice: Choice, now: datetime) -> Allowed | GrantRefusal:
    """Give the same code once more to who pressed the button twice, while it was not used."""
    live = AuthorizationCode.objects.filter(
        request=request,
        used_at__isnull=True,
        expires_at__gt=now,
        family__party=choice.party,
        family__representee=choice.representee,
        family__organisation=choice.organisation,
    ).first()
    if live is None:
        return GrantRefusal(GrantReason.REQUEST_SPENT)
    return Allowed(code=PlainGrant.unseal(live.sealed))


def _note_use(family: Family, worth: Standing, now: datetime) -> None:
    """Write one entry for each mandate that is used, or that somebody came for themselves."""
    event = Event.MANDATE_USED if worth.mandates else Event.PORTAL_SIGNED_IN
    for mandate in worth.mandates or (None,):
        write(
            event,
            at=now,
            channel=Channel.PORTAL,
            actor=family.party_id,
            subject=family.subject,
            mandate=mandate,
            portal=family.portal_id,
            details={"services": list(worth.services)},
        )


def _refuse(login: Login, now: datetime) -> GrantRefusal:
    """Note the no. It stands with the other party only when there is or was a mandate between the two."""
    reason = why_not(login, now=now)
    write(
        Event.USE_REFUSED,
        at=now,
        channel=Channel.PORTAL,
        actor=login.party,
        subject=login.representee if reason is not Reason.NO_MANDATE else None,
        portal=login.portal.id,
        result=reason,
        details={"services": sorted(login.services)},
    )
    return GrantRefusal(GrantReason.NOT_ALLOWED)
