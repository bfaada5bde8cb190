"""An attacker who practises too: nobody sees, or logs in as, the people of somebody else."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest

from namens.post.letters import Recipient
from namens.post.printers.folder import FolderPrinter
from rehearsal.mailbox.receiver import Mail
from rehearsal.organisations import Organisations
from rehearsal.practice import begin, casts, reading
from rehearsal.practice.book import Book
from rehearsal.practice.book import Visitor as Known
from rehearsal.practice.browsers import COOKIE, Browsers
from rehearsal.practice.casts import Cast
from rehearsal.practice.company import Everybody
from rehearsal.practice.facts import Seen
from rehearsal.stage import Settings, Stage, build
from tests.post.reading import printed
from tests.post.writing import CODE_LETTER
from tests.rehearsal.playing import AT_WORK, BASE, QUESTION, Direct, MovableClock

PAGES = ["/", "/brievenbus", "/postvak", "/oefening/stoppen", "/oefening/bellen", "/groep", "/blad", "/bestaat-niet"]


@pytest.fixture
def stage(tmp_path: Path, clock: MovableClock) -> Stage:
    """A stage with three casts in stock."""
    book = Book(tmp_path)
    for _ in range(3):
        book.add(casts.invent(claim=book.claim, today=clock.now.date()))
    settings = Settings(letters=tmp_path / "letters", practice=tmp_path)
    known = build(Settings(), clock=clock)
    return replace(known, settings=settings, people=Everybody(book), organisations=Organisations(()))


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)


@pytest.fixture
def program(stage: Stage, book: Book, monkeypatch: pytest.MonkeyPatch) -> Direct:
    """The practice program, over a Namens in which nothing happened yet."""
    monkeypatch.setattr(reading, "read", lambda _, since: Seen())  # noqa: ARG005 - as the real one
    return Direct(begin.assemble(stage, book))


def browser(program: Direct) -> httpx2.Client:
    return httpx2.Client(transport=program, base_url=BASE)


@pytest.fixture
def dirk(program: Direct) -> Iterator[httpx2.Client]:
    """Somebody who practises, and wants to know more than that."""
    with browser(program) as client:
        assert client.post("/beginnen").status_code == 303
        yield client


@pytest.fixture
def anna(program: Direct) -> Iterator[httpx2.Client]:
    """Somebody else who practises."""
    with browser(program) as client:
        assert client.post("/beginnen").status_code == 303
        yield client


def visitor_of(client: httpx2.Client, book: Book) -> Known:
    found = book.visitor(str(client.cookies[COOKIE]))
    assert found
    return found


def cast_of(client: httpx2.Client, book: Book) -> Cast:
    found = book.cast_of(visitor_of(client, book))
    assert found
    return found


def secrets_of(cast: Cast) -> list[str]:
    """Everything by which a cast can be known."""
    return [*cast.numbers, cast.id, cast.organisation.name, *(one.pseudonym for one in cast.organisation.members)]


def at_login(client: httpx2.Client, means: str = "digid") -> str:
    """Come to a login page; give the id of the question there."""
    page = client.get(f"/{means}/authorize", params=QUESTION if means == "digid" else AT_WORK)
    found = re.search(r'name="request" value="([^"]+)"', page.text)
    assert found, page.text
    return found[1]


def log_in(client: httpx2.Client, means: str, **form: str) -> httpx2.Response:
    level = "low" if means == "digid" else "loa3"
    asked = {"request": at_login(client, means), "level": level, "action": "login", **form}
    return client.post(f"/{means}/login", data=asked)


def deliver(stage: Stage, cast: Cast, *, reference: str = "BRIEF-1") -> None:
    """Let a letter lie in the letter box of a client."""
    stage.settings.letters.mkdir(exist_ok=True)
    home = cast.client.address
    letter = replace(CODE_LETTER, recipient=Recipient(cast.client.name, (home.line1, home.line2)))
    made = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
    pdf = printed(letter).pdf
    FolderPrinter(stage.settings.letters).hand_over(reference=reference, pdf=pdf, kind=letter.kind, now=made)


def test_it_shows_each_visitor_the_own_people_and_nobody_elses(
    anna: httpx2.Client, dirk: httpx2.Client, book: Book
) -> None:
    assert all(number in anna.get("/").text for number in cast_of(anna, book).numbers)
    for path in PAGES:
        assert not [secret for secret in secrets_of(cast_of(anna, book)) if secret in dirk.get(path).text], path
    for means in ("digid", "eherkenning"):
        page = dirk.get(f"/{means}/authorize", params=QUESTION if means == "digid" else AT_WORK).text
        assert not [secret for secret in secrets_of(cast_of(anna, book)) if secret in page]


def test_it_shows_a_browser_without_cookie_nobody_and_asks_for_a_code(program: Direct, book: Book) -> None:
    with browser(program) as stranger:
        answer = stranger.get("/digid/authorize", params=QUESTION)
        assert answer.headers["location"].startswith("/meedoen?bij=digid&verder=")
        assert "9999" not in stranger.get("/").text + stranger.get("/brievenbus").text
        assert stranger.get("/oefening/stoppen").status_code == 303
        assert book.ready() == 3


@pytest.mark.parametrize("field", ["person", "bsn"])
def test_it_logs_nobody_in_as_somebody_elses_client(
    anna: httpx2.Client, dirk: httpx2.Client, book: Book, field: str
) -> None:
    bsn = cast_of(anna, book).client.bsn
    assert log_in(anna, "digid", **{field: bsn}).status_code == 303
    refused = log_in(dirk, "digid", **{field: bsn})
    assert refused.status_code == 400
    assert "Dit nummer hoort niet bij uw testpersonen" in refused.text


def test_it_logs_nobody_in_with_a_number_that_nobody_has(dirk: httpx2.Client) -> None:
    assert log_in(dirk, "digid", bsn="999990019").status_code == 400


def test_it_logs_nobody_in_for_somebody_elses_organisation(
    anna: httpx2.Client, dirk: httpx2.Client, book: Book
) -> None:
    work = cast_of(anna, book).organisation
    pseudonym = work.members[0].pseudonym
    assert log_in(anna, "eherkenning", person=f"{work.kvk}:{pseudonym}").status_code == 303
    assert log_in(dirk, "eherkenning", person=f"{work.kvk}:{pseudonym}").status_code == 400
    assert log_in(dirk, "eherkenning", kvk=work.kvk, pseudonym=pseudonym).status_code == 400


def test_it_logs_nobody_in_who_answers_the_question_of_another_browser(
    anna: httpx2.Client, dirk: httpx2.Client, book: Book
) -> None:
    key, bsn = at_login(anna), cast_of(anna, book).client.bsn
    form = {"request": key, "level": "low", "action": "login", "person": bsn}
    assert dirk.post("/digid/login", data=form).status_code == 400


@pytest.mark.parametrize("guess", ["", "x", "id", "code", "cut"])
def test_it_believes_no_cookie_that_it_did_not_give(
    program: Direct, anna: httpx2.Client, book: Book, guess: str
) -> None:
    token, known = str(anna.cookies[COOKIE]), visitor_of(anna, book)
    value = {"id": known.id, "code": known.code, "cut": token[:-1]}.get(guess, guess)
    with browser(program) as dirk:
        dirk.cookies.set(COOKIE, value)
        assert "Beginnen" in dirk.get("/").text
        assert dirk.get("/digid/authorize", params=QUESTION).headers["location"].startswith("/meedoen")


def test_it_gives_letters_to_who_they_are_for(
    stage: Stage, anna: httpx2.Client, dirk: httpx2.Client, book: Book
) -> None:
    deliver(stage, cast_of(anna, book))
    paths = ["/brievenbus/BRIEF-1", "/brievenbus/BRIEF-1/brief.pdf", "/brievenbus/BRIEF-1/bladzijde-1.png"]
    assert [anna.get(path).status_code for path in paths] == [200, 200, 200]
    assert [dirk.get(path).status_code for path in paths] == [404, 404, 404]
    assert "BRIEF-1" in anna.get("/brievenbus").text
    assert "BRIEF-1" not in dirk.get("/brievenbus").text


def test_it_gives_e_mail_to_who_it_is_for(book: Book, anna: httpx2.Client, clock: MovableClock) -> None:
    cast = cast_of(anna, book)
    shows = Browsers(book, base_url=BASE).mails(_Asked(str(anna.cookies[COOKIE])))  # type: ignore[arg-type]  # all it reads
    for address, expected in {
        f"client@{cast.mail_domain}": True,
        f"client@{cast.mail_domain}.example": False,
        "client@other.oefenen.example": False,
        f"x@{cast.mail_domain}, y@other.oefenen.example": False,
    }.items():
        assert shows(Mail(address, "Onderwerp", "Tekst", clock())) is expected, address


class _Asked:
    """As much of a request as is looked at."""

    def __init__(self, token: str) -> None:
        self.cookies = {COOKIE: token}


def test_it_lets_another_browser_in_by_the_code_and_back_to_the_login(
    program: Direct, anna: httpx2.Client, book: Book
) -> None:
    with browser(program) as phone:
        sent = phone.get("/digid/authorize", params=QUESTION).headers["location"]
        way = dict(httpx2.URL(sent).params)
        assert phone.post("/meedoen", data={**way, "code": "33333-33333"}).status_code == 400
        answer = phone.post("/meedoen", data={**way, "code": visitor_of(anna, book).code})
        assert answer.headers["location"] == f"/digid/login?request={way['verder']}"
        assert cast_of(anna, book).client.bsn in phone.get(answer.headers["location"]).text


def test_it_shows_a_group_to_its_trainer_only(anna: httpx2.Client, dirk: httpx2.Client, book: Book) -> None:
    anna.post("/groep")
    code = book.group_of(visitor_of(anna, book))
    assert dirk.post("/groep/meedoen", data={"groep": code}).status_code == 303
    assert "deelnemer 1" in anna.get("/groep").text
    assert "deelnemer" not in dirk.get("/groep").text
    assert dirk.get("/groep/stand").status_code == 303
    assert not [one for one in secrets_of(cast_of(dirk, book)) if one in anna.get("/groep").text]


def test_it_has_no_switch_for_trouble_and_no_list_of_everybody(dirk: httpx2.Client) -> None:
    assert dirk.get("/control").status_code == 404
    assert dirk.post("/control", data={"digid": "down"}).status_code == 404
    assert dirk.post("/notifynl/v2/notifications/letter", json={}).status_code == 404


def test_it_asks_the_key_of_the_register(dirk: httpx2.Client, anna: httpx2.Client, book: Book) -> None:
    asked = {
        "type": "RaadpleegMetBurgerservicenummer",
        "burgerservicenummer": [cast_of(anna, book).client.bsn],
        "fields": ["naam"],
    }
    assert dirk.post("/brp/personen", json=asked, headers={"X-API-KEY": "guess"}).status_code == 401
    found = dirk.post("/brp/personen", json=asked, headers={"X-API-KEY": "rehearsal-key"}).json()["personen"]
    assert found[0]["naam"]["volledigeNaam"] == cast_of(anna, book).client.name


@pytest.mark.parametrize("path", ["//evil.example", "/\\evil.example", "https://evil.example", ""])
def test_it_sends_nobody_away_to_another_site(dirk: httpx2.Client, path: str) -> None:
    answer = dirk.post("/taal", data={"taal": "en", "terug": path})
    assert answer.headers["location"] == "/"


def test_it_says_on_every_page_that_it_is_practice(dirk: httpx2.Client) -> None:
    for path in PAGES:
        assert "Oefenomgeving." in dirk.get(path).text, path


def test_it_says_that_all_people_of_today_were_handed_out(
    dirk: httpx2.Client, program: Direct, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rehearsal.practice.book.MOST_CASTS", 3)
    for _ in range(2):
        assert dirk.post("/nieuwe-mensen").status_code == 303
    answer = dirk.post("/nieuwe-mensen")
    assert answer.status_code == 503
    assert "Vannacht komen er nieuwe" in answer.text
    with browser(program) as late:
        assert late.post("/beginnen").status_code == 503


def test_it_speaks_english_when_asked(dirk: httpx2.Client) -> None:
    dirk.post("/taal", data={"taal": "en", "terug": "/"})
    for path in ("/", "/oefening/stoppen", "/groep", "/blad"):
        page = dirk.get(path).text
        assert '<html lang="en">' in page
        assert "The practice environment is emptied every night" in page or "is emptied every night" in page
