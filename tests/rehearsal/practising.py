"""A visitor of the practice environment who does an exercise through the real pages, over plain HTTP."""

import re
import time
from dataclasses import dataclass, field

from rehearsal.practice.environment import Environment
from tests.rehearsal.surfing import Surfer, words_of

BOTH = "Inkomstenbelasting en toeslagen"
CODE = re.compile(r"[346789BCDFGHJKMPQRTVWXY]{4}(?:-[346789BCDFGHJKMPQRTVWXY]{4}){2}")
NUMBER = re.compile(r'class="[^"]*namens-number[^"]*"[^>]*>(.*?)<', re.DOTALL)
PERSON = re.compile(r"<h3><bdi>(.*?)</bdi></h3>\s*<p>(.*?)</p>(.*?)</dl>", re.DOTALL)
BSN = re.compile(r"<code>(\d{9})</code>")
SOON_SECONDS = 60.0


@dataclass
class Trainee:
    """Somebody who practises in one browser."""

    environment: Environment
    surfer: Surfer = field(init=False)
    bsns: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.surfer = Surfer(self.environment.pages_address)

    def begins(self, *, group: str = "") -> None:
        """Get people of one's own, and look who they are."""
        self.surfer.opens(self.practice("/"))
        self.surfer.sends("Beginnen", groep=group)
        for part, (name, _, details) in zip(
            ("client", "helper", "elder", "partner"), PERSON.findall(self.surfer.page.text), strict=False
        ):
            self.names[part] = words_of(name)
            self.bsns[part] = BSN.findall(details)[0]

    def begins_exercise(self, key: str) -> None:
        """Open an exercise, and begin it."""
        self.surfer.opens(self.practice(f"/oefening/{key}"))
        self.surfer.sends("Begin deze oefening")

    def does_code_on_screen(self) -> None:
        """Do the exercise of way 2 with the code on the screen, from the first step to the last."""
        self.logs_in("helper")
        number = self.helper_number()
        self.logs_out()
        self.logs_in("client")
        code = self.gives(number, until="1 maand")
        self.logs_out()
        self.logs_in("helper")
        self.activates(code, "client")
        self.logs_out()
        self.uses(self.environment.portals[0].address)

    def logs_in(self, part: str) -> None:
        """Log in at Namens with DigiD."""
        self.surfer.opens("/")
        self.surfer.follows("Inloggen met DigiD")
        self.surfer.logs_in(self.bsns[part])
        assert self.names[part].split()[0] in self.surfer.text, self.surfer.text

    def logs_out(self) -> None:
        """Log out of Namens."""
        self.surfer.sends("Uitloggen")

    def helper_number(self) -> str:
        """Look the own helper number up."""
        self.surfer.opens("/helpernummer")
        found = NUMBER.search(self.surfer.page.text)
        assert found, self.surfer.text
        return words_of(found[1])

    def gives(self, number: str, *, until: str) -> str:
        """Give the helper with this number a mandate, and read the code."""
        surfer = self.surfer
        surfer.opens("/machtigen")
        surfer.sends("Volgende", number=number)
        surfer.sends("Ja, dit is mijn helper")
        surfer.sends("Volgende", **surfer.picks(BOTH))
        surfer.sends("Volgende", **surfer.picks("Nee"))
        surfer.sends("Volgende", **surfer.picks("Vanaf vandaag"))
        surfer.sends("Volgende", **surfer.picks(until))
        surfer.sends("Volgende", **surfer.picks("Nee"))
        surfer.sends("Volgende", **surfer.picks("Nee"))
        surfer.sends(f"Ja, {self.names['helper']} mag dit voor mij doen")
        surfer.sends("Laat de code zien")
        found = CODE.search(surfer.text)
        assert found, surfer.text
        return found.group()

    def activates(self, code: str, client: str) -> None:
        """Use a code."""
        self.surfer.opens("/activeren")
        self.surfer.sends("Volgende", code=code, bsn=self.bsns[client])
        self.surfer.sends(f"Ja, ik help {self.names[client]}")
        assert "De machtiging is actief" in self.surfer.text, self.surfer.text

    def uses(self, portal: str) -> None:
        """Log in at a portal as the helper, for the client."""
        surfer = self.surfer
        surfer.opens(portal)
        surfer.follows("Inloggen met DigiD of eHerkenning")
        surfer.follows("Inloggen met DigiD")
        surfer.logs_in(self.bsns["helper"])
        surfer.sends("Inloggen bij Mijn toeslagen", **surfer.picks(self.names["client"]))
        assert f"namens {self.names['client']}" in surfer.text, surfer.text

    def sees_done(self, key: str) -> str:
        """Wait until the page of the exercise says that all of it is done; gives what it says."""
        deadline = time.monotonic() + SOON_SECONDS
        while "Gelukt" not in self.surfer.opens(self.practice(f"/oefening/{key}/stand")):
            assert time.monotonic() < deadline, self.surfer.text
            time.sleep(0.5)
        return self.surfer.text

    def practice(self, path: str) -> str:
        """Give an address of the practice pages."""
        return f"{self.environment.rehearsal_address}{path}"
