"""Query sets whose SQL is made once: they find what the query set finds, and keep nothing of an earlier question."""

from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import CharField, QuerySet, UUIDField
from django.test.utils import CaptureQueriesContext

from namens.made_once import made_once
from namens.parties.models import Kind, Party, Person
from namens.services.queries import approved_portal
from tests.made_alike import told
from tests.people import NOW


@made_once(party=UUIDField(), kinds=CharField())
def of_kinds(party: UUID, kinds: list[str]) -> QuerySet[Party]:
    return Party.objects.filter(id=party, kind__in=kinds).select_related("person")


@made_once(kinds=CharField())
def everybody(kinds: list[str]) -> QuerySet[Party]:
    return Party.objects.filter(kind__in=kinds).order_by("-id")


@made_once(party=UUIDField())
def names(party: UUID) -> QuerySet[Person]:
    return Person.objects.filter(party=party).only("family_name")


def test_it_finds_what_the_query_set_finds(anna: Party, bram: Party) -> None:
    for party in (anna, bram):
        values = {"party": party.id, "kinds": [Kind.PERSON]}
        assert told(of_kinds.first(**values)) == told(of_kinds.plain(**values).get())


def test_it_keeps_nothing_of_an_earlier_question(anna: Party, bram: Party) -> None:
    assert names.first(party=anna.id) == anna.person
    assert names.first(party=bram.id) == bram.person
    assert names.first(party=UUID(int=0)) is None


def test_it_keeps_nothing_of_an_earlier_answer(anna: Party) -> None:
    assert names.first(party=anna.id) is not None
    Person.objects.filter(party=anna).update(family_name="Anders")
    found = names.first(party=anna.id)
    assert found is not None
    assert found.family_name == "Anders"


def test_it_takes_lists_of_any_length(anna: Party) -> None:
    organisation = Party.objects.create(kind=Kind.ORGANISATION, created_at=NOW)
    assert everybody.all(kinds=[Kind.PERSON]) == [anna]
    assert everybody.all(kinds=[Kind.PERSON, Kind.ORGANISATION]) == [organisation, anna]
    assert everybody.all(kinds=[Kind.ORGANISATION, Kind.ORGANISATION]) == [organisation]


def test_it_finds_nobody_for_an_empty_list(anna: Party) -> None:
    assert everybody.all(kinds=[]) == []
    assert of_kinds.first(party=anna.id, kinds=[]) is None


def test_it_leaves_out_what_the_query_set_leaves_out(anna: Party) -> None:
    found = names.first(party=anna.id)
    assert found is not None
    assert found.get_deferred_fields() == names.plain(party=anna.id).get().get_deferred_fields()


def test_it_finds_nobody_for_nothing(anna: Party) -> None:
    """A value that is missing widens no question, not even where the query set would ask for null."""
    assert names.first(party=None) is None
    assert of_kinds.first(party=anna.id, kinds=[None]) is None


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["%s", "' OR ''='", "%(client_id)s", "%%", "mijn-toeslagen-portaal' --"])
def test_it_takes_no_value_for_a_part_of_the_statement(toeslagen: object, name: str) -> None:  # noqa: ARG001 - is there
    assert approved_portal(name) is None


def test_it_asks_once_for_a_model_and_its_relations(anna: Party) -> None:
    with CaptureQueriesContext(connection) as captured:
        found = of_kinds.first(party=anna.id, kinds=[Kind.PERSON])
        assert found is not None
        assert found.person.bsn_digest == anna.person.bsn_digest
    assert len(captured) == 1


def test_it_can_be_written_back_as_what_the_query_set_gives(anna: Party) -> None:
    found = of_kinds.first(party=anna.id, kinds=[Kind.PERSON])
    assert found is not None
    found.person.prefix = "van"
    found.person.save(update_fields=["prefix"])
    assert Person.objects.get(party=anna).prefix == "van"
    assert Person.objects.count() == 1


def test_it_refuses_a_query_set_that_gives_no_models(anna: Party) -> None:
    @made_once(party=UUIDField())
    def digests(party: UUID) -> QuerySet[Person]:
        return Person.objects.filter(party=party).values("bsn_digest")  # type: ignore[return-value]  # the very mistake

    with pytest.raises(TypeError):
        digests.first(party=anna.id)


def test_it_changes_what_it_finds_and_nothing_else(anna: Party, bram: Party) -> None:
    assert names.update({"prefix": "van", "signals": ["deceased"]}, party=anna.id) == 1
    assert Person.objects.filter(prefix="van").get().party == anna
    assert Person.objects.get(party=anna).signals == ["deceased"]
    assert names.update({"prefix": "te"}, party=UUID(int=0)) == 0
    assert everybody.update({"kind": Kind.MEMBER}, kinds=[]) == 0
    assert Person.objects.get(party=bram).prefix == bram.person.prefix


def test_it_changes_to_nothing_too(anna: Party) -> None:
    assert names.update({"refreshed_at": None}, party=anna.id) == 1
    assert Person.objects.get(party=anna).refreshed_at is None


def test_it_asks_for_a_change_what_the_query_set_asks(anna: Party) -> None:
    with CaptureQueriesContext(connection) as ours:
        names.update({"prefix": "van"}, party=anna.id)
    with CaptureQueriesContext(connection) as theirs:
        names.plain(party=anna.id).update(prefix="van")
    assert ours[0]["sql"].replace("(", "").replace(")", "") == theirs[0]["sql"].replace("(", "").replace(")", "")


def test_it_lets_no_transaction_go_on_after_a_change_that_failed(anna: Party, bram: Party) -> None:
    with transaction.atomic():
        with pytest.raises(IntegrityError):
            names.update({"bsn_digest": bram.person.bsn_digest}, party=anna.id)
        with pytest.raises(transaction.TransactionManagementError):
            Person.objects.count()
        transaction.set_rollback(True)
