"""The questions that our forms ask. Each takes what people type, and says in one sentence what to do when it cannot."""

import unicodedata
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from namens.lib import friendly
from namens.lib.partial_date import PartialDate
from namens.pages.widgets import Boxes, DateParts, EmailInput, NumberInput, Radios, SymbolsInput
from namens.parties.identifiers import Bsn, InvalidBsn
from namens.post.plain import MailAddress, UnsoundAddress

LONGEST_INPUT = friendly.LONGEST_INPUT
TOO_LONG = _("This is too long. Fill in at most 200 characters.")
CHOOSE_ONE = _("Choose one of the answers")
CHOOSE_SOME = _("Choose one or more of the answers")
CHOOSE_YES_OR_NO = _("Choose yes or no")
# What a label cannot have: it breaks the line, turns it around or is not seen. Two joiners belong to words and emoji.
UNFIT_FOR_LABELS = frozenset({"Cc", "Cf", "Co", "Zl", "Zp"})
JOINERS = "\u200c\u200d"
BLANKS = "\u115f\u1160\u2800\u3164\uffa0"
YES, NO = "yes", "no"
YES_OR_NO = [(YES, _("Yes")), (NO, _("No"))]


class TextField(forms.CharField):
    """A line of text of at most 200 characters."""

    # Not `max_length`: a browser with a maxlength cuts off what is pasted, and says nothing about it.
    default_validators = [MaxLengthValidator(LONGEST_INPUT)]
    default_error_messages = {"required": _("Fill this in"), "max_length": TOO_LONG}


class OneOfField(forms.ChoiceField):
    """One answer out of some, as radio buttons."""

    widget = Radios
    default_error_messages = {"required": CHOOSE_ONE, "invalid_choice": CHOOSE_ONE}


class SomeOfField(forms.MultipleChoiceField):
    """Answers that go together, as boxes to tick."""

    widget = Boxes
    default_error_messages = {"required": CHOOSE_SOME, "invalid_choice": CHOOSE_SOME, "invalid_list": CHOOSE_SOME}


class ConfirmationField(forms.BooleanField):
    """One box that has to be ticked before going on."""

    default_error_messages = {"required": _("Tick the box if you agree")}


class DateField(forms.Field):
    """A whole date, in three inputs. Gives a `date`."""

    widget = DateParts
    default_error_messages = {
        "required": _("Fill in a date: day, month and year"),
        "day": _("Fill in the day with 1 or 2 digits, for example 27"),
        "month": _("Fill in the month with 1 or 2 digits, for example 3"),
        "year": _("Fill in the year with 4 digits, for example 1951"),
        "day_range": _("Fill in a day from 1 up to and including 31"),
        "month_range": _("Fill in a month from 1 up to and including 12"),
        "no_such_date": _("This date does not exist. Look at the day and the month again"),
    }
    lowest = 1

    def to_python(self, value: list[str] | None) -> date | PartialDate | None:
        """Give the date, or None when all three inputs are empty. Raises ValidationError with the part as its code."""
        texts = [text[:LONGEST_INPUT].strip() for text in value or ("", "", "")]
        if not any(texts):
            return None
        numbers = [part_number(text, digits=digits) for text, digits in zip(texts, (2, 2, 4), strict=True)]
        wrong = [
            self._unreadable(part) for part, number in zip(DateParts.PARTS, numbers, strict=True) if number is None
        ]
        if wrong:
            raise ValidationError(wrong)
        day, month, year = (number or 0 for number in numbers)
        self._check_ranges(day, month=month, year=year)
        return self._build(day, month=month, year=year)

    def _unreadable(self, part: str) -> ValidationError:
        """Give the error for a part that is no number of the right length."""
        return ValidationError(self.error_messages[part], code=part)

    def _check_ranges(self, day: int, *, month: int, year: int) -> None:
        """Refuse a 32nd day, a 13th month and the year 0, each in its own words."""
        wrong = []
        if not self.lowest <= day <= 31:
            wrong.append(ValidationError(self.error_messages["day_range"], code="day"))
        if not self.lowest <= month <= 12:
            wrong.append(ValidationError(self.error_messages["month_range"], code="month"))
        if year < 1:
            wrong.append(self._unreadable("year"))
        if wrong:
            raise ValidationError(wrong)

    def _build(self, day: int, *, month: int, year: int) -> date | PartialDate:
        """Give the date. Raises ValidationError when there is no such day."""
        try:
            return date(year, month, day)
        except ValueError:
            raise ValidationError(self.error_messages["no_such_date"], code="day") from None


class BirthDateField(DateField):
    """A date of birth of which the day or the month may be unknown: 0. Gives a `PartialDate`."""

    default_error_messages = {
        "day_range": _("Fill in a day from 1 up to and including 31, or 0 when you do not know it"),
        "month_range": _("Fill in a month from 1 up to and including 12, or 0 when you do not know it"),
        "month_unknown": _("When you do not know the month, fill in 0 for the day too"),
    }
    lowest = 0

    def _build(self, day: int, *, month: int, year: int) -> PartialDate:
        """Give the date as far as it is known. Raises ValidationError when there is no such day."""
        if day and not month:
            raise ValidationError(self.error_messages["month_unknown"], code="day")
        try:
            return PartialDate(year, month or None, day or None)
        except ValueError:
            raise ValidationError(self.error_messages["no_such_date"], code="day") from None


class CodeField(forms.Field):
    """An activation code in ONE input. Gives it tidied: capitals, no spaces, no dashes, and the check symbol fits."""

    widget = SymbolsInput
    symbols = 12
    default_error_messages = {
        "required": _("Fill in the code"),
        "too_long": TOO_LONG,
        "other_script": _("Type the code with ordinary letters and digits. Do not paste other characters"),
        "wrong_symbol": _("The character %(symbol)s is never in a code. Compare the code with the paper or the screen"),
        "wrong_length": _("Fill in all %(symbols)s characters of the code"),
        "typing_error": _("There is a typing error in the code. Compare it with the paper or the screen"),
    }

    def to_python(self, value: str | None) -> str:
        """Give the tidied code, or an empty text. Raises ValidationError saying what to do."""
        typed = value or ""
        if len(typed) > LONGEST_INPUT:
            raise self._error("too_long")
        code = friendly.tidy(typed)
        if code and not friendly.is_sound(code, symbols=self.symbols):
            raise self._why_unsound(code)
        return code

    def _why_unsound(self, code: str) -> ValidationError:
        """Give the most helpful error for a code that cannot be right."""
        wrong = next((symbol for symbol in code if symbol not in friendly.ALPHABET), None)
        if wrong is not None and not (wrong.isascii() and wrong.isprintable()):
            return self._error("other_script")
        if wrong is not None:
            return self._error("wrong_symbol", symbol=wrong)
        if len(code) != self.symbols:
            return self._error("wrong_length", symbols=self.symbols)
        return self._error("typing_error")

    def _error(self, code: str, **params: object) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params or None)


class HelperNumberField(CodeField):
    """The number by which a client names a helper, in ONE input. Gives it tidied, and the check symbol fits."""

    symbols = 9
    default_error_messages = {
        "required": _("Fill in the helper number"),
        "other_script": _("Type the helper number with ordinary letters and digits. Do not paste other characters"),
        "wrong_symbol": _("The character %(symbol)s is never in a helper number. Ask your helper for the number again"),
        "wrong_length": _("Fill in all %(symbols)s characters of the helper number"),
        "typing_error": _("There is a typing error in the helper number. Ask your helper for the number again"),
    }


class EmailCodeField(CodeField):
    """A code that came by e-mail, in ONE input. Gives it tidied, and the check symbol fits."""

    symbols = 6
    default_error_messages = {
        "required": _("Fill in the confirmation code"),
        "wrong_symbol": _("The character %(symbol)s is never in a confirmation code. Compare it with the e-mail"),
        "wrong_length": _("Fill in all %(symbols)s characters of the confirmation code"),
        "typing_error": _("There is a typing error in the confirmation code. Compare it with the e-mail"),
    }


class EmailField(forms.Field):
    """An e-mail address of one's own. Gives a `MailAddress`."""

    widget = EmailInput
    default_error_messages = {
        "required": _("Fill in your e-mail address"),
        "unsound": _("Fill in an e-mail address with ordinary letters, for example name@example.nl"),
    }

    def to_python(self, value: str | None) -> MailAddress | None:
        """Give the address, or None when nothing was typed. Raises ValidationError saying what to do."""
        if not (value or "").strip():
            return None
        try:
            return MailAddress.parse(value or "")
        except UnsoundAddress:
            raise ValidationError(self.error_messages["unsound"], code="unsound") from None


class BsnField(forms.Field):
    """A burgerservicenummer. Gives a `Bsn`, or None when nothing was typed; no error ever repeats what was typed."""

    widget = NumberInput
    default_error_messages = {
        "required": _("Fill in the BSN"),
        "too_long": TOO_LONG,
        "digits": _("Fill in the BSN with ordinary digits, 0 to 9"),
        "length": _("Fill in all 9 digits of the BSN"),
        "typing_error": _("There is a typing error in the BSN. Compare it with a passport, identity card or letter"),
    }

    def to_python(self, value: str | None) -> Bsn | None:
        """Give the BSN. Raises ValidationError saying what to do."""
        typed = value or ""
        if len(typed) > LONGEST_INPUT:
            raise self._error("too_long")
        digits = friendly.tidy(typed)
        if not digits:
            return None
        if not (digits.isascii() and digits.isdigit()):
            raise self._error("digits")
        if len(digits) != 9:
            raise self._error("length")
        try:
            return Bsn.parse(digits)
        except InvalidBsn:
            raise self._error("typing_error") from None

    def _error(self, code: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code)


class LabelField(TextField):
    """A short name that somebody gives to something: one line that reads in one direction."""

    default_validators = [MaxLengthValidator(60)]
    default_error_messages = {
        "max_length": _("This is too long. Fill in at most 60 characters."),
        "symbols": _("Fill in ordinary letters, digits and punctuation marks"),
    }

    def to_python(self, value: str | None) -> str:
        """Give the name. Raises ValidationError for what cannot be seen, breaks a line or turns it around."""
        label = str(super().to_python(value))
        kinds = {unicodedata.category(symbol) for symbol in label if symbol not in JOINERS}
        is_blank = label and not any(symbol not in BLANKS and _is_drawn(symbol) for symbol in label)
        if is_blank or kinds & UNFIT_FOR_LABELS:
            raise ValidationError(self.error_messages["symbols"], code="symbols")
        return label


def _is_drawn(symbol: str) -> bool:
    """Say whether this symbol by itself leaves something on paper."""
    return unicodedata.category(symbol)[0] not in "CMZ" or unicodedata.category(symbol) == "Cn"


def remind_of_bsn(form: forms.Form, *, ends_in: str) -> None:
    """Say at the field `bsn` how the number ended that was filled in: all that is ever shown again of it."""
    reminder = gettext("You filled in a number that ends in %(digits)s. Fill in all of it again.")
    form["bsn"].help_text = reminder % {"digits": ends_in}


def part_number(text: str, *, digits: int) -> int | None:
    """Give one part of a date as a number, or None when it is not one of at most `digits` ordinary digits.

    A year needs all its digits: 51 may be 1951 and 2051.
    """
    exact = digits if digits > 2 else 1
    if not (text.isascii() and text.isdigit() and exact <= len(text) <= digits):
        return None
    return int(text)
