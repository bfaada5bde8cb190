"""One mandate: what it says, what happened with it, and what can be done."""

from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from namens.lib import clock
from namens.lib.periods import Duration
from namens.mandates import people_of, queries
from namens.mandates.models import Mandate
from namens.mandates.people_of import Seen
from namens.mandates.refusals import MandateRefused
from namens.mandates.states import State
from namens.pages.choices import searching_portals
from namens.pages.lengths import LENGTHS
from namens.pages.mandates.at_organisation import happenings_at
from namens.pages.mandates.history import Happening, happenings
from namens.pages.mandates.wording import day, describe, is_over, is_request, line_sentence, other_name
from namens.pages.rows import Row
from namens.parties.models import Party
from namens.signin.session import Visitor, present, signed_in


def own_mandate(request: HttpRequest, mandate: UUID) -> tuple[Visitor, Mandate]:
    """Give the visitor and the mandate when it is theirs to see; anybody else's does not exist."""
    visitor = present(request)
    try:
        found = queries.mandate_of(visitor.party, mandate=mandate)
    except MandateRefused:
        raise Http404 from None
    if found.representee_id != visitor.party.id and found.activated_at is None:
        raise Http404
    return visitor, found


@require_safe
@signed_in
def detail(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Show one mandate to one of its two parties."""
    visitor, found = own_mandate(request, mandate)
    if is_request(found):
        return redirect("pages:request", mandate=found.id)
    today, is_client = clock.today(), found.representee_id == visitor.party.id
    name = other_name(found, viewer=visitor.party)
    people = people_of.seen_by_client(found) if is_client else []
    over = is_over(found, today)
    page = {
        "mandate": found,
        "wording": describe(found, viewer=visitor.party, today=today),
        "rows": _rows(found, visitor.party, today),
        "history": _history(found, visitor.party, name, people),
        "people": people,
        "name": name,
        "is_client": is_client,
        "done_url": _done_url(found, is_client=is_client),
        "searching": [] if over else searching_portals(line.service for line in found.shown_lines),
        **(_to_do(State(found.state), is_client=is_client) if not over else {}),
    }
    return render(request, "pages/mandates/detail.html", page)


def _to_do(state: State, *, is_client: bool) -> dict[str, bool]:
    """Give what can be done with a mandate that is not over."""
    return {
        "can_stop": True,
        "can_shorten": is_client and state is State.ACTIVE,
        "can_go_on": is_client and state is State.ACTIVE,
        "can_renew": not is_client and state is State.ACTIVE,
        "can_report": state is State.ACTIVE,
        "can_restore": state is State.SUSPENDED,
        "waits": is_client and state is State.OFFERED,
    }


def _history(mandate: Mandate, viewer: Party, name: str, people: list[Seen]) -> list[Happening]:
    names = {one.member.party_id: one.name for one in people}
    own = happenings(queries.journal_of(mandate), mandate=mandate, viewer=viewer, name=name, people=names)
    at_work = happenings_at(mandate, viewer=viewer)
    return sorted([*own, *at_work], key=lambda one: one.at, reverse=True) if at_work else own


def _done_url(mandate: Mandate, *, is_client: bool) -> str:
    """Give where all that was done between the two stands; nothing while nobody has the mandate."""
    if mandate.representative_id is None:
        return ""
    if is_client:
        return f"{reverse('pages:done')}?{urlencode({'helper': mandate.representative_id})}"
    return f"{reverse('pages:done-by-me')}?{urlencode({'client': mandate.representee_id})}"


def _rows(mandate: Mandate, viewer: Party, today: date) -> list[Row]:
    who = _("Who helps you") if viewer.id == mandate.representee_id else _("Whom you help")
    name = Row(who, [other_name(mandate, viewer=viewer)])
    if mandate.state == State.REQUESTED:
        # Its days begin when the code is used.
        length = str(LENGTHS[Duration(mandate.duration)])
        services = [line.service.name for line in mandate.shown_lines]
        return [name, Row(_("Services"), services), Row(_("For how long"), [length])]
    return [
        name,
        Row(_("Services"), [line_sentence(line, mandate, today) for line in mandate.shown_lines]),
        Row(_("First day"), [day(mandate.first_day)]),
        Row(_("Not allowed"), left_out_sentences(mandate)),
    ]


def left_out_sentences(mandate: Mandate) -> list[str]:
    """Give the sensitive actions that this mandate leaves out, by name; one sentence when it leaves out none."""
    left_out = sorted(set(mandate.sensitive_seen) - set(mandate.granted_actions))
    names = {action["key"]: action["name"] for line in mandate.shown_lines for action in line.service.told_actions}
    return [names.get(key, key) for key in left_out] or [_("Nothing was left out")]
