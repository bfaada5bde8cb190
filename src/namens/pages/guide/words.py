"""The advice in words, and in pictures with few words."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from namens.pages.guide.advice import Advice, Bring, Situation, Step, Way
from namens.pages.mandates.wording import day

WAYS: dict[Way, str] = {
    Way.CLIENT_LOGS_IN: gettext_noop("Your client logs in"),
    Way.HAND_OFF: gettext_noop("Your client says yes on the own phone"),
    Way.CODE: gettext_noop("Your client mandates you, with a code"),
    Way.BY_PHONE: gettext_noop("Your client calls the helpdesk"),
    Way.ASK: gettext_noop("You ask for a mandate"),
    Way.ORGANISATION: gettext_noop("Your organisation gets the mandate"),
    Way.APPOINTMENT: gettext_noop("An appointment, only during the talk"),
}
LEADS: dict[Way, str] = {
    Way.CLIENT_LOGS_IN: gettext_noop("Your client logs in as themselves, beside you. No mandate is needed."),
    Way.HAND_OFF: gettext_noop("You show a QR. Your client opens it, logs in, and says yes or no. You need no BSN."),
    Way.CODE: gettext_noop("Your client gets a code on the screen at once. With that code you get access."),
    Way.BY_PHONE: gettext_noop("Your client gets a letter at home with a code. For this no DigiD is needed."),
    Way.ASK: gettext_noop("Your client gets a letter at home with a code. For this no DigiD is needed."),
    Way.ORGANISATION: gettext_noop(
        "The mandate is in the name of your organisation. Colleagues with a licence can help too."
    ),
    Way.APPOINTMENT: gettext_noop("You get access on that day only, after the yes of your client at the table."),
}
# On the card it is the client who looks.
TO_CLIENTS: dict[Way, str] = {
    Way.CLIENT_LOGS_IN: gettext_noop("You log in yourself"),
    Way.HAND_OFF: gettext_noop("You say yes or no"),
    Way.CODE: gettext_noop("You give a code"),
    Way.BY_PHONE: gettext_noop("You call the helpdesk"),
    Way.ASK: gettext_noop("Your helper asks"),
    Way.ORGANISATION: gettext_noop("An organisation helps you"),
    Way.APPOINTMENT: gettext_noop("An appointment"),
}
EXITS: dict[Situation, tuple[str, tuple[str, ...]]] = {
    Situation.DIED: (
        gettext_noop("Your client died"),
        (
            gettext_noop("A mandate stops at once when somebody dies. You cannot log in for them any more."),
            gettext_noop(
                "The heirs arrange it with the service itself. The service asks for a certificate of inheritance."
            ),
            gettext_noop("Does the register say this by mistake? Call the town hall first, then us."),
        ),
    ),
    Situation.REPRESENTED: (
        gettext_noop("Your client has an administrator or guardian"),
        (
            gettext_noop("Then your client cannot mandate anybody. The administrator or guardian arranges it."),
            gettext_noop("Ask who that is. That person can log in for your client, with the papers of the judge."),
            gettext_noop(
                "Is there only a mentor, for care? Then your client may mandate you. Go on with the questions."
            ),
        ),
    ),
    Situation.MINOR: (
        gettext_noop("Your client is younger than 18"),
        (
            gettext_noop("Persons younger than 18 cannot mandate anybody."),
            gettext_noop("A parent or guardian calls the service itself."),
        ),
    ),
    Situation.INSTITUTION: (
        gettext_noop("Your client lives in an institution"),
        (
            gettext_noop("Ask the institution first whether somebody arranges the affairs of your client already."),
            gettext_noop("Does your client do it alone? Then you can go on with the questions."),
            gettext_noop(
                "A letter goes to the address in the population register. Ask where the post arrives, and who opens it."
            ),
        ),
    ),
}
STEPS: dict[Step, str] = {
    Step.GET_DIGID: gettext_noop("Let your client apply for DigiD first, at digid.nl. A letter comes for that too."),
    Step.LET_BRING_PHONE: gettext_noop(
        "Ask your client to bring the phone with DigiD. Without it, make a new appointment."
    ),
    Step.CLOSE_OWN_LOGIN: gettext_noop("Choose Your client logs in here. You are logged out first."),
    Step.CLIENT_LOGS_IN: gettext_noop("Your client logs in with the own DigiD. Look away at the password."),
    Step.LOG_OUT: gettext_noop("Done? Your client chooses Log out. Then everything is closed."),
    Step.SHOW_QR: gettext_noop("Show the QR on your screen. Your client opens it on the own phone and logs in."),
    Step.YES_ON_PHONE: gettext_noop("Your client reads who asks, for what and how long, and says yes or no."),
    Step.TODAY_ONLY: gettext_noop(
        "The first time the yes is for that day only. A letter follows. After that it can be longer."
    ),
    Step.MANDATE_AT_HOME: gettext_noop(
        "Your client logs in at home and mandates you. The code is on the screen at once."
    ),
    Step.MANDATE_AT_TABLE: gettext_noop(
        "Your client logs in on the own phone and mandates you. The code is there at once."
    ),
    Step.ONE_DAY: gettext_noop("Your client chooses the day of the talk as the first and the last day."),
    Step.CALL_HELPDESK: gettext_noop("Your client calls the helpdesk, and keeps the BSN at hand."),
    Step.ASK_ONLINE: gettext_noop("You choose Ask for a mandate, and fill in the BSN and the date of birth."),
    Step.TELL_OF_LETTER: gettext_noop("Tell your client that a letter comes within %(days)s working days."),
    Step.BRING_CODE: gettext_noop("Your client brings the letter with the code to the talk."),
    Step.ACTIVATE: gettext_noop("You choose Activate a mandate, and fill in the code and the BSN."),
    Step.STOP_AFTERWARDS: gettext_noop("After the talk you stop the mandate together."),
    Step.LOG_IN_AT_WORK: gettext_noop("You log in with the eHerkenning of your organisation."),
    Step.NAME_ORGANISATION: gettext_noop(
        "Your client logs in with DigiD and chooses your organisation. The first time a code comes."
    ),
    Step.MAKE_APPOINTMENT: gettext_noop("You make an appointment in Namens, only for during the talk."),
    Step.OPEN_AT_TABLE: gettext_noop("At the table your client gives the code. Then you have access for that day."),
    Step.CLOSE_AT_TABLE: gettext_noop("When your client leaves, you close the appointment. Then your access stops."),
    Step.PARTNER_TOO: gettext_noop("Do the same for the partner, who decides apart."),
}
BRINGS: dict[Bring, str] = {
    Bring.PHONE: gettext_noop("The own phone with the DigiD app, or the password and the phone for the text message"),
    Bring.LETTER: gettext_noop("The letter with the code"),
    Bring.CODE: gettext_noop("The code, on paper"),
    Bring.BSN: gettext_noop("Something with the BSN on it, for example a passport or identity card"),
}
_PICTURES: dict[Step, tuple[str, str]] = {
    Step.GET_DIGID: ("key", gettext_noop("Apply for DigiD")),
    Step.LET_BRING_PHONE: ("phone", gettext_noop("Bring the phone")),
    Step.CLOSE_OWN_LOGIN: ("screen", gettext_noop("Helper out")),
    Step.CLIENT_LOGS_IN: ("key", gettext_noop("You log in yourself")),
    Step.LOG_OUT: ("door", gettext_noop("Log out")),
    Step.SHOW_QR: ("qr", gettext_noop("Scan the QR")),
    Step.YES_ON_PHONE: ("yes", gettext_noop("You say yes or no")),
    Step.TODAY_ONLY: ("calendar", gettext_noop("Today only")),
    Step.MANDATE_AT_HOME: ("key", gettext_noop("You log in at home")),
    Step.MANDATE_AT_TABLE: ("phone", gettext_noop("You log in yourself")),
    Step.ONE_DAY: ("calendar", gettext_noop("One day")),
    Step.CALL_HELPDESK: ("call", gettext_noop("You call")),
    Step.ASK_ONLINE: ("screen", gettext_noop("The helper asks")),
    Step.TELL_OF_LETTER: ("letter", gettext_noop("A letter comes")),
    Step.BRING_CODE: ("letter", gettext_noop("Bring the letter")),
    Step.ACTIVATE: ("code", gettext_noop("The helper uses the code")),
    Step.STOP_AFTERWARDS: ("door", gettext_noop("Stop afterwards")),
    Step.LOG_IN_AT_WORK: ("screen", gettext_noop("The helper logs in")),
    Step.NAME_ORGANISATION: ("people", gettext_noop("Choose the organisation")),
    Step.MAKE_APPOINTMENT: ("calendar", gettext_noop("An appointment")),
    Step.OPEN_AT_TABLE: ("yes", gettext_noop("Give the code")),
    Step.CLOSE_AT_TABLE: ("door", gettext_noop("Closed")),
    Step.PARTNER_TOO: ("people", gettext_noop("The partner too")),
}
_BRING_PICTURES: dict[Bring, tuple[str, str]] = {
    Bring.PHONE: ("phone", gettext_noop("Your phone")),
    Bring.LETTER: ("letter", gettext_noop("Your letter")),
    Bring.CODE: ("code", gettext_noop("Your code")),
    Bring.BSN: ("pass", gettext_noop("Your passport")),
}


@dataclass(frozen=True)
class Picture:
    """A pictogram with a few words."""

    name: str
    words: str

    @property
    def template(self) -> str:
        """Give the file with the drawing."""
        return f"pages/guide/pictures/{self.name}.svg"


def heading(advice: Advice) -> str:
    """Give what the advice comes down to."""
    if advice.way is Way.ELSEWHERE:
        return _(EXITS[advice.situation][0])
    return _(WAYS[advice.way])


def exit_sentences(advice: Advice) -> list[str]:
    """Give where to go instead."""
    return [_(sentence) for sentence in EXITS[advice.situation][1]]


def dates(advice: Advice) -> list[str]:
    """Give the sentences with the days that matter."""
    found = _letter_dates(advice) if advice.letters else []
    if advice.code_from:
        words = _("Your client makes the code on %(day)s or later. A code works for %(days)s days.")
        found.append(words % {"day": day(advice.code_from), "days": settings.CODE_DAYS})
    if advice.longer_from:
        words = _(
            "The confirmation letter is there on %(day)s at the latest. After that it can be longer than one day."
        )
        found.append(words % {"day": day(advice.longer_from)})
    return found


def pictures(advice: Advice) -> list[Picture]:
    """Give the steps as pictures."""
    return [Picture(name, _(words)) for name, words in (_PICTURES[step] for step in advice.steps)]


def bring_pictures(advice: Advice) -> list[Picture]:
    """Give what to bring as pictures."""
    return [Picture(name, _(words)) for name, words in (_BRING_PICTURES[bring] for bring in advice.brings)]


def steps(advice: Advice) -> list[str]:
    """Give what to do, in order."""
    found = [_(STEPS[step]) % {"days": settings.LETTER_WORKING_DAYS} for step in advice.steps]
    if advice.partner and Bring.PHONE in advice.brings:
        found.append(_("Has the partner no DigiD? Then go through the questions again for the partner alone."))
    return found


def _letter_dates(advice: Advice) -> list[str]:
    letters = advice.letters
    if letters is None:
        return []
    if letters.ask_by is not None and not letters.too_late:
        words = _("Let it be asked on %(day)s at the latest. Then the letter is there before the talk.")
        return [words % {"day": day(letters.ask_by)}]
    there = _("Is it asked today? Then the letter is there on %(day)s at the latest.") % {"day": day(letters.there_by)}
    first = {"day": day(letters.first_day)}
    if letters.too_late:
        late = _("It is too late for a letter before this talk.")
        return [late, there, _("Move the talk to %(day)s or later.") % first]
    return [there, _("Plan the talk on %(day)s or later.") % first]
