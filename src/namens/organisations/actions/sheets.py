"""Spreadsheets of managers: kept with what each line will do, agreed to, and carried out by the worker in batches."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from namens.journal.events import Channel, Event
from namens.journal.write import Detail, write
from namens.lib import clock
from namens.organisations.actions.batch import Batch
from namens.organisations.actions.holding import acting
from namens.organisations.actions.licences import LicenceTerms
from namens.organisations.actions.members import MemberDetails
from namens.organisations.models import Member, Sheet, SheetLine, Team
from namens.organisations.people import not_over
from namens.organisations.planning import AskedLine, Known, KnownLicence, KnownPerson, Plan, plan_all
from namens.organisations.queries import licensable
from namens.organisations.refusals import OrganisationReason, OrganisationRefused
from namens.organisations.sheets import LineState
from namens.outbox.actions import put
from namens.outbox.models import Kind

KEPT = timedelta(hours=24)
KEPT_IN_ANY_CASE = timedelta(days=7)
AT_ONCE = 250
TO_DO = (LineState.NEW, LineState.CHANGED)


def propose_sheet(*, by: Member, lines: Sequence[AskedLine], ignored: Iterable[str], now: datetime) -> Sheet:
    """Keep a spreadsheet with what each line will do. Nothing else is written; an older one without a yes goes away.

    Raises OrganisationRefused when nobody may do this.
    """
    with transaction.atomic():
        manager = acting(by, now=now)
        Sheet.objects.filter(sent_by=manager, agreed_at__isnull=True).delete()
        sheet = Sheet.objects.create(
            organisation=manager.organisation, sent_by=manager, ignored_columns=list(ignored), sent_at=now
        )
        plans = plan_all(lines, known=known_to(manager, now=now))
        made = [_line(sheet, line, plan) for line, plan in zip(lines, plans, strict=True)]
        SheetLine.objects.bulk_create(made, batch_size=500)
        return sheet


def agree_to_sheet(*, by: Member, sheet: UUID, now: datetime) -> Sheet:
    """Let the worker carry out what was shown, once. Raises OrganisationRefused when it is gone or another's."""
    with transaction.atomic():
        manager = acting(by, now=now)
        own = Sheet.objects.filter(id=sheet, sent_by=manager)
        if own.filter(agreed_at__isnull=True, sent_at__gt=now - KEPT).update(agreed_at=now):
            put(Kind.SHEET, payload={"sheet": str(sheet)}, now=now)
            number = SheetLine.objects.filter(sheet=sheet, state__in=TO_DO).count()
            details: dict[str, Detail] = {"sheet": str(sheet), "lines": number}
            write(Event.SHEET_AGREED, at=now, channel=Channel.PAGES, actor=manager.party_id, details=details)
        found = own.first()
        if found is None or found.agreed_at is None:
            raise OrganisationRefused(OrganisationReason.SHEET_GONE)
        return found


def drop_sheet(*, by: Member, sheet: UUID) -> None:
    """Throw a spreadsheet away that nobody agreed to. One that was agreed to goes on."""
    Sheet.objects.filter(id=sheet, sent_by=by, agreed_at__isnull=True).delete()


def carry_on(*, sheet: UUID, now: datetime) -> bool:
    """Carry out the next lines of an agreed sheet; True when there are more. In the open transaction of the worker.

    Who sent it has to be a manager still. A line whose ground has shifted does nothing, and says so.
    """
    held = Sheet.objects.select_related("sent_by").filter(id=sheet, agreed_at__isnull=False, finished_at=None).first()
    if held is None:
        return False
    waiting = held.lines.filter(done_at__isnull=True, state__in=TO_DO)
    lines = list(waiting[:AT_ONCE])
    try:
        manager = acting(held.sent_by, now=now)
    except OrganisationRefused as refused:
        waiting.update(state=LineState.WRONG, reasons=[refused.reason], done_at=now)
        lines = []
    else:
        Batch(manager=manager, sheet=held.id, now=now).carry_out(lines)
    has_more = waiting.exists()
    if not has_more:
        Sheet.objects.filter(id=sheet).update(finished_at=now)
    else:
        put(Kind.SHEET, payload={"sheet": str(sheet)}, now=now)
    return has_more


def forget_sheets(*, now: datetime) -> None:
    """Erase what is older than a day: names and addresses stand in it. What is under way stays for a week at most."""
    under_way = Q(agreed_at__isnull=False, finished_at__isnull=True)
    old = Sheet.objects.filter(sent_at__lt=now - KEPT).exclude(under_way)
    (old | Sheet.objects.filter(under_way, sent_at__lt=now - KEPT_IN_ANY_CASE)).delete()


def known_to(manager: Member, *, now: datetime) -> Known:
    """Give what stands now at this organisation. The same number of statements, however many people there are."""
    today = clock.day_of(now)
    members = list(Member.objects.filter(organisation=manager.organisation_id, ended_at__isnull=True))
    people = {
        one.email: KnownPerson(id=one.party_id, version=one.version, details=MemberDetails.of(one)) for one in members
    }
    by_id = {person.id: person for person in people.values()}
    for member, licence in _licences(manager.organisation_id, today=today):
        if member in by_id:
            by_id[member].licences.append(licence)
    open_teams = list(Team.objects.filter(organisation=manager.organisation_id, closed_at__isnull=True))
    return Known(
        importer=manager.party_id,
        today=today,
        teams={team.name.casefold(): team.id for team in open_teams} | {team.name: team.id for team in open_teams},
        services=frozenset(licensable().values_list("key", flat=True)),
        people=people,
    )


def _licences(organisation: UUID, *, today: date) -> Iterator[tuple[UUID, KnownLicence]]:
    """Give the licences that are not over, with whose they are. Two statements that name no licence one by one."""
    held = not_over(today=today).filter(member__organisation=organisation)
    keys: dict[UUID, set[str]] = defaultdict(set)
    for licence, key in held.values_list("id", "services__key"):
        keys[licence].add(key)
    columns = ("member", "id", "version", "first_day", "last_day", "team")
    for member, licence, version, first_day, last_day, team in held.order_by("last_day", "id").values_list(*columns):
        terms = LicenceTerms(frozenset(keys[licence]), first_day=first_day, last_day=last_day, team=team)
        yield member, KnownLicence(id=licence, version=version, terms=terms)


def _line(sheet: Sheet, line: AskedLine, plan: Plan) -> SheetLine:
    shown = {"given_name": line.given_name, "family_name": line.family_name, "email": line.email}
    return SheetLine(
        sheet=sheet,
        number=line.number,
        asked={**shown, **plan.as_kept()},
        state=plan.state,
        steps=list(plan.steps),
        reasons=list(plan.reasons),
    )
