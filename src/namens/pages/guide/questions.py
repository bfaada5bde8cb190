"""The questions of the guide: their words and their answers, and the form of each."""

from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from namens.pages.fields import NO, YES, DateField, OneOfField
from namens.pages.guide.advice import Answers, Helper, Reach, Situation
from namens.pages.guide.answers import Question
from namens.pages.widgets import Described

Choices = list[tuple[str, str | Promise | Described]]
_YES_NO: Choices = [(YES, _("Yes")), (NO, _("No"))]

HEADINGS: dict[Question, str | Promise] = {
    Question.SITUATION: _("Is one of these true for your client?"),
    Question.HELPER: _("As whom do you help?"),
    Question.EHERKENNING: _("Does your organisation work with eHerkenning?"),
    Question.BSN: _("Do you have the BSN and the date of birth of your client?"),
    Question.DIGID: _("Does your client have DigiD?"),
    Question.CAN_LOG_IN: _("Can your client log in during the talk?"),
    Question.PARTNER: _("Is there an allowance partner?"),
    Question.REACH: _("When do you need access?"),
    Question.DAY: _("When is the talk?"),
}
MAY_USE_BSN = _("May your organisation process BSNs?")
_LEADS: dict[Question, str | Promise] = {
    Question.SITUATION: _("Then another counter can help better than Namens."),
    Question.EHERKENNING: _(
        "Then you have an own login from your organisation. You do not use your own DigiD at work."
    ),
    Question.BSN: _("You need both to ask for a mandate. Your client must know about it."),
    Question.CAN_LOG_IN: _("For example with the DigiD app on the own phone, or with a text message."),
    Question.PARTNER: _("For allowances the data of the partner count too. A partner always decides apart."),
    Question.DAY: _("We look whether a letter can be there in time. You do not have to know it yet."),
}
_MAY_USE_BSN_LEAD = _(
    "Public bodies may for their task, others only where a law says so. Ask your manager if you do not know."
)
_CHOICES: dict[Question, Choices] = {
    Question.SITUATION: [
        (Situation.ORDINARY, _("No, none of these")),
        (Situation.DIED, _("My client died")),
        (
            Situation.REPRESENTED,
            Described(_("My client has an administrator or guardian"), _("Bewind, curatele or mentorschap")),
        ),
        (Situation.MINOR, _("My client is younger than 18")),
        (Situation.INSTITUTION, _("My client lives in an institution")),
    ],
    Question.HELPER: [
        (Helper.PRIVATE, Described(_("As a private person"), _("For your mother, your neighbour or a friend"))),
        (Helper.ORGANISATION, Described(_("For an organisation"), _("As staff or as a volunteer"))),
    ],
    Question.CAN_LOG_IN: [(YES, _("Yes, the phone is there")), (NO, _("No, only at home"))],
    Question.REACH: [
        (Reach.DURING, Described(_("Only during the talk"), _("You sit together, and arrange everything at once"))),
        (Reach.AROUND, Described(_("Before and after the talk too"), _("You prepare, or finish something later"))),
    ],
}
STEPS: dict[Question | None, int] = {
    Question.SITUATION: 1,
    Question.HELPER: 2,
    Question.EHERKENNING: 2,
    Question.BSN: 2,
    Question.DIGID: 3,
    Question.CAN_LOG_IN: 3,
    Question.PARTNER: 4,
    Question.REACH: 4,
    Question.DAY: 4,
    None: 5,
}


class AnswerForm(forms.Form):
    """One question with its answers."""

    answer = OneOfField()

    def __init__(self, data: QueryDict | None, *, question: Question, answers: Answers) -> None:
        super().__init__(data)
        self.fields["answer"].label = str(heading(question, answers=answers))
        self.fields["answer"].choices = _CHOICES.get(question, _YES_NO)  # type: ignore[attr-defined]  # a ChoiceField


class DayForm(forms.Form):
    """The day of the talk, if there is one."""

    day = DateField(label=_("Day of the talk"), help_text=_("Leave it empty if there is no day yet."), required=False)

    def __init__(self, data: QueryDict | None, *, today: date) -> None:
        super().__init__(data)
        self._today = today

    def clean_day(self) -> date | None:
        """Refuse a day that is over, or so far away that it is a mistake."""
        day: date | None = self.cleaned_data["day"]
        if day is not None and day < self._today:
            raise forms.ValidationError(_("This day is over. Choose today or a later day."))
        if day is not None and day.year > self._today.year + 1:
            raise forms.ValidationError(_("This is very far away. Look at the year again."))
        return day


def heading(question: Question, *, answers: Answers) -> str | Promise:
    """Give the question in words."""
    asks_organisation = question is Question.BSN and answers.helper is Helper.ORGANISATION
    return MAY_USE_BSN if asks_organisation else HEADINGS[question]


def lead(question: Question, *, answers: Answers) -> str | Promise:
    """Give the sentence under a question; empty for none."""
    asks_organisation = question is Question.BSN and answers.helper is Helper.ORGANISATION
    return _MAY_USE_BSN_LEAD if asks_organisation else _LEADS.get(question, "")
