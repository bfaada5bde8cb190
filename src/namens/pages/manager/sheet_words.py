"""What the lines of a spreadsheet do and why they do not, in the plain words of managers."""

from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from namens.organisations.refusals import OrganisationReason
from namens.organisations.sheets import LineReason, LineState, SheetLine, Step
from namens.pages.manager.spreadsheet import FileProblem
from namens.pages.mandates.wording import day
from namens.pages.sentences import sentence_for

STATES = {
    LineState.NEW: (gettext_noop("New"), "positive"),
    LineState.CHANGED: (gettext_noop("Changes"), "warning"),
    LineState.UNCHANGED: (gettext_noop("Stays"), "neutral"),
    LineState.WRONG: (gettext_noop("Not right"), "negative"),
}
DONE_STATES = {
    LineState.NEW: (gettext_noop("Invited"), "positive"),
    LineState.CHANGED: (gettext_noop("Changed"), "positive"),
}
WAITS = gettext_noop("Waits")
_LINES: dict[StrEnum, str] = {
    LineReason.DAY_UNREADABLE: gettext_noop("Write a day as 23-11-2026."),
    LineReason.EMAIL_UNREADABLE: gettext_noop("Fill in an e-mail address, for example name@example.nl."),
    LineReason.KIND_UNREADABLE: gettext_noop("Write medewerker or vrijwilliger (staff or volunteer)."),
    LineReason.NAME_UNREADABLE: gettext_noop("Fill in first name and family name, with at most 75 letters each."),
    LineReason.OTHER_LINE_DIFFERS: gettext_noop("Another line says something else of this person. Keep one of them."),
    LineReason.SERVICE_UNKNOWN: gettext_noop("We do not know one of these services. Write the names as we do."),
    LineReason.TEAM_UNREADABLE: gettext_noop("The name of the team is too long."),
}
_FILES = {
    FileProblem.EMPTY: gettext_noop("There is nothing in this file."),
    FileProblem.TOO_LARGE: gettext_noop("This file is too large. It can be 5 MB at most."),
    FileProblem.OTHER_PROGRAM: gettext_noop(
        "This is no CSV file. Open it in your spreadsheet program and save it as CSV."
    ),
    FileProblem.NOT_TEXT: gettext_noop("We cannot read this file. Save it as CSV (UTF-8) and choose it again."),
    FileProblem.BROKEN: gettext_noop("There is a quotation mark in this file that does not end. Save it as CSV again."),
    FileProblem.NO_COLUMNS: gettext_noop("The first line must have the names of the columns. Missing: %(columns)s."),
    FileProblem.NO_LINES: gettext_noop("There are no people in this file, only names of columns."),
    FileProblem.TOO_MANY_COLUMNS: gettext_noop("There are more than 100 columns in this file. Keep what you need."),
    FileProblem.TOO_MANY_LINES: gettext_noop("There are more than 10,000 lines in this file. Make two files of it."),
}


def problem_words(problem: FileProblem, *, columns: tuple[str, ...]) -> str:
    """Say why nothing of a file can be used, and what to do."""
    said = _(_FILES[problem])
    return said % {"columns": ", ".join(columns)} if columns else said


def badge_of(line: SheetLine, *, is_agreed: bool) -> tuple[str, str]:
    """Give a word for what a line will do or did, and its colour."""
    state = LineState(line.state)
    if line.done_at is not None and state in DONE_STATES:
        label, tone = DONE_STATES[state]
    elif is_agreed and state in DONE_STATES:
        label, tone = WAITS, "warning"
    else:
        label, tone = STATES[state]
    return _(label), tone


def sentences_of(line: SheetLine) -> list[str]:
    """Say what a line does, or why it does nothing."""
    if line.state == LineState.WRONG:
        return [_reason(reason) for reason in line.reasons]
    return [_step(Step(step), line.asked) for step in line.steps]


def _reason(code: str) -> str:
    if code in list(LineReason):
        return _(_LINES[LineReason(code)])
    return sentence_for(OrganisationReason(code))


def _step(step: Step, asked: dict[str, Any]) -> str:
    if step is Step.INVITE:
        return _("Gets an invitation.")
    if step is Step.CHANGE_DETAILS:
        return _("Name, kind or team changes.")
    terms = asked["terms"]
    days = {"first": day(date.fromisoformat(terms["first_day"])), "last": day(date.fromisoformat(terms["last_day"]))}
    if step is Step.GIVE_LICENCE:
        return _("Gets a licence from %(first)s up to and including %(last)s.") % days
    return _("The licence becomes: from %(first)s up to and including %(last)s.") % days
