"""`namens catalogue propose|approve|list`: one operator proposes a version, another lets it hold."""

from pathlib import Path

import pytest

from namens.services.models import CatalogueVersion, Service
from tests.commands.saying import Namens, Said, refused

pytestmark = pytest.mark.django_db
PROPOSED = Said(0, "catalogue 1 proposed; another operator approves it\n", "")


def test_it_proposes_the_practice_catalogue_when_no_file_is_named(namens: Namens) -> None:
    assert namens("catalogue", "propose", "--by", "olga") == PROPOSED
    assert not Service.objects.exists()


def test_it_holds_once_another_operator_approved_it(namens: Namens) -> None:
    namens("catalogue", "propose", "--by", "olga")
    assert namens("catalogue", "approve", "1", "--by", "otto") == Said(0, "catalogue 1 holds from now on\n", "")
    assert Service.objects.filter(active=True).exists()


def test_it_refuses_the_operator_who_proposed_it(namens: Namens) -> None:
    namens("catalogue", "propose", "--by", "olga")
    assert namens("catalogue", "approve", "1", "--by", "olga") == refused("second-operator")
    assert not Service.objects.exists()


def test_it_refuses_a_version_that_nobody_proposed(namens: Namens) -> None:
    assert namens("catalogue", "approve", "7", "--by", "otto") == refused("not-proposed")


def test_it_lists_the_versions_newest_first(namens: Namens) -> None:
    namens("catalogue", "propose", "--by", "olga")
    namens("catalogue", "approve", "1", "--by", "otto")
    namens("catalogue", "propose", "--by", "otto")
    newest, oldest = namens("catalogue", "list").out.splitlines()
    assert newest.split()[:2] == ["2", "proposed"]
    assert oldest.split()[:2] == ["1", "approved"]
    assert oldest.endswith("by olga, approved by otto")


def test_it_lists_nothing_when_there_is_nothing(namens: Namens) -> None:
    assert namens("catalogue", "list") == Said(0, "", "")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"services: [", "cannot be read as YAML"),
        (b"\xff\xfe\xff", "cannot be read as YAML"),
        (b"", "a catalogue holds providers, services and sets"),
        (b"- a list", "a catalogue holds providers, services and sets"),
        (b"sevices: []", "the catalogue holds what nobody reads: sevices"),
        (b"services: [{key: Mijn toeslagen}]", "is not a key: small letters, digits and dashes between them"),
    ],
    ids=["unfinished", "no text", "empty", "a list", "misspelt", "a wrong key"],
)
def test_it_says_what_is_wrong_with_a_file(namens: Namens, tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "catalogue.yaml"
    file.write_bytes(content)
    said = namens("catalogue", "propose", str(file), "--by", "olga")
    assert (said.status, said.out) == (1, "")
    assert said.err.startswith("namens: ")
    assert says in said.err
    assert not CatalogueVersion.objects.exists()


def test_it_says_which_file_is_not_there(namens: Namens, tmp_path: Path) -> None:
    said = namens("catalogue", "propose", str(tmp_path / "nothing.yaml"), "--by", "olga")
    assert said.status == 1
    assert "nothing.yaml" in said.err
