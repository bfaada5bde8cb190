"""Command line of the rehearsal: `python -m rehearsal serve`."""

import argparse

from granian import Granian
from granian.constants import Interfaces

from rehearsal.stage import Settings, build

_ENVIRONMENT = """\
environment:
  REHEARSAL_PORT         port to listen on (8002)
  REHEARSAL_BASE_URL     address people and programs use (http://localhost:<port>)
  REHEARSAL_PAGES_URL    address of the pages of Namens (http://localhost:8000)
  REHEARSAL_TOESLAGEN_URL, REHEARSAL_TAX_URL  addresses of the example portals (http://localhost:8003 and 8004)
  REHEARSAL_PRACTICE     folder of the practice environment; `practice` sets it (none)
  REHEARSAL_PEOPLE       YAML file with the people (packaged)
  REHEARSAL_ORGANISATIONS  YAML file with the organisations and who works there (packaged)
  REHEARSAL_CLIENTS      YAML file with the OpenID clients (packaged: client namens, secret rehearsal-secret)
  REHEARSAL_LETTERS      folder in which Namens puts letters ready (var/letters)
  REHEARSAL_SMTP_PORT    port on which e-mail comes in (none)
  REHEARSAL_BRP_API_KEY  key that the BRP asks in X-API-KEY (rehearsal-key)
  REHEARSAL_NOTIFYNL_API_KEY  key of NotifyNL: name, service id, secret (packaged)
"""


def main() -> None:
    """Serve the rehearsal, or list its people and organisations."""
    parser = argparse.ArgumentParser(
        prog="python -m rehearsal",
        description="Stand-ins for DigiD, eHerkenning, BRP and NotifyNL, for practice and tests. Never for production.",
        epilog=_ENVIRONMENT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("serve", help="start the rehearsal DigiD, eHerkenning, BRP and NotifyNL")
    commands.add_parser("people", help="list the test people and organisations")
    practice = commands.add_parser("practice", help="serve all of Namens with exercises, for helpers and trainers")
    practice.add_argument(
        "--wipe", action="store_true", help="empty it now, also when it runs; it starts again by itself"
    )
    chosen = parser.parse_args()
    if chosen.command == "practice":
        _practise(wipe=chosen.wipe)
    else:
        {"serve": _serve, "people": _list_people}[chosen.command]()


def _serve() -> None:
    settings = Settings.read()
    doors = "DigiD at /digid, eHerkenning at /eherkenning, BRP at /brp/personen, NotifyNL at /notifynl"
    print(f"Rehearsal on {settings.base_url} ({doors})", flush=True)
    # One worker: logins and codes are kept in its memory.
    Granian(
        "rehearsal.program:create",
        factory=True,
        address="127.0.0.1",
        port=settings.port,
        interface=Interfaces.ASGI,
        workers=1,
        log_enabled=False,
    ).serve()


def _practise(*, wipe: bool) -> None:
    from rehearsal.practice import nights  # noqa: PLC0415 - the stand-ins by themselves need nothing of it

    nights.main(wipe=wipe)


def _list_people() -> None:
    on = build(Settings.read())
    for person in on.people.everybody:
        print(f"{person.bsn}  {person.name}: {person.about}")
    for organisation in on.organisations.all:
        print(f"\n{organisation.kvk}  {organisation.name}: {organisation.about}")
        for member in organisation.members:
            print(f"  {member.pseudonym}  {member.name}: {member.about}")


if __name__ == "__main__":
    main()
