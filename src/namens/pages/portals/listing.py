"""All portals, to search and to filter."""

from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from namens.exchange.overview import waits_too_long, was_refused_lately
from namens.lib import clock
from namens.pages.fields import TextField
from namens.pages.operator.guarding import for_operators
from namens.pages.operator.listing import Filter
from namens.pages.paging import ON_A_PAGE, page_number
from namens.pages.portals.guarding import SECTION, address
from namens.pages.portals.words import STANDINGS, TONES
from namens.services.models import Portal, PortalChange, Status


class SearchForm(forms.Form):
    """A name or a client id."""

    words = TextField(label=gettext_lazy("Name or client id"), required=False)


@require_safe
@for_operators
def portals(request: HttpRequest) -> HttpResponse:
    """List the portals that fit, those where something is wrong first, then those of which something waits."""
    form = SearchForm(request.GET)
    words = str(form.cleaned_data["words"]).strip() if form.is_valid() else ""
    chosen = request.GET.get("standing", "")
    found = _found(words, chosen=chosen)
    shown = Paginator(found, ON_A_PAGE).get_page(page_number(request.GET.get("page", "")))
    page = {
        "form": form,
        "chosen": chosen,
        "filters": _filters(words, chosen=chosen),
        "shown": shown,
        "rows": [_row(one) for one in shown],
        "query": urlencode({"words": words, "standing": chosen}),
        "section": SECTION,
    }
    return render(request, "pages/portals/list.html", page)


def _found(words: str, *, chosen: str) -> QuerySet[Portal]:
    now, waiting = clock.now(), PortalChange.objects.filter(portal=OuterRef("id"), status=Status.PROPOSED)
    found = Portal.objects.filter(Q(name__icontains=words) | Q(client_id__icontains=words))
    if chosen in list(Status):
        found = found.filter(status=chosen)
    found = found.annotate(
        has_change=Exists(waiting),
        has_refused=was_refused_lately(now=now),
        is_late=waits_too_long(now=now),
    )
    wrong_first = ("-has_refused", "-is_late", "-has_change", "-status", "name", "id")
    return found.prefetch_related("services").order_by(*wrong_first)


def _filters(words: str, *, chosen: str) -> list[Filter]:
    every = [("", _("All")), *((one.value, _(STANDINGS[one])) for one in Status)]
    return [
        Filter(url=f"?{urlencode({'words': words, 'standing': key})}", label=label, is_chosen=key == chosen)
        for key, label in every
    ]


def _row(one: Portal) -> dict[str, object]:
    standing = Status(one.status)
    return {
        "url": address(one.id),
        "portal": one,
        "services": [service.name for service in one.services.all()],
        "standing": _(STANDINGS[standing]),
        "tone": TONES[standing],
        "has_change": vars(one)["has_change"],
        "trouble": _trouble(one),
    }


def _trouble(one: Portal) -> str:
    """Give one sign for what is wrong, the worst of it."""
    if vars(one)["has_refused"]:
        return _("Reported what was not allowed")
    return _("Events wait too long") if vars(one)["is_late"] else ""
