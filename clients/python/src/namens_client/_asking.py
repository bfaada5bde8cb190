"""Asking for decisions (OpenID AuthZEN 1.0). Nothing but a plain yes is a yes."""

from collections.abc import Sequence
from typing import Any

from namens_client._exchange import DECISIONS, Call, ask, failure
from namens_client._flow import Answer, Flow, TokenWanted, Unreached
from namens_client._reading import Fields, Unreadable, understood
from namens_client._setup import Setup
from namens_client.decisions import Decision, Question, Reason
from namens_client.people import Helper, Member
from namens_client.problems import NoAnswer

MOST_AT_ONCE = 1000


def may(setup: Setup, question: Question, *, request_id: str) -> Flow[Decision]:
    """Ask one question. Raises NoAnswer."""
    until = setup.ticks() + setup.patience
    answer = yield from _asked(setup, "evaluation", _content(question), until=until, request_id=request_id)
    with understood(answer) as fields:
        return _decision(fields, request_id=answer.request_id)


def may_all(setup: Setup, questions: Sequence[Question], *, request_id: str) -> Flow[list[Decision]]:
    """Ask many questions, at most a thousand in one request. Raises NoAnswer."""
    until = setup.ticks() + setup.patience
    decisions: list[Decision] = []
    for start in range(0, len(questions), MOST_AT_ONCE):
        part = questions[start : start + MOST_AT_ONCE]
        content = {"evaluations": [_content(question) for question in part]}
        answer = yield from _asked(setup, "evaluations", content, until=until, request_id=request_id)
        with understood(answer) as fields:
            found = [_decision(one, request_id=answer.request_id) for one in fields.many("evaluations")]
            if len(found) != len(part):
                raise Unreadable("evaluations")
            decisions += found
    return decisions


def token(setup: Setup, scope: str) -> Flow[str]:
    """Give a token for a scope. Raises NoAnswer."""
    try:
        given: str = yield TokenWanted(scope=scope, until=setup.ticks() + setup.patience)
    except Unreached as problem:
        raise NoAnswer(str(problem), retry_after=problem.retry_after) from None
    return given


def _asked(setup: Setup, path: str, content: object, *, until: float, request_id: str) -> Flow[Answer]:
    url = f"{setup.decisions}/access/v1/{path}"
    call = Call(scope=DECISIONS, method="POST", url=url, content=content, until=until, request_id=request_id)
    answer = yield from ask(setup, call)
    if answer.status != 200:
        raise failure(answer)
    return answer


def _content(question: Question) -> dict[str, Any]:
    action = f"{question.service}#{question.action}" if question.action else question.service
    context = {"assurance": question.assurance} if question.assurance else {}
    if question.at is not None:
        context["time"] = question.at.isoformat()
    content = {
        "subject": _subject(question.subject),
        "action": {"name": action},
        "resource": {"type": "person", "id": question.on_behalf_of.id},
    }
    return {**content, "context": context} if context else content


def _subject(who: Helper) -> dict[str, Any]:
    if isinstance(who, Member):
        return {"type": "member", "id": who.id, "properties": {"organisation": who.organisation}}
    return {"type": "person", "id": who.id}


def _decision(fields: Fields, *, request_id: str) -> Decision:
    allowed, context = fields.flag("decision"), fields.inner_if_there("context")
    error = context.inner_if_there("error")
    if allowed and error.content:
        raise Unreadable("decision")
    return Decision(
        allowed=allowed,
        reason=Reason(context.text("reason")) if context.has("reason") and not allowed else None,
        mandate=context.uuid("mandate") if context.has("mandate") else None,
        valid_until=context.day("valid_until") if context.has("valid_until") else None,
        as_of=context.moment("as_of") if context.has("as_of") else None,
        error=error.text("message", otherwise="not understood") if error.content else "",
        request_id=request_id,
    )
