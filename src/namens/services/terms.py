"""The terms of a portal as plain data: to keep beside a change, and to compare. No secret is in it."""

from collections.abc import Mapping
from typing import Any

from namens.services.models import Portal, Representation
from namens.services.profiles import Authentication, Binding, Profile

FIXED = ("client_id", "sector")
FIELDS = (
    "name",
    "services",
    "redirect_uris",
    "post_logout_redirect_uris",
    "start_url",
    "back_channel_logout_uri",
    "events_uri",
    "representation",
    "profile",
    "authentication",
    "jwks",
    "jwks_uri",
    "certificate_subject",
    "token_binding",
    "refresh_tokens",
    "id_token_algorithm",
    "id_token_encryption",
    "userinfo_algorithm",
    "userinfo_encryption",
    "claim_names",
    "receives_names",
    "bsn_legal_basis",
    "enforces_sensitive_actions",
    "organisations_themselves",
    "acts",
    "machine_scopes",
    "search_basis",
    "gives_reasons",
    "journals_decisions",
)
"""What can change of a portal, in the order in which people read it."""
Data = dict[str, Any]
_KINDS: Mapping[str, type[Profile | Authentication | Binding | Representation]] = {
    "profile": Profile,
    "authentication": Authentication,
    "token_binding": Binding,
    "representation": Representation,
}
_LISTS = ("services", "redirect_uris", "post_logout_redirect_uris", "acts", "machine_scopes")


def as_data(portal: Portal) -> Data:
    """Give what holds for this portal now. One statement, for its services."""
    held = {name: getattr(portal, name) for name in FIELDS if name != "services"}
    return plain({**held, "services": portal.services.values_list("key", flat=True)})


def plain(terms: Mapping[str, Any]) -> Data:
    """Give terms as JSON keeps them, always in the same order: what is equal is equal then."""
    found = {name: terms[name] for name in FIELDS}
    found |= {name: str(found[name]) for name in _KINDS}
    found |= {name: list(found[name]) for name in _LISTS} | {"services": sorted(set(found["services"]))}
    found["acts"] = [dict(act) for act in found["acts"]]
    return found | {name: dict(found[name]) for name in ("jwks", "claim_names")}


def keywords(data: Mapping[str, Any]) -> dict[str, Any]:
    """Give what `PortalTerms` takes of plain data, beside what never changes."""
    kinds = {name: kind(data[name]) for name, kind in _KINDS.items()}
    return {**data, **{name: tuple(data[name]) for name in _LISTS}, **kinds}


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Give the names of what differs, in the order in which people read it."""
    return [name for name in FIELDS if before.get(name) != after.get(name)]
