"""How somebody wants the own letters: in which language, and in large print or not."""

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from namens.journal.events import Channel
from namens.lib import clock
from namens.pages.fields import OneOfField
from namens.pages.widgets import Described
from namens.parties.actions import set_letter_preferences
from namens.signin.session import present, signed_in
from namens.signin.typed import filled

LARGE, ORDINARY = "large", "ordinary"


class PreferencesForm(forms.Form):
    """Two questions about every letter from now on."""

    language = OneOfField(
        label=gettext_lazy("In which language do you want your letters?"), choices=lambda: settings.LANGUAGES
    )
    size = OneOfField(
        label=gettext_lazy("How large must the print be?"),
        choices=(
            (ORDINARY, gettext_lazy("Ordinary letters")),
            (LARGE, Described(gettext_lazy("Large letters"), gettext_lazy("Easier to read when you do not see well."))),
        ),
    )


@require_http_methods(["GET", "POST"])
@signed_in
def preferences(request: HttpRequest) -> HttpResponse:
    """Ask how letters must come, and keep it for every letter that is made from now on."""
    party = present(request).party
    now_so = {"language": party.person.reads, "size": LARGE if party.person.large_print else ORDINARY}
    form = PreferencesForm(filled(request, party=party), initial=now_so)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        set_letter_preferences(
            party=party,
            by=party.id,
            channel=Channel.PAGES,
            language=chosen["language"],
            large_print=chosen["size"] == LARGE,
            now=clock.now(),
        )
        return redirect("pages:letters")
    return render(request, "pages/letters/preferences.html", {"form": form})
