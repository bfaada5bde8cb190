"""Filling the form of a portal: from what holds, from what was sent, and what a refusal says at which question."""

import secrets
from typing import Any, TypeVar

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy

from namens.pages.portals.fields import LONGEST_TEXT
from namens.pages.portals.forms import ANSWERS, GROUPS, NOTHING, SWITCHES, PortalForm
from namens.pages.portals.writing import written
from namens.pages.sentences import sentence_for
from namens.services.models import Portal
from namens.services.profiles import Authentication, Profile
from namens.services.refusals import ServiceReason, ServiceRefused
from namens.services.terms import as_data

SECRET_BYTES = 32
USUAL: dict[str, Any] = {
    "profile": Profile.NLGOV.value,
    "authentication": Authentication.PRIVATE_KEY.value,
    "representation": "both",
    "token_binding": "none",
    "id_token_algorithm": "RS256",
    "id_token_encryption": NOTHING,
    "userinfo_algorithm": NOTHING,
    "userinfo_encryption": NOTHING,
    "answers": ["gives_reasons"],
}
_AT = {
    ServiceReason.UNKNOWN_SERVICE: "services",
    ServiceReason.CLIENT_ID_TAKEN: "client_id",
    ServiceReason.REDIRECT_URI_WRONG: "redirect_uris",
    ServiceReason.PLAIN_BSN_NEEDS_COMPAT: "id_token_encryption",
    ServiceReason.ACT_WRONG: "acts",
    ServiceReason.MACHINE_SCOPE_WRONG: "machine_scopes",
}
# By how the detail of a refusal begins: the question, and what to do there.
_BY_DETAIL = {
    "method": (
        "authentication",
        gettext_lazy("This profile does not allow this. Choose another way, or another profile."),
    ),
    "a secret": ("new_secret", gettext_lazy("This portal has no shared secret yet. Tick this, and we make one.")),
    "a key set": (
        "jwks",
        gettext_lazy("Give the public keys in one way: paste them, choose a file, or give the address."),
    ),
    "the subject": (
        "certificate_subject",
        gettext_lazy("Fill this in for a certificate of an authority. In all other cases leave it empty."),
    ),
    "algorithm": (
        "id_token_algorithm",
        gettext_lazy("This profile does not sign so. FAPI: PS256 or ES256. Compat: RS256."),
    ),
    "binding": ("token_binding", gettext_lazy("This profile does not allow this. FAPI binds, compat does not.")),
    "encryption": ("id_token_encryption", gettext_lazy("Compat encrypts nothing. Choose: not encrypted.")),
    "the key set has no key": (
        "jwks",
        gettext_lazy("The key set has no key for the encryption that you chose. Ask the portal for one (use: enc)."),
    ),
    "events": (
        "events_uri",
        gettext_lazy("It must be allowed to report acts. Tick that further on, or leave this empty."),
    ),
}
_TOLD_BY_DETAIL = frozenset({ServiceReason.CREDENTIAL_WRONG, ServiceReason.MACHINE_SCOPE_WRONG})
SomeForm = TypeVar("SomeForm", bound=PortalForm)


def form_of(request: HttpRequest, kind: type[SomeForm], *, initial: dict[str, Any]) -> SomeForm:
    """Give the form: as it was sent, or filled in beforehand. A file with keys counts as if it was pasted.

    So a file is not lost when something else is wrong.
    """
    if request.method != "POST":
        return kind(initial=initial)
    sent: QueryDict = request.POST.copy()
    file = request.FILES.get("jwks_file")
    if file is not None and file.size:
        sent["jwks"] = file.read(LONGEST_TEXT + 1).decode("utf-8", errors="replace")
    return kind(sent)


def held_by(portal: Portal) -> dict[str, Any]:
    """Give what holds for a portal, as the form shows it."""
    data = as_data(portal)
    ticked = {"switches": SWITCHES, "answers": ANSWERS}
    found = {name: written(name, value) for name, value in data.items() if not isinstance(value, bool)}
    for name in ("id_token_encryption", "userinfo_algorithm", "userinfo_encryption"):
        found[name] = found[name] or NOTHING
    return found | {field: [name for name in names if data[name]] for field, names in ticked.items()}


def groups_of(form: PortalForm) -> list[dict[str, object]]:
    """Give the headings with those questions that this form has."""
    return [
        {"heading": heading, "fields": [form[name] for name in names if name in form.fields]}
        for heading, names in GROUPS
    ]


def new_secret() -> str:
    """Give a secret that nobody can guess: 256 bits."""
    return secrets.token_urlsafe(SECRET_BYTES)


def say(form: PortalForm, refused: ServiceRefused) -> None:
    """Say at the question what is wrong, and what to do."""
    field, sentence = _AT.get(refused.reason), sentence_for(refused.reason)
    if refused.reason is ServiceReason.TERM_WRONG:
        field = refused.detail
    if refused.reason in _TOLD_BY_DETAIL:
        fits = [start for start in _BY_DETAIL if refused.detail.startswith(start)]
        if fits:
            field, told = _BY_DETAIL[max(fits, key=len)]
            sentence = str(told)
    form.add_error(field if field in form.fields else None, sentence)
