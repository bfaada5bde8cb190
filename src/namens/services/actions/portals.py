"""Registering portals. One operator proposes with all terms, another approves; before that no login is possible."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import sealing
from namens.services.encryption_keys import KINDS, encryption_key
from namens.services.key_sets import BadKeySet, public_keys
from namens.services.models import Portal, Representation, Service, Status
from namens.services.profiles import RULES, Authentication, Binding, MachineScope, Profile
from namens.services.refusals import ServiceReason, ServiceRefused
from namens.services.subjects import BadSubject, subject
from namens.services.web_addresses import is_plain_address, leaves_room

ENCRYPTIONS = ("", *KINDS)
SHORTEST_SECRET = 32
LONGEST_ACT = 64
_NEEDED = frozenset({"client_id", "name", "sector"})
_CLIENT_ID = re.compile(r"[!-~]+")
_ACT = re.compile(r"(?=.{1,60}$)[a-z0-9]+(-[a-z0-9]+)*")
_SECRET = "portal-secret"  # noqa: S105 - the purpose of a derived key, no secret


@dataclass(frozen=True)
class PortalTerms:
    """Everything that an operator says of a portal. `secret` is for `compat` only and is kept as a digest.

    The words are those of `Portal`. An act has a `key` and a `name`.
    """

    client_id: str
    name: str
    profile: Profile
    services: tuple[str, ...]
    redirect_uris: tuple[str, ...]
    sector: str
    representation: Representation = Representation.BOTH
    post_logout_redirect_uris: tuple[str, ...] = ()
    back_channel_logout_uri: str = ""
    start_url: str = ""
    authentication: Authentication = Authentication.PRIVATE_KEY
    jwks: Mapping[str, Any] = field(default_factory=dict)
    jwks_uri: str = ""
    certificate_subject: str = ""
    secret: str = field(default="", repr=False)
    token_binding: Binding = Binding.NONE
    refresh_tokens: bool = False
    id_token_algorithm: str = "RS256"  # noqa: S105 - the name of an algorithm
    id_token_encryption: str = ""
    userinfo_algorithm: str = ""
    userinfo_encryption: str = ""
    receives_names: bool = False
    bsn_legal_basis: str = ""
    claim_names: Mapping[str, str] = field(default_factory=dict)
    enforces_sensitive_actions: bool = False
    organisations_themselves: bool = False
    acts: tuple[Mapping[str, str], ...] = ()
    machine_scopes: tuple[str, ...] = ()
    search_basis: str = ""
    gives_reasons: bool = True
    journals_decisions: bool = False
    events_uri: str = ""


def propose_portal(*, terms: PortalTerms, by: str, now: datetime, channel: Channel = Channel.COMMAND) -> Portal:
    """Register a portal, to be approved by another operator. Raises ServiceRefused."""
    check_terms(terms)
    services = services_named(terms.services)
    try:
        with transaction.atomic():
            portal = Portal.objects.create(**fields_of(terms), status=Status.PROPOSED, proposed_by=by, proposed_at=now)
            portal.services.set(services)
            note(Event.PORTAL_PROPOSED, portal, by=by, now=now, channel=channel)
            return portal
    except IntegrityError:
        raise ServiceRefused(ServiceReason.CLIENT_ID_TAKEN, terms.client_id) from None


def approve_portal(
    *, client_id: str, by: str, now: datetime, channel: Channel = Channel.COMMAND, shown: UUID | None = None
) -> Portal:
    """Let a proposed portal in. Raises ServiceRefused when it is not proposed, or by the operator who proposed it.

    With `shown` only that very proposal: another one by the same name can have taken its place meanwhile.
    """
    with transaction.atomic():
        proposed = Portal.objects.filter(client_id=client_id, status=Status.PROPOSED)
        if shown is not None:
            proposed = proposed.filter(id=shown)
        if proposed.filter(proposed_by=by).exists():
            raise ServiceRefused(ServiceReason.SECOND_OPERATOR)
        if not proposed.update(status=Status.APPROVED, approved_by=by, approved_at=now):
            raise ServiceRefused(ServiceReason.NOT_PROPOSED)
        portal = Portal.objects.get(client_id=client_id)
        note(Event.PORTAL_APPROVED, portal, by=by, now=now, channel=channel)
        return portal


def refuse_portal(*, client_id: str, by: str, now: datetime, channel: Channel = Channel.COMMAND) -> None:
    """Turn a proposed portal down, also one's own. Its row goes: nothing happened there. Raises ServiceRefused."""
    with transaction.atomic():
        portal = Portal.objects.filter(client_id=client_id, status=Status.PROPOSED).first()
        if portal is None or not Portal.objects.filter(id=portal.id, status=Status.PROPOSED).delete()[0]:
            raise ServiceRefused(ServiceReason.NOT_PROPOSED)
        note(Event.PORTAL_REFUSED, portal, by=by, now=now, channel=channel)


def services_named(keys: Iterable[str]) -> list[Service]:
    """Give the active services with these keys. Raises ServiceRefused when one is not there, or none is named."""
    wanted = set(keys)
    services = list(Service.objects.filter(key__in=wanted, active=True))
    if len(services) != len(wanted) or not services:
        raise ServiceRefused(ServiceReason.UNKNOWN_SERVICE)
    return services


def secret_digests(secret: str) -> list[str]:
    """Give the keyed digests that a portal's stored secret may equal, newest key first."""
    return sealing.digests(settings.KEYRING, purpose=_SECRET, value=secret)


def check_terms(terms: PortalTerms, *, has_secret: bool = False) -> None:
    """Raise ServiceRefused unless these terms can be. `has_secret`: the portal has one already, and may keep it."""
    _check_words(terms)
    others = (terms.back_channel_logout_uri, terms.start_url, terms.jwks_uri, terms.events_uri)
    answered = (*terms.redirect_uris, *terms.post_logout_redirect_uris)
    plain = all(is_plain_address(uri) for uri in (*answered, *others) if uri)
    if not (terms.redirect_uris and plain and all(leaves_room(uri) for uri in answered)):
        raise ServiceRefused(ServiceReason.REDIRECT_URI_WRONG)
    _check_credential(terms, has_secret=has_secret)
    _check_tokens(terms)
    _check_machines(terms)
    _check_acts(terms)


def _check_credential(terms: PortalTerms, *, has_secret: bool) -> None:
    """Raise unless this portal can prove who it is, in a way of its profile."""
    rules = RULES[terms.profile]
    if terms.authentication not in rules.methods:
        raise ServiceRefused(ServiceReason.CREDENTIAL_WRONG, "method")
    if terms.authentication is Authentication.SECRET:
        if len(terms.secret) < SHORTEST_SECRET and (terms.secret or not has_secret):
            raise ServiceRefused(ServiceReason.CREDENTIAL_WRONG, f"a secret has at least {SHORTEST_SECRET} characters")
        return
    if terms.secret:
        raise ServiceRefused(ServiceReason.SECRET_NOT_ALLOWED)
    if bool(terms.jwks) == bool(terms.jwks_uri) or (terms.jwks and not holds_public_keys(terms.jwks)):
        raise ServiceRefused(ServiceReason.CREDENTIAL_WRONG, "a key set with public keys only is needed")
    _check_certificate(terms)


def _check_certificate(terms: PortalTerms) -> None:
    """Raise unless a portal that shows a certificate says which: by its subject, or the certificate itself."""
    by_authority = terms.authentication is Authentication.AUTHORITY_CERTIFICATE
    if by_authority != bool(terms.certificate_subject):
        raise ServiceRefused(ServiceReason.CREDENTIAL_WRONG, "the subject of a certificate goes with tls_client_auth")
    if by_authority:
        try:
            subject(terms.certificate_subject)
        except BadSubject:
            raise ServiceRefused(ServiceReason.CREDENTIAL_WRONG, "write the subject as CN=…,O=…,C=NL") from None
    own = terms.authentication is Authentication.OWN_CERTIFICATE
    if own and terms.jwks and not any("x5c" in key for key in terms.jwks["keys"]):
        raise ServiceRefused(ServiceReason.CREDENTIAL_WRONG, "the certificate itself has to stand in x5c of a key")


def _check_tokens(terms: PortalTerms) -> None:
    """Raise unless its tokens are signed, bound and encrypted as its profile wants."""
    rules = RULES[terms.profile]
    if {terms.id_token_algorithm, terms.userinfo_algorithm} - {"", *rules.algorithms} or not terms.id_token_algorithm:
        raise ServiceRefused(ServiceReason.CREDENTIAL_WRONG, "algorithm")
    if terms.token_binding not in rules.bindings:
        raise ServiceRefused(ServiceReason.CREDENTIAL_WRONG, "binding")
    encryptions = {terms.id_token_encryption, terms.userinfo_encryption}
    if encryptions - set(ENCRYPTIONS) or (rules.flat_claims and encryptions != {""}):
        raise ServiceRefused(ServiceReason.CREDENTIAL_WRONG, "encryption")
    if terms.bsn_legal_basis and not rules.flat_claims and encryptions == {""}:
        raise ServiceRefused(ServiceReason.PLAIN_BSN_NEEDS_COMPAT)
    for algorithm in encryptions - {""}:
        if terms.jwks and encryption_key(terms.jwks["keys"], algorithm=algorithm) is None:
            raise ServiceRefused(ServiceReason.CREDENTIAL_WRONG, f"the key set has no key to encrypt with {algorithm}")


def _check_words(terms: PortalTerms) -> None:
    """Raise unless every text fits where it is kept and can be read by people."""
    said = {name: value for name, value in vars(terms).items() if isinstance(value, str) and name != "secret"}
    for name, text in said.items():
        most = getattr(Portal._meta.get_field(name), "max_length", 0)
        is_blank = not text.strip() and bool(text or name in _NEEDED)
        if len(text) > most or not text.isprintable() or is_blank:
            raise ServiceRefused(ServiceReason.TERM_WRONG, name)
    if not _CLIENT_ID.fullmatch(terms.client_id):
        raise ServiceRefused(ServiceReason.TERM_WRONG, "client_id")


def _check_machines(terms: PortalTerms) -> None:
    """Raise unless its machine may ask these scopes, with tokens as its profile wants them."""
    if set(terms.machine_scopes) - set(MachineScope):
        raise ServiceRefused(ServiceReason.MACHINE_SCOPE_WRONG, "unknown")
    if terms.machine_scopes and terms.token_binding not in RULES[terms.profile].machine_bindings:
        raise ServiceRefused(ServiceReason.MACHINE_SCOPE_WRONG, "not with this profile and binding")
    if terms.events_uri and MachineScope.PORTALS not in terms.machine_scopes:
        # What was missed is read again with a token, and so is the secret that events are signed with.
        raise ServiceRefused(ServiceReason.MACHINE_SCOPE_WRONG, "events go to portals with the scope for portals")


def _check_acts(terms: PortalTerms) -> None:
    """Raise unless every act has a key of its own, and a name that people can read."""
    keys = [act["key"] for act in terms.acts]
    names = [act["name"] for act in terms.acts]
    if len(set(keys)) != len(keys) or not all(_ACT.fullmatch(key) for key in keys):
        raise ServiceRefused(ServiceReason.ACT_WRONG)
    if not all(0 < len(name) <= LONGEST_ACT and name.isprintable() for name in names):
        raise ServiceRefused(ServiceReason.ACT_WRONG)


def holds_public_keys(jwks: Mapping[str, Any]) -> bool:
    """Say whether this key set has keys, and all of them are public ones that we can use."""
    try:
        return 0 < len(public_keys(jwks)) == len(jwks["keys"])
    except BadKeySet:
        return False


def fields_of(terms: PortalTerms) -> dict[str, Any]:
    """Give the columns of a portal on these terms; the services stand apart."""
    return {
        "client_id": terms.client_id,
        "name": terms.name,
        "profile": terms.profile,
        "representation": terms.representation,
        "redirect_uris": list(terms.redirect_uris),
        "post_logout_redirect_uris": list(terms.post_logout_redirect_uris),
        "back_channel_logout_uri": terms.back_channel_logout_uri,
        "start_url": terms.start_url,
        "authentication": terms.authentication,
        "jwks": dict(terms.jwks),
        "jwks_uri": terms.jwks_uri,
        "certificate_subject": terms.certificate_subject,
        "token_binding": terms.token_binding,
        "refresh_tokens": terms.refresh_tokens,
        "id_token_encryption": terms.id_token_encryption,
        "userinfo_algorithm": terms.userinfo_algorithm,
        "userinfo_encryption": terms.userinfo_encryption,
        "organisations_themselves": terms.organisations_themselves,
        "acts": [dict(act) for act in terms.acts],
        "machine_scopes": list(terms.machine_scopes),
        "search_basis": terms.search_basis,
        "gives_reasons": terms.gives_reasons,
        "journals_decisions": terms.journals_decisions,
        "events_uri": terms.events_uri,
        "secret_digest": secret_digests(terms.secret)[0] if terms.secret else "",
        "id_token_algorithm": terms.id_token_algorithm,
        "sector": terms.sector,
        "receives_names": terms.receives_names,
        "bsn_legal_basis": terms.bsn_legal_basis,
        "claim_names": dict(terms.claim_names),
        "enforces_sensitive_actions": terms.enforces_sensitive_actions,
    }


def note(event: Event, portal: Portal, *, by: str, now: datetime, channel: Channel) -> None:
    """Write what an operator did with a portal."""
    write(
        event,
        at=now,
        channel=channel,
        portal=portal.id,
        details={"profile": portal.profile, "operator": by, "bsn": portal.may_receive_bsn},
    )
