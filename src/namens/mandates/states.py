"""The states of a mandate and what leads from one to another. Pure: no Django."""

from enum import StrEnum


class State(StrEnum):
    """Where a mandate stands. Expired and not yet started follow from the dates, they are no states."""

    OFFERED = "offered"
    REQUESTED = "requested"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    ENDED = "ended"


class Verb(StrEnum):
    """What can be done to a mandate."""

    OFFER = "offer"
    REQUEST = "request"
    APPROVE = "approve"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"
    ACTIVATE = "activate"
    STOP = "stop"
    SHORTEN = "shorten"
    SUSPEND = "suspend"
    RESTORE = "restore"
    REPLACE = "replace"
    BLOCK = "block"


class EndReason(StrEnum):
    """Why a mandate ended."""

    STOPPED_BY_REPRESENTEE = "stopped-by-representee"
    STOPPED_BY_REPRESENTATIVE = "stopped-by-representative"
    STOPPED_BY_HELPDESK = "stopped-by-helpdesk"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    REPLACED = "replaced"
    ORGANISATION_LEFT = "organisation-left"
    BLOCKED_DEATH = "blocked-death"
    BLOCKED_GUARDIANSHIP = "blocked-guardianship"
    BLOCKED_UNDER_AGE = "blocked-under-age"
    BLOCKED_ERRONEOUS = "blocked-erroneous"

    @property
    def is_block(self) -> bool:
        """Say whether the law or the register ended it, and nobody's choice."""
        return self.value.startswith("blocked-")


class NotPossible(Exception):
    """This verb does not apply to a mandate in this state."""

    def __init__(self, state: State | None, verb: Verb) -> None:
        super().__init__(f"{verb} does not apply to {state or 'nothing'}")
        self.state, self.verb = state, verb


_WAITING = (State.OFFERED, State.REQUESTED)
_RUNNING = (State.ACTIVE, State.SUSPENDED)

TABLE: dict[tuple[State | None, Verb], State] = {
    (None, Verb.OFFER): State.OFFERED,
    (None, Verb.REQUEST): State.REQUESTED,
    (State.REQUESTED, Verb.APPROVE): State.ACTIVE,
    (State.REQUESTED, Verb.DECLINE): State.ENDED,
    (State.ACTIVE, Verb.SHORTEN): State.ACTIVE,
    (State.ACTIVE, Verb.SUSPEND): State.SUSPENDED,
    (State.SUSPENDED, Verb.RESTORE): State.ACTIVE,
    **{(state, Verb.ACTIVATE): State.ACTIVE for state in _WAITING},
    **{(state, Verb.WITHDRAW): State.ENDED for state in _WAITING},
    **{(state, Verb.LAPSE): State.ENDED for state in _WAITING},
    **{(state, Verb.STOP): State.ENDED for state in _RUNNING},
    **{(state, Verb.REPLACE): State.ENDED for state in (*_WAITING, *_RUNNING)},
    **{(state, Verb.BLOCK): State.ENDED for state in (*_WAITING, *_RUNNING)},
}


def after(state: State | None, verb: Verb) -> State:
    """Give the state that follows. Raises NotPossible; an ended mandate never comes back."""
    try:
        return TABLE[state, verb]
    except KeyError:
        raise NotPossible(state, verb) from None


def states_that_allow(verb: Verb) -> list[State]:
    """Give the states to which `verb` applies: what a conditional UPDATE asks for."""
    return [state for (state, known), _ in TABLE.items() if known is verb and state is not None]
