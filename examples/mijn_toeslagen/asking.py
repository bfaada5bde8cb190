"""What we ask the decisions door about a visitor who acts for somebody else."""

import logging

from flask import g
from namens_client import Helper, Member, NoAnswer, Person, Question

from mijn_toeslagen.portal import portal, visit
from mijn_toeslagen.visitor import Acting, Visitor

log = logging.getLogger("portal")


def may(visitor: Visitor, *, action: str = "") -> bool:
    """Say whether a visitor may still act, or may do one sensitive action. Raises NoAnswer, within about 3 seconds.

    Who comes for themselves may: nobody is asked.
    """
    machine, settings = portal().machine, portal().settings
    if visitor.acting is None or machine is None or not settings.decisions:
        return True
    try:
        decision = machine.may(
            helper(visitor, visitor.acting),
            service=settings.service_key,
            on_behalf_of=Person(visitor.acting.client.id),
            action=action,
            assurance=visit().get("level", ""),
            # So that the answer is found again in our log and in that of Namens.
            request_id=g.request_id,
        )
    except NoAnswer as problem:
        log.warning("request %s: no decision: %s", g.request_id, problem)
        raise
    return decision.allowed


def question(visitor: Visitor, acting: Acting, *, service: str, level: str) -> Question:
    """Give the question whether this visitor may still act."""
    client = Person(acting.client.id)
    return Question(helper(visitor, acting), service=service, on_behalf_of=client, assurance=level)


def helper(visitor: Visitor, acting: Acting) -> Helper:
    """Give who is at the keyboard: a private helper, or a member of an organisation."""
    if acting.organisation is None:
        return Person(visitor.person.id)
    return Member(visitor.person.id, organisation=acting.organisation.kvk_number)
