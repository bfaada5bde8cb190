"""The command `namens`: serve, worker, migrate, letters, portal, organisations, staff and others; see `--help`."""

import argparse
import os
import sys
from collections.abc import Sequence

from namens import portal_flags
from namens.lib import env


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Gives the exit status: 0 done, 1 refused, 2 wrong words or settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "namens.settings")
    chosen = _parser().parse_args(arguments)
    try:
        return _run(chosen)
    except (env.MissingVariable, env.WrongVariable) as problem:
        print(f"namens: {problem}", file=sys.stderr)
        return 2


def _run(chosen: argparse.Namespace) -> int:
    import django  # noqa: PLC0415 - settings are read on import; a missing one is told in words

    django.setup()
    from namens import commands  # noqa: PLC0415 - needs the settings

    return commands.run(chosen)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="namens", description="Let somebody else act for you, safely.")
    verbs = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    serve = verbs.add_parser("serve", help="answer people and portals")
    serve.add_argument("door", choices=["pages", "decisions"], help="pages (and logins), or decisions")
    serve.add_argument(
        "--port", type=int, help="default: NAMENS_PAGES_PORT, else 8000; NAMENS_DECISIONS_PORT, else 8001"
    )
    serve.add_argument("--address", default="127.0.0.1", help="IP address; default: 127.0.0.1")
    serve.add_argument("--workers", type=int, default=1, help="processes; default: 1")
    worker = verbs.add_parser("worker", help="hand what must leave the house to its room, until stopped")
    worker.add_argument("--once", action="store_true", help="do what is due now, then stop")
    verbs.add_parser("migrate", help="make or update the tables")
    verbs.add_parser("check", help="say whether this deployment may start")
    _add_keys(verbs.add_parser("keys", help="signing keys for portals"))
    _add_letters(verbs.add_parser("letters", help="letters that wait, are late or came back"))
    verbs.add_parser("reports", help="list mandates that were reported as wrong; status 1 when one waits too long")
    _add_catalogue(verbs.add_parser("catalogue", help="services that can be mandated"))
    portal_flags.add_to(verbs.add_parser("portal", help="sites where people use mandates"))
    _add_organisations(verbs.add_parser("organisations", help="organisations whose people help clients"))
    _add_staff(verbs.add_parser("staff", help="accounts of who works here"))
    return parser


def _add_keys(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("make", help="make the keys that are missing")
    verbs.add_parser("list", help="show the keys; status 1 when one signs for longer than a year")
    rotate = verbs.add_parser("rotate", help="make the next keys: published now, they sign in 8 days")
    rotate.add_argument(
        "--algorithm", choices=["RS256", "PS256", "ES256"], help="only the key of this one; default: all"
    )
    rotate.add_argument(
        "--emergency", action="store_true", help="withdraw the present keys at once; what they signed counts no more"
    )


def _add_letters(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("show", help="say how the post stands; status 1 when letters are late")
    returned = verbs.add_parser("returned", help="keep that letters came back undelivered")
    returned.add_argument("reference", nargs="+", help="the reference on the letter, for example K7M-3PQ-9XR")


def _add_organisations(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("list", help="show the organisations, with how many people they have")
    admit = verbs.add_parser("admit", help="let an organisation in; prints the link for its first manager")
    admit.add_argument("kvk", metavar="KVK", help="its number in the trade register")
    admit.add_argument("name", help="the name that clients read")
    admit.add_argument(
        "--bsn-basis", default="", metavar="LAW", help="by which it may process BSNs; default: it may not"
    )
    invite = verbs.add_parser("invite", help="invite one more manager, or give one a new link; prints the link")
    invite.add_argument("kvk", metavar="KVK")
    block = verbs.add_parser("block", help="stop an organisation, or one member of it, at once")
    block.add_argument("--reason", required=True, help="operators read it; no name of a client")
    unblock = verbs.add_parser("unblock", help="propose to undo that; a second operator agrees with the same command")
    for parts in (admit, invite):
        parts.add_argument("--given-name", required=True, help="of the manager")
        parts.add_argument("--family-name", required=True, help="of the manager")
        parts.add_argument("--email", required=True, help="of the manager; the link goes there too")
    for parts in (block, unblock):
        parts.add_argument("kvk", metavar="KVK")
        parts.add_argument("--member", default="", metavar="EMAIL", help="only this member; default: everybody")
    for parts in (admit, invite, block, unblock):
        parts.add_argument("--by", required=True, metavar="OPERATOR", help="e-mail address of an operator account")


def _add_staff(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True)
    add = verbs.add_parser("invite", help="give somebody an account, or a new way into it; prints a link for 7 days")
    add.add_argument("name", help="the name that colleagues read")
    add.add_argument("--email", required=True, help="by which this person logs in")
    add.add_argument("--role", required=True, choices=["helpdesk_agent", "operator", "auditor"])
    add.add_argument("--by", required=True, metavar="OPERATOR", help="who invites")
    end = verbs.add_parser("end", help="end an account, from the next request on")
    end.add_argument("email")
    end.add_argument("--by", required=True, metavar="OPERATOR", help="who ends it")
    verbs.add_parser("list", help="show the accounts")


def _add_catalogue(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True)
    propose = verbs.add_parser("propose", help="propose a new version from a YAML file")
    propose.add_argument("file", nargs="?", help="default: the practice catalogue that comes with Namens")
    propose.add_argument("--by", required=True, metavar="OPERATOR", help="who proposes")
    approve = verbs.add_parser("approve", help="let a proposed version hold; by another operator")
    approve.add_argument("number", type=int)
    approve.add_argument("--by", required=True, metavar="OPERATOR", help="who approves")
    verbs.add_parser("list", help="show the versions")
