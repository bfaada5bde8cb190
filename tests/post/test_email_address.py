"""E-mail addresses: what is one, how it is proven, and that one belongs to one person."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib import friendly
from namens.mandates.letters import LetterKind
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from namens.post import addresses
from namens.post.addresses import MOST_WRONG_TRIES, Confirmed
from namens.post.models import EmailAddress, EmailConfirmation
from namens.post.plain import EmailCode, MailAddress, UnsoundAddress
from namens.post.refusals import EmailRefusal
from tests.parallel import at_once
from tests.people import NOW, person
from tests.post.mailing import ADDRESS, code_for, mailed, waiting_rows, with_address

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
OTHER = MailAddress("anders@example.nl")
NOT_ACCEPTED = EmailRefusal.CODE_NOT_ACCEPTED


@pytest.fixture(autouse=True)
def mailer(settings: Settings) -> None:
    settings.MAILER = "smtp"


def another(code: EmailCode) -> EmailCode:
    """Give a sound code that is not this one."""
    made = EmailCode.generate()
    return made if made != code else another(code)


def letters() -> int:
    return OutboxRow.objects.filter(kind=Kind.LETTER, payload__letter=LetterKind.EMAIL_CHANGED).count()


def events() -> list[tuple[str, str]]:
    mine = JournalEntry.objects.filter(event__startswith="email-").order_by("id")
    return [(one.event, one.result) for one in mine]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("anna@example.nl", "anna@example.nl"),
        ("  Anna.de-Vries+namens@Example.NL ", "anna.de-vries+namens@example.nl"),
        ("a@xn--mller-kva.example", "a@xn--mller-kva.example"),
    ],
)
def test_it_takes_an_address_in_small_letters(typed: str, kept: str) -> None:
    assert MailAddress.parse(typed).text == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "anna",
        "anna@localhost",
        "anna@example",
        "@example.nl",
        "anna@example.nl\nBcc: dirk@example.nl",
        "anna@example.nl\r\nTo: dirk@example.nl",
        "anna\n@example.nl",
        "anna@example.nl\0",
        "anna@example.nl,dirk@example.nl",
        "anna@example.nl;dirk@example.nl",
        "anna@example.nl dirk@example.nl",
        "Anna <anna@example.nl>",
        '"anna\nx"@example.nl',
        '"anna"@example.nl',
        "anna@[127.0.0.1]",
        "anna@127.0.0.1",
        ".anna@example.nl",
        "anna..v@example.nl",
        "anna@-example.nl",
        "anna@example.nl.",
        "anna@müller.example",
        "\u0430nna@example.nl",
        "anna@exam\u200bple.nl",
        "\uff41nna@example.nl",
        "a" * 65 + "@example.nl",
        "a" * 300 + "@example.nl",
        "a@" + "b." * 200 + "nl",
    ],
)
def test_it_takes_nothing_that_could_be_anything_else(typed: str) -> None:
    with pytest.raises(UnsoundAddress):
        MailAddress.parse(typed)


def test_it_prints_neither_address_nor_code() -> None:
    assert "anna" not in f"{ADDRESS} {ADDRESS!r}"
    code = EmailCode.generate()
    assert code.symbols not in f"{code} {code!r}"


def test_it_makes_a_code_that_is_not_like_one_of_a_mandate() -> None:
    code = EmailCode.generate()
    assert len(code.symbols) == 6
    assert "-" not in code.reveal()
    assert friendly.is_sound(code.symbols, symbols=6)
    assert not friendly.is_sound(code.symbols, symbols=12)


def test_it_takes_an_address_with_the_code_from_that_mailbox(anna: Party) -> None:
    assert addresses.confirm(party=anna, code=code_for(anna), now=NOW + 59 * MINUTE) == Confirmed()
    assert addresses.address_of(anna.id) == ADDRESS
    assert addresses.waiting_address_of(anna.id, now=NOW) is None
    assert events() == [
        (Event.EMAIL_ADDRESS_ASKED, "done"),
        (Event.EMAIL_SENT, "done"),
        (Event.EMAIL_ADDRESS_CONFIRMED, "done"),
    ]


def test_it_sends_a_letter_when_the_address_is_new_or_another_and_when_it_goes(anna: Party) -> None:
    with_address(anna)
    assert letters() == 1
    with_address(anna)
    assert letters() == 1
    with_address(anna, OTHER)
    assert letters() == 2
    addresses.remove(party=anna, now=NOW)
    addresses.remove(party=anna, now=NOW)
    assert letters() == 3
    assert addresses.address_of(anna.id) is None


def test_it_keeps_the_old_address_until_the_new_one_is_proven(anna: Party) -> None:
    with_address(anna)
    code_for(anna, OTHER)
    assert addresses.address_of(anna.id) == ADDRESS
    assert addresses.waiting_address_of(anna.id, now=NOW) == OTHER


def test_it_takes_no_code_after_an_hour(anna: Party) -> None:
    code = code_for(anna)
    assert addresses.confirm(party=anna, code=code, now=NOW + HOUR) is NOT_ACCEPTED


def test_it_takes_the_newest_code_only(anna: Party) -> None:
    first, second = code_for(anna), code_for(anna)
    assert addresses.confirm(party=anna, code=first, now=NOW) is NOT_ACCEPTED
    assert addresses.confirm(party=anna, code=second, now=NOW) == Confirmed()


def test_it_takes_a_code_once(anna: Party) -> None:
    code = code_for(anna)
    addresses.confirm(party=anna, code=code, now=NOW)
    assert addresses.confirm(party=anna, code=code, now=NOW) is NOT_ACCEPTED


def test_it_ends_a_code_at_the_fifth_wrong_one(anna: Party) -> None:
    code = code_for(anna)
    for _ in range(MOST_WRONG_TRIES):
        assert addresses.confirm(party=anna, code=another(code), now=NOW) is NOT_ACCEPTED
    assert addresses.confirm(party=anna, code=code, now=NOW) is NOT_ACCEPTED
    assert addresses.address_of(anna.id) is None


def test_it_takes_the_code_after_four_wrong_ones(anna: Party) -> None:
    code = code_for(anna)
    for _ in range(MOST_WRONG_TRIES - 1):
        addresses.confirm(party=anna, code=another(code), now=NOW)
    assert addresses.confirm(party=anna, code=code, now=NOW) == Confirmed()


def test_it_gives_dirk_nothing_for_the_code_of_anna(anna: Party, dirk: Party) -> None:
    code = code_for(anna)
    code_for(dirk, OTHER)
    assert addresses.confirm(party=dirk, code=code, now=NOW) is NOT_ACCEPTED
    assert addresses.address_of(dirk.id) is None
    assert addresses.confirm(party=anna, code=code, now=NOW) == Confirmed()


def test_it_answers_and_does_the_same_when_somebody_else_has_the_address(anna: Party, dirk: Party) -> None:
    with_address(anna)
    before = events()
    assert addresses.ask(party=dirk, address=ADDRESS, now=NOW) is None
    taken = events()[len(before) :]
    assert addresses.ask(party=dirk, address=OTHER, now=NOW) is None
    assert taken == events()[len(before) + len(taken) :]
    assert [row.payload.keys() for row in waiting_rows()] == [{"email", "confirmation"}] * 2


def test_it_says_that_an_address_is_taken_only_to_who_has_the_code_from_there(anna: Party, dirk: Party) -> None:
    with_address(anna)
    code = code_for(dirk, ADDRESS)
    assert addresses.confirm(party=dirk, code=another(code), now=NOW) is NOT_ACCEPTED
    assert addresses.confirm(party=dirk, code=code, now=NOW) is EmailRefusal.ADDRESS_TAKEN
    assert (addresses.address_of(anna.id), addresses.address_of(dirk.id)) == (ADDRESS, None)


def test_it_gives_a_free_address_to_the_next(anna: Party, dirk: Party) -> None:
    with_address(anna)
    addresses.remove(party=anna, now=NOW)
    with_address(dirk)
    assert addresses.address_of(dirk.id) == ADDRESS


def test_it_finds_an_address_that_was_taken_under_an_older_key(anna: Party, dirk: Party, settings: Settings) -> None:
    newest_first = settings.KEYRING
    settings.KEYRING = type(newest_first)(newest_first.masters[1:])
    with_address(anna)
    settings.KEYRING = newest_first
    assert addresses.confirm(party=dirk, code=code_for(dirk), now=NOW) is EmailRefusal.ADDRESS_TAKEN


@pytest.mark.django_db(transaction=True)
def test_it_gives_one_address_to_one_of_two_who_prove_it_at_one_moment() -> None:
    both = [person("anna"), person("dirk")]
    codes = [code_for(one) for one in both]
    answers = at_once(
        [
            lambda one=one, code=code: addresses.confirm(party=one, code=code, now=NOW)  # type: ignore[misc]  # bound now
            for one, code in zip(both, codes, strict=True)
        ]
    )
    assert sorted(map(str, answers)) == sorted([str(Confirmed()), EmailRefusal.ADDRESS_TAKEN.value])
    assert EmailAddress.objects.count() == 1


def test_it_sends_five_codes_a_day_to_one_person(anna: Party, dirk: Party) -> None:
    for _ in range(5):
        code_for(anna)
    sent = OutboxRow.objects.count()
    assert addresses.ask(party=anna, address=OTHER, now=NOW) is EmailRefusal.TOO_MANY_ADDRESSES
    assert OutboxRow.objects.count() == sent
    assert addresses.ask(party=dirk, address=OTHER, now=NOW) is None
    assert addresses.ask(party=anna, address=OTHER, now=NOW + DAY + MINUTE) is None


def test_it_keeps_address_and_code_sealed_and_out_of_the_journal(anna: Party) -> None:
    addresses.ask(party=anna, address=ADDRESS, now=NOW)
    mail = mailed()
    assert mail is not None
    assert mail.code is not None
    with_address(anna, OTHER)
    rows = [*EmailAddress.objects.values(), *EmailConfirmation.objects.values(), *OutboxRow.objects.values()]
    kept = str([*rows, *JournalEntry.objects.values()])
    assert not any(secret in kept for secret in (ADDRESS.text, OTHER.text, mail.code.symbols))


def test_it_erases_the_code_once_it_was_sent_and_the_rest_after_an_hour(anna: Party) -> None:
    code_for(anna)
    assert EmailConfirmation.objects.get().code_sealed == ""
    addresses.forget_stale(now=NOW + 59 * MINUTE)
    assert EmailConfirmation.objects.exists()
    addresses.forget_stale(now=NOW + HOUR)
    assert not EmailConfirmation.objects.exists()
