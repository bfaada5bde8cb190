"""Start the whole of Namens for practice on this machine, and stop all of it on Ctrl-C: `python -m tools.run`.

Ports: NAMENS_PAGES_PORT (8000), NAMENS_DECISIONS_PORT (8001), REHEARSAL_PORT (8002), PORTAL_TOESLAGEN_PORT (8003),
PORTAL_TAX_PORT (8004), PORTAL_PENSION_PORT (8006), REHEARSAL_SMTP_PORT (8005).
Data, keys and logs: NAMENS_VAR (var). The database: NAMENS_DATABASE_URL (SQLite in <NAMENS_VAR>/practice).
"""

import argparse
import signal
from collections.abc import Callable, Sequence
from functools import partial

from tools import places, practice_staff
from tools.practice import Practice
from tools.programs import Programs
from tools.say import Trouble, fail, line, step

HOW_TO_PRACTISE = """
Log in with the rehearsal DigiD: choose a person from its list. To see it work, from the first click to the last:
  1. Bram Bakker (helper) opens {pages} and looks up his helper number.
  2. Anna de Vries (client) opens {pages} in another (private) window and chooses Iemand machtigen.
  3. Bram fills in Anna's code and her BSN, 999990019, at Machtiging activeren.
  4. Bram opens {toeslagen} and logs in, for Anna.
  5. Anna stops the mandate at Mijn machtigingen. Bram is let out.
Or work for an organisation: log in with the rehearsal eHerkenning as Marijke Blom (manager) or Fatima Amrani
(volunteer with a licence) of Stichting Samen Sterk.
"""


class Stopping:
    """Remembers that somebody asked to stop (Ctrl-C, SIGTERM, a closed terminal); asking twice changes nothing."""

    def __init__(self) -> None:
        self.asked = False

    def listen(self) -> None:
        """Take these signals from now on."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note)

    def __call__(self) -> bool:
        """Whether it is time to stop."""
        return self.asked

    def _note(self, *_: object) -> None:
        self.asked = True


def main(arguments: Sequence[str] | None = None) -> None:
    """Start, wait, and stop (`make run` has set up before). Exit status 0 after a stop on request, 1 after trouble."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.run", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.parse_args(arguments)
    stopping = Stopping()
    stopping.listen()
    try:
        practice = Practice.as_usual()
        run(practice, stopping=stopping, greeting=partial(welcome, practice))
    except Trouble as trouble:
        # Ctrl-C also reaches the command of that moment, which then fails: no trouble, but what was asked.
        if not stopping():
            fail(trouble)


def run(practice: Practice, *, stopping: Callable[[], bool], greeting: Callable[[], str]) -> None:
    """Start the programs of a practice, greet, and stay until it is time to stop. Raises `Trouble`."""
    programs = Programs(practice.programs(), logs=places.logs())
    programs.refuse_taken_ports()
    line("\nStarting")
    for text, prepare in practice.preparations():
        if stopping():
            return
        with step(text):
            prepare()
    try:
        with step("starting the programs"):
            programs.start()
            programs.wait_until_ready(stopped=stopping)
        if not stopping():
            line(greeting())
        programs.watch(stopped=stopping)
    finally:
        line()
        with step("stopping the programs"):
            programs.stop()


def welcome(practice: Practice) -> str:
    """The addresses, and who to log in as."""
    portals = [(portal.title, portal.address, "an example portal") for portal in practice.portals]
    rows = [
        ("Namens", practice.pages_address, "give, activate and stop mandates"),
        ("Decisions", practice.decisions_address, "for machines of portals: may somebody still? (docs/authzen.md)"),
        *portals,
        (
            "Rehearsal",
            practice.rehearsal_address,
            "stand-ins for DigiD and the population register, letter box and mailbox",
        ),
    ]
    table = "\n".join(f"  {name:18} {address:24} {what}" for name, address, what in rows)
    how = HOW_TO_PRACTISE.format(pages=practice.pages_address, toeslagen=practice.portals[0].address)
    return f"\nNamens is ready.\n\n{table}\n{how}{staff(practice)}\nLogs: {places.logs()}. Ctrl-C stops everything."


def staff(practice: Practice) -> str:
    """Who can begin at the helpdesk, each with the link for it."""
    waiting = practice_staff.links(practice.folder)
    rows = [
        f"Staff log in at {practice.pages_address}/medewerkers/inloggen.",
        *(["These begin with a link of their own (an authenticator app or a passkey is needed):"] if waiting else []),
        *(f"  {link}" for link in waiting),
    ]
    return "\n" + "\n".join(rows) + "\n"


if __name__ == "__main__":
    main()
