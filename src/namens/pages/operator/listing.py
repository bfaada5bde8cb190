"""All organisations, to search and to filter."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from namens.lib import clock
from namens.organisations.counting import Standing, counted, matching, standing_of, with_standing
from namens.organisations.models import Organisation
from namens.pages.fields import TextField
from namens.pages.operator.guarding import SECTION, address, for_operators
from namens.pages.operator.wording import STANDINGS, TONES
from namens.pages.paging import ON_A_PAGE, page_number


class SearchForm(forms.Form):
    """A name or a number."""

    words = TextField(label=gettext_lazy("Name or KvK number"), required=False)


@dataclass(frozen=True)
class Filter:
    """A way to see only a part of the list."""

    url: str
    label: str
    is_chosen: bool


@require_safe
@for_operators
def organisations(request: HttpRequest) -> HttpResponse:
    """List the organisations that fit, those that wait first."""
    form, now = SearchForm(request.GET), clock.now()
    words = str(form.cleaned_data["words"]) if form.is_valid() else ""
    chosen = request.GET.get("standing", "")
    found = matching(counted(now=now), words)
    if chosen in list(Standing):
        found = with_standing(found, Standing(chosen), now=now)
    pages = Paginator(found.order_by("-status", "name", "party"), ON_A_PAGE)
    shown = pages.get_page(page_number(request.GET.get("page", "")))
    page = {
        "form": form,
        "chosen": chosen,
        "filters": _filters(words, chosen=chosen),
        "shown": shown,
        "rows": [_row(one, now=now) for one in shown],
        "query": urlencode({"words": words, "standing": chosen}),
        "section": SECTION,
    }
    return render(request, "pages/operator/organisations.html", page)


def _filters(words: str, *, chosen: str) -> list[Filter]:
    every = [("", _("All")), *((one.value, _(STANDINGS[one])) for one in Standing)]
    return [
        Filter(url=f"?{urlencode({'words': words, 'standing': key})}", label=label, is_chosen=key == chosen)
        for key, label in every
    ]


def _row(one: Organisation, *, now: datetime) -> dict[str, object]:
    standing = standing_of(one, now=now)
    return {
        "url": address(one.party_id),
        "organisation": one,
        "standing": _(STANDINGS[standing]),
        "tone": TONES[standing],
    }
