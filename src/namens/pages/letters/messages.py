"""Of what somebody wants to hear by e-mail. Without an address the page says how to give one."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from namens.lib import clock
from namens.pages.fields import SomeOfField
from namens.pages.letters.email import where_email_is_sent
from namens.pages.walk import is_sent
from namens.pages.widgets import Described
from namens.post.messages import Wishes, choose, wishes_of
from namens.signin.session import present, signed_in
from namens.signin.typed import filled

CHANGES, ACTS, MONTHLY = "changes", "acts", "monthly"
LABELS = {
    CHANGES: Described(
        gettext_lazy("When something changes in my mandates"),
        gettext_lazy("For example: it starts, stops, or ends soon. Also when you help somebody."),
    ),
    ACTS: Described(
        gettext_lazy("When somebody logs in or does something for me"), gettext_lazy("One e-mail a day at most.")
    ),
    MONTHLY: Described(
        gettext_lazy("Each month, when my overview is ready"),
        gettext_lazy("Also when nothing was done for you. Who reads along then learns nothing."),
    ),
}


class MessagesForm(forms.Form):
    """One question: none of it is an answer too."""

    about = SomeOfField(
        label=gettext_lazy("About what do you want to get e-mail?"),
        help_text=gettext_lazy("Choose as many as you want. You may choose nothing too."),
        choices=list(LABELS.items()),
        required=False,
    )


@require_http_methods(["GET", "POST"])
@where_email_is_sent
@signed_in
def messages(request: HttpRequest) -> HttpResponse:
    """Ask about what, and keep it for every e-mail from now on."""
    party = present(request).party
    wishes = wishes_of(party.id)
    if wishes is None:
        return render(request, "pages/letters/no_messages.html")
    form = MessagesForm(filled(request, party=party), initial={"about": _chosen(wishes)})
    if is_sent(request, form):
        about = form.cleaned_data["about"]
        wanted = Wishes(changes=CHANGES in about, acts=ACTS in about, monthly=MONTHLY in about)
        if choose(party=party, wishes=wanted, now=clock.now()):
            return redirect("pages:letters")
        return redirect("pages:messages")
    return render(request, "pages/letters/messages.html", {"form": form})


def _chosen(wishes: Wishes) -> list[str]:
    kept = {CHANGES: wishes.changes, ACTS: wishes.acts, MONTHLY: wishes.monthly}
    return [name for name, is_chosen in kept.items() if is_chosen]
