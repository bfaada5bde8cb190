"""The answers of the guide as they travel in an address: nothing in them says who anybody is."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum

from namens.pages.fields import NO, YES
from namens.pages.guide.advice import Answers, Helper, Reach, Situation

UNKNOWN_DAY = "none"


class Question(StrEnum):
    """The questions in their order; each is also the name of its parameter."""

    SITUATION = "situation"
    HELPER = "helper"
    EHERKENNING = "eherkenning"
    BSN = "bsn"
    DIGID = "digid"
    CAN_LOG_IN = "can_log_in"
    PARTNER = "partner"
    REACH = "reach"
    DAY = "day"


_KINDS: dict[Question, type[StrEnum]] = {
    Question.SITUATION: Situation,
    Question.HELPER: Helper,
    Question.REACH: Reach,
}


@dataclass(frozen=True)
class Given:
    """What was answered, and the parameters that say so. What cannot be read was not answered."""

    answers: Answers
    parameters: Mapping[str, str]

    @classmethod
    def parse(cls, sent: Mapping[str, str]) -> "Given":
        """Read the parameters of an address; questions that do not arise (any more) are left out."""
        given = cls(Answers(), {})
        for question in Question:
            text = str(sent.get(question, ""))
            if given.arises(question) and is_answer(question, text):
                given = given.with_answer(question, text)
        return given

    @property
    def next_question(self) -> Question | None:
        """Give the first open question; None when the advice can be given."""
        return next((one for one in Question if self.arises(one) and one not in self.parameters), None)

    @property
    def last_answered(self) -> Question | None:
        """Give the question before the open one."""
        return next((one for one in reversed(Question) if one in self.parameters), None)

    def arises(self, question: Question) -> bool:
        """Say whether this question has to be asked, after the answers so far."""
        answers = self.answers
        if question is Question.SITUATION:
            return True
        if answers.situation is not Situation.ORDINARY:
            return False
        if question is Question.EHERKENNING:
            return answers.helper is Helper.ORGANISATION
        return question is not Question.CAN_LOG_IN or bool(answers.digid)

    def with_answer(self, question: Question, text: str) -> "Given":
        """Give it with one more answer."""
        answers = replace(self.answers, **{question.value: _read(question, text)})  # type: ignore[arg-type]  # by name
        return Given(answers, {**self.parameters, question.value: text})

    def without(self, question: Question) -> "Given":
        """Give it as it was before this question was answered."""
        return Given.parse({name: text for name, text in self.parameters.items() if name != question})

    def on(self, day: date | None) -> "Given":
        """Give it with a day for the talk, or with the answer that there is none yet."""
        return self.with_answer(Question.DAY, day.isoformat() if day else UNKNOWN_DAY)


def is_answer(question: Question, text: str) -> bool:
    """Say whether this text answers the question."""
    if question is Question.DAY:
        return text == UNKNOWN_DAY or _day(text) is not None
    kind = _KINDS.get(question)
    return text in ({one.value for one in kind} if kind else {YES, NO})


def as_parameters(answers: Answers) -> dict[str, str]:
    """Give the parameters of an address for what is known already, for an appointment that leads to the guide."""
    known = {one.name: getattr(answers, one.name) for one in fields(answers)}
    return {name: _write(value) for name, value in known.items() if value is not None}


def _write(value: StrEnum | bool | date) -> str:  # noqa: FBT001 - one of the kinds of answer
    if isinstance(value, bool):
        return YES if value else NO
    return value.value if isinstance(value, StrEnum) else value.isoformat()


def _read(question: Question, text: str) -> StrEnum | bool | date | None:
    if question is Question.DAY:
        return _day(text)
    kind = _KINDS.get(question)
    return kind(text) if kind else text == YES


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text and 2020 <= found.year <= 2100 else None
