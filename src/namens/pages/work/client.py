"""One client: the mandates of the organisation, who looks after them, and what can be done."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from namens.lib import clock
from namens.mandates.client_file import ClientFile
from namens.mandates.licences import Gap
from namens.mandates.models import Mandate
from namens.mandates.renewals import pending
from namens.organisations.models import Member
from namens.organisations.reach import managers_of
from namens.pages.mandates.detail import left_out_sentences
from namens.pages.mandates.wording import day, describe, line_sentence
from namens.pages.rows import Row
from namens.pages.work.here import file_or_404, member_here
from namens.signin.session import signed_in_member


@require_safe
@signed_in_member
def show(request: HttpRequest, client: UUID) -> HttpResponse:
    """Show the file of a client; out of reach nothing of it, but what is missing."""
    member, file = member_here(request), file_or_404(request, client)
    if not file.is_open:
        return out_of_reach(request, file)
    today = clock.today()
    page = {
        "client": file.client,
        "name": file.client.person.name.full,
        "rows": _rows(file, member),
        "mandates": [_shown(file, mandate, member, today) for mandate in file.mandates],
        "is_own": file.keeper is not None and file.keeper.party_id == member.party_id,
        "asked": _asked(member, client, today),
        "member": member,
        "section": "pages:work",
    }
    return render(request, "pages/work/client.html", page)


def out_of_reach(request: HttpRequest, file: ClientFile) -> HttpResponse:
    """Say what is missing, and nothing of the client. Where that is a reason, it can be given at once."""
    if file.gap is Gap.REASON_NEEDED and not file.is_left_out:
        return redirect("pages:open-client", client=file.client.id)
    page = {
        "sentences": _missing(file),
        "managers": managers_of(member_here(request).organisation),
        "is_left_out": file.is_left_out,
        "section": "pages:work",
    }
    return render(request, "pages/work/out_of_reach.html", page, status=403)


def _missing(file: ClientFile) -> list[str]:
    if file.is_left_out:
        return [_("This client does not want to be helped by you. A colleague can help.")]
    if file.gap is Gap.OTHER_TEAM:
        return [_("This client is of another team. Your licence is for the clients of your team only.")]
    return [_("You have no licence with which you can help this client now.")]


def _asked(member: Member, client: UUID, today: date) -> dict[str, str]:
    """Give the days of a renewal that was asked; nothing when none was."""
    asked = pending(member, clients=[client], today=today).get(client)
    if asked is None:
        return {}
    return {
        "day": day(clock.day_of(asked.asked_at)),
        "letter_by": day(asked.letter_by),
        "waits_until": day(asked.waits_until),
    }


def _rows(file: ClientFile, member: Member) -> list[Row]:
    if file.keeper is None:
        keeper = _("Nobody yet")
    elif file.keeper.party_id == member.party_id:
        keeper = _("You")
    else:
        keeper = file.keeper.full_name
    born = file.client.person.birth_date[:4]
    rows = [Row(_("Birth year"), [born or _("Unknown")]), Row(_("Looks after this client"), [keeper])]
    return [*rows, *([Row(_("Team"), [file.team])] if file.team else [])]


def _shown(file: ClientFile, mandate: Mandate, member: Member, today: date) -> dict[str, Any]:
    wording = describe(mandate, viewer=member.organisation.party, today=today)
    rows = [
        Row(_("Services"), [line_sentence(line, mandate, today) for line in mandate.shown_lines]),
        Row(_("First day"), [day(mandate.first_day)]),
        Row(_("Not allowed"), left_out_sentences(mandate)),
    ]
    return {"mandate": mandate, "wording": wording, "rows": rows, "may_end": file.may_end(mandate)}
