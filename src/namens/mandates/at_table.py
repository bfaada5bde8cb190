"""A yes at the table: what goes further is for who has a confirmation letter of an earlier one in hand."""

from datetime import date, timedelta

from namens.lib import clock
from namens.mandates.letters import letter_by
from namens.mandates.models import Mandate, Report, ReportKind
from namens.mandates.states import State
from namens.parties.models import Kind, Party

# How many earlier mandates are looked at, the oldest first: enough to find one that was told of on paper.
_LOOKED_AT = 20


def is_first_yes(asked: Mandate, *, today: date) -> bool:
    """Say whether a yes to this would be the first to a private helper that was asked at the table.

    Then it is for today only, and without sensitive actions: the client may not be alone with the own phone. It is not
    the first once the letter that confirmed an earlier mandate must be there, and nobody reported that one. What was
    not asked at the table is never the first. One statement at most.
    """
    if asked.closes_at is None or asked.representative is None or asked.representative.kind != Kind.PERSON:
        return False
    return first_told_on(client=asked.representee, helper=asked.representative, today=today) is None


def told_on_paper(running: Mandate, *, today: date) -> bool:
    """Say whether these two could agree to more than a day at the table. One statement at most."""
    helper = running.representative
    if helper is None or helper.kind != Kind.PERSON:
        return True
    return first_told_on(client=running.representee, helper=helper, today=today) is not None


def longer_from(today: date) -> date:
    """Give the first day on which a yes can be for longer, when the first one is said today. No statement."""
    return letter_by(today) + timedelta(days=1)


def first_told_on(*, client: Party, helper: Party, today: date, running: bool = False) -> date | None:
    """Give the day on which a letter about an earlier mandate of these two was there; None when there was none yet.

    Mandates that were reported count for nothing, unless they go on since; a name that is spelt wrong says nothing of
    the helper, who may not notice it here. With `running` only those that run today count. One statement.
    """
    before = Mandate.objects.filter(representee=client, representative=helper, activated_at__isnull=False)
    if running:
        before = before.filter(state=State.ACTIVE, first_day__lte=today, last_day__gte=today)
    doubted = Report.objects.exclude(kind=ReportKind.SPELLING).exclude(mandate__state=State.ACTIVE)
    unreported = before.exclude(id__in=doubted.filter(mandate__in=before).values("mandate"))
    activated = unreported.order_by("activated_at").values_list("activated_at", flat=True)[:_LOOKED_AT]
    told = [letter_by(clock.day_of(at)) for at in activated if at is not None]
    return next((day for day in told if day < today), None)
