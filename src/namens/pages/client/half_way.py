"""Where a client goes on who closed the phone half-way: the answers are kept, for that client only."""

from uuid import UUID

from django.urls import reverse

from namens.pages.client.answers import Answers
from namens.pages.client.giving import JOURNEY, Page
from namens.parties.models import Party
from namens.signin import drafts


def page_of(client: Party, *, asked: UUID) -> str:
    """Give the page that leads to the first open question about this request; nothing when none was answered yet."""
    for draft in drafts.unfinished(party=client, journey=JOURNEY):
        if Answers.parse(draft.answers).request == asked:
            return reverse(f"pages:{Page.CHECK}", args=[draft.id])
    return ""
