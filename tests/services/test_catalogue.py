"""Reading a catalogue, and finding what is wrong with it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from namens.services import catalogue
from namens.services.catalogue import BadCatalogue
from namens.services.models import Service
from tests.people import CATALOGUE
from tests.services.catalogues import small

Change = Callable[[dict[str, Any]], object]
WRONG: dict[str, tuple[Change, str]] = {
    "no services list": (lambda content: content.update(services="alpha"), "services must be a list"),
    "an entry without a key": (lambda content: content["services"][0].pop("key"), "entries with a key"),
    "an entry that is text": (lambda content: content["sets"].append("samen"), "entries with a key"),
    "an empty list that says null": (lambda content: content.update(sets=None), "sets must be a list"),
    "a misspelt list": (lambda content: content.update(service=[]), "nobody reads: service"),
    "a provider without a name": (lambda content: content["providers"][0].pop("name"), "name is a text"),
    "a provider twice": (lambda content: content["providers"].append(content["providers"][0]), "provider keys"),
    "an unknown provider": (lambda content: content["services"][0].update(provider="bureaux"), "bureaux"),
    "a key with a capital": (lambda content: content["services"][0].update(key="Alpha"), "is not a key"),
    "a key with a hash": (lambda content: content["services"][0].update(key="alpha#x"), "is not a key"),
    "a key that is too long": (lambda content: content["services"][0].update(key="a" * 61), "is not a key"),
    "a service key twice": (lambda content: content["services"][1].update(key="alpha"), "service keys"),
    "a service id twice": (
        lambda content: content["services"][1].update(id=content["services"][0]["id"]),
        "service ids",
    ),
    "no id": (lambda content: content["services"][0].pop("id"), "service alpha: KeyError"),
    "an id that is no uuid": (lambda content: content["services"][0].update(id="1"), "service alpha: ValueError"),
    "an empty name": (lambda content: content["services"][0].update(name=" "), "name is a text"),
    "a name that is too long": (lambda content: content["services"][0].update(name="x" * 65), "most 64"),
    "a sentence that is too long": (lambda content: content["services"][0].update(sentence="x" * 301), "most 300"),
    "an unknown level": (lambda content: content["services"][0].update(minimum_level="laag"), "laag"),
    "no level": (lambda content: content["services"][0].pop("minimum_level"), "minimum_level"),
    "a level that is a list": (lambda content: content["services"][0].update(minimum_level=[]), "service alpha"),
    "an unknown public": (lambda content: content["services"][0].update(mandated_to="all"), "all"),
    "no months": (lambda content: content["services"][0].update(longest_months=0), "from 1 to 60"),
    "too many months": (lambda content: content["services"][0].update(longest_months=61), "from 1 to 60"),
    "months in words": (lambda content: content["services"][0].update(longest_months="a year"), "service alpha"),
    "a misspelt field": (lambda content: content["services"][0].update(sensitive_action=[]), "sensitive_action"),
    "an action that is text": (lambda content: content["services"][0].update(sensitive_actions=["x"]), "service alpha"),
    "an action without a question": (
        lambda content: content["services"][0]["sensitive_actions"][0].pop("question"),
        "question is a text",
    ),
    "words in a language that nobody knows": (
        lambda content: content["services"][0].update({"in": {"xx": {"sentence": "?"}}}),
        "'xx' is no language that we know",
    ),
    "half of the words in another language": (
        lambda content: content["services"][0]["sensitive_actions"][0].update({"in": {"en": {"name": "change"}}}),
        "question is a text",
    ),
    "a misspelt word in another language": (
        lambda content: content["services"][0].update({"in": {"en": {"sentense": "?"}}}),
        "nobody reads: sentense",
    ),
    "an action twice": (
        lambda content: content["services"][0].update(
            sensitive_actions=content["services"][0]["sensitive_actions"] * 2
        ),
        "sensitive actions of service alpha",
    ),
    "no actions but null": (lambda content: content["services"][0].update(sensitive_actions=None), "service alpha"),
    "a set of one": (lambda content: content["sets"][0].update(services=["alpha"]), "at least two"),
    "a set of one twice": (lambda content: content["sets"][0].update(services=["alpha", "alpha"]), "services of set"),
    "a set of text": (lambda content: content["sets"][0].update(services="alpha"), "list of keys"),
    "a set of nothing": (lambda content: content["sets"][0].update(services=None), "list of keys"),
    "a set of lists": (lambda content: content["sets"][0].update(services=[["alpha"], ["beta"]]), "list of keys"),
    "a set with an unknown service": (lambda content: content["sets"][0].update(services=["alpha", "x"]), "has"),
    "a set named as a service": (lambda content: content["sets"][0].update(key="alpha"), "keys of sets and services"),
    "a set without a sentence": (lambda content: content["sets"][0].pop("sentence"), "sentence is a text"),
}


@pytest.mark.parametrize("name", WRONG)
def test_it_says_what_is_wrong(name: str) -> None:
    change, message = WRONG[name]
    content = small()
    change(content)
    with pytest.raises(BadCatalogue, match=message):
        catalogue.parse(content)


@pytest.mark.parametrize("content", [None, [], "services", 1])
def test_it_refuses_what_is_no_catalogue(content: object) -> None:
    with pytest.raises(BadCatalogue):
        catalogue.parse(content)


def test_it_reads_one_that_is_in_order() -> None:
    read = catalogue.parse(small())
    assert [service.key for service in read.services] == ["alpha", "beta"]
    assert read.sets[0].services == ("alpha", "beta")


def test_it_reads_the_practice_catalogue() -> None:
    read = catalogue.parse(catalogue.load(CATALOGUE))
    assert {"mijn-toeslagen", "inkomstenbelasting"} <= {service.key for service in read.services}


@pytest.mark.parametrize("text", ["services: [", "\x00", "- a\n- b", "!!python/object:os.system {}"])
def test_it_refuses_a_file_that_is_no_catalogue(tmp_path: Path, text: str) -> None:
    file = tmp_path / "catalogue.yaml"
    file.write_text(text)
    with pytest.raises(BadCatalogue):
        catalogue.load(file)


def test_it_refuses_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadCatalogue, match="cannot be read"):
        catalogue.load(tmp_path / "none.yaml")


def test_it_refuses_a_file_in_another_encoding(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.yaml"
    file.write_bytes("naam: café".encode("latin-1"))
    with pytest.raises(BadCatalogue):
        catalogue.load(file)


@pytest.mark.usefixtures("catalogue")
def test_it_says_a_sentence_and_a_question_in_the_language_of_the_reader() -> None:
    service = Service.objects.get(key="mijn-toeslagen")
    with translation.override("en"):
        assert service.explained.startswith("See and change")
        assert service.told_actions[0]["question"] == "May your helper also change your bank account number?"
    with translation.override("pl"):
        assert service.explained == service.sentence
    assert service.told_actions[0]["name"] == "het rekeningnummer wijzigen"
    assert set(service.told_actions[0]) == {"key", "name", "question"}
