"""Where the programs of a practice listen, and which example portals are among them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields

from namens.services.profiles import MachineScope
from tools import programs
from tools.say import Trouble

# What the example portal can do, as it may be reported: KEY=NAME.
ACTS = ("inkomen-wijzigen=Inkomen gewijzigd", "rekeningnummer-wijzigen=Rekeningnummer gewijzigd")


@dataclass(frozen=True, kw_only=True)
class Ports:
    """Where each program listens."""

    pages: int
    decisions: int
    rehearsal: int
    toeslagen: int
    tax: int
    pension: int
    mail: int

    @classmethod
    def from_environment(cls) -> "Ports":
        """The ports as the environment asks. Raises `Trouble` for one that is not a number."""
        return cls(
            pages=port_from("NAMENS_PAGES_PORT", 8000),
            decisions=port_from("NAMENS_DECISIONS_PORT", 8001),
            rehearsal=port_from("REHEARSAL_PORT", 8002),
            toeslagen=port_from("PORTAL_TOESLAGEN_PORT", 8003),
            tax=port_from("PORTAL_TAX_PORT", 8004),
            pension=port_from("PORTAL_PENSION_PORT", 8006),
            mail=port_from("REHEARSAL_SMTP_PORT", 8005),
        )

    @classmethod
    def free(cls) -> "Ports":
        """Ports that nothing uses now."""
        names = [one.name for one in fields(cls)]
        return cls(**dict(zip(names, programs.free_ports(len(names)), strict=True)))


def port_from(name: str, otherwise: int) -> int:
    """A port from the environment. Raises `Trouble` when it is not a port number."""
    text = os.environ.get(name, str(otherwise))
    if not (text.isascii() and text.isdecimal()) or not 0 < int(text) < 65536:
        raise Trouble(f"{name} is {text!r}; it must be a port number, for example {otherwise}.")
    return int(text)


@dataclass(frozen=True, kw_only=True)
class Portal:
    """One start of the example portal."""

    client_id: str
    name: str
    service: str
    service_id: str
    kind: str
    port: int
    title: str
    profile: str = "nlgov"
    public: str = ""
    machine_scopes: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()

    @property
    def algorithm(self) -> str:
        """With which algorithm it signs, and its tokens are signed."""
        return "PS256" if self.profile == "fapi" else "RS256"

    @property
    def events_uri(self) -> str:
        """Where it hears what changes of mandates; empty for one whose machine does not."""
        return f"{self.address}/namens/gebeurtenissen" if MachineScope.PORTALS in self.machine_scopes else ""

    @property
    def address(self) -> str:
        """Where people reach it."""
        return self.public or f"http://localhost:{self.port}"


def portals(ports: Ports, *, public: Mapping[str, str]) -> tuple[Portal, Portal, Portal]:
    """Give the three starts of the example portal."""
    return (
        Portal(
            client_id="mijn-toeslagen-portaal",
            name="toeslagen",
            service="mijn-toeslagen",
            service_id="6f1d2a8e-4b0c-4f0e-9a53-1c7d5e2b9a01",
            kind="toeslagen",
            port=ports.toeslagen,
            title="Mijn toeslagen",
            machine_scopes=(MachineScope.DECISIONS, MachineScope.PORTALS),
            acts=ACTS,
            public=public.get("toeslagen", ""),
        ),
        Portal(
            client_id="inkomstenbelasting-portaal",
            name="tax",
            service="inkomstenbelasting",
            service_id="0b9c3f44-2d5e-4c1a-8f77-92a6e4d1b302",
            kind="inkomstenbelasting",
            port=ports.tax,
            title="Inkomstenbelasting",
            machine_scopes=(MachineScope.PORTALS,),
            acts=ACTS,
            public=public.get("tax", ""),
        ),
        Portal(
            client_id="aow-en-pensioen-portaal",
            name="pension",
            service="aow-en-pensioen",
            service_id="3a7e9d10-5b62-4f8c-a1d4-7e0f6c9b2d03",
            kind="pensioen",
            port=ports.pension,
            title="AOW en pensioen",
            profile="fapi",
            public=public.get("pension", ""),
        ),
    )
