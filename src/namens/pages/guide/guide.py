"""Which way fits? One question a page, without login; then one advice, as a page, a sheet and a card with pictures."""

from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from namens.lib import clock
from namens.pages.guide import words
from namens.pages.guide.advice import Advice, Situation, Way, advise
from namens.pages.guide.answers import Given, Question
from namens.pages.guide.questions import STEPS, AnswerForm, DayForm, heading, lead
from namens.pages.mandates.wording import day

ASKED = "asked"
_ACTIONS: dict[Way, tuple[str, str]] = {
    Way.CLIENT_LOGS_IN: ("pages:visit", gettext_noop("Your client logs in here")),
    Way.HAND_OFF: ("pages:table", gettext_noop("At the table")),
    Way.APPOINTMENT: ("pages:appointment", gettext_noop("Make an appointment")),
    Way.ASK: ("pages:ask", gettext_noop("Ask for a mandate")),
    Way.ORGANISATION: ("pages:work", gettext_noop("Work list")),
    Way.CODE: ("pages:helper-number", gettext_noop("See your helper number")),
}


@require_safe
def which_way(request: HttpRequest) -> HttpResponse:
    """Ask the first open question, or give the advice. Answers stand in the address, so that Back works."""
    given = Given.parse(request.GET.dict())
    question = given.next_question
    if question is None:
        return _advice(request, given)
    form = _form(request, given, question=question)
    if form.is_bound and form.is_valid():
        answered = (
            given.on(form.cleaned_data["day"])
            if question is Question.DAY
            else given.with_answer(question, form.cleaned_data["answer"])
        )
        return redirect(_address(answered))
    return _ask(request, given, question=question, form=form)


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """Give the advice on paper, for the client."""
    return _on_paper(request, template="sheet")


@require_safe
def card(request: HttpRequest) -> HttpResponse:
    """Give the advice in pictures, for who would rather look than read."""
    return _on_paper(request, template="card")


def _form(request: HttpRequest, given: Given, *, question: Question) -> forms.Form:
    data = request.GET if request.GET.get(ASKED) == question else None
    if question is Question.DAY:
        return DayForm(data, today=clock.today())
    return AnswerForm(data, question=question, answers=given.answers)


def _ask(request: HttpRequest, given: Given, *, question: Question, form: forms.Form) -> HttpResponse:
    page = {
        "form": form,
        "heading": heading(question, answers=given.answers),
        "lead": lead(question, answers=given.answers),
        "question": question,
        "kept": given.parameters,
        "back_url": _back(given),
        "steps": _steps(),
        "current": STEPS[question],
        "section": "pages:help",
        "language_next": _address(given),
    }
    return render(request, "pages/guide/question.html", page)


def _advice(request: HttpRequest, given: Given) -> HttpResponse:
    page = {
        **_shown(advise(given.answers, today=clock.today())),
        "back_url": _back(given),
        "sheet_url": _address(given, page="pages:which-way-sheet"),
        "card_url": _address(given, page="pages:which-way-card"),
        "go_on_url": _address(Given.parse({Question.SITUATION: Situation.ORDINARY})),
        "steps": _steps(),
        "current": STEPS[None],
        "section": "pages:help",
        "language_next": _address(given),
    }
    return render(request, "pages/guide/advice.html", page)


def _on_paper(request: HttpRequest, *, template: str) -> HttpResponse:
    given = Given.parse(request.GET.dict())
    advice = advise(given.answers, today=clock.today())
    if given.next_question is not None or advice.way is Way.ELSEWHERE:
        return redirect(_address(given))
    return render(request, f"pages/guide/{template}.html", {**_shown(advice), "back_url": _address(given)})


def _shown(advice: Advice) -> dict[str, object]:
    """Give the advice and its words."""
    name, label = _ACTIONS.get(advice.way, ("", ""))
    return {
        "advice": advice,
        "heading": words.heading(advice),
        "card_heading": _(words.TO_CLIENTS[advice.way]) if advice.way in words.TO_CLIENTS else "",
        "sentences": words.exit_sentences(advice) if advice.way is Way.ELSEWHERE else [],
        "can_go_on": advice.situation in {Situation.REPRESENTED, Situation.INSTITUTION},
        "lead": _(words.LEADS[advice.way]) if advice.way in words.LEADS else "",
        "step_sentences": words.steps(advice),
        "dates": words.dates(advice),
        "brings": [_(words.BRINGS[bring]) for bring in advice.brings],
        "pictures": words.pictures(advice),
        "bring_pictures": words.bring_pictures(advice),
        "talk": day(advice.day) if advice.day else "",
        "action": {"url": reverse(name), "label": _(label)} if name else None,
    }


def _back(given: Given) -> str:
    last = given.last_answered
    return reverse("pages:help") if last is None else _address(given.without(last))


def _address(given: Given, *, page: str = "pages:which-way") -> str:
    query = urlencode(given.parameters)
    return f"{reverse(page)}?{query}" if query else reverse(page)


def _steps() -> list[str]:
    return [_("Your client"), _("Yourself"), _("Logging in"), _("The talk"), _("Advice")]
