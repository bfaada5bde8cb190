"""Mijn brieven: what is on its way, what came, what could not come; to whom it is addressed and to nobody else."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client

from namens.lib import clock
from namens.lib.ids import new_id
from namens.mandates.actions import decline, stop
from namens.mandates.letters import LetterKind, ask_letter
from namens.mandates.models import Mandate
from namens.outbox.models import OutboxRow
from namens.pages.letters.wording import KINDS, OBSTACLES
from namens.parties.models import Party
from namens.population.addresses import STOPS_A_CODE, STOPS_ANY_LETTER
from namens.post import actions as post
from namens.post.models import Letter, Outcome
from namens.worker.letters import NOT_FOUND
from tests.asking import requested
from tests.counting import statements
from tests.letters import made
from tests.pages.visiting import arrive, shown, title
from tests.people import NOW, active

pytestmark = pytest.mark.usefixtures("catalogue")
PAGE = "/mijn-brieven"
DAY = timedelta(days=1)


def posted(kind: str) -> Letter:
    """Make and post the newest letter of this kind."""
    letter = made(kind)
    OutboxRow.objects.filter(id=letter.id).update(settled_at=NOW)
    with transaction.atomic():
        post.posted(letter.id, now=NOW)
    return letter


def kept(anna: Party, outcome: Outcome, *, obstacle: str = "", due_by: date | None = None) -> Letter:
    """Have a letter of which this became."""
    return Letter.objects.create(
        id=new_id(),
        kind=LetterKind.CODE,
        party=anna.id,
        reference=str(new_id())[-12:],
        asked_at=NOW,
        made_at=NOW,
        posted_at=NOW if outcome in {Outcome.POSTED, Outcome.RETURNED} else None,
        due_by=due_by or clock.day_of(NOW) + 7 * DAY,
        outcome=outcome,
        obstacle=obstacle,
    )


def test_it_tells_of_a_letter_that_still_has_to_be_made(at_anna: Client, anna: Party, bram: Party) -> None:
    requested(anna, bram)
    assert (
        "Een brief met een code Wordt gemaakt "
        "Wij moeten deze brief nog maken. De brief komt uiterlijk 30 november 2026." in shown(at_anna.get(PAGE))
    )


def test_it_tells_when_a_later_letter_is_made(at_anna: Client, mandate: Mandate) -> None:
    with transaction.atomic():
        ask_letter(LetterKind.AGAIN, mandate=mandate, now=NOW, due_at=NOW + 28 * DAY)
    assert "Wij maken deze brief op 21 december 2026. De brief komt uiterlijk 29 december" in shown(at_anna.get(PAGE))


def test_it_tells_nothing_of_a_letter_that_will_not_be_made_any_more(
    at_anna: Client, anna: Party, bram: Party, mandate: Mandate
) -> None:
    with transaction.atomic():
        ask_letter(LetterKind.AGAIN, mandate=mandate, now=NOW, due_at=NOW + 28 * DAY)
    stop(mandate=mandate.id, by=anna, now=NOW)
    waiting = requested(anna, bram)
    decline(mandate=waiting.id, by=anna, is_unknown=False, now=NOW)
    page = shown(at_anna.get(PAGE))
    assert "tweede brief" not in page
    assert "met een code" not in page


def test_it_tells_when_a_letter_was_made_and_posted_and_never_shows_the_code(
    at_anna: Client, anna: Party, bram: Party
) -> None:
    requested(anna, bram)
    letter = made("code")
    sheet = post.sheet_of(letter.id, now=NOW)
    assert sheet is not None
    OutboxRow.objects.filter(id=letter.id).update(settled_at=NOW)
    page = at_anna.get(PAGE)
    assert "Een brief met een code Wordt gedrukt Gemaakt op 23 november 2026. De brief komt uiterlijk" in shown(page)
    with transaction.atomic():
        post.posted(letter.id, now=NOW)
    page = at_anna.get(PAGE)
    assert "Gepost Gemaakt op 23 november 2026. Gepost op 23 november 2026. De brief komt uiterlijk" in shown(page)
    assert not [word for word in shown(page).split() if len(word) == 14 and word.count("-") == 2]
    assert letter.reference not in shown(page)


def test_it_promises_no_day_that_is_past(at_anna: Client, anna: Party, mandate: Mandate) -> None:
    posted("confirmation")
    with clock.frozen(NOW + 9 * DAY):
        page = shown(arrive(anna, client=at_anna).get(PAGE))
    assert "Gepost op 23 november 2026." in page
    assert "uiterlijk" not in page
    assert mandate.activated_at


@pytest.mark.parametrize("outcome", [Outcome.MADE, None], ids=["not posted", "not made"])
def test_it_says_whom_to_call_about_a_letter_that_is_late(
    at_anna: Client, anna: Party, bram: Party, outcome: Outcome | None
) -> None:
    if outcome is None:
        requested(anna, bram)
    else:
        kept(anna, outcome)
    with clock.frozen(NOW + 9 * DAY):
        assert "Hij is later dan wij beloofden. Bel ons." in shown(arrive(anna, client=at_anna).get(PAGE))


def test_it_says_that_a_letter_came_back_and_what_to_do(at_anna: Client, mandate: Mandate) -> None:
    letter = posted("confirmation")
    assert post.returned(letter.reference, now=NOW + DAY)
    assert (
        "Kwam terug Gemaakt op 23 november 2026. Gepost op 23 november 2026. De brief kwam bij ons terug op "
        "24 november 2026. Vraag uw gemeente of uw adres klopt." in shown(at_anna.get(PAGE))
    )
    assert mandate.activated_at


@pytest.mark.parametrize("obstacle", sorted({*STOPS_ANY_LETTER, *STOPS_A_CODE, NOT_FOUND, "never heard of"}))
def test_it_says_for_every_obstacle_what_to_do(at_anna: Client, anna: Party, obstacle: str) -> None:
    kept(anna, Outcome.NOWHERE_TO_SEND, obstacle=obstacle)
    page = shown(at_anna.get(PAGE))
    assert "Deze brief kon niet worden bezorgd." in page
    assert any(does in page for does in ("Bel ", "Vraag uw curator", "18 jaar of ouder"))
    assert obstacle not in page or obstacle == "guardianship"


@pytest.mark.parametrize(
    ("outcome", "says"),
    [(Outcome.NOT_WANTED, "Deze brief was niet meer nodig."), (Outcome.REFUSED, "Hij kon niet worden gedrukt.")],
)
def test_it_says_what_became_of_a_letter_that_never_left(
    at_anna: Client, anna: Party, outcome: Outcome, says: str
) -> None:
    kept(anna, outcome)
    assert says in shown(at_anna.get(PAGE))


def test_it_has_words_for_every_kind_and_obstacle() -> None:
    assert set(KINDS) == set(LetterKind)
    assert {*STOPS_ANY_LETTER, *STOPS_A_CODE, NOT_FOUND} - {"deceased"} == set(OBSTACLES)


def test_it_shows_the_newest_first(at_anna: Client, anna: Party, mandate: Mandate) -> None:
    posted("confirmation")
    with clock.frozen(NOW + DAY):
        stop(mandate=mandate.id, by=anna, now=NOW + DAY)
        page = shown(arrive(anna, client=at_anna).get(PAGE))
    assert page.index("Een brief dat een machtiging is gestopt") < page.index("Een brief die een machtiging bevestigt")


def test_it_shows_dirk_and_the_helper_only_their_own(
    at_dirk: Client, at_bram: Client, anna: Party, mandate: Mandate
) -> None:
    kept(anna, Outcome.POSTED)
    for browser in (at_dirk, at_bram):
        page = shown(browser.get(PAGE))
        assert "Er zijn nog geen brieven voor u." in page
        assert "Een brief die" not in page
    assert mandate.activated_at


def test_it_sends_a_stranger_to_the_login() -> None:
    assert Client().get(PAGE)["Location"].startswith("/signin/")


def test_it_names_nobody_in_the_title(at_anna: Client) -> None:
    assert title(at_anna.get(PAGE)) == "Mijn brieven · Namens"


@pytest.mark.parametrize("letters", [1, 60])
def test_it_asks_the_database_as_little_for_many_as_for_one(
    at_anna: Client, anna: Party, mandate: Mandate, letters: int
) -> None:
    for _ in range(letters):
        kept(anna, Outcome.POSTED)
        with transaction.atomic():
            ask_letter(LetterKind.AGAIN, mandate=mandate, now=NOW)
    assert statements(lambda: at_anna.get(PAGE)) == 5


def test_it_divides_many_letters_into_pages(at_anna: Client, anna: Party) -> None:
    for _ in range(30):
        kept(anna, Outcome.POSTED)
    first, second = at_anna.get(PAGE), at_anna.get(f"{PAGE}?page=2")
    assert first.content.decode().count("namens-card__head") == 25
    assert second.content.decode().count("namens-card__head") == 5
    assert "Volgende bladzijde" in shown(first)
    assert "Vorige bladzijde" in shown(second)


def test_it_is_found_from_the_mandates(at_anna: Client, anna: Party, bram: Party) -> None:
    active(anna, bram)
    assert f'href="{PAGE}"' in at_anna.get("/mijn-machtigingen").content.decode()
