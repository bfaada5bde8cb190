"""The table of states."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namens.mandates.states import TABLE, NotPossible, State, Verb, after, states_that_allow

STATES = st.sampled_from([None, *State])
VERBS = st.sampled_from(list(Verb))


@given(state=STATES, verb=VERBS)
def test_it_gives_the_state_of_the_table_or_says_it_cannot(state: State | None, verb: Verb) -> None:
    if (state, verb) in TABLE:
        assert after(state, verb) is TABLE[state, verb]
    else:
        with pytest.raises(NotPossible) as refused:
            after(state, verb)
        assert (refused.value.state, refused.value.verb) == (state, verb)


@given(verbs=st.lists(VERBS, max_size=30))
def test_it_never_comes_back_from_the_end(verbs: list[Verb]) -> None:
    state: State | None = None
    for verb in verbs:
        ended = state is State.ENDED
        try:
            state = after(state, verb)
        except NotPossible:
            continue
        assert not ended


@pytest.mark.parametrize("verb", list(Verb))
def test_it_leaves_the_end_final(verb: Verb) -> None:
    with pytest.raises(NotPossible, match=f"{verb} does not apply to ended"):
        after(State.ENDED, verb)


@pytest.mark.parametrize("verb", list(Verb))
def test_it_knows_which_states_allow_a_verb(verb: Verb) -> None:
    assert {state for state in State if (state, verb) in TABLE} == set(states_that_allow(verb))


@pytest.mark.parametrize("verb", [verb for verb in Verb if verb not in {Verb.OFFER, Verb.REQUEST}])
def test_it_begins_with_an_offer_or_a_request_only(verb: Verb) -> None:
    with pytest.raises(NotPossible, match="nothing"):
        after(None, verb)


@pytest.mark.parametrize("state", [state for state in State if state is not State.ENDED])
def test_it_can_be_ended_and_blocked_from_everywhere(state: State) -> None:
    endings = [verb for (known, verb), follows in TABLE.items() if known is state and follows is State.ENDED]
    assert Verb.BLOCK in endings
    assert {Verb.STOP, Verb.WITHDRAW} & set(endings)


def test_it_becomes_active_from_waiting_or_suspension_only() -> None:
    before = {state for (state, verb), follows in TABLE.items() if follows is State.ACTIVE and verb is not Verb.SHORTEN}
    assert before == {State.OFFERED, State.REQUESTED, State.SUSPENDED}
