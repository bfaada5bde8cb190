"""A visitor of the practice environment who does an exercise through the real pages, over plain HTTP."""

import io
import re
import time
from dataclasses import dataclass, field
from typing import Self

from pypdf import PdfReader

from rehearsal.practice.book import Book
from rehearsal.practice.browsers import COOKIE
from rehearsal.practice.casts import Cast
from rehearsal.practice.environment import Environment
from tests.rehearsal.surfing import Surfer, words_of

BOTH = "Inkomstenbelasting en toeslagen"
CODE = re.compile(r"[346789BCDFGHJKMPQRTVWXY]{4}(?:-[346789BCDFGHJKMPQRTVWXY]{4}){2}")
NUMBER = re.compile(r'class="[^"]*namens-number[^"]*"[^>]*>(.*?)<', re.DOTALL)
CODE_LETTER = re.compile(r'<a href="(/brievenbus/[^"]+)">Brief met code</a>')
# Where a line may or may not be broken is no part of what people read.
INVISIBLE = str.maketrans({"\u200b": None, "\u00a0": " ", "\u2011": "-"})
SOON_SECONDS = 60.0


@dataclass
class Trainee:
    """Somebody who practises in one browser."""

    environment: Environment
    surfer: Surfer = field(init=False)
    cast: Cast = field(init=False)

    def __post_init__(self) -> None:
        self.surfer = Surfer(self.environment.pages_address)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.surfer.http.close()

    def begins(self, *, group: str = "") -> None:
        """Get people of one's own, and look who they are."""
        self.surfer.opens(self.practice("/"))
        self.surfer.sends("Beginnen", groep=group)
        self.looks_who()

    def looks_who(self) -> None:
        """Read who the own people are."""
        book = Book(self.environment.folder)
        visitor = book.visitor(str(self.surfer.http.cookies.get(COOKIE)))
        found = book.cast_of(visitor) if visitor else None
        assert found
        self.cast = found

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
        self.surfer.logs_in(self.cast.people[part].bsn)
        assert self.cast.name_of(part) in self.surfer.text, self.surfer.text

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
        return self.answers(until=until, name=self.cast.helper.name)

    def gives_organisation(self) -> str:
        """Give the organisation a mandate for a year, and read the code."""
        surfer, work = self.surfer, self.cast.organisation
        surfer.opens("/machtigen/organisatie")
        surfer.sends("Organisatie zoeken", text=work.kvk)
        surfer.sends(f"Deze organisatie kiezen : {work.name}")
        surfer.sends("Ja, dit is de organisatie")
        return self.answers(until="1 jaar", name=work.name)

    def answers(self, *, until: str, name: str) -> str:
        """Answer the questions after who it is for, say yes, and read the code."""
        surfer = self.surfer
        surfer.sends("Volgende", **surfer.picks(BOTH))
        surfer.sends("Volgende", **surfer.picks("Nee"))
        surfer.sends("Volgende", **surfer.picks("Vanaf vandaag"))
        surfer.sends("Volgende", **surfer.picks(until))
        surfer.sends("Volgende", **surfer.picks("Nee"))
        surfer.sends("Volgende", **surfer.picks("Nee"))
        surfer.sends(f"Ja, {name} mag dit voor mij doen")
        surfer.sends("Laat de code zien")
        found = CODE.search(surfer.text)
        assert found, surfer.text
        return found.group()

    def activates(self, code: str, client: str) -> None:
        """Use a code."""
        self.surfer.opens("/activeren")
        self.surfer.sends("Volgende", code=code, bsn=self.cast.people[client].bsn)
        self.surfer.sends(f"Ja, ik help {self.cast.name_of(client)}")
        assert "De machtiging is actief" in self.surfer.text, self.surfer.text

    def uses(self, portal: str) -> None:
        """Log in at a portal as the helper, for the client."""
        surfer = self.surfer
        surfer.opens(portal)
        surfer.follows("Inloggen met DigiD of eHerkenning")
        surfer.follows("Inloggen met DigiD")
        surfer.logs_in(self.cast.helper.bsn)
        surfer.sends("Inloggen bij Mijn toeslagen", **surfer.picks(self.cast.client.name))
        assert f"namens {self.cast.client.name}" in surfer.text, surfer.text

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

    # What the other exercises need

    def logs_in_at_portal_oneself(self) -> None:
        """Let the client log in at the portal for herself, and log out there and at Namens."""
        surfer = self.surfer
        surfer.opens(self.environment.portals[0].address)
        surfer.follows("Inloggen met DigiD of eHerkenning")
        surfer.follows("Inloggen met DigiD")
        surfer.logs_in(self.cast.client.bsn)
        if "Voor mijzelf" in surfer.text:
            surfer.sends("Inloggen bij Mijn toeslagen", **surfer.picks("Voor mijzelf"))
        surfer.sends("Uitloggen")
        surfer.sends("Ook uitloggen bij Namens")

    def asks(self, *clients: str, what: str, until: str) -> None:
        """Ask for a mandate of one client, or of two partners."""
        surfer = self.surfer
        surfer.opens("/gemachtigd-worden")
        surfer.sends("Beginnen")
        surfer.sends("Volgende", **surfer.picks(what))
        surfer.sends("Volgende", **surfer.picks(until))
        self.states(clients[0])
        surfer.sends("Volgende", **surfer.picks("Ja" if clients[1:] else "Nee"))
        for client in clients[1:]:
            self.states(client)
        surfer.sends("Vraag deze machtiging")
        assert "U hebt het gevraagd" in surfer.text, surfer.text

    def states(self, client: str) -> None:
        """Fill in who somebody is."""
        person = self.cast.people[client]
        year, month, day = person.born.split("-")
        date = {"born_day": day, "born_month": month, "born_year": year}
        self.surfer.sends("Volgende", label=client, bsn=person.bsn, **date)

    def calls_the_helpdesk(self, number: str) -> None:
        """Let the client without DigiD call, and read this number out."""
        self.surfer.opens(self.practice("/oefening/bellen"))
        self.surfer.sends("Bel de helpdesk", nummer=number)

    def reads_code(self, client: str) -> str:
        """Wait for the letter with a code to this person, and read it."""
        deadline, family = time.monotonic() + SOON_SECONDS, self.cast.people[client].family_name
        while True:
            self.surfer.opens(self.practice("/brievenbus"))
            boxes = re.split(r"<h2>", self.surfer.page.text)
            links = [
                link for box in boxes if family in words_of(box.split("</h2>")[0]) for link in CODE_LETTER.findall(box)
            ]
            if links:
                return self._code_in(links[0])
            assert time.monotonic() < deadline, self.surfer.text
            time.sleep(0.5)

    def _code_in(self, link: str) -> str:
        pdf = self.surfer.http.get(self.practice(f"{link}/brief.pdf")).content
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).translate(INVISIBLE)
        found = CODE.search(text)
        assert found, text
        return found.group()

    def logs_in_at_work(self, part: str) -> None:
        """Log in at Namens with eHerkenning."""
        self.surfer.opens("/")
        self.surfer.follows("Inloggen met eHerkenning")
        self.surfer.logs_in(self._at_work(part), with_="eHerkenning")

    def _at_work(self, part: str) -> str:
        member = self.cast.manager if part == "manager" else self.cast.member
        return f"{self.cast.organisation.kvk}:{member.pseudonym}"

    def says_yes_online(self) -> None:
        """Let the client, logged in, agree to what the helper asked."""
        surfer, helper = self.surfer, self.cast.helper.name
        surfer.opens("/verzoeken")
        if f"{helper} wil u helpen" not in surfer.text:
            surfer.follows(helper)
        surfer.sends("Ja")
        while (sure := f"Ja, {helper} mag dit voor mij doen") not in surfer.text:
            surfer.sends("Volgende", **surfer.picks("Nee"))
        surfer.sends(sure)

    def gives_licence(self) -> None:
        """Let the manager give the member a licence for both services."""
        surfer = self.surfer
        surfer.opens("/organisatie/mensen")
        surfer.follows(self.cast.member.name)
        surfer.follows("Een licentie geven")
        both = [surfer.picks(one) for one in ("Mijn toeslagen", "Inkomstenbelasting")]
        surfer.sends("Volgende", services=[str(one["services"]) for one in both])
        surfer.sends("Ja, geef deze licentie")
        assert "De licentie is gegeven" in surfer.text, surfer.text

    def stops(self) -> None:
        """Let the client stop the mandate of the helper."""
        surfer = self.surfer
        surfer.opens("/mijn-machtigingen")
        surfer.follows(self.cast.helper.name)
        surfer.follows("Stoppen")
        surfer.sends("Ja, stop nu", **(surfer.picks("Alles") if "Alles" in surfer.text else {}))

    def activates_at_work(self, code: str) -> None:
        """Use a code of the client in the name of the organisation."""
        self.surfer.opens("/activeren")
        self.surfer.sends("Volgende", code=code, bsn=self.cast.client.bsn)
        self.surfer.sends("Ja, wij helpen deze cliënt")
        assert "De machtiging is actief" in self.surfer.text, self.surfer.text

    def uses_at_work(self, portal: str) -> None:
        """Log in at a portal as the member, for the client."""
        surfer = self.surfer
        surfer.opens(portal)
        surfer.follows("Inloggen met DigiD of eHerkenning")
        surfer.follows("Inloggen met eHerkenning")
        surfer.logs_in(self._at_work("member"), with_="eHerkenning")
        surfer.sends("Inloggen bij Mijn toeslagen", **surfer.picks(self.cast.client.name))
        assert f"voor {self.cast.client.name}" in surfer.text, surfer.text
