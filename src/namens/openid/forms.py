"""The question for whom somebody logs in."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

ONESELF = "self"
LONGEST_SEARCH = 100
CHOOSE = _("Choose for whom you log in")


@dataclass(frozen=True)
class Answer:
    """One answer: what stands beside the button, and the sentence under it."""

    value: str
    label: str
    description: str

    def __str__(self) -> str:
        return self.label


class Cards(forms.RadioSelect):
    """Answers under each other, each with a sentence."""

    template_name = "forms/widgets/choices.html"
    option_template_name = "django/forms/widgets/input.html"


class ForWhom(forms.Form):
    """For whom do you log in? Nothing is chosen beforehand, but for a client whom the portal named."""

    def __init__(self, data: QueryDict | None = None, *, answers: Sequence[Answer], chosen: str = "") -> None:
        super().__init__(data)
        self.fields["person"] = forms.ChoiceField(
            label=_("For whom do you log in?"),
            widget=Cards,
            choices=[(answer.value, answer) for answer in answers],
            initial=chosen,
            error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
        )


class Search(forms.Form):
    """Which client a member looks for. Nothing typed is everybody."""

    words = forms.CharField(
        label=_("Name or year of birth of your client"),
        required=False,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


@dataclass(frozen=True)
class Chosen:
    """What was chosen: a client, or None for oneself."""

    representee: UUID | None


def read_choice(text: str) -> Chosen | None:
    """Give what was chosen, or None when it is no answer at all. Whether it is allowed is decided later."""
    if text == ONESELF:
        return Chosen(representee=None)
    try:
        return Chosen(representee=UUID(text))
    except ValueError:
        return None
