"""What `namens portal …` does: registering the sites where people use mandates."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from namens.grants.claims import FLAT_NAMES
from namens.lib import clock, env
from namens.lib.wrong_words import WrongWords
from namens.services import actions
from namens.services.actions import PortalTerms
from namens.services.models import Portal, Representation
from namens.services.profiles import RULES, Authentication, Binding, Profile


def add(chosen: argparse.Namespace) -> None:
    """Propose a portal."""
    portal = actions.propose_portal(terms=_terms(chosen), by=chosen.by, now=clock.now())
    print(f"portal {portal.client_id} proposed; another operator approves it")


def approve(chosen: argparse.Namespace) -> None:
    """Approve a portal."""
    portal = actions.approve_portal(client_id=chosen.client_id, by=chosen.by, now=clock.now())
    print(f"portal {portal.client_id} may be used from now on")


def show_all(_chosen: argparse.Namespace) -> None:
    """Show the portals."""
    for portal in Portal.objects.prefetch_related("services").order_by("client_id"):
        keys = ", ".join(service.key for service in portal.services.all())
        print(f"{portal.client_id:28} {portal.status:10} {portal.profile:7} {portal.name}: {keys}")


def _terms(chosen: argparse.Namespace) -> PortalTerms:
    profile = Profile(chosen.profile)
    authentication = _authentication(chosen.authentication, profile=profile)
    return PortalTerms(
        client_id=chosen.client_id,
        name=chosen.name,
        profile=profile,
        authentication=authentication,
        services=tuple(chosen.service),
        redirect_uris=tuple(chosen.redirect_uri),
        sector=chosen.sector,
        representation=Representation(chosen.representation),
        post_logout_redirect_uris=tuple(chosen.post_logout_redirect_uri),
        back_channel_logout_uri=chosen.back_channel_logout_uri,
        start_url=chosen.start_url,
        jwks=_key_set(Path(chosen.jwks)) if chosen.jwks else {},
        jwks_uri=chosen.jwks_uri,
        certificate_subject=chosen.certificate_subject,
        secret=_secret(chosen.secret_env) if chosen.secret_env else "",
        token_binding=_binding(chosen.binding, profile=profile, authentication=authentication),
        refresh_tokens=chosen.refresh,
        id_token_algorithm=chosen.algorithm or RULES[profile].algorithms[0],
        id_token_encryption=chosen.id_token_encryption,
        userinfo_algorithm=chosen.userinfo_algorithm,
        userinfo_encryption=chosen.userinfo_encryption,
        receives_names=chosen.names,
        bsn_legal_basis=chosen.bsn_basis,
        claim_names=_claim_names(chosen.claim),
        enforces_sensitive_actions=chosen.enforces_sensitive_actions,
        organisations_themselves=chosen.organisations_themselves,
        acts=_acts(chosen.act),
        machine_scopes=tuple(chosen.machine_scope),
        search_basis=chosen.search_basis,
    )


def _authentication(typed: str | None, *, profile: Profile) -> Authentication:
    """Give what was typed, else what most portals of this profile use."""
    methods = RULES[profile].methods
    usual = Authentication.PRIVATE_KEY if Authentication.PRIVATE_KEY in methods else Authentication.SECRET
    return Authentication(typed or usual)


def _binding(typed: str | None, *, profile: Profile, authentication: Authentication) -> Binding:
    """Give what was typed, else nothing where the profile allows that, else what the portal has already."""
    if typed or Binding.NONE in RULES[profile].bindings:
        return Binding(typed or Binding.NONE)
    return Binding.PROOF if authentication is Authentication.PRIVATE_KEY else Binding.CERTIFICATE


def _key_set(file: Path) -> dict[str, Any]:
    """Read a file with keys (RFC 7517, 5). Raises WrongWords; whether the keys will do is for the action to say."""
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
    secret = env.text(variable, default="")
    if not secret:
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
    pairs = [word.partition("=") for word in words]
    for word, (key, _, name) in zip(words, pairs, strict=True):
        if not key or not name.strip():
            raise WrongWords(f"--act: {word!r} must be KEY=NAME, for example change-income=Inkomen gewijzigd")
    return tuple({"key": key, "name": name.strip()} for key, _, name in pairs)
