"""What we ask the decisions door about a visitor who acts for somebody else."""

import logging
from typing import Any

from flask import g

from mijn_toeslagen.decisions import NoAnswer
from mijn_toeslagen.portal import portal, visit
from mijn_toeslagen.visitor import Acting, Visitor

log = logging.getLogger("portal")


def may(visitor: Visitor, *, action: str = "") -> bool:
    """Say whether a visitor may still act, or may do one sensitive action. Raises NoAnswer.

    Who comes for themselves may: nobody is asked.
    """
    decisions = portal().decisions
    if visitor.acting is None or decisions is None:
        return True
    try:
        return decisions.may(question(visitor, visitor.acting, action=action), request_id=g.request_id)
    except NoAnswer as problem:
        log.warning("request %s: no decision: %s", g.request_id, problem)
        raise


def question(visitor: Visitor, acting: Acting, *, action: str = "") -> dict[str, Any]:
    """Give the question: who is at the keyboard, for whom, for which service, and how sure the login was."""
    service = portal().settings.service_key
    return {
        "subject": _subject(visitor, acting),
        "action": {"name": f"{service}#{action}" if action else service},
        "resource": {"type": "person", "id": acting.client.id},
        "context": {"assurance": visit().get("level")},
    }


def _subject(visitor: Visitor, acting: Acting) -> dict[str, Any]:
    if acting.organisation is None:
        return {"type": "person", "id": visitor.person.id}
    works_for = {"organisation": acting.organisation.kvk_number}
    return {"type": "member", "id": visitor.person.id, "properties": works_for}
