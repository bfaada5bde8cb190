"""Parties: every one who can give or use a mandate has one row, under an id that says nothing."""

from datetime import date
from enum import StrEnum

from django.conf import settings
from django.db import models

from namens.lib.ids import new_id
from namens.lib.partial_date import PartialDate
from namens.parties.facts import PersonFacts, PersonName, StopSignal


class Kind(StrEnum):
    """What sort of party."""

    PERSON = "person"
    ORGANISATION = "organisation"
    MEMBER = "member"


class Party(models.Model):
    """Somebody. Mandates, tokens and the journal know a party by this id only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=[one.value for one in Kind]), name="party_kind_known")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Person(models.Model):
    """A natural person: digest and sealed BSN, and what the population register said last.

    `folded_name` is the name as lists are sorted and searched by it. `refreshed_at` is when the register said all this.
    `ask_again_at` is from when the daily check may ask again: it moves on with every question, also with one that gave
    no facts, so that nobody is in the way of who comes after.
    """

    party = models.OneToOneField(Party, on_delete=models.PROTECT, primary_key=True, related_name="person")
    bsn_digest = models.CharField(max_length=100, unique=True)
    bsn_sealed = models.CharField(max_length=200)
    given_names = models.CharField(max_length=250, blank=True)
    prefix = models.CharField(max_length=20, blank=True)
    family_name = models.CharField(max_length=250, blank=True)
    folded_name = models.CharField(max_length=600, blank=True, default="", db_default="")
    birth_date = models.CharField(max_length=10, blank=True)
    signals = models.JSONField(default=list)
    refreshed_at = models.DateTimeField(null=True)
    ask_again_at = models.DateTimeField()
    letter_language = models.CharField(max_length=12, default="nl")
    large_print = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"person {self.party_id}"

    @property
    def name(self) -> PersonName:
        """Give the name as the register had it last."""
        return PersonName(given_names=self.given_names, prefix=self.prefix, family_name=self.family_name)

    @property
    def facts(self) -> PersonFacts:
        """Give what the register said last."""
        born = PartialDate.parse(self.birth_date) if self.birth_date else None
        return PersonFacts(name=self.name, birth_date=born, signals=frozenset(map(StopSignal, self.signals)))

    @property
    def reads(self) -> str:
        """Give the language to write in: the chosen one as long as this deployment has it, else Dutch."""
        has_it = self.letter_language in dict(settings.LANGUAGES)
        return self.letter_language if has_it else str(settings.LANGUAGE_CODE)

    def is_adult_on(self, day: date) -> bool:
        """Say whether this person is surely 18 or older; nobody is before the register was asked about them.

        When the register has no birth date it counts as an adult's: that is so for some people who came from abroad
        long ago, hardly ever for a child.
        """
        born = self.facts.birth_date
        return self.refreshed_at is not None and (born is None or born.is_adult_on(day))


class StatedPerson(models.Model):
    """Somebody as another person stated them: a BSN and a date of birth, true or not. Erased once it was compared."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    bsn_sealed = models.CharField(max_length=200)
    birth_date = models.CharField(max_length=10)
    stated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"stated person {self.id}"


class HelperNumber(models.Model):
    """The number by which a client names a helper: nine checked symbols, random, replaced when the helper wants."""

    party = models.OneToOneField(Party, on_delete=models.PROTECT, primary_key=True, related_name="helper_number")
    number = models.CharField(max_length=9, unique=True)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return "helper number"
