"""One advice for every combination of answers, and never one that the rules refuse."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

import pytest

from namens.mandates.letters import letter_by
from namens.pages.guide.advice import (
    Answers,
    Bring,
    Helper,
    Reach,
    Situation,
    Step,
    Way,
    advise,
    last_day_to_ask,
)

TODAY = date(2026, 11, 23)
BOTH = (True, False)


def every_answer(situation: Situation = Situation.ORDINARY) -> Iterator[Answers]:
    """Give all combinations, with a talk today, too soon for a letter, late enough, and without a day."""
    days = (None, *(TODAY + timedelta(days=number) for number in (0, 3, 40)))
    for helper, reach, day, (eherkenning, bsn, digid), (can_log_in, partner) in product(
        Helper, Reach, days, product(BOTH, BOTH, BOTH), product(BOTH, BOTH)
    ):
        yield Answers(
            situation=situation,
            helper=helper,
            eherkenning=eherkenning if helper is Helper.ORGANISATION else None,
            bsn=bsn,
            digid=digid,
            can_log_in=can_log_in if digid else None,
            partner=partner,
            reach=reach,
            day=day,
        )


def test_it_never_lets_an_organisation_without_a_basis_type_a_bsn() -> None:
    typed = {Step.ACTIVATE, Step.ASK_ONLINE, Step.OPEN_AT_TABLE}
    for answers in every_answer():
        if answers.helper is Helper.ORGANISATION and not answers.bsn:
            advice = advise(answers, today=TODAY)
            assert advice.way in {Way.CLIENT_LOGS_IN, Way.HAND_OFF}, answers
            assert not typed & set(advice.steps), answers


def test_it_lets_nobody_log_in_without_digid_unless_digid_comes_first() -> None:
    logs_in = {Step.CLIENT_LOGS_IN, Step.YES_ON_PHONE, Step.MANDATE_AT_HOME, Step.MANDATE_AT_TABLE}
    for answers in every_answer():
        advice = advise(answers, today=TODAY)
        if not answers.digid and logs_in & set(advice.steps):
            assert advice.steps[0] is Step.GET_DIGID, answers


def test_it_makes_no_mandate_where_the_client_can_log_in_and_only_the_talk_counts() -> None:
    for answers in every_answer():
        if answers.reach is Reach.DURING and answers.logs_in_at_table:
            assert advise(answers, today=TODAY).way is Way.CLIENT_LOGS_IN, answers


def test_it_gives_access_before_and_after_only_by_a_mandate() -> None:
    for answers in every_answer():
        if answers.reach is Reach.AROUND:
            assert advise(answers, today=TODAY).way not in {Way.CLIENT_LOGS_IN, Way.APPOINTMENT}, answers


def test_it_sends_to_the_organisation_only_who_works_with_eherkenning() -> None:
    for answers in every_answer():
        if advise(answers, today=TODAY).way is Way.ORGANISATION:
            assert answers.works_with_eherkenning, answers


def test_it_says_of_a_hand_off_to_a_private_helper_that_it_is_for_today_only() -> None:
    for answers in every_answer():
        advice = advise(answers, today=TODAY)
        if advice.way is Way.HAND_OFF:
            is_private = not answers.works_with_eherkenning
            assert (Step.TODAY_ONLY in advice.steps, advice.longer_from is not None) == (is_private, is_private)


def test_it_lets_the_partner_do_the_same_with_own_things() -> None:
    for answers in every_answer():
        advice = advise(answers, today=TODAY)
        assert (Step.PARTNER_TOO in advice.steps) == answers.partner, answers
        assert advice.partner_brings == (advice.brings if answers.partner else ()), answers


def test_it_promises_a_letter_only_where_it_comes_before_the_talk() -> None:
    for answers in every_answer():
        advice = advise(answers, today=TODAY)
        brings_letter = Bring.LETTER in advice.brings
        assert brings_letter == (advice.letters is not None), answers
        if advice.letters and advice.letters.ask_by and advice.day:
            assert letter_by(advice.letters.ask_by) < advice.day
            assert advice.letters.too_late == (advice.letters.ask_by < TODAY), answers


@pytest.mark.parametrize("situation", [one for one in Situation if one is not Situation.ORDINARY])
def test_it_sends_elsewhere_whatever_else_is_answered(situation: Situation) -> None:
    for answers in every_answer(situation):
        advice = advise(answers, today=TODAY)
        assert (advice.way, advice.situation, advice.steps) == (Way.ELSEWHERE, situation, ())


@pytest.mark.parametrize(
    ("answers", "way", "number"),
    [
        (Answers(digid=True, can_log_in=True, reach=Reach.DURING), Way.CLIENT_LOGS_IN, 1),
        (Answers(digid=True, can_log_in=True, reach=Reach.AROUND), Way.HAND_OFF, 2),
        (Answers(digid=True, can_log_in=True, bsn=True, reach=Reach.AROUND), Way.CODE, 2),
        (Answers(digid=True, can_log_in=False, reach=Reach.DURING), Way.CODE, 2),
        (Answers(digid=False, bsn=False, reach=Reach.AROUND), Way.BY_PHONE, 2),
        (Answers(digid=False, bsn=True, reach=Reach.AROUND), Way.ASK, 3),
        (
            Answers(helper=Helper.ORGANISATION, eherkenning=True, digid=False, bsn=True, reach=Reach.AROUND),
            Way.ORGANISATION,
            4,
        ),
        (Answers(digid=False, bsn=True, reach=Reach.DURING), Way.APPOINTMENT, None),
    ],
)
def test_it_knows_every_way(answers: Answers, way: Way, number: int | None) -> None:
    advice = advise(answers, today=TODAY)

    assert (advice.way, advice.way.number) == (way, number)


def test_it_counts_working_days_back_over_a_weekend_and_christmas() -> None:
    assert last_day_to_ask(date(2026, 12, 3)) == date(2026, 11, 25)
    assert last_day_to_ask(date(2027, 1, 4)) == date(2026, 12, 23)


def test_it_lets_a_code_be_made_at_home_no_earlier_than_it_can_live() -> None:
    at_home = Answers(digid=True, can_log_in=False, reach=Reach.AROUND, day=date(2026, 12, 20))

    assert advise(at_home, today=TODAY).code_from == date(2026, 12, 6)
