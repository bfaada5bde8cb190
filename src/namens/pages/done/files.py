"""The overview as a file that the client keeps: for a spreadsheet (CSV), or for another program (JSON).

The form of both is in docs/done.md. A file is made whole before any of it leaves, so that none ends half-way.
"""

import json
from collections.abc import Iterator
from enum import StrEnum

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import clock
from namens.mandates.done import Place, stretch_of
from namens.pages.done.lines import Line
from namens.pages.done.overview import Asked, asked_by
from namens.pages.manager import spreadsheet
from namens.signin.session import signed_in

MOST, AT_ONCE = 20_000, 1000
VERSION = 1


class Form(StrEnum):
    """In which form."""

    CSV = "csv"
    JSON = "json"


@require_POST
@signed_in
def save(request: HttpRequest) -> HttpResponse:
    """Give what was chosen as a file, whose name says nothing of anybody, and write down that it was taken."""
    form, asked = _form_in(request), asked_by(request)
    lines = list(_lines(asked))
    is_whole = len(lines) <= MOST
    content = (
        _as_csv(lines[:MOST], is_whole=is_whole) if form is Form.CSV else _as_json(lines[:MOST], is_whole=is_whole)
    )
    with transaction.atomic():
        write(
            Event.DONE_EXPORTED,
            at=clock.now(),
            channel=Channel.PAGES,
            actor=asked.client.id,
            subject=asked.client.id,
            details={"form": form.value, "lines": min(len(lines), MOST)},
        )
    response = HttpResponse(content, content_type=f"{_TYPES[form]}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="namens-{clock.today().isoformat()}.{form}"'
    return response


_TYPES = {Form.CSV: "text/csv", Form.JSON: "application/json"}


def _form_in(request: HttpRequest) -> Form:
    try:
        return Form(request.POST.get("form", ""))
    except ValueError:
        raise Http404 from None


def _lines(asked: Asked) -> Iterator[Line]:
    """Give the lines newest first, read a thousand at a time; one more than `MOST` at the most."""
    after: Place | None = None
    for begun in range(0, MOST + 1, AT_ONCE):
        stretch = stretch_of(asked.entries, most=min(AT_ONCE, MOST + 1 - begun), after=after)
        yield from asked.lines(stretch.entries)
        if not stretch.has_older:
            return
        after = Place(at=stretch.entries[-1].at, id=stretch.entries[-1].id)


def _as_csv(lines: list[Line], *, is_whole: bool) -> bytes:
    header = [
        _("Day"),
        _("Time"),
        _("What"),
        _("By whom"),
        _("Where"),
        _("Act"),
        _("Services"),
        _("Mandate with"),
        _("You said"),
        _("Number"),
    ]
    rows = [_row(line) for line in lines]
    cut = [] if is_whole else [["", "", _cut_sentence()]]
    return spreadsheet.write([header, *rows, *cut])


def _row(line: Line) -> list[str]:
    at = line.at.astimezone(clock.AMSTERDAM)
    services = ", ".join(line.services)
    return [
        f"{at:%Y-%m-%d}",
        f"{at:%H:%M}",
        line.sentence,
        line.by,
        line.portal,
        line.act,
        services,
        line.helper,
        line.disputed,
        str(line.id),
    ]


def _as_json(lines: list[Line], *, is_whole: bool) -> bytes:
    whole = {
        "versie": VERSION,
        "gemaaktOp": clock.now().astimezone(clock.AMSTERDAM).isoformat(timespec="seconds"),
        "volledig": is_whole,
        "regels": [_item(line) for line in lines],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _item(line: Line) -> dict[str, object]:
    return {
        "id": str(line.id),
        "tijdstip": line.at.astimezone(clock.AMSTERDAM).isoformat(timespec="seconds"),
        "soort": line.event,
        "zin": line.sentence,
        "door": line.by,
        "waar": line.portal or None,
        "handeling": line.act or None,
        "diensten": line.services,
        "machtiging": str(line.mandate) if line.mandate else None,
        "machtigingMet": line.helper or None,
        "kloptNiet": line.disputed or None,
    }


def _cut_sentence() -> str:
    return _("These are the newest %(most)s lines. Choose a month to get the rest.") % {"most": MOST}
