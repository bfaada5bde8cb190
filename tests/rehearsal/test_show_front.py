from rehearsal.stage import Settings, Stage
from tests.rehearsal.playing import Visitor


def test_it_lists_everybody_with_number_and_purpose(visitor: Visitor, stage: Stage) -> None:
    page = visitor.http.get("/").text
    for person in stage.people.everybody:
        assert person.bsn in page
        assert person.about in page


def test_it_lists_every_organisation_with_who_works_there(visitor: Visitor, stage: Stage) -> None:
    page = visitor.http.get("/").text
    for organisation in stage.organisations.all:
        assert organisation.kvk in page
        assert organisation.about in page
        assert all(member.pseudonym in page and member.about in page for member in organisation.members)


def test_it_writes_birth_dates_in_dutch(visitor: Visitor) -> None:
    page = visitor.http.get("/").text
    assert "27 maart 1951" in page
    assert "juli 1962" in page


def test_it_shows_the_way_to_namens(visitor: Visitor) -> None:
    assert 'href="http://localhost:8000/"' in visitor.http.get("/").text


def test_it_says_that_it_is_well(visitor: Visitor) -> None:
    assert visitor.http.get("/health").json() == {"status": "ok"}


def test_it_brings_its_own_style(visitor: Visitor) -> None:
    answer = visitor.http.get("/style.css")
    assert answer.headers["content-type"].startswith("text/css")


def test_it_reads_its_settings_from_the_environment() -> None:
    found = Settings.read({"REHEARSAL_PORT": "8105", "REHEARSAL_PAGES_URL": "http://localhost:9000/"})
    assert (found.port, found.base_url, found.pages_url) == (8105, "http://localhost:8105", "http://localhost:9000")


def test_it_keeps_the_key_out_of_print() -> None:
    assert "rehearsal-key" not in repr(Settings())
