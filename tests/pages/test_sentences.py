"""Every refusal has its sentence, and a helper reads nothing of what the register says of a client."""

import re
from enum import StrEnum

import pytest
from django.utils import translation

from namens.appointments.refusals import AppointmentReason, HandOffReason
from namens.codes.refusals import CodeReason
from namens.helpdesk.refusals import DisputeRefusal
from namens.mandates.refusals import MandateReason
from namens.organisations.refusals import OrganisationReason
from namens.pages.sentences import SENTENCES, sentence_for
from namens.parties.refusals import PartyRefusal
from namens.population.answers import Reason as RegisterReason
from namens.post.refusals import EmailRefusal
from namens.services.refusals import ServiceReason

REASONS: list[StrEnum] = [
    reason
    for reasons in (
        MandateReason,
        OrganisationReason,
        PartyRefusal,
        CodeReason,
        HandOffReason,
        AppointmentReason,
        EmailRefusal,
        DisputeRefusal,
        ServiceReason,
        RegisterReason,
    )
    for reason in reasons
]
OF_THE_GIVER = [reason for reason in MandateReason if reason.startswith("giver-")]


@pytest.mark.parametrize("reason", REASONS)
def test_it_has_a_dutch_sentence_for_every_refusal(reason: StrEnum) -> None:
    with translation.override("nl"):
        dutch = sentence_for(reason)
    assert dutch != SENTENCES[reason]
    assert dutch.endswith(".")


@pytest.mark.parametrize("reason", REASONS)
def test_it_never_says_only_that_something_is_not_valid(reason: StrEnum) -> None:
    with translation.override("nl"):
        assert not re.search(r"ongeldig|foutief|mislukt", sentence_for(reason), re.IGNORECASE)


@pytest.mark.parametrize("reason", OF_THE_GIVER)
def test_it_tells_a_helper_one_thing_whatever_the_register_says_of_the_client(reason: MandateReason) -> None:
    assert sentence_for(reason, viewer="helper") == sentence_for(MandateReason.GIVER_DECEASED, viewer="helper")
    assert sentence_for(reason, viewer="helper") != sentence_for(reason)
