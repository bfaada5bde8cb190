"""People with licences as a spreadsheet: out, and in with a page that says beforehand what each line does."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from namens.lib import clock
from namens.organisations.actions import agree_to_sheet, drop_sheet, propose_sheet
from namens.organisations.models import Licence, Member, Sheet
from namens.organisations.people import Show, licences_of, people_of, state_of
from namens.organisations.queries import licensable
from namens.organisations.refusals import OrganisationRefused
from namens.organisations.sheets import LineState
from namens.pages.manager import columns, spreadsheet
from namens.pages.manager.frame import SECTION, managing
from namens.pages.manager.sheet_words import STATES, badge_of, problem_words, sentences_of
from namens.pages.manager.spreadsheet import Unreadable
from namens.pages.manager.wording import OPEN
from namens.pages.paging import page_number
from namens.pages.sentences import sentence_for
from namens.signin.session import signed_in_manager

ON_A_PAGE = 100
LOOK_AGAIN_SECONDS = "3"


class SheetForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=gettext_lazy("CSV file with people"),
        help_text=gettext_lazy("At most 10,000 lines and 5 MB."),
        widget=forms.FileInput({"accept": ".csv,text/csv,.txt"}),
        error_messages={
            "required": gettext_lazy("Choose a file"),
            "empty": gettext_lazy("There is nothing in this file."),
            "missing": gettext_lazy("Choose a file"),
            "invalid": gettext_lazy("Choose a file"),
            "max_length": gettext_lazy("The name of this file is too long. Give it another name."),
        },
        max_length=200,
    )


@require_http_methods(["GET", "POST"])
@signed_in_manager
def upload(request: HttpRequest) -> HttpResponse:
    """Ask a file, and show what each line of it would do. Nothing changes yet."""
    manager = managing(request)
    is_sent = request.method == "POST"
    form = SheetForm(request.POST, request.FILES) if is_sent else SheetForm()
    if is_sent and form.is_valid():
        try:
            sheet = _propose(manager, form.cleaned_data["file"].read())
        except Unreadable as unreadable:
            form.add_error("file", problem_words(unreadable.problem, columns=unreadable.about))
        except OrganisationRefused as refused:
            form.add_error("file", sentence_for(refused.reason))
        else:
            return redirect("pages:sheet", sheet=sheet.id)
    names = [one.name for one in licensable()]
    page = {"form": form, "columns": columns.header(dutch=_is_dutch()), "services": names, "section": SECTION}
    return render(request, "pages/manager/sheet_upload.html", page)


@require_safe
@signed_in_manager
def sheet(request: HttpRequest, sheet: UUID) -> HttpResponse:
    """Show what each line will do; after the yes how far it is, and what came of it."""
    found = _own_or_404(request, sheet)
    show = request.GET.get("show", "")
    number = page_number(request.GET.get("page", "1"))
    lines = found.lines.filter(state=show) if show in list(LineState) else found.lines.all()
    start = (number - 1) * ON_A_PAGE
    shown = list(lines[start : start + ON_A_PAGE + 1])
    is_agreed = found.agreed_at is not None
    page = {
        "sheet": found,
        "lines": [(line, *badge_of(line, is_agreed=is_agreed), sentences_of(line)) for line in shown[:ON_A_PAGE]],
        "show": show,
        "earlier_page": number - 1,
        "later_page": number + 1 if len(shown) > ON_A_PAGE else 0,
        "sends_email": settings.MAILER != "none",
        "section": SECTION,
        **_counts(found),
    }
    return _perhaps_again(request, found, render(request, "pages/manager/sheet.html", page))


@require_POST
@signed_in_manager
def agree(request: HttpRequest, sheet: UUID) -> HttpResponse:
    """Let it be carried out. Who presses twice has what they asked."""
    _own_or_404(request, sheet)
    try:
        agree_to_sheet(by=managing(request), sheet=sheet, now=clock.now())
    except OrganisationRefused as refused:
        again = {"url": reverse("pages:sheet-upload"), "label": _("Choose the file again"), "kind": "primary"}
        page = {"heading": _("Nothing was changed"), "sentences": [sentence_for(refused.reason)], "actions": [again]}
        return render(request, "message.html", page, status=409)
    return redirect("pages:sheet", sheet=sheet)


@require_POST
@signed_in_manager
def drop(request: HttpRequest, sheet: UUID) -> HttpResponse:
    """Throw the file away."""
    _own_or_404(request, sheet)
    drop_sheet(by=managing(request), sheet=sheet)
    return redirect("pages:people")


@require_safe
@signed_in_manager
def export(request: HttpRequest) -> HttpResponse:
    """Give everybody who works here with their licences as a file that can be read in again."""
    manager, dutch = managing(request), _is_dutch()
    members = list(people_of(manager.organisation_id, show=Show.EVERYBODY, now=clock.now()))
    rows = [columns.header(dutch=dutch), *_rows(members, dutch=dutch)]
    response = HttpResponse(spreadsheet.write(rows), content_type="text/csv; charset=utf-8")
    people = _("people")
    response["Content-Disposition"] = f'attachment; filename="namens-{people}-{clock.today().isoformat()}.csv"'
    return response


def _propose(manager: Member, content: bytes) -> Sheet:
    asked = columns.ask(spreadsheet.read(content), services=licensable())
    return propose_sheet(by=manager, lines=asked.lines, ignored=asked.ignored, now=clock.now())


def _rows(members: list[Member], *, dutch: bool) -> list[list[str]]:
    """Give a row for each licence that is not over, and one for who has none."""
    licences, today = licences_of(members), clock.today()
    rows = []
    for member in members:
        open_ones: list[Licence | None] = [
            *(one for one in licences.get(member.party_id, []) if state_of(one, today=today) in OPEN)
        ]
        rows += [columns.row_of(member, licence, dutch=dutch) for licence in open_ones or [None]]
    return rows


def _own_or_404(request: HttpRequest, sheet: UUID) -> Sheet:
    """Give a sheet that this very manager sent."""
    manager = managing(request)
    found = Sheet.objects.filter(id=sheet, sent_by=manager, organisation=manager.organisation_id).first()
    if found is None:
        raise Http404
    return found


def _counts(found: Sheet) -> dict[str, object]:
    """Give how many lines there are of each state, and how far it is."""
    by_state = dict(found.lines.order_by().values_list("state").annotate(number=Count("id")))
    steps = found.lines.aggregate(
        done=Count("id", filter=Q(done_at__isnull=False)),
        waiting=Count("id", filter=Q(done_at__isnull=True, state__in=[LineState.NEW, LineState.CHANGED])),
    )
    return {
        "states": [(state.value, _(STATES[state][0]), by_state.get(state.value, 0)) for state in LineState],
        "total": sum(by_state.values()),
        "to_do": steps["waiting"],
        "done": steps["done"],
        "all_steps": steps["done"] + steps["waiting"],
    }


def _perhaps_again(request: HttpRequest, found: Sheet, response: HttpResponse) -> HttpResponse:
    """Let the browser look again by itself while it is under way, unless the reader does not want that."""
    if found.agreed_at is not None and found.finished_at is None and "still" not in request.GET:
        response["Refresh"] = LOOK_AGAIN_SECONDS
    return response


def _is_dutch() -> bool:
    return (get_language() or "nl").startswith("nl")
