"""One question to an operator, in the frame that all of them share."""

from collections.abc import Mapping, Sequence

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from namens.organisations.models import Organisation
from namens.organisations.refusals import OrganisationRefused
from namens.pages.operator.guarding import about
from namens.pages.sentences import sentence_for


def ask(
    request: HttpRequest,
    page: Mapping[str, object],
    *,
    heading: str,
    button: str,
    sentences: Sequence[str] = (),
    form: Form | None = None,
    tone: str = "",
    hidden: Mapping[str, object] | None = None,
) -> HttpResponse:
    """Show a question with one button. `hidden` goes along with it; a `tone` of negative warns."""
    said = {"heading": heading, "button": button, "sentences": sentences, "form": form, "tone": tone, "hidden": hidden}
    return render(request, "pages/operator/ask.html", {**page, **said})


def problem_page(request: HttpRequest, organisation: Organisation, refused: OrganisationRefused) -> HttpResponse:
    """Say why the last click did nothing, with the way back."""
    page = {
        **about(organisation),
        "heading": _("Nothing was changed"),
        "sentences": [sentence_for(refused.reason)],
        "actions": [
            {"url": about(organisation)["back_url"], "label": _("Back to the organisation"), "kind": "primary"}
        ],
    }
    return render(request, "message.html", page, status=409)
