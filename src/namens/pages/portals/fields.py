"""The questions about a portal that no other form has."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from namens.grants.claims import FLAT_NAMES
from namens.pages.fields import LabelField
from namens.services.actions.portals import holds_public_keys
from namens.services.web_addresses import is_plain_address

LONGEST_LINES = 20
LONGEST_TEXT = 100_000
_WRONG_ADDRESS = _("Write a whole address that begins with https://, without a fragment (#), a space or an asterisk")
_CODE = {"spellcheck": "false", "autocapitalize": "none", "autocomplete": "off"}


class LawField(LabelField):
    """A law and a task in one line."""

    default_validators = [MaxLengthValidator(300)]
    default_error_messages = {"max_length": _("This is too long. Fill in at most 300 characters.")}


class SiteNameField(LabelField):
    """What a portal is called: one line that reads in one direction."""

    default_validators = [MaxLengthValidator(64)]
    default_error_messages = {"max_length": _("This is too long. Fill in at most 64 characters.")}


class SubjectField(LabelField):
    """The subject of a certificate (RFC 4514)."""

    default_validators = [MaxLengthValidator(500)]
    default_error_messages = {"max_length": _("This is too long. Fill in at most 500 characters.")}


class AddressField(forms.CharField):
    """One address of a portal, exactly as it will be compared."""

    widget = forms.TextInput({**_CODE, "inputmode": "url"})

    def clean(self, value: str | None) -> str:
        """Give the address, or an empty text. Raises ValidationError saying what to do."""
        address = str(super().clean((value or "").strip()))
        if address and not is_plain_address(address):
            raise ValidationError(_WRONG_ADDRESS, code="address")
        return address


class LinesField(forms.CharField):
    """Some texts, each on a line of its own. Gives them without blanks around."""

    widget = forms.Textarea({**_CODE, "rows": 3})
    default_error_messages = {"required": _("Fill this in"), "many": _("Fill in at most 20 lines")}

    def clean(self, value: str | None) -> tuple[Any, ...]:
        """Give what the lines say. Raises ValidationError saying what to do."""
        lines = [line.strip() for line in str(super().clean(value)).splitlines()]
        said = tuple(line for line in lines if line)
        if len(said) > LONGEST_LINES:
            raise ValidationError(self.error_messages["many"], code="many")
        return tuple(self.read(line) for line in said)

    def read(self, line: str) -> Any:  # noqa: ANN401 - a line says what its field says
        """Give what one line says."""
        return line


class AddressesField(LinesField):
    """Addresses of a portal, exactly as they will be compared."""

    default_error_messages = {
        "address": _("Line %(line)s: write a whole address that begins with https://, without #, space or asterisk")
    }

    def clean(self, value: str | None) -> tuple[Any, ...]:
        """Give the addresses. Raises ValidationError naming the first line that is none."""
        said = super().clean(value)
        wrong = next((number for number, one in enumerate(said, start=1) if not is_plain_address(one)), None)
        if wrong is not None:
            raise ValidationError(self.error_messages["address"], code="address", params={"line": wrong})
        return said


class ActsField(LinesField):
    """Acts that a portal may report, as key=name."""

    default_error_messages = {"pair": _("Write each act as key=name, for example: income-changed=Inkomen gewijzigd")}

    def read(self, line: str) -> dict[str, str]:
        """Give one act."""
        key, equals, name = (part.strip() for part in line.partition("="))
        if not (key and equals and name):
            raise ValidationError(self.error_messages["pair"], code="pair")
        return {"key": key, "name": name}


class ClaimNamesField(LinesField):
    """Other names of claims, as key=name. Gives pairs."""

    default_error_messages = {"pair": _("Write key=name. These keys are there: %(keys)s")}

    def read(self, line: str) -> tuple[str, str]:
        """Give one pair; an empty name leaves the claim out."""
        key, equals, name = (part.strip() for part in line.partition("="))
        if not equals or key not in FLAT_NAMES:
            raise ValidationError(self.error_messages["pair"], code="pair", params={"keys": ", ".join(FLAT_NAMES)})
        return key, name


class KeySetField(forms.CharField):
    """A key set as JSON (RFC 7517, 5). Gives the object, empty when nothing was typed."""

    widget = forms.Textarea({**_CODE, "rows": 6})
    default_error_messages = {
        "json": _('Paste the whole key set, from { to }: {"keys": [...]}'),
        "private": _("Paste public keys only, RSA or EC. If a private key stood here, that key is not safe any more"),
    }

    def clean(self, value: str | None) -> dict[str, Any]:
        """Give the key set. Raises ValidationError; no message repeats what was typed."""
        text = str(super().clean(value))
        if not text.strip():
            return {}
        try:
            found = json.loads(text) if len(text) <= LONGEST_TEXT else None
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict) or not found.get("keys") or not _can_be_kept(found):
            raise ValidationError(self.error_messages["json"], code="json")
        if not holds_public_keys(found):
            raise ValidationError(self.error_messages["private"], code="private")
        return found


def _can_be_kept(found: dict[str, Any]) -> bool:
    """Say whether a database takes all texts in this: no NUL, and no half of a pair of UTF-16."""
    written = json.dumps(found, ensure_ascii=False)
    return written.isprintable() and "\\u0000" not in written
