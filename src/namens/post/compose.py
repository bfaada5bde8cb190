"""From a letter to what the typesetter reads: every word in its language, every text fit for the typeface."""

from dataclasses import asdict, replace

from django.utils import translation
from django.utils.translation import gettext as _

from namens.lib import languages
from namens.lib.languages import Language
from namens.post import direction, window
from namens.post.blocks import Block
from namens.post.letters import AnyLetter, Sender
from namens.post.texts import body_of, phrases
from namens.post.typeface import FAMILIES, Typeface

NO_BREAK, NO_BREAK_HYPHEN = "\u00a0", "\u2011"
Data = dict[str, object]
"""What JSON can hold."""


def compose(letter: AnyLetter, *, sender: Sender, typeface: Typeface) -> Data:
    """Give everything that `letter.typ` sets."""
    sender = replace(sender, phone=_unbroken(sender.phone), hours=_unbroken(sender.hours))
    with translation.override(letter.language):
        body = body_of(letter, sender=sender)
        written: Data = {
            "title": body.title,
            "salutation": _("Dear %(name)s,") % {"name": letter.recipient.name},
            "blocks": [_block(block) for block in body.blocks],
            "closing": _closing(sender),
            "margin": _margin(letter, sender),
            "page": {"page": _("Page"), "of": _("of")},
        }
    address = [asdict(line) for line in window.lines_of(letter.recipient, typeface=typeface)]
    layout = {"left": window.TEXT_LEFT, "top": window.TOP, "width": window.TEXT_WIDTH, "pitch": window.PITCH}
    language = languages.language(letter.language)
    fit = {key: _fit(value, typeface, language) for key, value in written.items()}
    looks = {"fonts": FAMILIES, "large": letter.large_print, "right_to_left": language.is_right_to_left}
    # A region or variant says nothing to a typesetter.
    return {**fit, **looks, "language": language.code.partition("-")[0], "address": address, "window": layout}


def _block(block: Block) -> Data:
    return {"kind": block.kind, **asdict(block)}


def _closing(sender: Sender) -> Data:
    called = {"name": sender.name, "phone": sender.phone}
    question = _("Any questions? Call %(name)s: %(phone)s.") % called
    hours = _("We are there on working days, %(hours)s.") % {"hours": sender.hours} if sender.hours else ""
    return {"question": f"{question} {hours}", "greeting": _("Kind regards,"), "name": sender.name}


def _margin(letter: AnyLetter, sender: Sender) -> list[Data]:
    """Give what stands beside the address, or in large print under it: label and lines."""
    contact = (sender.phone, sender.hours, sender.site)
    rows = (
        (sender.name, tuple(filter(None, (*sender.return_address, *contact)))),
        (_("Date"), (phrases.day(letter.date),)),
        (_("Reference"), (letter.reference,)),
    )
    return [{"label": label, "lines": lines} for label, lines in rows]


def _unbroken(text: str) -> str:
    return text.replace(" ", NO_BREAK).replace("-", NO_BREAK_HYPHEN)


def _fit(value: object, typeface: Typeface, language: Language) -> object:
    """Make every text in this value fit for the typeface, with what runs the other way set apart."""
    if isinstance(value, str):
        return direction.apart(typeface.breakable(value), right_to_left=language.is_right_to_left)
    if isinstance(value, dict):
        return {key: part if key == "kind" else _fit(part, typeface, language) for key, part in value.items()}
    return [_fit(part, typeface, language) for part in value] if isinstance(value, list | tuple) else value
