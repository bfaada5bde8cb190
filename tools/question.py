"""Try the decisions door of the practice that `make run` started, with curl: `python -m tools.question`.

It prints a question as a portal's machine asks it: may Bram still, for Anna, at Mijn toeslagen? With `token` it prints
a token of that portal's machine, good for five minutes.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence

import django

from tools.practice import Practice
from tools.say import Trouble, fail

ANNA, BRAM = "999990019", "999990032"
NOT_YET = "Anna and Bram have to be known first: let both log in (README.md, Five minutes)."


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is asked for; gives the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.question", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="?", choices=["question", "token"], default="question")
    chosen = parser.parse_args(arguments)
    practice = Practice.as_usual()
    if chosen.what == "token":
        return token(practice)
    try:
        print(json.dumps(question(practice), indent=2))
    except Trouble as trouble:
        fail(trouble)
    return 0


def token(practice: Practice) -> int:
    """Let the example portal print a token of its machine; gives its exit status."""
    program = next(one for one in practice.programs() if one.name == f"portal-{practice.portals[0].name}")
    command = [*map(str, program.command), "token"]
    environment = {**os.environ, **program.environment}
    return subprocess.run(command, cwd=program.folder, env=environment, check=False).returncode


def question(practice: Practice) -> dict[str, object]:
    """Give the question, with the ids by which that portal knows the two. Raises Trouble."""
    portal = practice.portals[0]
    os.environ.update(practice.environment(), DJANGO_SETTINGS_MODULE="namens.settings")
    django.setup()
    return {
        "subject": {"type": "person", "id": _id_of(BRAM, sector=portal.name)},
        "action": {"name": portal.service},
        "resource": {"type": "person", "id": _id_of(ANNA, sector=portal.name)},
        "context": {"assurance": "low"},
    }


def _id_of(bsn: str, *, sector: str) -> str:
    from django.db import DatabaseError  # noqa: PLC0415 - all of these need the settings

    from namens.grants.pairwise import pairwise_id  # noqa: PLC0415 - as above
    from namens.parties.actions import find_person  # noqa: PLC0415 - as above
    from namens.parties.identifiers import Bsn  # noqa: PLC0415 - as above

    try:
        party = find_person(bsn=Bsn(bsn))
    except DatabaseError:
        raise Trouble("There is no practice here yet. Type: make run") from None
    if party is None:
        raise Trouble(NOT_YET)
    return pairwise_id(party.id, sector=sector)


if __name__ == "__main__":
    sys.exit(main())
