"""The words of `namens portal …`. They are read before the settings, so nothing here knows Django."""

import argparse

from namens.services.profiles import Authentication, Binding, Profile

DECISIONS_SCOPE = "urn:namens:1.0:scope:decisions"
PORTALS_SCOPE = "urn:namens:1.0:scope:portals"
_ENCRYPTIONS = ("RSA-OAEP", "RSA-OAEP-256", "ECDH-ES+A256KW")


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the verbs."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    add = verbs.add_parser("add", help="propose a portal")
    add.add_argument("client_id", help="the name by which the portal's software names itself")
    _add_site(add)
    _add_credential(add)
    _add_tokens(add)
    _add_rights(add)
    approve = verbs.add_parser("approve", help="let a proposed portal in; by another operator")
    approve.add_argument("client_id")
    add.add_argument("--by", required=True, metavar="OPERATOR", help="who proposes")
    approve.add_argument("--by", required=True, metavar="OPERATOR", help="who approves")
    verbs.add_parser("list", help="show the portals")


def _add_site(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("the site")
    group.add_argument("--name", required=True, help="the name that people read")
    group.add_argument(
        "--service", action="append", required=True, metavar="KEY", help="a service it offers; repeatable"
    )
    group.add_argument("--redirect-uri", action="append", required=True, help="exact address after login; repeatable")
    group.add_argument("--sector", required=True, help="portals of one sector know people by the same ids")
    group.add_argument("--post-logout-redirect-uri", action="append", default=[], help="repeatable")
    group.add_argument("--start-url", default="", help="where a login begins there; else its first page")
    group.add_argument("--back-channel-logout-uri", default="", help="where Namens says that a login ended")
    group.add_argument("--representation", choices=["self", "others", "both"], default="both", help="default: both")


def _add_credential(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("how it proves who it is")
    group.add_argument("--profile", choices=list(Profile), default=Profile.NLGOV.value, help="default: nlgov")
    group.add_argument(
        "--authentication",
        choices=list(Authentication),
        help="default: client_secret for compat, else private_key_jwt",
    )
    group.add_argument("--jwks", metavar="FILE", help="the portal's public keys (not compat)")
    group.add_argument("--jwks-uri", default="", metavar="ADDRESS", help="where they are fetched, instead of --jwks")
    group.add_argument(
        "--certificate-subject", default="", metavar="DN", help="subject of its certificate (tls_client_auth)"
    )
    group.add_argument("--secret-env", metavar="NAME", help="environment variable with the secret (compat)")


def _add_tokens(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("its tokens")
    group.add_argument("--algorithm", help="of the ID token; default: PS256 for fapi, else RS256")
    group.add_argument(
        "--binding",
        choices=list(Binding),
        help="what access tokens are bound to; default for fapi: certificate with a certificate, else dpop; else none",
    )
    group.add_argument("--refresh", action="store_true", help="the portal gets refresh tokens")
    group.add_argument("--id-token-encryption", choices=_ENCRYPTIONS, default="", help="default: not encrypted")
    group.add_argument("--userinfo-algorithm", default="", metavar="ALGORITHM", help="default: UserInfo is not signed")
    group.add_argument("--userinfo-encryption", choices=_ENCRYPTIONS, default="", help="default: not encrypted")
    group.add_argument("--claim", action="append", default=[], metavar="KEY=NAME", help="another claim name (compat)")


def _add_rights(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what it may")
    group.add_argument("--names", action="store_true", help="the portal may receive names")
    group.add_argument(
        "--bsn-basis", default="", metavar="LAW", help="legal basis for BSNs; outside compat encrypted tokens only"
    )
    group.add_argument("--enforces-sensitive-actions", action="store_true", help="the portal refuses what was left out")
    group.add_argument(
        "--organisations-themselves", action="store_true", help="members may come for their organisation itself"
    )
    group.add_argument(
        "--act", action="append", default=[], metavar="KEY=NAME", help="an act that it may report; repeatable"
    )
    group.add_argument(
        "--machine-scope",
        action="append",
        default=[],
        choices=[DECISIONS_SCOPE, PORTALS_SCOPE],
        help="what its own token may ask; repeatable",
    )
    group.add_argument("--search-basis", default="", metavar="LAW", help="by which it may list whom a mandate is about")
