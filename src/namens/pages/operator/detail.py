"""One organisation: how it stands, what an operator can do, and its people."""

from datetime import datetime
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from namens.lib import clock
from namens.mandates.actions import Progress, progress_of_leaving, progress_of_merging
from namens.organisations.counting import Standing, people_of, standing_of
from namens.organisations.models import Block, Merger, Organisation
from namens.pages.operator.guarding import about, of_organisation
from namens.pages.operator.wording import STANDINGS, TONES
from namens.pages.paging import ON_A_PAGE, page_number
from namens.pages.rows import Row
from namens.signin.models import Staff
from namens.signin.staff.session import present


@require_safe
@of_organisation
def organisation(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Show how it stands, and what an operator can do now."""
    now, operator = clock.now(), present(request)
    standing = standing_of(organisation, now=now)
    is_here = standing in {Standing.WORKS, Standing.BLOCKED, Standing.LEAVES}
    page = {
        "standing": _(STANDINGS[standing]),
        "tone": TONES[standing],
        "rows": _rows(organisation),
        "waits": standing is Standing.WAITS,
        "is_refused": standing is Standing.REFUSED,
        "is_here": is_here,
        "has_one_manager": is_here and vars(organisation)["managers_now"] < 2,
        "blocks": _blocks(organisation, operator),
        "merger": _merger(organisation, operator),
        "progress": _progress(organisation),
    }
    return render(request, "pages/operator/organisation.html", {**about(organisation), **page})


@require_safe
@of_organisation
def people(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """List who works for it, and who is blocked."""
    pages = Paginator(people_of(organisation.party_id), ON_A_PAGE)
    shown = pages.get_page(page_number(request.GET.get("page", "")))
    blocked = set(Block.objects.filter(organisation=organisation, until__isnull=True).values_list("member", flat=True))
    page = {"shown": shown, "rows": [{"member": one, "is_blocked": one.party_id in blocked} for one in shown]}
    return render(request, "pages/operator/people.html", {**about(organisation), **page})


def _rows(organisation: Organisation) -> list[Row]:
    counts = vars(organisation)
    basis = organisation.bsn_basis if organisation.may_process_bsn else _("No, nobody there types a BSN")
    rows = [
        Row(_("KvK number"), [organisation.kvk_number]),
        Row(_("May use BSNs"), [basis]),
        Row(_("People"), [str(counts["members_now"])]),
        Row(_("Managers"), [str(counts["managers_now"])]),
        Row(_("Licences that run"), [str(counts["licences_now"])]),
        Row(_("Asked or admitted on"), [_moment(organisation.admitted_at or organisation.proposed_at)]),
    ]
    if organisation.contact_name:
        rows.append(Row(_("Whom to call or write"), [organisation.contact_name, organisation.contact_email]))
    if organisation.last_day is not None:
        rows.append(Row(_("Last day"), [date_format(organisation.last_day, "j F Y")]))
    if organisation.successor is not None:
        successor = organisation.successor
        rows.append(Row(_("Goes on as"), [f"{successor.name} ({successor.kvk_number})"]))
    return rows


def _blocks(organisation: Organisation, operator: Staff) -> list[dict[str, object]]:
    """Give what is blocked, by whom, and what this operator can do about it."""
    found = Block.objects.select_related("member").filter(organisation=organisation, until__isnull=True)
    blocks = list(found.order_by("since", "id"))
    names = _names([name for one in blocks for name in (one.blocked_by, one.first_lifter)])
    return [
        {
            "id": one.id,
            "whom": one.member.full_name if one.member else _("Everybody of this organisation"),
            "since": one.since,
            "by": names.get(one.blocked_by, one.blocked_by),
            "reason": one.reason,
            "first": names.get(one.first_lifter, one.first_lifter),
            "is_own": one.first_lifter == str(operator.id),
        }
        for one in blocks
    ]


def _merger(organisation: Organisation, operator: Staff) -> dict[str, object] | None:
    """Give the merger that waits for a second operator."""
    waiting = Merger.objects.filter(organisation=organisation, agreed_at__isnull=True, refused_at__isnull=True).first()
    if waiting is None:
        return None
    names = _names([waiting.proposed_by])
    return {
        "terms": waiting,
        "by": names.get(waiting.proposed_by, waiting.proposed_by),
        "is_own": waiting.proposed_by == str(operator.id),
    }


def _progress(organisation: Organisation) -> list[tuple[str, Progress]]:
    if organisation.last_day is None:
        return []
    leaving = progress_of_leaving(organisation=organisation.party_id, last_day=organisation.last_day)
    found = [(_("Mandates that end on the last day"), leaving)]
    if organisation.successor_id is not None:
        merging = progress_of_merging(
            organisation=organisation.party_id, successor=organisation.successor_id, today=clock.today()
        )
        found.append((_("Clients who were asked again"), merging))
    return found


def _names(ids: list[str]) -> dict[str, str]:
    """Give the names of these operators, by id."""
    sound = {UUID(one) for one in ids if len(one) == 36}
    return {str(one.id): one.name for one in Staff.objects.filter(id__in=sound)}


def _moment(at: datetime) -> str:
    return date_format(at.astimezone(clock.AMSTERDAM), "j F Y, H:i")
