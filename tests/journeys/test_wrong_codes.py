"""A code that is wrong, in every way there is: one and the same answer, and nothing to be learned from it."""

import pytest
from playwright.sync_api import expect

from namens.lib import friendly
from tests.journeys.person import Person
from tests.journeys.stories import activates, gives, types_code

pytestmark = pytest.mark.journey

HASSAN = "999990135"
REASONS = "Er zit een fout in de code of in het BSN."


def other_code() -> str:
    """A code that nobody has, with a check symbol that fits."""
    return friendly.grouped(friendly.generate(12), size=4)


def with_typing_error(code: str) -> str:
    """The code with another symbol in the third place."""
    return code[:2] + next(symbol for symbol in friendly.ALPHABET if symbol != code[2]) + code[3:]


def answer_to(helper: Person, *, code: str, bsn: str) -> str:
    """What a helper reads after a wrong code: all of the page but what was typed."""
    types_code(helper, code=code, bsn=bsn)
    helper.sees_heading("Machtiging activeren")
    expect(helper.page.locator("main .utrecht-alert--error")).to_be_focused()
    answered = helper.last_answer("POST")
    words = helper.page.locator("main").inner_text().replace(f"eindigt op {bsn[-3:]}", "eindigt op …")
    return f"{answered.status} {helper.page.title()} {words}"


@pytest.fixture
def code(anna: Person, bram: Person) -> str:
    """The code that Anna has for Bram, who is logged in."""
    return gives(anna, to=bram)


@pytest.mark.slow
def test_it_gives_one_and_the_same_answer(code: str, anna: Person, bram: Person, dirk: Person) -> None:
    wrong_bsn = answer_to(bram, code=code, bsn=HASSAN)
    bram.sees("Deze code werkt niet", REASONS, "0800 0123")
    nobody_has_it = answer_to(bram, code=other_code(), bsn=anna.bsn)
    dirk.logs_in()
    of_somebody_else = answer_to(dirk, code=code, bsn=anna.bsn)
    activates(bram, code=code, client=anna)
    used = answer_to(bram, code=code, bsn=anna.bsn)
    assert {nobody_has_it, of_somebody_else, used} == {wrong_bsn}


@pytest.mark.slow
def test_it_tells_a_helper_about_a_typing_error_and_counts_none(code: str, anna: Person, bram: Person) -> None:
    for _ in range(11):
        types_code(bram, code=with_typing_error(code), bsn=anna.bsn)
        bram.sees_error("Er staat een typefout in de code. Vergelijk de code met het papier of het scherm")
    activates(bram, code=code, client=anna)


# One is enough in the gate.
FURTHER = (
    ("B" * 201, "999990019", "Dit is te lang. Vul hoogstens 200 tekens in."),
    ("BCDF-GHJK-MPQ0", "999990019", "Het teken 0 staat nooit in een code."),
    ("ВСDF-GHJK-MPQR", "999990019", "Typ de code met gewone letters en cijfers."),  # noqa: RUF001 - look-alikes
    ("BCDF-GHJK", "999990019", "Vul alle 12 tekens van de code in"),
    ("", "", "Vul het BSN in"),
    ("", "12345678", "Vul alle 9 cijfers van het BSN in"),
    ("", "999990018", "Er staat een typefout in het BSN."),
    ("", "99999001O", "Vul het BSN in met gewone cijfers, 0 tot en met 9"),
    ("", "٩٩٩٩٩٠٠١٩", "Vul het BSN in met gewone cijfers, 0 tot en met 9"),
)


@pytest.mark.parametrize(
    ("typed", "bsn", "sentence"),
    [
        ("", "999990019", "Vul de code in"),
        *(pytest.param(*one, marks=pytest.mark.slow) for one in FURTHER),
    ],
)
def test_it_says_what_is_wrong_with_what_was_typed(bram: Person, typed: str, bsn: str, sentence: str) -> None:
    bram.logs_in()
    types_code(bram, code=typed, bsn=bsn)
    bram.sees_error(sentence)
    expect(bram.page.get_by_label("Code", exact=True)).to_have_value(typed)


@pytest.mark.slow
def test_it_takes_small_letters_spaces_and_other_dashes(code: str, bram: Person) -> None:
    sloppy = f"  {code.lower().replace('-', ' – ')} "
    types_code(bram, code=sloppy, bsn="9999.90.019")
    bram.sees_heading("U gaat Anna de Vries helpen")


def test_it_locks_after_five_wrong_tries_and_a_new_code_is_the_way_out(code: str, anna: Person, bram: Person) -> None:
    for _ in range(5):
        wrong = answer_to(bram, code=code, bsn=HASSAN)
    assert answer_to(bram, code=code, bsn=anna.bsn) == wrong
    anna.opens("/mijn-machtigingen")
    anna.clicks("Bram Bakker")
    anna.sees("Iemand vulde de code in, maar niet alle gegevens klopten.")
    anna.clicks("Maak een nieuwe code")
    anna.clicks("Laat de code zien")
    new = anna.page.locator(".namens-code__symbols").inner_text()
    assert answer_to(bram, code=code, bsn=anna.bsn) == wrong
    activates(bram, code=new, client=anna)


@pytest.mark.slow
def test_it_pauses_who_guesses(dirk: Person) -> None:
    dirk.logs_in()
    for _ in range(10):
        types_code(dirk, code=other_code(), bsn=HASSAN)
        dirk.sees("Deze code werkt niet")
    types_code(dirk, code=other_code(), bsn=HASSAN)
    dirk.sees("U kunt even geen codes invullen", "Probeer het morgen opnieuw, of bel ons.")


@pytest.mark.slow
def test_it_lets_nobody_look_at_somebody_elses_mandate(code: str, anna: Person, bram: Person, dirk: Person) -> None:
    anna.opens("/mijn-machtigingen")
    anna.clicks("Bram Bakker")
    address = anna.page.url
    dirk.logs_in()
    for stranger in (dirk, bram):
        for page in ("", "/code", "/stoppen", "/eerder-aflopen"):
            stranger.opens(address + page)
            stranger.sees_heading("Deze pagina bestaat niet")
    assert code


@pytest.mark.slow
def test_it_leaves_nothing_of_what_was_typed_in_addresses_and_titles(code: str, anna: Person, bram: Person) -> None:
    answer_to(bram, code=code, bsn=HASSAN)
    activates(bram, code=code, client=anna)
    for trace in bram.traces():
        for secret in (code, code.replace("-", ""), HASSAN, anna.bsn, "Anna", "Bram"):
            assert secret not in trace
