"""A portal reports acts, one or many, and reads one again."""

from collections.abc import Mapping
from math import ceil
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from namens.api.calls import Call, Reply
from namens.api.problems import ApiProblem, Problem, invalid
from namens.api.wire import ProblemDocument
from namens.api.wire_acts import MEMBER, ActReport, ActReportsUnread, ActResult, ActResults, ActTaken
from namens.exchange.acts import act_of, report_acts
from namens.exchange.config import MOST_AT_ONCE
from namens.exchange.models import ReportedAct
from namens.exchange.refusals import Flood, TooMany, Wrong
from namens.exchange.reports import ByIds, ByLogin, Invalid, Known, Outcome, Refused, Report, Reported
from namens.grants.actions import keep_told
from namens.grants.actions.told import Told
from namens.grants.signing import NotOurs
from namens.grants.tokens import login_in

SINGLE, BATCH = "handelingen", "handelingreeksen"
_NOT_ALLOWED = "act-not-allowed-then"
_REFUSED = "Niemand mocht dit toen namens deze persoon doen. De handeling is niet opgeslagen; de weigering wel."
_WORDS: Mapping[Wrong, str] = {
    Wrong.ACT_UNKNOWN: "Deze handeling is voor uw portaal niet aangemeld. Zie /v1/portaal.",
    Wrong.SERVICE_MISSING: "Noem de dienst: uw portaal heeft er meer dan één.",
    Wrong.SERVICE_UNKNOWN: "Deze dienst heeft uw portaal niet. Zie /v1/portaal.",
    Wrong.IN_THE_FUTURE: "Het tijdstip is in de toekomst.",
    Wrong.TOO_OLD: "Het tijdstip is langer dan 92 dagen geleden.",
    Wrong.REFERENCE_MALFORMED: "Een kenmerk heeft 1 tot 64 tekens: letters, cijfers en . _ : / -",
    Wrong.REFERENCE_IS_BSN: "Dit kenmerk kan een BSN zijn. Kies een ander kenmerk.",
    Wrong.ONESELF: "Dit is geen handeling namens iemand anders.",
    Wrong.LOGIN_UNKNOWN: "Deze login is er niet (meer) bij uw portaal. Noem voorWie en doorWie.",
    Wrong.LOGIN_NOT_THEN: "Op dat tijdstip was deze login er niet.",
    Wrong.LOGIN_NOT_FOR_SERVICE: "Deze login is niet voor deze dienst.",
}
_FLOODS: Mapping[Flood, str] = {
    Flood.ACTS: "Uw portaal meldt te veel handelingen in één minuut. Er is niets opgeslagen.",
    Flood.REFUSED: "Te veel handelingen van uw portaal zijn geweigerd. Er is niets opgeslagen. Zoek eerst de oorzaak.",
}


def report_one(call: Call) -> Reply:
    """Take one act."""
    (outcome,) = _outcomes(call, [_report(call.read(ActReport))], endpoint=SINGLE)
    if not isinstance(outcome, Reported | Known):
        raise _problem(outcome, call)
    place = {"Location": f"/v1/{SINGLE}/{outcome.act.id}"}
    return Reply(_taken(outcome.act), status=_status(outcome), headers=place)


def report_many(call: Call) -> Reply:
    """Take many acts; each stands by itself."""
    given = call.read(ActReportsUnread).acts
    if len(given) > MOST_AT_ONCE:
        raise Problem(ApiProblem.TOO_LARGE, f"Stuur hoogstens {MOST_AT_ONCE} handelingen in één verzoek.")
    read = [_read(call, one) for one in given]
    outcomes = iter(_outcomes(call, [one for one in read if isinstance(one, Report)], endpoint=BATCH))
    results = [_result(one if isinstance(one, Problem) else next(outcomes), call) for one in read]
    return Reply(ActResults(results))


def act(call: Call) -> Reply:
    """Give one act again."""
    found = act_of(call.portal, act=UUID(str(call.place["act"])))
    if found is None:
        raise Problem(ApiProblem.NOT_FOUND, "Uw portaal meldde geen handeling met dit nummer.")
    return Reply(_taken(found))


def _read(call: Call, one: Any) -> Report | Problem:  # noqa: ANN401 - any JSON
    try:
        return _report(call.read_part(one, ActReport))
    except Problem as problem:
        return problem


def _report(read: ActReport) -> Report:
    """Give the report. Raises Problem."""
    return Report(
        act=read.act,
        at=read.at,
        reference=read.reference,
        service=read.service or "",
        who=_who(read),
    )


def _who(read: ActReport) -> ByIds | ByLogin:
    if read.login is not UNSET:
        if read.representee is not UNSET or read.actor is not UNSET:
            raise invalid("Noem de login, of voorWie en doorWie; niet allebei.")
        return ByLogin(read.login, family=_family(read.login))
    if read.representee is UNSET or read.actor is UNSET:
        raise invalid("Noem voorWie en doorWie, of de login waarin het gebeurde.")
    works_for = read.actor.kvk_number or ""
    if (read.actor.kind == MEMBER) is not bool(works_for):
        raise invalid("Een medewerker heeft een kvkNummer, een persoon niet.")
    return ByIds(whom=read.representee.id, by=read.actor.id, works_for=works_for)


def _family(jti: str) -> UUID | None:
    try:
        return login_in(jti)
    except NotOurs:
        return None


def _outcomes(call: Call, reports: list[Report], *, endpoint: str) -> list[Outcome]:
    """Give what became of them. What nobody may do, and a flood, is kept for the operators too. Raises Problem."""
    try:
        outcomes = report_acts(call.portal, reports, now=call.now)
    except TooMany as flood:
        problem = _too_many(flood)
        _keep(call, Told(endpoint, error=problem.code, reason=flood.flood, description=problem.detail))
        raise problem from None
    refused = sum(isinstance(one, Refused) for one in outcomes)
    if refused:
        words = f"{_REFUSED} ({refused})" if endpoint == BATCH else _REFUSED
        _keep(call, Told(endpoint, error=ApiProblem.NOT_ALLOWED_THEN, reason=_NOT_ALLOWED, description=words))
    return outcomes


def _keep(call: Call, told: Told) -> None:
    keep_told(told, client_id=call.portal.client_id, request_id=call.request_id, now=call.now)


def _too_many(flood: TooMany) -> Problem:
    wait = max(1, ceil(flood.wait.total_seconds()))
    return Problem(ApiProblem.TOO_MANY, _FLOODS[flood.flood], {"Retry-After": str(wait)})


def _result(outcome: Outcome | Problem, call: Call) -> ActResult:
    if isinstance(outcome, Reported | Known):
        return ActResult(_status(outcome), act=_taken(outcome.act))
    problem = outcome if isinstance(outcome, Problem) else _problem(outcome, call)
    document = msgspec.convert(problem.document(request_id=call.request_id), ProblemDocument)
    return ActResult(problem.status, problem=document)


def _status(outcome: Reported | Known) -> int:
    return 201 if isinstance(outcome, Reported) else 200


def _problem(outcome: Outcome, call: Call) -> Problem:
    if isinstance(outcome, Invalid):
        return invalid(_WORDS[outcome.why])
    if isinstance(outcome, Refused):
        why = {"reden": outcome.reason.value} if call.portal.gives_reasons else {}
        return Problem(ApiProblem.NOT_ALLOWED_THEN, _REFUSED, more=why)
    return Problem(ApiProblem.REFERENCE_TAKEN, "Onder dit kenmerk meldde uw portaal een andere handeling.")


def _taken(kept: ReportedAct) -> ActTaken:
    return ActTaken(
        id=kept.id,
        act=kept.act,
        service=kept.service,
        at=kept.done_at,
        reference=kept.reference,
        mandate=kept.mandate,
        reported_at=kept.reported_at,
    )
