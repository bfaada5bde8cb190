"""Staff of the practice: who has not begun yet gets a new invitation at every start."""

from collections.abc import Callable
from pathlib import Path

BY = "practice-one"
OPERATOR = "olga@namens.example"
STAFF = (
    ("Hester, helpdesk", "hester@namens.example", "helpdesk_agent"),
    ("Karim, helpdesk", "karim@namens.example", "helpdesk_agent"),
    ("Olga, beheer", OPERATOR, "operator"),
    ("Oscar, beheer", "oscar@namens.example", "operator"),
)
LINKS = "invitations"


def invite(namens: Callable[..., str], *, folder: Path) -> None:
    """Invite those who have not begun, with the command that an operator uses, and keep the links to be shown."""
    known = namens("staff", "list").splitlines()
    begun = {line.split()[0] for line in known if "has not begun" not in line}
    waiting = [(name, email, role) for name, email, role in STAFF if email not in begun]
    words = [("staff", "invite", name, "--email", email, "--role", role, "--by", BY) for name, email, role in waiting]
    links = [f"{name}: {namens(*asked).strip()}" for (name, _, _), asked in zip(waiting, words, strict=True)]
    file = folder / LINKS
    file.touch(mode=0o600)
    file.write_text("\n".join(links), encoding="utf-8")


def links(folder: Path) -> list[str]:
    """Give the links of this start, each with whom it is for."""
    file = folder / LINKS
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []
