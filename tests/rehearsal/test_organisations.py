from pathlib import Path

import pytest

from rehearsal import organisations
from rehearsal.organisations import Member, Organisation
from rehearsal.stage import Settings, Stage, build
from tests.rehearsal.playing import DE_BRUG, SAMEN_STERK, THEA_AND_BILAL, ZONDERDAM

EVERY = organisations.load().all
EVERYBODY = [member for organisation in EVERY for member in organisation.members]


def written(folder: Path, *entries: str) -> Path:
    """Give a file with these organisations."""
    path = folder / "organisations.yaml"
    path.write_text(f"organisations: [{', '.join(entries)}]", encoding="utf-8")
    return path


def entry(*members: str, kvk: str = "'00550051'") -> str:
    """Give one organisation as it is written."""
    return f"{{kvk: {kvk}, name: X, about: y, members: [{', '.join(members)}]}}"


@pytest.mark.parametrize("organisation", EVERY, ids=lambda organisation: organisation.kvk)
def test_it_has_enough_people_in_every_organisation(organisation: Organisation) -> None:
    assert organisation.kvk.startswith("00")
    assert organisation.about.endswith(".")
    assert len(organisation.members) >= 4


def test_it_has_four_organisations() -> None:
    assert len(EVERY) == 4


@pytest.mark.parametrize("somebody", EVERYBODY, ids=lambda somebody: somebody.name)
def test_it_says_of_everybody_what_they_are_for(somebody: Member) -> None:
    assert somebody.about.endswith(".")


def test_it_has_every_awkward_case() -> None:
    assert any(member.establishment for member in EVERYBODY)
    assert any(not member.establishment for member in EVERYBODY)
    assert {member.strongest for member in EVERYBODY} == set(organisations.STRENGTHS)


def test_it_knows_who_also_helps_privately_by_the_same_name(stage: Stage) -> None:
    private = [(member.name, stage.people.find(member.bsn)) for member in EVERYBODY if member.bsn]
    assert private
    assert all(person is not None and person.name == name for name, person in private)


def test_it_gives_one_pseudonym_to_two_people_at_two_organisations(stage: Stage) -> None:
    found = [stage.organisations.member(kvk, pseudonym=THEA_AND_BILAL) for kvk in (DE_BRUG, ZONDERDAM, SAMEN_STERK)]
    assert [member.name if member else None for member in found] == ["Thea Vink", "Bilal Şahin", None]


def test_it_reads_organisations_of_ones_own(tmp_path: Path) -> None:
    path = written(tmp_path, entry("{pseudonym: P-1, name: Ander, about: z}"))
    stage = build(Settings(organisations=path))
    assert [member.name for organisation in stage.organisations.all for member in organisation.members] == ["Ander"]


@pytest.mark.parametrize(
    ("entries", "complaint"),
    [
        ([entry(kvk="00550051")], "KvK"),
        ([entry(kvk="'5550051'")], "KvK"),
        ([entry(), entry()], "same number"),
        ([entry("{pseudonym: P-1, name: A, about: b}", "{pseudonym: P-1, name: B, about: b}")], "same pseudonym"),
        ([entry("{pseudonym: 'P 1', name: A, about: b}")], "pseudonym"),
        ([entry("{pseudonym: '', name: A, about: b}")], "pseudonym"),
        ([entry("{pseudonym: P-1, name: A, about: b, strongest: EH5}")], "strongest"),
        ([entry("{pseudonym: P-1, name: A, about: b, establishment: '123'}")], "establishment"),
        ([entry("{pseudonym: P-1, name: A, about: b, bsn: '123456789'}")], "bsn"),
        ([entry("{pseudonym: P-1, name: A, about: b, hobby: z}")], "hobby"),
    ],
)
def test_it_says_what_is_wrong_with_a_file_of_organisations(tmp_path: Path, entries: list[str], complaint: str) -> None:
    with pytest.raises(organisations.OrganisationsError, match=complaint):
        organisations.load(written(tmp_path, *entries))
