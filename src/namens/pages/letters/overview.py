"""Mijn brieven: which letters are on their way or were sent. Never a code, and never the letter itself."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from namens.lib import clock
from namens.lib.languages import language
from namens.pages.letters.wording import LetterWording, of_letter, of_waiting
from namens.pages.paging import ON_A_PAGE, page_number
from namens.parties.models import Party, Person
from namens.post import queries
from namens.post.addresses import mailbox_of
from namens.post.messages import Wishes
from namens.post.models import Letter
from namens.signin.session import present, signed_in


@dataclass(frozen=True)
class Row:
    """How something is now, and where it can be changed."""

    label: str
    value: str
    change_url: str


@require_safe
@signed_in
def overview(request: HttpRequest) -> HttpResponse:
    """Show the own letters, newest first, and how they come. As many statements for one letter as for many."""
    party, number = present(request).party, page_number(request.GET.get("page", "1"))
    found = queries.letters_of(party.id, most=ON_A_PAGE + 1, after=(number - 1) * ON_A_PAGE)
    page = {
        "letters": _cards(party, found[:ON_A_PAGE], is_first=number == 1, today=clock.today()),
        "rows": [*_preferences(party.person), *_email(party)],
        "earlier_page": number - 1,
        "later_page": number + 1 if len(found) > ON_A_PAGE else 0,
    }
    return render(request, "pages/letters/overview.html", page)


def _cards(party: Party, letters: list[Letter], *, is_first: bool, today: date) -> list[LetterWording]:
    """Give the words for these letters; on the first page with what still has to be made."""
    waiting = queries.waiting_letters_of(party.id, today=today) if is_first else []
    cards = [of_waiting(one, today=today) for one in waiting] + [of_letter(one, today=today) for one in letters]
    return sorted(cards, key=lambda card: card.asked_at, reverse=True)


def _email(party: Party) -> list[Row]:
    """Give where e-mail goes and about what, in a deployment that sends e-mail."""
    if settings.MAILER == "none":
        return []
    box = mailbox_of(party.id)
    if box is None:
        return [Row(_("E-mail"), _("You get no e-mail"), reverse("pages:email"))]
    return [
        Row(_("E-mail"), box.address.text, reverse("pages:email")),
        Row(_("You get e-mail about"), _about(box.wishes), reverse("pages:messages")),
    ]


def _about(wishes: Wishes) -> str:
    """Say it in a few words: what is always told stands there too, so that nobody reads "nothing"."""
    chosen = [
        (wishes.changes, _("your mandates")),
        (wishes.acts, _("what others do for you")),
        (wishes.monthly, _("your overview of the month")),
    ]
    return ", ".join([words for is_chosen, words in chosen if is_chosen] or [_("only what you must see")])


def _preferences(person: Person) -> list[Row]:
    url = reverse("pages:letter-preferences")
    size = _("Large letters") if person.large_print else _("Ordinary letters")
    return [
        Row(_("Language of your letters"), language(person.reads).name, url),
        Row(_("Size of the print"), size, url),
    ]
