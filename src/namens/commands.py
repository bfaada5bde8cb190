"""What the commands do, once the settings are loaded."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.core.validators import validate_email
from django.urls import reverse

from namens import event_commands, key_commands, organisation_commands, portal_commands, services, worker
from namens.decisions import program
from namens.exchange.webhook_refusals import WebhookRefused
from namens.helpdesk.queries import is_overdue, open_disputes
from namens.lib import clock, env
from namens.lib.wrong_words import WrongWords
from namens.mandates.cases import case_in_words, is_late, open_cases
from namens.organisations.refusals import OrganisationRefused
from namens.post import actions as post
from namens.post import queries as post_queries
from namens.services import actions, catalogue
from namens.services.catalogue import BadCatalogue
from namens.services.models import CatalogueVersion
from namens.services.refusals import ServiceRefused
from namens.signin.models import Role, Staff
from namens.signin.staff import accounts
from namens.signin.staff.refusals import StaffRefused

DEFAULT_CATALOGUE = Path(services.__file__).with_name("catalogue.yaml")


def run(chosen: argparse.Namespace) -> int:
    """Run the chosen command. What was refused (status 1) or typed wrongly (2) is told on standard error."""
    command = _COMMANDS[chosen.command, getattr(chosen, "verb", None)]
    try:
        command(chosen)
    except (
        ServiceRefused,
        StaffRefused,
        OrganisationRefused,
        WebhookRefused,
        BadCatalogue,
        CommandError,
        OSError,
        WrongWords,
    ) as problem:
        print(f"namens: {problem}", file=sys.stderr)
        return 2 if isinstance(problem, WrongWords) else 1
    return 0


def serve(chosen: argparse.Namespace) -> None:
    """Replace this process by granian, after the system checks."""
    check(chosen)
    kind = _DOORS[chosen.door]
    port = {
        "pages": env.number("NAMENS_PAGES_PORT", default=8000),
        "decisions": env.number("NAMENS_DECISIONS_PORT", default=8001),
    }[chosen.door]
    words = [sys.executable, "-m", "granian", "--no-ws", "--host", chosen.address, "--log-level", "warning"]
    words += ["--port", str(chosen.port or port), "--workers", str(chosen.workers)]
    os.execv(words[0], [*words, *kind])  # noqa: S606 - our own words only, and no shell


def work(chosen: argparse.Namespace) -> None:
    """Hand out outbox rows until stopped, or once."""
    worker.run(once=chosen.once)


def migrate(_chosen: argparse.Namespace) -> None:
    """Make or update the tables."""
    call_command("migrate", interactive=False, verbosity=1)
    call_command("createcachetable", verbosity=0)


def check(_chosen: argparse.Namespace) -> None:
    """Raise when this deployment may not start."""
    try:
        call_command("check", verbosity=0)
    except SystemCheckError as problem:
        raise CommandError(f"this deployment may not start. {problem}") from None


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


def letters_show(_chosen: argparse.Namespace) -> None:
    """Say how the post stands. Raises CommandError when letters are late: a timer can watch for that."""
    found = post_queries.state(today=clock.today())
    print(f"to be made {found.to_make}, at the printer's door {found.to_print}, late {found.late}")
    print(f"came back {found.returned}, nowhere to send {found.nowhere_to_send}, refused {found.refused}")
    if found.late:
        raise CommandError(f"letters that are later than was promised: {found.late}. The log of the worker says why")


def letters_returned(chosen: argparse.Namespace) -> None:
    """Keep that letters came back, by the reference on them."""
    unknown = [reference for reference in chosen.reference if not post.returned(reference, now=clock.now())]
    print(f"{len(chosen.reference) - len(unknown)} letters came back")
    if unknown:
        raise WrongWords(f"no letter that left has this reference: {', '.join(unknown)}")


def reports_list(_chosen: argparse.Namespace) -> None:
    """List what waits for the helpdesk, ids only. Raises CommandError when the working day for one of them is over."""
    today, cases, disputes = clock.today(), open_cases(), open_disputes()
    late = [case for case in cases if is_late(case, today=today)]
    overdue = [dispute for dispute in disputes if is_overdue(dispute, today=today)]
    for case in cases:
        number = case_in_words(case.case_number) if case.case_number else "-"
        standing = "late" if case in late else "waits"
        print(f"{number:14} {clock.day_of(case.opened_at)} {standing:6} {case.kind:15} mandate {case.mandate_id}")
    for dispute in disputes:
        number, standing = case_in_words(dispute.case_number), "late" if dispute in overdue else "waits"
        print(f"{number:14} {clock.day_of(dispute.opened_at)} {standing:6} {dispute.kind:15} line {dispute.entry}")
    if late or overdue:
        raise CommandError(f"reports that wait longer than one working day: {len(late) + len(overdue)}")


def staff_invite(chosen: argparse.Namespace) -> None:
    """Invite somebody; the link is for that person only."""
    try:
        validate_email(chosen.email)
    except ValidationError:
        raise WrongWords("--email: this is not an e-mail address") from None
    invited = accounts.invite(
        name=chosen.name, email=chosen.email, role=Role(chosen.role), by=chosen.by, now=clock.now()
    )
    print(f"{settings.BASE_URL}{reverse('staff-arrive', args=[invited.token])}")


def staff_end(chosen: argparse.Namespace) -> None:
    """End an account."""
    staff = accounts.end(email=chosen.email, by=chosen.by, now=clock.now())
    print(f"the account of {staff.name} has ended")


def staff_list(_chosen: argparse.Namespace) -> None:
    """Show the accounts, running ones first."""
    for staff in Staff.objects.order_by("-is_active", "name"):
        standing = "runs" if staff.is_active else f"ended {staff.ended_at:%Y-%m-%d}"
        begun = "" if staff.has_usable_password() else ", invited, has not begun"
        print(f"{staff.email:32} {staff.role:15} {standing}{begun}: {staff.name}")


# How granian runs each door.
_DOORS = {
    "pages": ["--interface", "wsgi", "--blocking-threads", "4", "namens.wsgi:application"],
    "decisions": list(program.FLAGS),
}

_COMMANDS: dict[tuple[str, str | None], Callable[[argparse.Namespace], None]] = {
    ("serve", None): serve,
    ("worker", None): work,
    ("migrate", None): migrate,
    ("check", None): check,
    ("keys", "make"): key_commands.make,
    ("keys", "list"): key_commands.show,
    ("keys", "rotate"): key_commands.rotate,
    ("catalogue", "propose"): catalogue_propose,
    ("catalogue", "approve"): catalogue_approve,
    ("catalogue", "list"): catalogue_list,
    ("letters", "show"): letters_show,
    ("letters", "returned"): letters_returned,
    ("organisations", "list"): organisation_commands.show,
    ("organisations", "admit"): organisation_commands.admit,
    ("organisations", "invite"): organisation_commands.invite,
    ("organisations", "block"): organisation_commands.block,
    ("organisations", "unblock"): organisation_commands.unblock,
    ("reports", None): reports_list,
    ("portal", "add"): portal_commands.add,
    ("portal", "approve"): portal_commands.approve,
    ("portal", "change"): portal_commands.change,
    ("portal", "refuse"): portal_commands.refuse,
    ("portal", "withdraw"): portal_commands.withdraw,
    ("portal", "show"): portal_commands.show,
    ("portal", "list"): portal_commands.show_all,
    ("portal", "events"): event_commands.show,
    ("portal", "webhook-secret"): portal_commands.webhook_secret,
    ("portal", "try-webhook"): portal_commands.try_webhook,
    ("staff", "invite"): staff_invite,
    ("staff", "end"): staff_end,
    ("staff", "list"): staff_list,
}
