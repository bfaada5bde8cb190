"""A secret is told once; the one before it signs on for a day; who lost one makes two."""

import base64
from datetime import timedelta

import pytest

from namens.exchange import upkeep
from namens.exchange.models import MadeBy, WebhookSecret
from namens.exchange.secrets import LIMIT, MadeSecret, PlainSecret, make_secret, secrets_of, signing
from namens.exchange.webhook_refusals import WebhookReason, WebhookRefused
from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.lib.sealing import BrokenSeal
from namens.outbox.models import OutboxRow
from namens.parties import keys
from namens.services.models import Portal, Status
from tests.api.machine import Machine, machine
from tests.exchange.receiving import hearing
from tests.parallel import at_once
from tests.people import NOW

HOUR = timedelta(hours=1)
DAY = timedelta(hours=24)


def make(portal: Machine, *, later: timedelta = timedelta()) -> MadeSecret:
    return make_secret(portal.portal, now=NOW + later, channel=Channel.PORTAL)


def signs(portal: Machine, *, later: timedelta = timedelta()) -> list[PlainSecret]:
    return signing(portal.portal.id, now=NOW + later)


def test_it_makes_a_secret_of_256_bits_and_keeps_it_sealed(portal: Machine) -> None:
    made = make(portal)
    assert made.secret.text.startswith("whsec_")
    assert len(base64.b64decode(made.secret.text.removeprefix("whsec_"), validate=True)) == 32
    kept = WebhookSecret.objects.get()
    assert made.secret.text not in kept.sealed
    assert PlainSecret.unseal(kept.sealed) == made.secret
    assert make(portal).secret != made.secret


def test_it_prints_no_secret(portal: Machine) -> None:
    made = make(portal)
    assert f"{made.secret} {made.secret!r} {made!r}".count("<secret>") == 3
    assert made.secret.text not in f"{made!r}{made.secret}{WebhookSecret.objects.get()!r}"


def test_it_takes_no_other_sealed_value_for_a_secret() -> None:
    with pytest.raises(BrokenSeal):
        PlainSecret.unseal(keys.seal("refresh-token", PlainSecret.generate().text))


def test_it_lets_the_older_one_sign_for_a_day(portal: Machine) -> None:
    first, second = make(portal), make(portal, later=HOUR)
    assert (first.older_until, second.older_until) == (None, NOW + HOUR + DAY)
    assert signs(portal, later=HOUR) == [second.secret, first.secret]
    assert signs(portal, later=HOUR + DAY) == [second.secret]


def test_it_ends_the_eldest_of_three_at_once(portal: Machine) -> None:
    made = [make(portal, later=number * HOUR) for number in range(3)]
    assert signs(portal, later=2 * HOUR) == [made[2].secret, made[1].secret]
    assert WebhookSecret.objects.get(id=made[0].id).sealed == ""


def test_it_writes_that_it_made_one_and_never_which(portal: Machine) -> None:
    make(portal)
    made = make(portal)
    entry = JournalEntry.objects.filter(event=Event.WEBHOOK_SECRET_MADE).order_by("-id")[0]
    assert (entry.portal, entry.channel) == (portal.portal.id, Channel.PORTAL)
    assert entry.details == {"secret": str(made.id), "older_until": (NOW + DAY).isoformat(), "operator": ""}


@pytest.mark.parametrize("channel", [Channel.PAGES, Channel.COMMAND])
def test_it_lets_an_operator_make_the_first_only(portal: Machine, channel: Channel) -> None:
    make_secret(portal.portal, now=NOW, channel=channel, by="olga")
    assert WebhookSecret.objects.get().made_by == MadeBy.OPERATOR
    with pytest.raises(WebhookRefused) as refused:
        make_secret(portal.portal, now=NOW + 30 * DAY, channel=channel, by="olga")
    assert refused.value.reason is WebhookReason.PORTAL_MAKES_IT
    assert WebhookSecret.objects.count() == 1
    make(portal, later=30 * DAY)
    with pytest.raises(WebhookRefused, match="portal-makes-its-own-secret"):
        make_secret(portal.portal, now=NOW + 40 * DAY, channel=channel, by="olga")
    assert [one.made_by for one in WebhookSecret.objects.order_by("-made_at")] == [MadeBy.PORTAL, MadeBy.OPERATOR]


def test_it_makes_so_many_a_day(portal: Machine) -> None:
    for _ in range(LIMIT.times):
        make(portal)
    with pytest.raises(WebhookRefused) as refused:
        make(portal, later=HOUR)
    assert (refused.value.reason, refused.value.wait) == (WebhookReason.TOO_MANY_SECRETS, 23 * HOUR)
    upkeep.forget_stale(now=NOW + HOUR)
    with pytest.raises(WebhookRefused):
        make(portal, later=HOUR)
    make(portal, later=DAY)


def test_it_does_not_count_what_a_clock_wrote_that_was_far_ahead(portal: Machine) -> None:
    for _ in range(LIMIT.times):
        make(portal, later=30 * DAY)
    make(portal)
    for _ in range(LIMIT.times - 1):
        make(portal, later=HOUR)
    with pytest.raises(WebhookRefused) as refused:
        make(portal, later=timedelta(minutes=30))
    assert refused.value.wait <= DAY


def test_it_counts_each_portal_by_itself(portal: Machine) -> None:
    for _ in range(LIMIT.times):
        make(portal)
    other = machine("ander")
    make(other)
    assert len(signs(other)) == 1


@pytest.mark.parametrize("status", [Status.PROPOSED, Status.WITHDRAWN])
def test_it_makes_none_for_a_portal_that_is_not_approved(portal: Machine, status: Status) -> None:
    Portal.objects.filter(id=portal.portal.id).update(status=status)
    with pytest.raises(WebhookRefused, match="portal-not-approved"):
        make_secret(Portal.objects.get(id=portal.portal.id), now=NOW, channel=Channel.COMMAND)
    assert not WebhookSecret.objects.exists()


def test_it_erases_what_signs_no_more(portal: Machine) -> None:
    first, second = make(portal), make(portal)
    upkeep.forget_stale(now=NOW + DAY - timedelta(seconds=1))
    assert WebhookSecret.objects.exclude(sealed="").count() == 2
    upkeep.forget_stale(now=NOW + DAY)
    assert [one.id for one in WebhookSecret.objects.all()] == [second.id]
    assert first.id not in {one.id for one in secrets_of(portal.portal.id, now=NOW)}


def test_it_lets_what_waited_for_a_first_secret_leave(portal: Machine) -> None:
    hears = hearing(portal.portal, "https://portaal.example/", has_secret=False)
    hears.must_hear(portal.portal.id)
    OutboxRow.objects.update(attempts=9, due_at=NOW + HOUR)
    make(portal)
    assert OutboxRow.objects.get().due_at == NOW


@pytest.mark.django_db(transaction=True)
def test_it_makes_two_at_one_moment_one_after_the_other(portal: Machine) -> None:
    at_once([lambda: make(portal)] * 3)
    assert len(signs(portal)) == 2
    assert WebhookSecret.objects.filter(ends_at__isnull=True).count() == 1
