"""Which of the ways to get access fits a client and a helper. Pure: answers and a day in, one advice out."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.conf import settings

from namens.mandates.letters import letter_by


class Situation(StrEnum):
    """Why a client can need another counter than ours."""

    ORDINARY = "ordinary"
    DIED = "died"
    REPRESENTED = "represented"
    MINOR = "minor"
    INSTITUTION = "institution"


class Helper(StrEnum):
    """As whom somebody helps."""

    PRIVATE = "private"
    ORGANISATION = "organisation"


class Reach(StrEnum):
    """When the helper needs access."""

    DURING = "during"
    AROUND = "around"


class Way(StrEnum):
    """What an advice comes down to."""

    ELSEWHERE = "elsewhere"
    CLIENT_LOGS_IN = "client-logs-in"
    HAND_OFF = "hand-off"
    CODE = "code"
    BY_PHONE = "by-phone"
    ASK = "ask"
    ORGANISATION = "organisation"
    APPOINTMENT = "appointment"

    @property
    def number(self) -> int | None:
        """Give which of the four ways it is; the appointment and elsewhere are none of them."""
        return _NUMBERS.get(self)


_NUMBERS = {
    Way.CLIENT_LOGS_IN: 1,
    Way.HAND_OFF: 2,
    Way.CODE: 2,
    Way.BY_PHONE: 2,
    Way.ASK: 3,
    Way.ORGANISATION: 4,
}


class Step(StrEnum):
    """Something to do. The words stand in `words`."""

    GET_DIGID = "get-digid"
    LET_BRING_PHONE = "let-bring-phone"
    CLOSE_OWN_LOGIN = "close-own-login"
    CLIENT_LOGS_IN = "client-logs-in"
    LOG_OUT = "log-out"
    SHOW_QR = "show-qr"
    YES_ON_PHONE = "yes-on-phone"
    TODAY_ONLY = "today-only"
    MANDATE_AT_HOME = "mandate-at-home"
    MANDATE_AT_TABLE = "mandate-at-table"
    ONE_DAY = "one-day"
    CALL_HELPDESK = "call-helpdesk"
    ASK_ONLINE = "ask-online"
    TELL_OF_LETTER = "tell-of-letter"
    BRING_CODE = "bring-code"
    ACTIVATE = "activate"
    STOP_AFTERWARDS = "stop-afterwards"
    LOG_IN_AT_WORK = "log-in-at-work"
    NAME_ORGANISATION = "name-organisation"
    MAKE_APPOINTMENT = "make-appointment"
    OPEN_AT_TABLE = "open-at-table"
    CLOSE_AT_TABLE = "close-at-table"
    PARTNER_TOO = "partner-too"


class Bring(StrEnum):
    """Something to bring to the talk."""

    PHONE = "phone"
    LETTER = "letter"
    CODE = "code"
    BSN = "bsn"


@dataclass(frozen=True)
class Answers:
    """What is known. None: not asked yet, or nothing to ask; a day of None is a talk that has no day yet.

    `bsn` says of an organisation whether it may process BSNs, and of a private helper whether BSN and date of birth of
    the client are known. `can_log_in` says whether the client can log in at the talk, with the own phone for example.
    """

    situation: Situation | None = None
    helper: Helper | None = None
    eherkenning: bool | None = None
    bsn: bool | None = None
    digid: bool | None = None
    can_log_in: bool | None = None
    partner: bool | None = None
    reach: Reach | None = None
    day: date | None = None

    @property
    def can_use_code(self) -> bool:
        """Say whether this helper may type the client's BSN beside a code: an organisation without a basis may not."""
        return self.helper is not Helper.ORGANISATION or bool(self.bsn)

    @property
    def logs_in_at_table(self) -> bool:
        """Say whether the client has a login at hand during the talk."""
        return bool(self.digid and self.can_log_in)

    @property
    def works_with_eherkenning(self) -> bool:
        """Say whether the helper logs in for an organisation."""
        return self.helper is Helper.ORGANISATION and bool(self.eherkenning)


@dataclass(frozen=True)
class Letters:
    """The days of a letter with a code: there on `there_by` when it is asked today, `ask_by` at the latest for a talk.

    `too_late`: asked today it may come after the talk. Then the talk has to be on `first_day` or later.
    """

    there_by: date
    first_day: date
    ask_by: date | None
    too_late: bool


@dataclass(frozen=True)
class Advice:
    """One way, and what belongs to it. `situation` says why a client must be elsewhere.

    `code_from` is the first day on which a code can be made at home so that it still works at the talk; `longer_from`
    the day from which a private helper can get more than one day, after a first yes through a hand-off.
    """

    way: Way
    situation: Situation
    steps: tuple[Step, ...] = ()
    brings: tuple[Bring, ...] = ()
    partner: bool = False
    day: date | None = None
    letters: Letters | None = None
    code_from: date | None = None
    longer_from: date | None = None

    @property
    def partner_brings(self) -> tuple[Bring, ...]:
        """Give what the partner brings: the same, but of the partner's own."""
        return self.brings if self.partner else ()


def advise(answers: Answers, *, today: date) -> Advice:
    """Give the one advice for these answers; what is not answered counts as no, and as only during the talk.

    Nothing is asked of anybody: an appointment can fill in what it knows and leave the rest.
    """
    situation, way = answers.situation or Situation.ORDINARY, _way(answers)
    if way is Way.ELSEWHERE:
        return Advice(way=way, situation=situation)
    at_home = way is Way.CODE and not answers.logs_in_at_table
    return Advice(
        way=way,
        situation=situation,
        steps=_steps(way, answers),
        brings=_brings(way, answers),
        partner=bool(answers.partner),
        day=answers.day,
        letters=letters_for(answers.day, today=today) if _by_letter(way, answers) else None,
        code_from=_code_from(answers.day, today=today) if at_home else None,
        longer_from=letter_by(answers.day or today) if way is Way.HAND_OFF and _is_private(answers) else None,
    )


def letters_for(day: date | None, *, today: date) -> Letters:
    """Give the days of a letter that has to be there before the day of a talk."""
    there_by = letter_by(today)
    return Letters(
        there_by=there_by,
        first_day=there_by + timedelta(days=1),
        ask_by=last_day_to_ask(day) if day else None,
        too_late=day is not None and there_by >= day,
    )


def last_day_to_ask(day: date) -> date:
    """Give the last day on which a letter can be asked that is there before `day`."""
    asked = day - timedelta(days=1)
    while letter_by(asked) >= day:
        asked -= timedelta(days=1)
    return asked


def _way(answers: Answers) -> Way:
    if answers.situation not in {None, Situation.ORDINARY}:
        return Way.ELSEWHERE
    if answers.reach is Reach.AROUND:
        return _way_around(answers)
    if answers.logs_in_at_table or not answers.can_use_code:
        return Way.CLIENT_LOGS_IN
    if answers.digid:
        return Way.CODE
    return Way.APPOINTMENT if answers.bsn else Way.BY_PHONE


def _way_around(answers: Answers) -> Way:
    """Give the way to a mandate that also serves before and after the talk."""
    if not answers.can_use_code:
        return Way.HAND_OFF
    if answers.works_with_eherkenning:
        return Way.ORGANISATION
    if answers.digid:
        return Way.HAND_OFF if answers.can_log_in and not answers.bsn else Way.CODE
    return Way.ASK if answers.bsn else Way.BY_PHONE


def _steps(way: Way, answers: Answers) -> tuple[Step, ...]:
    ahead: list[Step] = []
    if way in {Way.CLIENT_LOGS_IN, Way.HAND_OFF} and not answers.logs_in_at_table:
        ahead = [Step.LET_BRING_PHONE] if answers.digid else [Step.GET_DIGID, Step.LET_BRING_PHONE]
    partner = [Step.PARTNER_TOO] if answers.partner else []
    return (*ahead, *_STEPS[way], *_more(way, answers), *partner)


# What always belongs to a way; an organisation and a code from the screen differ, see `_more`.
_STEPS: dict[Way, tuple[Step, ...]] = {
    Way.CLIENT_LOGS_IN: (Step.CLOSE_OWN_LOGIN, Step.CLIENT_LOGS_IN, Step.LOG_OUT),
    Way.HAND_OFF: (Step.SHOW_QR, Step.YES_ON_PHONE),
    Way.CODE: (),
    Way.BY_PHONE: (Step.CALL_HELPDESK, Step.BRING_CODE, Step.ACTIVATE),
    Way.ASK: (Step.ASK_ONLINE, Step.TELL_OF_LETTER, Step.BRING_CODE, Step.ACTIVATE),
    Way.ORGANISATION: (Step.LOG_IN_AT_WORK,),
    Way.APPOINTMENT: (
        Step.MAKE_APPOINTMENT,
        Step.TELL_OF_LETTER,
        Step.BRING_CODE,
        Step.OPEN_AT_TABLE,
        Step.CLOSE_AT_TABLE,
    ),
}


def _more(way: Way, answers: Answers) -> tuple[Step, ...]:
    if way is Way.HAND_OFF and _is_private(answers):
        return (Step.TODAY_ONLY,)
    if way is Way.BY_PHONE and answers.reach is not Reach.AROUND:
        return (Step.STOP_AFTERWARDS,)
    if way is Way.CODE:
        given = Step.MANDATE_AT_TABLE if answers.logs_in_at_table else Step.MANDATE_AT_HOME
        return (given, Step.ACTIVATE) if answers.reach is Reach.AROUND else (given, Step.ONE_DAY, Step.ACTIVATE)
    if way is Way.ORGANISATION:
        asked = (Step.ASK_ONLINE, Step.TELL_OF_LETTER, Step.BRING_CODE, Step.ACTIVATE)
        return (Step.NAME_ORGANISATION, Step.ACTIVATE) if answers.digid else asked
    return ()


def _brings(way: Way, answers: Answers) -> tuple[Bring, ...]:
    if way in {Way.CLIENT_LOGS_IN, Way.HAND_OFF}:
        return (Bring.PHONE,)
    if _by_letter(way, answers):
        return (Bring.LETTER,) if answers.bsn else (Bring.LETTER, Bring.BSN)
    return (Bring.PHONE if answers.logs_in_at_table else Bring.CODE, Bring.BSN)


def _by_letter(way: Way, answers: Answers) -> bool:
    if way is Way.ORGANISATION:
        return not answers.digid
    return way in {Way.BY_PHONE, Way.ASK, Way.APPOINTMENT}


def _is_private(answers: Answers) -> bool:
    """Say whether the mandate would be in a person's own name: also of who works for an organisation by DigiD."""
    return not answers.works_with_eherkenning


def _code_from(day: date | None, *, today: date) -> date:
    """Give the first day on which a code on the screen can be made that still works on the day of the talk."""
    return max(today, day - timedelta(days=settings.CODE_DAYS)) if day else today
