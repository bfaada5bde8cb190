"""What was typed at `namens portal add` and `change`, as terms of a portal."""

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from namens.grants.claims import FLAT_NAMES
from namens.lib import env
from namens.lib.wrong_words import WrongWords
from namens.services.actions import PortalTerms
from namens.services.models import Representation
from namens.services.profiles import RULES, Authentication, Binding, Profile

Read = Callable[[Any], Any]


def typed_terms(chosen: argparse.Namespace) -> PortalTerms:
    """Give the terms of a new portal. Raises WrongWords; whether they can be is for the action to say."""
    said = typed(chosen)
    profile = said["profile"]
    said["authentication"] = said["authentication"] or _usual_authentication(profile)
    said["token_binding"] = said["token_binding"] or _usual_binding(profile, said["authentication"])
    said["id_token_algorithm"] = said["id_token_algorithm"] or RULES[profile].algorithms[0]
    return PortalTerms(client_id=chosen.client_id, sector=chosen.sector, **said)


def typed(chosen: argparse.Namespace) -> dict[str, Any]:
    """Give what was said of a portal, by the name of the term. Raises WrongWords."""
    flags = vars(chosen)
    found = {term: read(flags[flag]) for flag, (term, read) in _FLAGS.items() if flag in flags}
    # Keys stand in one place: who names the one leaves the other.
    if found.get("jwks_uri") and "jwks" not in flags:
        found["jwks"] = {}
    if found.get("jwks") and "jwks_uri" not in flags:
        found["jwks_uri"] = ""
    return found


def _usual_authentication(profile: Profile) -> Authentication:
    usual = (Authentication.PRIVATE_KEY, Authentication.SECRET)
    return next(method for method in usual if method in RULES[profile].methods)


def _usual_binding(profile: Profile, authentication: Authentication) -> Binding:
    """Give nothing where the profile allows that, else what the portal has already: its certificate, or its key."""
    if Binding.NONE in RULES[profile].bindings:
        return Binding.NONE
    return Binding.PROOF if authentication is Authentication.PRIVATE_KEY else Binding.CERTIFICATE


def _perhaps(kind: Callable[[str], Any]) -> Read:
    return lambda text: kind(text) if text else None


def _words(texts: Sequence[str]) -> tuple[str, ...]:
    """Give those that say something: an empty word empties a list."""
    return tuple(text for text in texts if text)


def _key_set(name: str) -> dict[str, Any]:
    """Read a file with keys (RFC 7517, 5). Raises WrongWords; whether the keys will do is for the action to say."""
    if not name:
        return {}
    file = Path(name)
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except OSError as problem:
        raise WrongWords(f"--jwks: {file} cannot be read: {problem.strerror}") from None
    except ValueError:
        raise WrongWords(f"--jwks: {file} is not JSON") from None
    if not isinstance(content, dict) or not content.get("keys"):
        raise WrongWords(f'--jwks: {file} holds no key set; it looks like {{"keys": [...]}}')
    return content


def _secret(variable: str) -> str:
    secret = env.text(variable, default="") if variable else ""
    if variable and not secret:
        raise WrongWords(f"--secret-env: the environment variable {variable} is not set")
    return secret


def _claim_names(words: Sequence[str]) -> dict[str, str]:
    """Read KEY=NAME; an empty name leaves the claim out. Raises WrongWords."""
    pairs = [word.partition("=") for word in words]
    for key, equals, _ in pairs:
        if not equals or key not in FLAT_NAMES:
            raise WrongWords(f"--claim: {key!r} must be KEY=NAME, where KEY is one of {', '.join(FLAT_NAMES)}")
    return {key: name for key, _, name in pairs}


def _acts(words: Sequence[str]) -> tuple[dict[str, str], ...]:
    """Read KEY=NAME. Raises WrongWords; whether the keys will do is for the action to say."""
    pairs = [(word, word.partition("=")) for word in _words(words)]
    for word, (key, _, name) in pairs:
        if not key or not name.strip():
            raise WrongWords(f"--act: {word!r} must be KEY=NAME, for example change-income=Inkomen gewijzigd")
    return tuple({"key": key, "name": name.strip()} for _, (key, _, name) in pairs)


_FLAGS: Mapping[str, tuple[str, Read]] = {
    "name": ("name", str),
    "service": ("services", tuple),
    "redirect_uri": ("redirect_uris", tuple),
    "post_logout_redirect_uri": ("post_logout_redirect_uris", _words),
    "start_url": ("start_url", str),
    "back_channel_logout_uri": ("back_channel_logout_uri", str),
    "representation": ("representation", Representation),
    "profile": ("profile", Profile),
    "authentication": ("authentication", _perhaps(Authentication)),
    "jwks": ("jwks", _key_set),
    "jwks_uri": ("jwks_uri", str),
    "certificate_subject": ("certificate_subject", str),
    "secret_env": ("secret", _secret),
    "binding": ("token_binding", _perhaps(Binding)),
    "refresh": ("refresh_tokens", bool),
    "algorithm": ("id_token_algorithm", str),
    "id_token_encryption": ("id_token_encryption", str),
    "userinfo_algorithm": ("userinfo_algorithm", str),
    "userinfo_encryption": ("userinfo_encryption", str),
    "claim": ("claim_names", _claim_names),
    "names": ("receives_names", bool),
    "bsn_basis": ("bsn_legal_basis", str),
    "enforces_sensitive_actions": ("enforces_sensitive_actions", bool),
    "organisations_themselves": ("organisations_themselves", bool),
    "act": ("acts", _acts),
    "machine_scope": ("machine_scopes", _words),
    "search_basis": ("search_basis", str),
    "gives_reasons": ("gives_reasons", bool),
    "journals_decisions": ("journals_decisions", bool),
    "events_uri": ("events_uri", str),
}
"""By flag: the term, and how it is read."""
