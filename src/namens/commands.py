"""What the commands do, once the settings are loaded."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError

from namens import services, worker
from namens.grants.actions import make_keys
from namens.lib import clock, env
from namens.services import actions, catalogue
from namens.services.catalogue import BadCatalogue
from namens.services.models import CatalogueVersion, Portal, Profile, Representation
from namens.services.refusals import ServiceRefused

DEFAULT_CATALOGUE = Path(services.__file__).with_name("catalogue.yaml")


def run(chosen: argparse.Namespace) -> int:
    """Run the chosen command. A refusal is one line on standard error and status 1."""
    command = _COMMANDS[chosen.command, getattr(chosen, "verb", None)]
    try:
        command(chosen)
    except (ServiceRefused, BadCatalogue, CommandError, OSError, json.JSONDecodeError) as problem:
        print(f"namens: {problem}", file=sys.stderr)
        return 1
    return 0


def serve(chosen: argparse.Namespace) -> None:
    """Replace this process by granian, after the system checks."""
    check(chosen)
    port = chosen.port or env.number("NAMENS_PAGES_PORT", default=8000)
    program = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
    program += ["--host", chosen.address, "--port", str(port), "--workers", str(chosen.workers)]
    program += ["--blocking-threads", "4", "--log-level", "warning", "namens.wsgi:application"]
    os.execv(program[0], program)  # noqa: S606 - our own words only, and no shell


def work(chosen: argparse.Namespace) -> None:
    """Hand out outbox rows until stopped, or once."""
    worker.run(once=chosen.once)


def migrate(_chosen: argparse.Namespace) -> None:
    """Make or update the tables."""
    call_command("migrate", interactive=False, verbosity=1)


def check(_chosen: argparse.Namespace) -> None:
    """Raise when this deployment may not start."""
    try:
        call_command("check", verbosity=0)
    except SystemCheckError as problem:
        raise CommandError(f"this deployment may not start. {problem}") from None


def keys_make(_chosen: argparse.Namespace) -> None:
    """Make the signing keys that are missing."""
    for kid in make_keys(now=clock.now()):
        print(f"made key {kid}")


def catalogue_propose(chosen: argparse.Namespace) -> None:
    """Propose a version."""
    content = catalogue.load(Path(chosen.file) if chosen.file else DEFAULT_CATALOGUE)
    version = actions.propose_catalogue(content=content, by=chosen.by, now=clock.now())
    print(f"catalogue {version.number} proposed; another operator approves it")


def catalogue_approve(chosen: argparse.Namespace) -> None:
    """Approve a version."""
    actions.approve_catalogue(number=chosen.number, by=chosen.by, now=clock.now())
    print(f"catalogue {chosen.number} holds from now on")


def catalogue_list(_chosen: argparse.Namespace) -> None:
    """Show the versions, newest first."""
    for version in CatalogueVersion.objects.order_by("-number"):
        services_in = len(version.content.get("services", []))
        approved = f", approved by {version.approved_by}" if version.approved_by else ""
        print(f"{version.number:4}  {version.status:10} {services_in} services, by {version.proposed_by}{approved}")


def portal_add(chosen: argparse.Namespace) -> None:
    """Propose a portal."""
    portal = actions.propose_portal(terms=_terms(chosen), by=chosen.by, now=clock.now())
    print(f"portal {portal.client_id} proposed; another operator approves it")


def portal_approve(chosen: argparse.Namespace) -> None:
    """Approve a portal."""
    portal = actions.approve_portal(client_id=chosen.client_id, by=chosen.by, now=clock.now())
    print(f"portal {portal.client_id} may be used from now on")


def portal_list(_chosen: argparse.Namespace) -> None:
    """Show the portals."""
    for portal in Portal.objects.prefetch_related("services").order_by("client_id"):
        keys = ", ".join(service.key for service in portal.services.all())
        print(f"{portal.client_id:28} {portal.status:10} {portal.profile:7} {portal.name}: {keys}")


def _terms(chosen: argparse.Namespace) -> actions.PortalTerms:
    return actions.PortalTerms(
        client_id=chosen.client_id,
        name=chosen.name,
        profile=Profile(chosen.profile),
        services=tuple(chosen.service),
        redirect_uris=tuple(chosen.redirect_uri),
        sector=chosen.sector,
        representation=Representation(chosen.representation),
        post_logout_redirect_uris=tuple(chosen.post_logout_redirect_uri),
        back_channel_logout_uri=chosen.back_channel_logout_uri,
        jwks=json.loads(Path(chosen.jwks).read_text(encoding="utf-8")) if chosen.jwks else {},
        secret=env.text(chosen.secret_env) if chosen.secret_env else "",
        id_token_algorithm=chosen.algorithm,
        receives_names=chosen.names,
        bsn_legal_basis=chosen.bsn_basis,
        claim_names=dict(claim.split("=", 1) for claim in chosen.claim if "=" in claim),
        enforces_sensitive_actions=chosen.enforces_sensitive_actions,
    )


_COMMANDS: dict[tuple[str, str | None], Callable[[argparse.Namespace], None]] = {
    ("serve", None): serve,
    ("worker", None): work,
    ("migrate", None): migrate,
    ("check", None): check,
    ("keys", "make"): keys_make,
    ("catalogue", "propose"): catalogue_propose,
    ("catalogue", "approve"): catalogue_approve,
    ("catalogue", "list"): catalogue_list,
    ("portal", "add"): portal_add,
    ("portal", "approve"): portal_approve,
    ("portal", "list"): portal_list,
}
