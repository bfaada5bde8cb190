"""Reading a letter as somebody with the PDF would: text, places, tags, fonts."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

import pypdf
import pypdfium2  # type: ignore[import-untyped]  # it comes without types
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

from namens.post.letters import AnyLetter
from namens.post.pdf import render
from tests.post.writing import SENDER

A4_HEIGHT = 297.0
POINTS = 72 / 25.4
INVISIBLE = str.maketrans({"\u200b": None, "\ufffe": None, "\u00a0": " ", "\u2011": "-", "\r": None})


@dataclass(frozen=True)
class Symbol:
    """One visible symbol with its box, in millimetres from the left and the top of the first page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def lies_in(self, left: float, top: float, right: float, bottom: float) -> bool:
        return left <= self.left and self.right <= right and top <= self.top and self.bottom <= bottom

    def touches(self, left: float, top: float, right: float, bottom: float) -> bool:
        return self.left < right and self.right > left and self.top < bottom and self.bottom > top


@dataclass(frozen=True)
class Paper:
    """A letter on paper."""

    pdf: bytes

    @property
    def reader(self) -> pypdf.PdfReader:
        return pypdf.PdfReader(BytesIO(self.pdf))

    @property
    def pages(self) -> int:
        return len(self.reader.pages)

    @property
    def text(self) -> str:
        """All text on one line, without what nobody sees."""
        return " ".join(" ".join(self.page_texts()).split())

    def page_texts(self) -> list[str]:
        document = pypdfium2.PdfDocument(self.pdf)
        try:
            return [str(page.get_textpage().get_text_bounded()).translate(INVISIBLE) for page in document]
        finally:
            document.close()

    def symbols(self, page: int = 0) -> list[Symbol]:
        """Every visible symbol of a page, in the order in which it was set."""
        document = pypdfium2.PdfDocument(self.pdf)
        try:
            found = document[page].get_textpage()
            return [
                _symbol(str(found.get_text_range(index, 1)), found.get_charbox(index))
                for index in range(found.count_chars())
                if str(found.get_text_range(index, 1)).translate(INVISIBLE).strip()
            ]
        finally:
            document.close()

    def tags(self) -> list[str]:
        """The kinds of the tags, in the order in which a screen reader meets them."""
        return list(_kinds(self.reader.root_object["/StructTreeRoot"]))

    def fonts(self) -> list[DictionaryObject]:
        """The descriptors of all fonts that the pages use."""
        resources = [page["/Resources"].get_object() for page in self.reader.pages]
        used = [font.get_object() for one in resources if isinstance(one, DictionaryObject) for font in _values(one)]
        return [_descriptor(font) for font in used if isinstance(font, DictionaryObject)]


@lru_cache(maxsize=128)
def printed(letter: AnyLetter) -> Paper:
    """The letter on paper; each is set once in a run."""
    return Paper(render(letter, sender=SENDER))


def _symbol(text: str, box: tuple[float, float, float, float]) -> Symbol:
    left, bottom, right, top = (side / POINTS for side in box)
    return Symbol(text, left, A4_HEIGHT - top, right, A4_HEIGHT - bottom)


def _kinds(node: PdfObject) -> Iterator[str]:
    found = node.get_object()
    if isinstance(found, ArrayObject):
        for part in found:
            yield from _kinds(part)
    elif isinstance(found, DictionaryObject):
        if "/S" in found:
            yield str(found["/S"]).removeprefix("/")
        if "/K" in found:
            yield from _kinds(found["/K"])


def _values(resources: DictionaryObject) -> list[PdfObject]:
    fonts = resources.get("/Font", DictionaryObject()).get_object()
    return list(fonts.values()) if isinstance(fonts, DictionaryObject) else []


def _descriptor(font: DictionaryObject) -> DictionaryObject:
    descendants = font["/DescendantFonts"].get_object()
    assert isinstance(descendants, ArrayObject)
    descendant = descendants[0].get_object()
    assert isinstance(descendant, DictionaryObject)
    descriptor = descendant["/FontDescriptor"].get_object()
    assert isinstance(descriptor, DictionaryObject)
    return descriptor
