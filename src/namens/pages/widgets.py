"""Inputs that Django does not have, or has in another shape."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from namens.lib.partial_date import PartialDate

DateValue = date | PartialDate | Sequence[str] | None


@dataclass(frozen=True)
class Described:
    """The label of an answer, with a sentence under it. Give it where Django expects a choice's label."""

    label: str | Promise
    description: str | Promise = ""

    def __str__(self) -> str:
        return str(self.label)


class Radios(forms.RadioSelect):
    """Answers that exclude each other; a label may be `Described`."""

    template_name = "forms/widgets/choices.html"
    option_template_name = "django/forms/widgets/input.html"


class Boxes(forms.CheckboxSelectMultiple):
    """Answers that go together; a label may be `Described`."""

    template_name = "forms/widgets/choices.html"
    option_template_name = "django/forms/widgets/input.html"


class SymbolsInput(forms.TextInput):
    """ONE field for a code that people type over: no maximum length, nothing remembered, nothing corrected."""

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        fixed = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "autocorrect": "off"}
        super().__init__({"class": "namens-textbox--code", **fixed, **(attrs or {})})


class EmailInput(forms.EmailInput):
    """An e-mail address: the browser may fill in the own one, and corrects nothing."""

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none", **(attrs or {})})


class NumberInput(forms.TextInput):
    """A number that names somebody: digits, nothing remembered, and never shown again once it was sent."""

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        fixed = {"autocomplete": "off", "inputmode": "numeric", "spellcheck": "false"}
        super().__init__({"class": "namens-textbox--number", **fixed, **(attrs or {})})

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:  # noqa: ARG002 - Django's
        """Give the input, always empty."""
        return super().get_context(name, None, attrs)


class DateParts(forms.Widget):
    """A date in three text inputs: no picker, so that a birthday of long ago costs no scrolling.

    `autocomplete` is `bday` for somebody's own date of birth; then browsers may fill it in.
    """

    PARTS = ("day", "month", "year")
    LABELS = {"day": _("Day"), "month": _("Month"), "year": _("Year")}

    template_name = "forms/widgets/date.html"
    use_fieldset = True

    def __init__(self, attrs: Mapping[str, Any] | None = None, *, autocomplete: str = "") -> None:
        super().__init__(dict(attrs or {}))
        self.autocomplete = autocomplete

    def get_context(self, name: str, value: DateValue, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give the three inputs; `wrong_parts` and `error_id` among the attributes mark the wrong ones."""
        rest = dict(attrs or {})
        wrong, error_id = rest.pop("wrong_parts", frozenset()), rest.pop("error_id", "")
        context = super().get_context(name, None, rest)
        texts = dict(zip(self.PARTS, parts_of(value), strict=True))
        context["widget"]["subwidgets"] = [
            self._part(context["widget"], part=part, text=texts[part], error_id=error_id if part in wrong else "")
            for part in self.PARTS
        ]
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: object, name: str) -> list[str]:  # noqa: ARG002 - Django's signature
        """Give what was typed, in the order of `PARTS`."""
        return [str(data.get(f"{name}_{part}", "")) for part in self.PARTS]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: object, name: str) -> bool:  # noqa: ARG002 - Django's
        """Say whether none of the three was sent."""
        return all(f"{name}_{part}" not in data for part in self.PARTS)

    def id_for_label(self, id_: str) -> str:
        """Give the first input's id."""
        return f"{id_}_{self.PARTS[0]}" if id_ else ""

    def _part(self, whole: Mapping[str, Any], *, part: str, text: str, error_id: str) -> dict[str, Any]:
        """Give the context of one input."""
        attrs = {**whole["attrs"], "id": f"{whole['attrs'].get('id', '')}_{part}", "inputmode": "numeric"}
        attrs["autocomplete"] = f"{self.autocomplete}-{part}" if self.autocomplete else "off"
        if error_id:
            marked = f"{attrs.get('class', '')} utrecht-textbox--invalid".strip()
            attrs |= {"aria-invalid": "true", "aria-describedby": error_id, "class": marked}
        return {
            "name": f"{whole['name']}_{part}",
            "type": "text",
            "value": text,
            "label": self.LABELS[part],
            "attrs": attrs,
            "template_name": "django/forms/widgets/text.html",
        }


def parts_of(value: DateValue) -> Sequence[str]:
    """Give day, month and year as they stand in the inputs; an unknown day or month is 0."""
    if value is None:
        return ("", "", "")
    if isinstance(value, date | PartialDate):
        return (str(value.day or 0), str(value.month or 0), str(value.year))
    return value
