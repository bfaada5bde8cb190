"""What the letters say, kind by kind."""

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from namens.codes.plain import PlainCode
from namens.post.letters import AnyLetter, BsnSource, EndedBy, Language, Reader, Recipient
from namens.post.texts import body_of
from tests.post.reading import printed
from tests.post.writing import (
    BRAM,
    CODE,
    CODE_LETTER,
    CODE_OF_ORGANISATION,
    CONFIRMATION,
    CONFIRMATION_OF_ORGANISATION,
    ENDING,
    EVERY_FORM,
    LETTERS,
    OPEN_CODE,
    OTHER_CODE,
    OVERVIEW,
    REMINDER,
    SENDER,
    TWO_CODES,
    VERA,
)

LONGEST_SENTENCE = 15


def texts(value: object) -> Iterator[str]:
    """Every text in the words of a letter."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts(getattr(value, field.name))


def words(letter: AnyLetter, *, language: str = Language.DUTCH) -> list[str]:
    with translation.override(language):
        return [text for text in texts(body_of(letter, sender=SENDER)) if text]


@pytest.mark.parametrize("letter", EVERY_FORM.values(), ids=EVERY_FORM.keys())
def test_it_uses_short_sentences(letter: AnyLetter) -> None:
    sentences = [said for text in words(letter, language=letter.language) for said in re.split(r"(?<=[.?!:])\s", text)]
    assert [said for said in sentences if len(said.split()) > LONGEST_SENTENCE] == []


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS.keys())
def test_it_leaves_no_english_in_a_dutch_letter(letter: AnyLetter) -> None:
    given = set(texts(letter)) | set(texts(SENDER)) | {"Code", CODE.reveal(), OTHER_CODE.reveal()}
    shared = set(words(letter)) & set(words(letter, language=Language.ENGLISH))
    assert shared - given == set()


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS.keys())
def test_it_keeps_codes_to_code_letters(letter: AnyLetter) -> None:
    assert (CODE.reveal() in words(letter)) == (letter.kind == "code")


def test_it_says_who_asks_for_what_and_how_long() -> None:
    text = printed(CODE_LETTER).text
    for said in (f"{BRAM} wil u graag helpen.", "Inkomstenbelasting", "Mijn toeslagen", "1 jaar", CODE.reveal()):
        assert said in text
    assert "De code werkt tot en met 2 december 2026." in text


def test_it_gives_every_item_its_own_code() -> None:
    text = printed(TWO_CODES).text
    places = [text.index(said) for said in (CODE.reveal(), "AOW en pensioen", "3 jaar", OTHER_CODE.reveal())]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "said",
    [
        "Niemand van de helpdesk vraagt ooit om uw code.",
        "Geef de code alleen aan iemand die u kent en vertrouwt.",
        "Kent u deze persoon niet? Geef de code dan aan niemand. Bel ons: 0800 0123.",
        "Ga naar machtigen.example.nl/verzoeken.",
        "Gevoelige handelingen horen er niet bij",
    ],
)
def test_it_warns_whoever_gets_a_code(said: str) -> None:
    assert said in printed(CODE_LETTER).text


def test_it_asks_nobody_online_about_an_open_code() -> None:
    text = printed(OPEN_CODE).text
    assert "U belde de helpdesk. U vroeg om een code." in text
    assert "/verzoeken" not in text


def test_it_prints_a_code_as_a_word_only_on_paper() -> None:
    assert "<code>" in repr(CODE_LETTER)
    assert CODE.reveal() not in repr(CODE_LETTER)
    assert PlainCode(CODE.symbols).reveal() in printed(CODE_LETTER).text


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (BsnSource.CLIENT, "U gaf het zelf op."),
        (BsnSource.HELPER, "Uw helper Bram Bakker gaf uw burgerservicenummer op."),
        (BsnSource.HELPDESK, "U belde de helpdesk. Toen gaf u het zelf op."),
    ],
)
def test_it_says_who_supplied_the_bsn(source: BsnSource, said: str) -> None:
    assert said in words(replace(CONFIRMATION, bsn_source=source))


@pytest.mark.parametrize(
    "said",
    [
        "26 november 2026",
        "25 november 2027",
        "het rekeningnummer wijzigen",
        "Zo stopt u",
        "Of vraag uw helper om te stoppen.",
        "‘Dit klopt niet’",
    ],
)
def test_it_confirms_how_long_what_not_how_to_stop_and_what_when_wrong(said: str) -> None:
    assert said in printed(CONFIRMATION).text


def test_it_confirms_a_separate_yes() -> None:
    text = " ".join(words(replace(CONFIRMATION, excluded=(), included=("het rekeningnummer wijzigen",))))
    assert "Hier zei u apart ja op: het rekeningnummer wijzigen" in text


def test_it_says_what_waits_for_a_second_yes_and_how_to_say_it() -> None:
    waits = replace(
        CONFIRMATION,
        waits_until=date(2027, 1, 7),
        wanted_until=date(2029, 11, 25),
        wanted=("het rekeningnummer wijzigen",),
    )
    text = " ".join(words(waits))
    assert "Dit wacht nog op uw tweede ja" in text
    assert "Langer: tot en met 25 november 2029." in text
    assert "op een eigen apparaat, en zeg ja. Dat kan tot en met 7 januari 2027." in text
    assert "tweede ja" not in " ".join(words(CONFIRMATION))


def test_it_says_for_an_organisation_who_asked_and_who_can_use_the_code() -> None:
    text = " ".join(words(CODE_OF_ORGANISATION))
    assert f"Samen Sterk wil u graag helpen. Dit is gevraagd door {VERA}." in text
    assert "Iedereen van Samen Sterk met een licentie kan de code gebruiken, en u daarna helpen." in text


def test_it_confirms_a_mandate_of_an_organisation_with_the_person_behind_it() -> None:
    text = " ".join(words(CONFIRMATION_OF_ORGANISATION))
    assert f"Wie u mag helpen Samen Sterk Wie dit daar regelde {VERA}" in text
    assert "Uw helper Samen Sterk gaf uw burgerservicenummer op." in text
    assert "Iedereen van Samen Sterk met een licentie voor deze diensten kan u helpen." in text
    at_once = " ".join(words(replace(CONFIRMATION_OF_ORGANISATION, person="", bsn_source=BsnSource.CLIENT)))
    assert "Wie dit daar regelde" not in at_once


@pytest.mark.parametrize(
    ("ended_by", "said"),
    [
        (EndedBy.CLIENT, "U hebt dit zelf gestopt op 26 november 2026."),
        (EndedBy.HELPER, "Uw helper is gestopt op 26 november 2026."),
        (EndedBy.HELPDESK, "De helpdesk heeft dit gestopt op 26 november 2026, nadat u belde."),
        (EndedBy.LAST_DAY, "De laatste dag was 26 november 2026."),
        (EndedBy.REPLACED, "Op 26 november 2026 kwam er een nieuwe machtiging voor in de plaats."),
        (EndedBy.UNSAID, "Dit is gestopt op 26 november 2026."),
    ],
)
def test_it_tells_a_client_how_it_ended(ended_by: EndedBy, said: str) -> None:
    assert said in words(replace(ENDING, ended_by=ended_by))


@pytest.mark.parametrize("ended_by", [EndedBy.CLIENT, EndedBy.HELPDESK, EndedBy.REPLACED, EndedBy.UNSAID])
def test_it_tells_a_helper_only_when_it_ended(ended_by: EndedBy) -> None:
    told = [words(replace(ENDING, reader=Reader.HELPER, ended_by=one)) for one in (ended_by, EndedBy.UNSAID)]
    assert told[0] == told[1]
    assert "Dit is gestopt op 26 november 2026." in told[0]


def test_it_says_what_goes_on() -> None:
    assert "Dit loopt door: AOW en pensioen" in " ".join(words(ENDING))


@pytest.mark.parametrize("said", ["Kies de machtiging en dan Verlengen.", "Of bel ons: 0800 0123.", "Antwoordstrook"])
def test_it_names_three_ways_to_renew(said: str) -> None:
    assert said in printed(REMINDER).text


def test_it_has_no_slip_when_there_is_no_address_to_send_it_to() -> None:
    with translation.override("nl"):
        body = body_of(REMINDER, sender=replace(SENDER, return_address=()))
    assert "strook" not in " ".join(texts(body))


def test_it_gives_a_helper_no_slip() -> None:
    assert "strook" not in " ".join(words(replace(REMINDER, reader=Reader.HELPER)))


def test_it_lists_every_running_mandate_in_sentences() -> None:
    text = printed(OVERVIEW).text
    assert "Bram Bakker mag dit voor u doen:" in text
    assert "Dit mag van 1 januari 2026 tot en met 2 december 2026." in text
    assert "U mag dit doen voor Hassan El Amrani:" in text


def test_it_says_that_nobody_helps() -> None:
    assert "Op dit moment helpt niemand u." in words(replace(OVERVIEW, helpers=(), clients=()))


def test_it_writes_dates_in_the_language_of_the_letter() -> None:
    english = replace(CODE_LETTER, language=Language.ENGLISH, last_day=date(2027, 3, 1))
    assert "up to and including 1 March 2027" in printed(english).text
    assert "tot en met 1 maart 2027" in printed(replace(english, language=Language.DUTCH)).text


def test_it_greets_the_reader_by_name() -> None:
    dirk = Recipient("Dirk Jansen", ("Kerkplein 1", "1234 AB ONS DORP"))
    assert "Beste Dirk Jansen," in printed(replace(CODE_LETTER, recipient=dirk)).text
