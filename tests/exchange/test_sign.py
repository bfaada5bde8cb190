"""What a portal gets can be checked with its secret and nothing else, and reads the same at every try."""

import json
from datetime import timedelta

import pytest
from django.db import transaction

from namens.exchange.models import PortalEvent, WebhookSecret
from namens.exchange.secrets import PlainSecret, make_secret
from namens.exchange.sending import NO_SECRET, Failed, Message, NobodyThere, Sent, prepare
from namens.exchange.stream import Draft, EventKind, append
from namens.exchange.webhooks import body_of, signature
from namens.journal.events import Channel
from namens.lib.ids import new_id
from namens.services.models import Portal, Status
from tests.api.machine import Machine
from tests.exchange.receiving import Heard, Hearing, hearing
from tests.people import NOW

ADDRESS = "https://portaal.example/gebeurtenissen"


@pytest.fixture
def hears(portal: Machine) -> Hearing:
    return hearing(portal.portal, ADDRESS)


def message(event: PortalEvent, *, later: timedelta = timedelta()) -> Message:
    prepared = prepare(event.id, now=NOW + later)
    assert isinstance(prepared, Message)
    return prepared


def heard(prepared: Message) -> Heard:
    return Heard("/", {name.lower(): said for name, said in prepared.headers.items()}, prepared.body)


def test_it_signs_as_the_test_vector_of_the_specification() -> None:
    secret = PlainSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    made = signature(secret, message="msg_p5jXN8AQM9LWM0D4loKWxJek", moment="1614265330", body=b'{"test": 2432232314}')
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_it_signs_what_the_portal_can_check(hears: Hearing) -> None:
    (event,) = hears.must_hear(new_id(), machtiging="x")
    said = heard(message(event))
    assert said.is_signed_with(hears.secret)
    assert not said.is_signed_with(PlainSecret.generate().text)
    assert (said.id, said.moment) == (str(event.id), int(NOW.timestamp()))
    assert said.headers["content-type"] == "application/json"


def test_it_says_what_happened_in_dutch(hears: Hearing) -> None:
    (event,) = hears.must_hear(new_id(), volgnummer=3)
    assert json.loads(message(event).body) == {
        "id": str(event.id),
        "nummer": 1,
        "type": "machtiging.gewijzigd",
        "tijdstip": "2026-11-23T09:00:00.000Z",
        "gegevens": {"volgnummer": 3},
    }


def test_it_sends_the_same_bytes_at_each_try_with_another_moment(hears: Hearing) -> None:
    (event,) = hears.must_hear(new_id(), zz=1, a={"lang": 1, "b": 2}, langer="é")
    first, second = message(event), message(event, later=timedelta(minutes=5))
    assert first.body == second.body == body_of(event)
    assert int(second.headers["webhook-timestamp"]) - int(first.headers["webhook-timestamp"]) == 300
    assert heard(second).is_signed_with(hears.secret)


def test_it_signs_with_both_while_a_secret_is_replaced(hears: Hearing) -> None:
    (event,) = hears.must_hear(new_id())
    newer = make_secret(hears.portal, now=NOW, channel=Channel.PORTAL).secret.text
    both = heard(message(event))
    assert len(both.signatures) == 2
    assert both.is_signed_with(hears.secret)
    assert both.is_signed_with(newer)
    alone = heard(message(event, later=timedelta(hours=24)))
    assert (alone.is_signed_with(hears.secret), alone.is_signed_with(newer)) == (False, True)


def test_it_waits_for_a_secret(hears: Hearing) -> None:
    (event,) = hears.must_hear(new_id())
    WebhookSecret.objects.all().delete()
    assert prepare(event.id, now=NOW) == Failed(NO_SECRET)


def test_it_fails_when_a_secret_cannot_be_opened(hears: Hearing) -> None:
    (event,) = hears.must_hear(new_id())
    WebhookSecret.objects.update(sealed="gone:AAAA")
    assert prepare(event.id, now=NOW) == Failed("UnknownKey")


@pytest.mark.parametrize("terms", [{"events_uri": ""}, {"status": Status.WITHDRAWN}], ids=["no address", "withdrawn"])
def test_it_has_nobody_to_tell_at_a_portal_that_does_not_listen(hears: Hearing, terms: dict[str, str]) -> None:
    (event,) = hears.must_hear(new_id())
    Portal.objects.filter(id=hears.portal.id).update(**terms)
    assert prepare(event.id, now=NOW) == NobodyThere()


def test_it_has_nothing_to_send_of_what_is_over(hears: Hearing) -> None:
    (event,) = hears.must_hear(new_id())
    PortalEvent.objects.update(delivered_at=NOW)
    assert prepare(event.id, now=NOW) == Sent()
    assert prepare(new_id(), now=NOW) == Sent()


def test_it_shows_nothing_of_a_message_in_a_log(hears: Hearing) -> None:
    (event,) = hears.must_hear(new_id(), geheim="zeer-geheim")
    shown = repr(message(event))
    assert "zeer-geheim" not in shown
    assert "v1," not in shown


def test_it_leaves_no_line_waiting_for_what_was_written_before_there_was_an_address(portal: Machine) -> None:
    about = new_id()
    with transaction.atomic():
        (before,) = append(portal.portal, [Draft(about, EventKind.CHANGED, {})], now=NOW)
    hears = hearing(portal.portal, ADDRESS)
    (after,) = hears.must_hear(about)
    assert PortalEvent.objects.get(id=before.id).given_up_at == NOW
    assert message(after).event == after.id
