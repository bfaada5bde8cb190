"""Staff at a computer of their own, mostly helpdesk agents: invited, with an app or a passkey, and what they do."""

import time
from dataclasses import dataclass

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.journeys.person import Person
from tools import commands
from tools.practice import NAMENS, PROPOSER, Practice

PASSWORD = "vier-woorden-voor-de-telefoon"
LOGIN = "/medewerkers/inloggen"
STEP = 30


@dataclass
class App:
    """An authenticator app. Each code is shown once, as Namens asks; the one before and the one after are good too."""

    secret: str
    last: int = 0

    def code(self) -> str:
        """Give a code that was not used yet and that holds now."""
        now = int(time.time()) // STEP
        self.last = max(now - 1, self.last + 1)
        assert self.last <= now + 1, "this app was asked for too many codes within a minute"
        return str(format_hotp_value(hotp_value(self.secret, self.last)))


def email_of(agent: Person) -> str:
    """Give the address by which an agent logs in."""
    return f"{agent.name.lower()}@namens.example"


def begins(agent: Person, practice: Practice, *, role: str = "helpdesk_agent") -> None:
    """Invite somebody with the command that an operator uses; the link leads to a password of one's own."""
    words = ("staff", "invite", agent.name, "--email", email_of(agent), "--role", role, "--by", PROPOSER)
    link = commands.output([NAMENS, *words], environment=practice.environment()).strip()
    agent.opens(link)
    agent.sees_heading("Beginnen bij Namens")
    assert link.rsplit("/", 1)[1] not in agent.page.url
    agent.fills("Kies een wachtwoord", PASSWORD)
    agent.fills("Hetzelfde wachtwoord nog een keer", PASSWORD)
    agent.clicks("Volgende")
    agent.sees_heading("Uw account")


def sets_up_an_app(agent: Person) -> App:
    """Set up an authenticator app as the second step; the spare codes are shown."""
    agent.clicks("Een app instellen")
    app = App(agent.page.locator(".namens-key").inner_text().strip())
    agent.fills("Code uit uw app", app.code())
    agent.clicks("Deze app instellen")
    agent.sees_heading("Uw reservecodes")
    agent.clicks("Ik heb ze bewaard")
    return app


def has_a_key(agent: Person) -> None:
    """Plug a security key in: Chromium's own stand-in, which touches itself."""
    browser = agent.page.context.new_cdp_session(agent.page)
    browser.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": key})


def types_password(agent: Person) -> None:
    """Give the first step of a login."""
    agent.opens(LOGIN)
    agent.fills("E-mailadres", email_of(agent))
    agent.fills("Wachtwoord", PASSWORD)
    agent.clicks("Volgende")
    agent.sees_heading("De tweede stap")


def is_at_work(agent: Person, practice: Practice, *, role: str = "helpdesk_agent") -> App:
    """Have an agent, or other staff, who begins, sets up an app, and is in."""
    begins(agent, practice, role=role)
    return sets_up_an_app(agent)


def finds_anna(agent: Person) -> None:
    """Look Anna up by the three things that she tells."""
    finds(agent, "Anna de Vries", bsn="999990019", born=("27", "3", "1951"), postcode="3511 ab")


def finds(agent: Person, caller: str, *, bsn: str, born: tuple[str, str, str], postcode: str) -> None:
    """Look somebody up."""
    agent.opens("/helpdesk/")
    agent.fills("BSN van de beller", bsn)
    agent.fills_date(*born)
    agent.fills("Postcode van de beller", postcode)
    agent.clicks("Zoek de beller")
    agent.sees_heading(caller)


def hangs_up(agent: Person) -> None:
    """End the call."""
    agent.clicks("Gesprek afsluiten")
    agent.sees_heading("Iemand belt over de eigen machtigingen")


def sends_code_letter(agent: Person, *, helper: Person, number: str) -> None:
    """Send a letter with a code for this helper, for income tax and allowances, for a year."""
    agent.clicks("Brief met een code sturen")
    agent.fills("Helpernummer dat de beller voorleest", number)
    agent.clicks("Volgende")
    agent.sees(f"Dit nummer is van {helper.name}.")
    agent.ticks("Inkomstenbelasting en toeslagen")
    agent.chooses("1 jaar", question="Vraag: hoe lang?")
    agent.chooses("Nee", question="Vraag: staat u onder bewind of curatele?")
    agent.chooses("Nee", question="Vraag: is er iemand bij u die zegt wat u moet antwoorden?")
    agent.clicks("Volgende")
    agent.sees_heading("Lees dit voor, en wacht op een ja")
    agent.sees(f"een code voor {helper.name}", "Dit mag uw helper niet:", "het rekeningnummer wijzigen")
    agent.clicks("De beller zegt ja: stuur de brief")
    agent.sees_heading("De brief komt eraan")
