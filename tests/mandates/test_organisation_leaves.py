"""An organisation leaves: each of its mandates ends on its last day, and every client hears of it."""

from datetime import date, timedelta

import pytest

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.mandates.actions import end_with_organisation, left_behind, progress_of_leaving
from namens.mandates.actions.organisation import Progress
from namens.mandates.models import Mandate, MandateRequest, MandateService, Suspension
from namens.mandates.states import EndReason, State
from namens.organisations.actions import leave
from namens.organisations.models import Organisation
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from namens.services.models import Service
from tests.organisations.joining import LAST_DAY, OLGA
from tests.people import NOW, TODAY, of, services
from tests.working import mandate_of, organisation

pytestmark = pytest.mark.usefixtures("catalogue")
LATER, DAY = NOW + timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def works_for(db: None) -> Organisation:  # noqa: ARG001 - asked for its effect
    """Samen Sterk, which leaves on 31 December."""
    works_for = organisation()
    leave(organisation=works_for.party_id, last_day=LAST_DAY, by=OLGA, channel=Channel.PAGES, now=NOW)
    return works_for


def ended(works_for: Organisation, *, most: int = 50) -> bool:
    return end_with_organisation(organisation=works_for.party_id, now=LATER, most=most)


def letters() -> list[tuple[str, str]]:
    rows = OutboxRow.objects.filter(kind=Kind.LETTER).order_by("put_at", "id").values_list("payload", flat=True)
    return [(row["letter"], row["party"]) for row in rows]


def request_of(works_for: Organisation, client: Party | None) -> MandateRequest:
    """Have something asked in the organisation's name, of a client or of nobody yet."""
    mandate = mandate_of(client, works_for) if client else None
    if mandate is not None:
        Mandate.objects.filter(id=mandate.id).update(
            state=State.REQUESTED, activated_at=None, duration="1-year", waits_until=TODAY + 30 * DAY
        )
        MandateService.objects.filter(mandate=mandate).update(current=None)
    return MandateRequest.objects.create(
        helper=works_for.party,
        label="mevrouw A.",
        duration="1-year",
        asked_at=NOW,
        letter_by=TODAY,
        waits_until=TODAY + 30 * DAY,
        mandate=mandate,
    )


def test_it_brings_the_end_of_each_mandate_forward(works_for: Organisation, anna: Party) -> None:
    mandate = mandate_of(anna, works_for, "mijn-toeslagen", "inkomstenbelasting")
    assert ended(works_for) is False
    lines = MandateService.objects.filter(mandate=mandate).values_list("last_day", flat=True)
    assert (of(mandate).last_day, set(lines), of(mandate).state) == (LAST_DAY, {LAST_DAY}, State.ACTIVE)
    entry = JournalEntry.objects.get(event=Event.MANDATE_SHORTENED)
    assert (entry.actor, entry.subject, entry.channel) == (None, anna.id, Channel.WORKER)
    assert entry.details == {"last_day": "2026-12-31", "reason": "organisation-leaves"}


def test_it_tells_the_client_by_letter_and_email(works_for: Organisation, anna: Party, settings: object) -> None:
    settings.MAILER = "smtp"  # type: ignore[attr-defined]  # pytest-django's
    mandate_of(anna, works_for)
    ended(works_for)
    assert letters() == [("ending", str(anna.id))]
    assert OutboxRow.objects.filter(kind=Kind.EMAIL, party=anna.id).count() == 1


def test_it_leaves_alone_what_ends_before_and_what_belongs_to_others(
    works_for: Organisation, anna: Party, dirk: Party
) -> None:
    short = mandate_of(anna, works_for, last_day=TODAY + DAY)
    other = mandate_of(dirk, organisation("De Brug"))
    ended(works_for)
    assert (of(short).last_day, of(other).last_day) == (TODAY + DAY, other.last_day)
    assert letters() == []


def test_it_tells_nobody_twice(works_for: Organisation, anna: Party) -> None:
    mandate_of(anna, works_for)
    ended(works_for)
    ended(works_for)
    assert len(letters()) == 1


def test_it_goes_on_where_it_was_stopped(works_for: Organisation, anna: Party, bram: Party, dirk: Party) -> None:
    for client in (anna, bram, dirk):
        mandate_of(client, works_for)
    seen = []
    for _ in range(2):
        seen.append(progress_of_leaving(organisation=works_for.party_id, last_day=LAST_DAY))
        assert ended(works_for, most=2) is (len(seen) == 1)
    assert seen == [Progress(done=0, to_do=3), Progress(done=2, to_do=1)]
    assert progress_of_leaving(organisation=works_for.party_id, last_day=LAST_DAY) == Progress(done=3, to_do=0)
    assert len(letters()) == 3


def test_it_shortens_what_is_paused_too(works_for: Organisation, anna: Party) -> None:
    mandate = mandate_of(anna, works_for)
    Mandate.objects.filter(id=mandate.id).update(state=State.SUSPENDED, suspended_at=NOW)
    Suspension.objects.create(mandate=mandate, since=NOW)
    ended(works_for)
    assert (of(mandate).state, of(mandate).last_day) == (State.SUSPENDED, LAST_DAY)


def test_it_stops_what_would_begin_after_the_last_day(works_for: Organisation, anna: Party) -> None:
    mandate = mandate_of(anna, works_for)
    Mandate.objects.filter(id=mandate.id).update(first_day=LAST_DAY + DAY)
    ended(works_for)
    assert (of(mandate).state, of(mandate).end_reason) == (State.ENDED, EndReason.ORGANISATION_LEFT)
    assert letters() == [("ending", str(anna.id))]


def test_it_takes_back_what_waits_for_a_client(works_for: Organisation, anna: Party) -> None:
    met, unmet = request_of(works_for, anna), request_of(works_for, None)
    ended(works_for)
    assert met.mandate is not None
    assert (of(met.mandate).state, of(met.mandate).end_reason) == (State.ENDED, EndReason.WITHDRAWN)
    for one in (met, unmet):
        one.refresh_from_db()
        assert one.withdrawn_at == LATER
    assert letters() == []


def test_it_shortens_what_waits_for_its_code_without_a_letter(works_for: Organisation, anna: Party) -> None:
    mandate = mandate_of(anna, works_for)
    Mandate.objects.filter(id=mandate.id).update(state=State.OFFERED, activated_at=None)
    MandateService.objects.filter(mandate=mandate).update(current=None)
    ended(works_for)
    assert (of(mandate).state, of(mandate).last_day) == (State.OFFERED, LAST_DAY)
    assert letters() == []


def test_it_finds_what_was_made_meanwhile(works_for: Organisation, anna: Party, bram: Party) -> None:
    mandate_of(anna, works_for)
    ended(works_for)
    mandate_of(bram, organisation("De Brug"))
    assert left_behind(now=NOW) == []
    mandate_of(bram, works_for)
    assert left_behind(now=NOW) == [works_for.party_id]


def test_it_does_nothing_for_an_organisation_that_stays(anna: Party) -> None:
    mandate = mandate_of(anna, organisation())
    assert ended(organisation()) is False
    assert of(mandate).last_day == date(2027, 10, 31)
    assert services("mijn-toeslagen") == [Service.objects.get(key="mijn-toeslagen")]
