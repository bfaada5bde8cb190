"""What each claim says, where its norm stands, and why a portal does not get what it does not get."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from namens.grants.claims import FLAT_NAMES, LAST_DAY, LEFT_OUT, MANDATE, SERVICES
from namens.grants.claims_asked import ID_TOKEN, USERINFO
from namens.grants.encryption import encryption_of
from namens.grants.examples import Case
from namens.services.models import Portal

_CORE, _JWT, _NLGOV = "OpenID Connect Core", "RFC 7519", "NL GOV OIDC"
CLAIMS: Mapping[str, tuple[str, str]] = {
    "iss": (gettext_noop("Who says this: our issuer. The portal compares it, sign by sign."), f"{_CORE} 2"),
    "aud": (gettext_noop("For whom this is: the client id of the portal. Any other must refuse it."), f"{_CORE} 2"),
    "sub": (
        gettext_noop("Who is at the keyboard, by an id that only this sector knows. It never changes."),
        f"{_CORE} 8.1",
    ),
    "exp": (
        gettext_noop("Until when the portal may take this token in: five minutes. This is not how long a login lasts."),
        f"{_CORE} 2",
    ),
    "iat": (gettext_noop("When this token was made."), f"{_CORE} 2"),
    "nbf": (gettext_noop("From when it counts: the same moment."), f"{_JWT} 4.1.5"),
    "jti": (gettext_noop("The number of this token."), f"{_JWT} 4.1.7"),
    "sid": (gettext_noop("The number of this login. A logout message names it."), "Back-Channel Logout 2.1"),
    "nonce": (gettext_noop("What the portal sent with its question. The portal compares it."), f"{_CORE} 2"),
    "auth_time": (gettext_noop("When the person logged in. That is always after the question."), f"{_CORE} 2"),
    "acr": (gettext_noop("How sure the login is. It is never lower than the portal asked."), f"{_NLGOV} 5.2.3"),
    "name": (
        gettext_noop("The name of who is at the keyboard, as the register or the organisation gave it."),
        f"{_CORE} 5.1",
    ),
    "sub_id_type": (gettext_noop("What kind of id sub is: a pseudonym of our own."), f"{_NLGOV} 5.2.2"),
    "alt_sub": (
        gettext_noop("By what else this party is known: a BSN, only in an encrypted token, and when asked for."),
        f"{_NLGOV} 5.2.2",
    ),
    "represents": (
        gettext_noop(
            "For whom somebody comes. The deepest one is whom the service is for; an organisation stands between."
        ),
        f"{_NLGOV} 5.2.4",
    ),
    MANDATE: (gettext_noop("The mandate on which this rests. Quote it when somebody asks."), "Namens 1.0"),
    SERVICES: (gettext_noop("The services that may be used. The portal refuses all others."), "Namens 1.0"),
    LAST_DAY: (gettext_noop("The last day of the mandate, that day included."), "Namens 1.0"),
    LEFT_OUT: (gettext_noop("What the helper may not do. The portal refuses these actions."), "Namens 1.0"),
}
FLAT: Mapping[str, str] = {
    "bsn": gettext_noop("The BSN of who comes for themselves."),
    "representee": gettext_noop("The BSN of the client."),
    "representative": gettext_noop("The BSN of the helper."),
    "service": gettext_noop("The id of the first service."),
    "level": gettext_noop("How sure the login is, as DigiD or eHerkenning write it."),
    "qualifier": gettext_noop("What kind of number names the organisation: a KvK number."),
    "organisation": gettext_noop("The KvK number of the organisation."),
    "member": gettext_noop("The member, by an id that only this sector knows."),
    "establishment": gettext_noop("The establishment where the member works."),
    "client": gettext_noop("The BSN of the client."),
    "service-key": gettext_noop("The key of the first service."),
    "service-uuid": gettext_noop("The id of the first service."),
}
_DIGID = "DigiD Machtigen, eHerkenning"


@dataclass(frozen=True)
class Told:
    """One claim: its name, its value as JSON, what it says, and its norm."""

    name: str
    value: str
    sentence: str
    norm: str


def told_of(claims: Mapping[str, Any], *, portal: Portal) -> list[Told]:
    """Explain each claim, those of people first."""
    flat = {name: key for key, name in {**FLAT_NAMES, **portal.claim_names}.items() if name}
    found = [Told(name, _written(value), *_explained(name, flat)) for name, value in claims.items()]
    return sorted(found, key=lambda told: told.name in _DATES)


def not_sent(case: Case, *, portal: Portal) -> list[tuple[str, str]]:
    """Give what this portal does not get, and why."""
    found = []
    if not portal.may_receive_bsn:
        found.append((_("BSN"), _("Not sent: no law is registered by which this portal gets BSNs.")))
    elif not portal.rules.flat_claims:
        where = [name for name, place in _PLACES.items() if not encryption_of(portal, place=place)]
        found += [(_("BSN in %(place)s") % {"place": name}, _("Not sent: that is not encrypted.")) for name in where]
        found.append((_("BSN without a wish"), _("Not sent: the portal asks for it by name (claims).")))
    if not portal.receives_names:
        found.append((_("Names"), _("Not sent: this portal is not registered to get names.")))
    if case is Case.ONESELF:
        found.append(("represents", _("Not sent: this person comes for themselves.")))
    if not portal.rules.flat_claims:
        found.append((_("Claims of DigiD and eHerkenning"), _("Not sent: only compat portals read those.")))
    found.append(("amr", _("Never sent: how somebody logged in is between them and DigiD or eHerkenning.")))
    return found


_PLACES = {"ID token": ID_TOKEN, "UserInfo": USERINFO}
_DATES = frozenset({"exp", "iat", "nbf", "jti", "nonce", "auth_time"})


def _explained(name: str, flat: Mapping[str, str]) -> tuple[str, str]:
    if name in CLAIMS:
        sentence, norm = CLAIMS[name]
        return _(sentence), norm
    if name in flat:
        return _(FLAT[flat[name]]), _DIGID
    return _("This portal asked for it."), f"{_CORE} 5.5"


def _written(value: Any) -> str:  # noqa: ANN401 - JSON
    return json.dumps(value, indent=2, ensure_ascii=False)
