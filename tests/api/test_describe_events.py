"""The form of every event in the description: what portals really hear fits it, and has nothing besides."""

import json
from typing import Any

import msgspec
from django.db import transaction

from namens.api import description
from namens.api.wire_events import EVENTS, OneEvent
from namens.exchange.disputing import tell_portal
from namens.exchange.documents import event_document
from namens.exchange.models import PortalEvent
from namens.exchange.reports import Reported
from namens.exchange.stream import EventKind
from namens.exchange.telling import tell_exclusion, tell_mandate, tell_member
from namens.exchange.trying import send_trial
from namens.mandates.actions import leave_out
from namens.mandates.changes import Change, MandateChange
from namens.mandates.models import Mandate
from namens.organisations.models import Member
from namens.parties.models import Party
from namens.services.models import Portal
from tests.api.listing import BASIS, changed
from tests.api.machine import Machine, machine
from tests.exchange.hearing import used
from tests.exchange.reporting import ids, report, report_one
from tests.organisations.managing import team
from tests.people import NOW, active
from tests.working import licence, mandate_of, member, organisation

DOCUMENT: dict[str, Any] = json.loads(description.document())


def every_kind(known: Machine, anna: Party, bram: Party) -> list[PortalEvent]:
    """Let a portal hear everything that there is to hear, as it comes about, and give the events."""
    sam = member(organisation(), team=team("Noord"))
    licence(sam)
    mine, of_organisation = active(anna, bram), mandate_of(anna, sam.organisation)
    for mandate in (mine, of_organisation):
        every_change(mandate)
    done = report_one(known, report(ids(bram, anna, portal=known)))
    assert isinstance(done, Reported)
    about_member(sam, of_organisation, anna, known=known.portal)
    with transaction.atomic():
        tell_portal(entry=done.act.id, now=NOW)
    Portal.objects.filter(id=known.portal.id).update(events_uri="https://portaal.example/gebeurtenissen")
    assert known.post("/v1/webhookgeheimen", {}).status_code == 201
    send_trial(Portal.objects.get(id=known.portal.id), now=NOW)
    return list(PortalEvent.objects.filter(portal=known.portal).order_by("number"))


def every_change(mandate: Mandate) -> None:
    MandateChange.objects.filter(mandate=mandate).delete()
    for change in Change:
        changed(mandate, change, at=NOW)
    tell_mandate(mandate.id, now=NOW)


def about_member(sam: Member, mandate: Mandate, anna: Party, *, known: Portal) -> None:
    used(mandate, known, by=sam.party)
    tell_member(sam.party_id, licence=None, since=NOW, now=NOW)
    leave_out(mandate=mandate.id, member=sam.party_id, by=anna, now=NOW)
    tell_exclusion(client=anna.id, member=sam.party_id, now=NOW)


def test_it_has_a_form_for_every_kind() -> None:
    kinds = {kind.value for kind in EventKind}
    assert {form.__struct_config__.tag for form in EVENTS} == kinds
    listed = DOCUMENT["components"]["schemas"]["Gebeurtenissen"]["properties"]["gebeurtenissen"]["items"]
    assert set(listed["discriminator"]["mapping"]) == set(DOCUMENT["webhooks"]) == kinds


def test_it_describes_each_webhook_with_its_headers() -> None:
    for kind, part in DOCUMENT["webhooks"].items():
        names = [one["name"] for one in part["post"]["parameters"]]
        assert names == ["webhook-id", "webhook-timestamp", "webhook-signature"]
        form = part["post"]["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        assert DOCUMENT["components"]["schemas"][form]["properties"]["type"]["enum"] == [kind]


def test_it_tells_what_the_forms_say(catalogue: None, signing_keys: None, anna: Party, bram: Party) -> None:  # noqa: ARG001 - asked for their effect
    heard = every_kind(machine(search_basis=BASIS), anna, bram)
    assert {event.kind for event in heard} == {kind.value for kind in EventKind}
    for event in heard:
        sent = event_document(event)
        read = msgspec.to_builtins(msgspec.convert(sent, OneEvent))
        assert read["gegevens"] == sent["gegevens"], "nothing is there that the form does not have"
        assert read.keys() == sent.keys()
