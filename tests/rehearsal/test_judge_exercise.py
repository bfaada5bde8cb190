"""Exercises judge what was seen: each step by itself, and a word for what went otherwise. Pure: no database."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from rehearsal.practice import exercises
from rehearsal.practice.casts import CLIENT, ELDER, HELPER, MANAGER, MEMBER, ORGANISATION, PARTNER
from rehearsal.practice.checks import ALLOWANCES, SET
from rehearsal.practice.exercises import ALL, LANGUAGES, Exercise, Standing, standing
from rehearsal.practice.facts import DESK, NOBODY, OTHER, Entry, Given, Seen
from rehearsal.practice.progress import HINT_AFTER, names_in_general, shown

BEGAN = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
THE_MANDATE = uuid4()


def exercise(key: str) -> Exercise:
    found = exercises.find(key)
    assert found
    return found


def entry(event: str, actor: str = NOBODY, subject: str = NOBODY, *, minute: int = 1, **more: object) -> Entry:
    return Entry(BEGAN + timedelta(minutes=minute), event, actor, subject, **more)  # type: ignore[arg-type]  # by name


def given(
    giver: str = CLIENT, helper: str = HELPER, *, length: str = "1-month", services: frozenset[str] = SET, **more: UUID
) -> Given:
    return Given(more.get("id", THE_MANDATE), giver, helper, "active", length, services)


def seen(*entries: Entry, mandates: tuple[Given, ...] = ()) -> Seen:
    return Seen(entries, {one.id: one for one in mandates})


def offer(mandate: Given, *, by: str = CLIENT) -> Seen:
    return seen(entry("mandate-offered", by, mandate.giver, mandate=mandate.id), mandates=(mandate,))


def judge(key: str, what: Seen) -> Standing:
    return standing(exercise(key), what)


def word(key: str, what: Seen) -> str:
    astray = judge(key, what).astray
    return astray.word if astray else ""


def test_it_has_two_exercises_or_more_for_each_way_but_the_first_and_last() -> None:
    assert len(ALL) == 8
    assert {one.way for one in ALL} == {1, 2, 3, 4}


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.key)
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_all_its_words_in_each_language(one: Exercise, language: str) -> None:
    names = names_in_general(language)
    texts = [one.title, one.story, one.end, *(text for step in one.steps for text in (step.say, step.hint))]
    assert all(text[language].format(**names).strip() for text in texts)


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.key)
def test_it_ticks_nothing_when_nothing_happened(one: Exercise) -> None:
    nothing = standing(one, Seen())
    assert (nothing.count, nothing.current, nothing.astray) == (0, 0, None)


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.key)
def test_it_ticks_nothing_for_what_somebody_else_did(one: Exercise) -> None:
    events = ["signed-in", "portal-signed-in", "mandate-offered", "mandate-activated", "mandate-used", "letter-posted"]
    events += ["mandate-requested", "request-compared", "mandate-approved", "mandate-stopped", "licence-given"]
    assert standing(one, seen(*(entry(event, OTHER, OTHER) for event in events))).count == 0


def test_it_ticks_a_whole_exercise() -> None:
    given_one = given()
    what = seen(
        entry("signed-in", HELPER, HELPER),
        entry("mandate-offered", CLIENT, CLIENT, minute=2, mandate=THE_MANDATE),
        entry("code-shown", CLIENT, CLIENT, minute=3, mandate=THE_MANDATE),
        entry("mandate-activated", HELPER, CLIENT, minute=4, mandate=THE_MANDATE),
        entry("mandate-used", HELPER, CLIENT, minute=5, mandate=THE_MANDATE),
        mandates=(given_one,),
    )
    done = judge("code-op-scherm", what)
    assert (done.count, done.current) == (5, None)
    assert done.last_done(began_at=BEGAN) == BEGAN + timedelta(minutes=5)


WRONG_OFFERS: Mapping[str, Given] = {
    "other-length": given(length="1-year"),
    "other-services": given(services=ALLOWANCES),
    "other-helper": given(helper=OTHER),
    "open-code": given(helper=NOBODY),
}


@pytest.mark.parametrize("expected", WRONG_OFFERS)
def test_it_says_in_what_a_mandate_differs_from_what_was_asked(expected: str) -> None:
    what = offer(WRONG_OFFERS[expected])
    logged_in = seen(entry("signed-in", HELPER, HELPER), *what.entries, mandates=tuple(what.mandates.values()))
    assert word("code-op-scherm", logged_in) == expected


def test_it_forgives_a_wrong_mandate_when_the_right_one_follows() -> None:
    wrong, right = given(length="1-year", id=uuid4()), given()
    entries = [
        entry("mandate-offered", CLIENT, CLIENT, minute=number, mandate=one.id)
        for number, one in enumerate((wrong, right), 1)
    ]
    done = judge("code-op-scherm", seen(*entries, mandates=(wrong, right)))
    assert done.done[1] == BEGAN + timedelta(minutes=2)


def test_it_puts_a_length_that_differs_into_words() -> None:
    what = offer(given(length="1-year"))
    judged = judge(
        "code-op-scherm", seen(entry("signed-in", HELPER, HELPER), *what.entries, mandates=(given(length="1-year"),))
    )
    told = shown(
        exercise("code-op-scherm"), judged, names=names_in_general("nl"), language="nl", began_at=BEGAN, now=BEGAN
    )
    assert told.astray.startswith("U koos 1 jaar; de oefening vroeg 1 maand.")


def test_it_tells_a_mandate_by_telephone_from_one_on_the_pages() -> None:
    mandate = given(ELDER, length="6-months")
    assert judge("bellen", offer(mandate, by=DESK)).done[1] is not None
    assert judge("bellen", offer(mandate, by=ELDER)).done[1] is None


def test_it_asks_a_letter_to_each_partner() -> None:
    one = entry("letter-posted", NOBODY, ELDER, details={"letter": "code"})
    both = (one, entry("letter-posted", NOBODY, PARTNER, details={"letter": "code"}))
    assert judge("met-partner", seen(one)).done[2] is None
    assert judge("met-partner", seen(*both)).done[2] is not None


def test_it_takes_a_confirmation_for_no_letter_with_a_code() -> None:
    confirmation = entry("letter-posted", NOBODY, CLIENT, details={"letter": "confirmation"})
    assert judge("aanvragen", seen(confirmation)).done[2] is None


def asked(services: frozenset[str], length: str) -> Entry:
    return entry("mandate-requested", HELPER, details={"services": sorted(services), "duration": length})


def test_it_sees_that_the_partner_was_forgotten() -> None:
    found = entry("request-compared", HELPER, ELDER)
    assert word("met-partner", seen(asked(ALLOWANCES, "1-year"), found)) == "partner-forgotten"


def test_it_says_that_the_register_knows_nobody_so() -> None:
    missed = entry("request-compared", HELPER, result="no-match")
    assert word("aanvragen", seen(asked(SET, "1-year"), missed)) == "no-match"


def test_it_says_what_was_asked_otherwise() -> None:
    assert word("aanvragen", seen(asked(ALLOWANCES, "1-year"))) == "other-services"
    assert word("aanvragen", seen(asked(SET, "1-month"))) == "other-length"


def test_it_says_that_the_client_said_no() -> None:
    done = [asked(ALLOWANCES, "6-months"), entry("request-compared", HELPER, CLIENT), entry("signed-in", CLIENT)]
    assert word("online-ja", seen(*done, entry("mandate-declined", CLIENT, CLIENT))) == "declined"


def test_it_sees_a_login_at_a_portal_by_the_wrong_person() -> None:
    assert word("zelf-inloggen", seen(entry("portal-signed-in", HELPER, HELPER))) == "helper-at-portal"


def test_it_wants_the_logout_after_the_login() -> None:
    out, back = entry("signed-out", CLIENT, minute=1), entry("portal-signed-in", CLIENT, CLIENT, minute=2)
    assert judge("zelf-inloggen", seen(out, back)).done[1] is None
    assert judge("zelf-inloggen", seen(out, back, entry("tokens-ended", CLIENT, minute=3))).current is None


def test_it_wants_a_licence_for_the_right_person_and_services() -> None:
    def licence(member: str, services: frozenset[str]) -> Seen:
        return seen(entry("licence-given", MANAGER, member, details={"services": sorted(services)}))

    assert judge("organisatie", licence(MEMBER, SET)).done[0] is not None
    assert word("organisatie", licence(MEMBER, ALLOWANCES)) == "other-licence"
    assert word("organisatie", licence(OTHER, SET)) == "other-member"


def test_it_takes_a_mandate_of_the_organisation_used_by_its_member() -> None:
    mandate = given(helper=ORGANISATION, length="1-year")
    what = seen(entry("mandate-activated", MEMBER, CLIENT, mandate=THE_MANDATE), mandates=(mandate,))
    assert judge("organisatie", what).done[2] is not None


def test_it_tells_who_stopped_a_mandate() -> None:
    def stop(by: str) -> Seen:
        came = entry("signed-in", CLIENT, CLIENT)
        return seen(came, entry("mandate-stopped", by, CLIENT, mandate=THE_MANDATE), mandates=(given(),))

    assert judge("stoppen", stop(CLIENT)).count == 2
    assert word("stoppen", stop(HELPER)) == "helper-stopped"


def test_it_opens_the_hint_after_a_minute_without_a_step() -> None:
    def opened(now: datetime) -> bool:
        one, names = exercise("stoppen"), names_in_general("en")
        return shown(one, standing(one, Seen()), names=names, language="en", began_at=BEGAN, now=now).with_hint

    assert not opened(BEGAN + HINT_AFTER / 2)
    assert opened(BEGAN + HINT_AFTER)
