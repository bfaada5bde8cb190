"""What a portal is registered with, in words that an operator reads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from namens.pages.rows import Row
from namens.services.actions.portal_changes import SECRET
from namens.services.models import Representation, Service, Status
from namens.services.profiles import Authentication, Binding, Profile
from namens.services.terms import FIELDS
from namens.services.thumbprints import thumbprint

STANDINGS = {
    Status.PROPOSED: gettext_noop("Waits for a second operator"),
    Status.APPROVED: gettext_noop("In use"),
    Status.WITHDRAWN: gettext_noop("Stopped"),
}
TONES = {Status.PROPOSED: "warning", Status.APPROVED: "positive", Status.WITHDRAWN: "negative"}
PROFILES = {
    Profile.NLGOV: gettext_noop("NL GOV: the Dutch standard for new portals. It proves itself with keys."),
    Profile.FAPI: gettext_noop(
        "FAPI 2.0: the strictest. Questions are pushed first, and a stolen token is worth nothing."
    ),
    Profile.COMPAT: gettext_noop(
        "Compat: for portals that can do no more. It has a shared secret, and gets a BSN unencrypted."
    ),
}
METHODS = {
    Authentication.PRIVATE_KEY: gettext_noop("With a signed statement (private_key_jwt)"),
    Authentication.AUTHORITY_CERTIFICATE: gettext_noop("With a certificate of an authority (tls_client_auth)"),
    Authentication.OWN_CERTIFICATE: gettext_noop("With a certificate of its own (self_signed_tls_client_auth)"),
    Authentication.SECRET: gettext_noop("With a shared secret (client_secret)"),
}
BINDINGS = {
    Binding.NONE: gettext_noop("To nothing: who has the token can use it (bearer)"),
    Binding.PROOF: gettext_noop("To a key of the portal (DPoP)"),
    Binding.CERTIFICATE: gettext_noop("To the certificate of the portal (mTLS)"),
}
REPRESENTATIONS = {
    Representation.BOTH: gettext_noop("For themselves and for others"),
    Representation.SELF: gettext_noop("For themselves only"),
    Representation.OTHERS: gettext_noop("For others only"),
}
LABELS = {
    "name": gettext_noop("Name that people read"),
    "services": gettext_noop("Services"),
    "redirect_uris": gettext_noop("Addresses after login"),
    "post_logout_redirect_uris": gettext_noop("Addresses after logout"),
    "start_url": gettext_noop("Where a login begins"),
    "back_channel_logout_uri": gettext_noop("Where it hears that a login is over"),
    "events_uri": gettext_noop("Where it hears what changes of mandates"),
    "representation": gettext_noop("For whom people come"),
    "profile": gettext_noop("Profile"),
    "authentication": gettext_noop("How it proves who it is"),
    "jwks": gettext_noop("Public keys"),
    "jwks_uri": gettext_noop("Where its public keys stand"),
    "certificate_subject": gettext_noop("Subject of its certificate"),
    "token_binding": gettext_noop("Access tokens are bound"),
    "refresh_tokens": gettext_noop("Refresh tokens"),
    "id_token_algorithm": gettext_noop("ID token is signed with"),
    "id_token_encryption": gettext_noop("ID token is encrypted with"),
    "userinfo_algorithm": gettext_noop("UserInfo is signed with"),
    "userinfo_encryption": gettext_noop("UserInfo is encrypted with"),
    "claim_names": gettext_noop("Other names of claims"),
    "receives_names": gettext_noop("Gets names of people"),
    "bsn_legal_basis": gettext_noop("Gets BSNs, by law"),
    "enforces_sensitive_actions": gettext_noop("Refuses sensitive actions that were left out"),
    "organisations_themselves": gettext_noop("Organisations can come for themselves"),
    "acts": gettext_noop("Acts that it may report"),
    "machine_scopes": gettext_noop("What its machines may ask"),
    "search_basis": gettext_noop("May search mandates, by law"),
    "gives_reasons": gettext_noop("Its machines hear why a decision is no"),
    "journals_decisions": gettext_noop("Every decision is written in the journal"),
    SECRET: gettext_noop("Shared secret"),
}
_CRYPTOGRAPHY = frozenset({"id_token_encryption", "userinfo_algorithm", "userinfo_encryption"})
SENSITIVE = frozenset(
    {"profile", "bsn_legal_basis", "search_basis", "redirect_uris", "jwks", "jwks_uri", SECRET}
    | {"gives_reasons", "journals_decisions", "events_uri"}
)
"""What a second operator has to look at twice when it changes."""


@dataclass(frozen=True)
class Compared:
    """One term of a change: how it is, how it will be, and whether it asks for a second look."""

    label: str
    old: list[str]
    new: list[str]
    is_sensitive: bool


def rows_of(terms: Mapping[str, Any]) -> list[Row]:
    """Give all terms in words. One statement, for the names of the services."""
    names = _service_names(terms["services"])
    return [Row(_(LABELS[name]), _said(name, terms[name], names)) for name in FIELDS]


def compared(before: Mapping[str, Any], after: Mapping[str, Any], *, what: Sequence[str]) -> list[Compared]:
    """Give what changes, old beside new. A secret is never shown, only that it is another."""
    names = _service_names([*before["services"], *after["services"]])
    found = [
        Compared(_(LABELS[name]), _said(name, before[name], names), _said(name, after[name], names), name in SENSITIVE)
        for name in what
        if name != SECRET
    ]
    if SECRET in what:
        found.append(Compared(_(LABELS[SECRET]), [_("As it is")], [_("A new one")], is_sensitive=True))
    return found


def warnings_of(terms: Mapping[str, Any]) -> list[str]:
    """Give what an operator has to look at twice before a portal gets these terms."""
    found = []
    if terms["profile"] == Profile.COMPAT:
        found.append(_("Compat: a shared secret, and rules that NL GOV forbids. Can this portal really not do better?"))
    if terms["bsn_legal_basis"]:
        found.append(_("It gets BSNs. Does this law give this task: %(law)s?") % {"law": terms["bsn_legal_basis"]})
    if terms["search_basis"]:
        found.append(
            _("It may search whom mandates are about. Does this law allow it: %(law)s?")
            % {"law": terms["search_basis"]}
        )
    # A change from before there was this term does not have it.
    if terms.get("journals_decisions"):
        found.append(_("Every decision that it asks is written in the journal. Does its task need that?"))
    if terms.get("events_uri"):
        found.append(
            _("What changes of mandates is told at %(address)s. Is that a machine of this portal?")
            % {"address": terms["events_uri"]}
        )
    return found


def _service_names(keys: Sequence[str]) -> dict[str, str]:
    return dict(Service.objects.filter(key__in=set(keys)).values_list("key", "name"))


def _said(name: str, value: Any, services: Mapping[str, str]) -> list[str]:  # noqa: ANN401 - any term
    if isinstance(value, bool):
        return [_("Yes") if value else _("No")]
    if name == "services":
        return [f"{services.get(key, key)} ({key})" for key in value]
    if name in _IN_WORDS:
        return _IN_WORDS[name](value) or [_("None")]
    if name in _CRYPTOGRAPHY:
        return [value or _("With nothing")]
    said = value if isinstance(value, list) else [value]
    return [str(one) for one in said if one] or [_("None")]


def _key_lines(jwks: Mapping[str, Any]) -> list[str]:
    return [
        _("%(kind)s key %(kid)s, thumbprint %(thumbprint)s")
        % {"kind": key.get("kty", "?"), "kid": key.get("kid", "-"), "thumbprint": thumbprint(key) or "?"}
        for key in jwks.get("keys", [])
    ]


_IN_WORDS: Mapping[str, Callable[[Any], list[str]]] = {
    "profile": lambda value: [_(PROFILES[Profile(value)])],
    "authentication": lambda value: [_(METHODS[Authentication(value)])],
    "token_binding": lambda value: [_(BINDINGS[Binding(value)])],
    "representation": lambda value: [_(REPRESENTATIONS[Representation(value)])],
    "jwks": _key_lines,
    "acts": lambda value: [f"{act['key']}: {act['name']}" for act in value],
    "claim_names": lambda value: [f"{key}: {name or _('left out')}" for key, name in value.items()],
}
