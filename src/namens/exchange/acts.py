"""A portal reports acts. Each is judged as of its own moment, and kept once (decision 0046)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from namens.exchange import allowances
from namens.exchange.judging import Judged, judge
from namens.exchange.keeping import keep
from namens.exchange.models import ReportedAct
from namens.exchange.refusals import Wrong
from namens.exchange.reports import Invalid, Known, Outcome, Refused, Report, Reported, Taken, wrong_for, wrong_form
from namens.exchange.who import People, people_in
from namens.mandates.decision import Refusal
from namens.services.models import Portal

Answers = dict[str, Outcome]


def report_acts(portal: Portal, reports: Sequence[Report], *, now: datetime) -> list[Outcome]:
    """Give what became of each, in their order; each stands by itself. One act is a batch of one.

    What is allowed and what is refused is written in one transaction. As many statements for many as for few, but for
    the inserts, which take 500 rows each. Raises TooMany; then nothing was taken.
    """
    if not reports:
        return []
    allowances.spend(portal, acts=len(reports), now=now)
    services = frozenset(portal.services.filter(active=True).values_list("key", flat=True))
    told = [_with_service(report, services) for report in reports]
    answers = _already(portal, told)
    # The same twice in one batch is one act, and asked about once.
    new: dict[str, Report] = {}
    for report in told:
        if report.fingerprint not in answers:
            new.setdefault(report.fingerprint, report)
    answers |= _new(portal, list(new.values()), services=services, now=now)
    return _in_order(told, answers)


def act_of(portal: Portal, *, act: UUID) -> ReportedAct | None:
    """Give an act that this portal reported; None for any other."""
    return ReportedAct.objects.filter(id=act, portal=portal).first()


def _with_service(report: Report, services: frozenset[str]) -> Report:
    """Give the report with the only service that this portal has, where it names none."""
    return report if report.service or len(services) != 1 else replace(report, service=next(iter(services)))


def _already(portal: Portal, told: Iterable[Report]) -> Answers:
    """Answer what needs no judging: what is not written as it should be, and references that are known. One statement.

    A repetition is recognised for as long as the act is kept, also when its login or its service is gone by then.
    """
    wrong = {report.fingerprint: why for report in told if (why := wrong_form(report))}
    sound = [report for report in told if report.fingerprint not in wrong]
    kept = ReportedAct.objects.filter(portal=portal, reference__in={report.reference for report in sound})
    known = {act.reference: act for act in kept}
    answers: Answers = {fingerprint: Invalid(why) for fingerprint, why in wrong.items()}
    found = ((report.fingerprint, known[report.reference]) for report in sound if report.reference in known)
    return answers | {fingerprint: _compared(act, fingerprint) for fingerprint, act in found}


def _compared(act: ReportedAct, fingerprint: str) -> Known | Taken:
    return Known(act) if act.fingerprint == fingerprint else Taken()


def _new(portal: Portal, reports: Sequence[Report], *, services: frozenset[str], now: datetime) -> Answers:
    """Judge what was not reported before, and keep it."""
    acts = {act["key"]: act["name"] for act in portal.acts}
    wrong = [wrong_for(report, acts=acts, services=services, now=now) for report in reports]
    answers: Answers = {report.fingerprint: Invalid(why) for report, why in zip(reports, wrong, strict=True) if why}
    sound = [report for report, why in zip(reports, wrong, strict=True) if not why]
    named: list[tuple[Report, People]] = []
    for report, people in zip(sound, people_in(sound, portal=portal), strict=True):
        if isinstance(people, Wrong):
            answers[report.fingerprint] = Invalid(people)
        else:
            named.append((report, people))
    return answers | _judged(portal, named, now=now) if named else answers


def _judged(portal: Portal, named: Sequence[tuple[Report, People]], *, now: datetime) -> Answers:
    """Judge and keep. Of several that are allowed under one reference the first counts; then it is taken."""
    answers: Answers = {}
    first: dict[str, Judged] = {}
    refused: list[Judged] = []
    for one in judge(portal, named, now=now):
        reference, fingerprint = one.report.reference, one.report.fingerprint
        if reference in first:
            answers[fingerprint] = Taken()
        elif isinstance(one.decision, Refusal):
            answers[fingerprint] = Refused(one.decision.reason)
            refused.append(one)
        else:
            first[reference] = one
    kept = keep(portal, allowed=list(first.values()), refused=refused, now=now)
    for reference, one in first.items():
        found, fingerprint = kept[reference], one.report.fingerprint
        answers[fingerprint] = Reported(found.act) if found.is_new else _compared(found.act, fingerprint)
    return answers


def _in_order(told: Sequence[Report], answers: Mapping[str, Outcome]) -> list[Outcome]:
    """Give the answer to each; the second time in one batch it is known."""
    given: set[str] = set()
    outcomes: list[Outcome] = []
    for report in told:
        answer = answers[report.fingerprint]
        if isinstance(answer, Reported) and report.fingerprint in given:
            answer = Known(answer.act)
        given.add(report.fingerprint)
        outcomes.append(answer)
    return outcomes
