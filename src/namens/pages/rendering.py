"""How a Django form becomes the components of the design system. `FORM_RENDERER` names `NamensRenderer`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import boundfield
from django.forms.renderers import TemplatesSetting

from namens.pages.widgets import DateParts

TEXTBOX = "utrecht-textbox utrecht-textbox--html-input"
INVALID_TEXTBOX = "utrecht-textbox--invalid"
CHOICE = "namens-choice__input"


@dataclass(frozen=True)
class ErrorLink:
    """One line of the error summary: a sentence, and the id of the input that it is about."""

    target: str
    sentence: str


class BoundField(boundfield.BoundField):
    """A field in a form, with the classes, the ARIA attributes and the error links that our templates need."""

    @property
    def is_radios(self) -> bool:
        """Say whether the answers exclude each other."""
        return isinstance(self.field.widget, forms.RadioSelect)

    @property
    def error_links(self) -> list[ErrorLink]:
        """Give a line for the error summary for each error, aimed at the first input that is wrong."""
        return [
            ErrorLink(target=self._target(error), sentence=sentence)
            for error in self._validation_errors()
            for sentence in error.messages
        ]

    def build_widget_attrs(self, attrs: Mapping[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Add the classes of the design system; where there are more inputs, leave `aria-invalid` to what is wrong."""
        shown = widget or self.field.widget
        built: dict[str, Any] = super().build_widget_attrs(dict(attrs), widget)
        if shown.is_hidden:
            return built
        if isinstance(shown, DateParts):
            built |= self._date_attrs(built.pop("aria-invalid", None))
        elif isinstance(shown, forms.RadioSelect):
            built.pop("aria-invalid", None)
        return built | {"class": " ".join(self._classes(shown))}

    def _classes(self, widget: forms.Widget) -> list[str]:
        """Give the class names for the input itself, the widget's own last."""
        own = str(widget.attrs.get("class", "")).split()
        if isinstance(widget, forms.RadioSelect | forms.CheckboxInput | forms.CheckboxSelectMultiple):
            return [CHOICE, *own]
        if isinstance(widget, DateParts):
            return [TEXTBOX, *own]
        return [TEXTBOX, *([INVALID_TEXTBOX] if self.errors else []), *own]

    def _date_attrs(self, invalid: str | None) -> dict[str, Any]:
        """Tell the date widget which of its parts are wrong, and where the sentence stands."""
        if not invalid:
            return {}
        return {"wrong_parts": self._wrong_parts(), "error_id": f"{self.auto_id}_error"}

    def _wrong_parts(self) -> frozenset[str]:
        """Give the parts of a date that an error names; all of them when none does."""
        parts = frozenset(DateParts.PARTS)
        named = {error.code for error in self._validation_errors()} & parts
        return frozenset(str(part) for part in named) or parts

    def _validation_errors(self) -> list[ValidationError]:
        """Give the errors of this field with their codes."""
        return list(self.form.errors[self.name].as_data()) if self.name in self.form.errors else []

    def _target(self, error: ValidationError) -> str:
        """Give the id of the input that an error is about."""
        widget = self.field.widget
        if isinstance(widget, DateParts):
            part = error.code if error.code in DateParts.PARTS else DateParts.PARTS[0]
            return f"{self.auto_id}_{part}"
        if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            return f"{self.auto_id}_0"
        return self.id_for_label


class NamensRenderer(TemplatesSetting):
    """Renders forms with the templates in `templates/forms`."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = BoundField
