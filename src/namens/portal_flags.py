"""The words of `namens portal …`. They are read before the settings, so nothing here knows Django."""

import argparse
from dataclasses import dataclass
from typing import Any

from namens.services.profiles import Authentication, Binding, MachineScope, Profile

_ENCRYPTIONS = ("", "RSA-OAEP", "RSA-OAEP-256", "ECDH-ES+A256KW")


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the verbs."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    add = verbs.add_parser("add", help="propose a portal")
    add.add_argument("client_id", help="the name by which the portal's software names itself")
    add.add_argument("--sector", required=True, help="portals of one sector know people by the same ids")
    change = verbs.add_parser(
        "change", help="propose other terms for a portal: what is named changes, the rest stays; an empty word empties"
    )
    approve = verbs.add_parser("approve", help="let a proposed portal or change hold; by another operator")
    refuse = verbs.add_parser("refuse", help="take a proposed portal or change away")
    withdraw = verbs.add_parser("withdraw", help="stop a portal at once; its logins end")
    show = verbs.add_parser("show", help="show what a portal is registered with, and what waits")
    events = verbs.add_parser(
        "events", help="say how it stands with a portal's events and acts; status 1 when events wait too long"
    )
    secret = verbs.add_parser(
        "webhook-secret", help="make the first secret that signs a portal's events; prints it once"
    )
    trial = verbs.add_parser("try-webhook", help="send a portal an event that says nothing, to try its receiver")
    for one, is_change in ((add, False), (change, True)):
        _add_terms(one, is_change=is_change)
    for one in (change, approve, refuse, withdraw, show, events, secret, trial):
        one.add_argument("client_id")
    for one, what in ((add, "proposes"), (change, "proposes"), (approve, "approves"), (refuse, "refuses")):
        one.add_argument("--by", required=True, metavar="OPERATOR", help=f"who {what}; best: e-mail of the account")
    withdraw.add_argument("--by", required=True, metavar="OPERATOR", help="who stops it")
    secret.add_argument("--by", required=True, metavar="OPERATOR", help="who makes it")
    verbs.add_parser("list", help="show the portals")


@dataclass
class _Group:
    """Flags of one kind. Those of a change have no default: what is not named is not there."""

    group: Any  # argparse has no public name for its groups
    is_change: bool

    def say(self, name: str, **options: Any) -> None:  # noqa: ANN401 - as argparse takes them
        if self.is_change:
            options = {**options, "default": argparse.SUPPRESS, "required": False}
        self.group.add_argument(name, **options)

    def switch(self, name: str, **options: Any) -> None:  # noqa: ANN401 - as argparse takes them
        self.say(name, action=argparse.BooleanOptionalAction, **{"default": False, **options})


def _add_terms(parser: argparse.ArgumentParser, *, is_change: bool) -> None:
    _add_site(_Group(parser.add_argument_group("the site"), is_change))
    _add_credential(_Group(parser.add_argument_group("how it proves who it is"), is_change))
    _add_tokens(_Group(parser.add_argument_group("its tokens"), is_change))
    _add_rights(_Group(parser.add_argument_group("what it may"), is_change))


def _add_site(group: _Group) -> None:
    group.say("--name", required=True, help="the name that people read")
    group.say("--service", action="append", required=True, metavar="KEY", help="a service it offers; repeatable")
    group.say("--redirect-uri", action="append", required=True, help="exact address after login; repeatable")
    group.say("--post-logout-redirect-uri", action="append", default=[], help="repeatable")
    group.say("--start-url", default="", help="where a login begins there; else its first page")
    group.say("--back-channel-logout-uri", default="", help="where Namens says that a login ended")
    group.say("--representation", choices=["self", "others", "both"], default="both", help="default: both")


def _add_credential(group: _Group) -> None:
    group.say("--profile", choices=list(Profile), default=Profile.NLGOV.value, help="default: nlgov")
    group.say(
        "--authentication",
        choices=list(Authentication),
        default=None,
        help="default: client_secret for compat, else private_key_jwt",
    )
    group.say("--jwks", default="", metavar="FILE", help="the portal's public keys (not compat)")
    group.say("--jwks-uri", default="", metavar="ADDRESS", help="where they are fetched, instead of --jwks")
    group.say("--certificate-subject", default="", metavar="DN", help="subject of its certificate (tls_client_auth)")
    group.say("--secret-env", default="", metavar="NAME", help="environment variable with the secret (compat)")


def _add_tokens(group: _Group) -> None:
    group.say("--algorithm", default="", help="of the ID token; default: PS256 for fapi, else RS256")
    group.say(
        "--binding",
        choices=list(Binding),
        default=None,
        help="what access tokens are bound to; default for fapi: certificate with a certificate, else dpop; else none",
    )
    group.switch("--refresh", help="the portal gets refresh tokens")
    group.say("--id-token-encryption", choices=_ENCRYPTIONS, default="", help="default: not encrypted")
    group.say("--userinfo-algorithm", default="", metavar="ALGORITHM", help="default: UserInfo is not signed")
    group.say("--userinfo-encryption", choices=_ENCRYPTIONS, default="", help="default: not encrypted")
    group.say("--claim", action="append", default=[], metavar="KEY=NAME", help="another claim name (compat)")


def _add_rights(group: _Group) -> None:
    group.switch("--names", help="the portal may receive names")
    group.say("--bsn-basis", default="", metavar="LAW", help="legal basis for BSNs; outside compat only encrypted")
    group.switch("--enforces-sensitive-actions", help="the portal refuses what was left out")
    group.switch("--organisations-themselves", help="members may come for their organisation itself")
    group.say("--act", action="append", default=[], metavar="KEY=NAME", help="an act that it may report; repeatable")
    group.say(
        "--machine-scope",
        action="append",
        default=[],
        choices=["", *MachineScope],
        help="what its own token may ask; repeatable",
    )
    group.say("--search-basis", default="", metavar="LAW", help="by which it may list whom a mandate is about")
    group.switch("--gives-reasons", default=True, help="its machine hears why a decision is no")
    group.say(
        "--events-uri",
        default="",
        metavar="ADDRESS",
        help="where it hears what changes of mandates (signed webhooks); needs the machine scope for portals",
    )
    group.switch("--journals-decisions", help="every decision that it asks is journaled")
