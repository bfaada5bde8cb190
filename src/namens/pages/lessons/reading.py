"""From a file to a lesson: a small part of Markdown, read strictly.

A file is `# title`, a first sentence, and parts. A part is `## Heading {#id}` with blocks: paragraphs, `1. steps`,
`- points`, `> what to mind`, `![what is to be seen](picture)`, and `### a question` with its answer. A blank line
ends a block; an item of a list that goes on begins its next line with two spaces.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from namens.pages.lessons.words import Line, Unreadable, line

_HEADING = re.compile(r"## (?P<words>.+) \{#(?P<id>[a-z][a-z0-9-]*)\}")
_PICTURE = re.compile(r"!\[(?P<alt>[^\]]+)\]\((?P<name>[a-z][a-z0-9-]*)\)")
_MARKERS = {"> ": "mind", "- ": "points", "1.": "steps"}
_NO_MEANING = re.compile(r"[#>|`~=+]|\s{2,}|<|-|!|\d+\.")


class BlockKind(Enum):
    """What a block is; the template shows each in its own way."""

    PARAGRAPH = "paragraph"
    STEPS = "steps"
    POINTS = "points"
    MIND = "mind"
    PICTURE = "picture"
    QUESTION = "question"


@dataclass(frozen=True)
class Block:
    """One block. A picture has a name, and its alternative text as the one line; a question has its answer."""

    kind: BlockKind
    lines: tuple[Line, ...]
    name: str = ""
    answer: tuple["Block", ...] = ()


@dataclass(frozen=True)
class Part:
    """A heading with what stands under it; `id` is the same in every language."""

    id: str
    heading: Line
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Lesson:
    """One lesson in one language."""

    slug: str
    language: str
    title: str
    lead: Line
    parts: tuple[Part, ...]

    @property
    def blocks(self) -> Iterator[Block]:
        """Every block, those of answers too."""
        for part in self.parts:
            for block in part.blocks:
                yield block
                yield from block.answer


def read(text: str, *, slug: str, language: str) -> Lesson:
    """Give the lesson that stands in a file. Raises `Unreadable`, which says where, for anything without a meaning."""
    chunks = [chunk.splitlines() for chunk in re.split(r"\n(?:[ \t]*\n)+", text.strip("\n"))]
    try:
        title, lead, *rest = chunks
        if len(title) != 1 or not title[0].startswith("# "):
            raise Unreadable("the first line is not a title")
        parts = tuple(_parts(rest))
        if len({part.id for part in parts}) != len(parts):
            raise Unreadable("two parts have the same id")
        return Lesson(slug, language, title[0].removeprefix("# "), _paragraph(lead).lines[0], parts)
    except ValueError as problem:
        raise Unreadable(f"{language}/{slug}.md: {problem}") from problem


def _parts(chunks: list[list[str]]) -> Iterator[Part]:
    while chunks:
        heading = _HEADING.fullmatch(chunks[0][0])
        if heading is None or len(chunks[0]) > 1:
            raise Unreadable(f"not a heading with an id: {chunks[0][0]}")
        here = _before("## ", chunks[1:])
        yield Part(heading["id"], line(heading["words"]), tuple(_blocks(here)))
        chunks = chunks[1 + len(here) :]


def _blocks(chunks: list[list[str]]) -> Iterator[Block]:
    if not chunks:
        raise Unreadable("a heading with nothing under it")
    while chunks:
        first = chunks[0][0]
        if not first.startswith("### "):
            yield _block(chunks[0])
            chunks = chunks[1:]
            continue
        answer = _before("### ", chunks[1:])
        if not answer or len(chunks[0]) > 1:
            raise Unreadable(f"a question without an answer: {first}")
        question = (line(first.removeprefix("### ")),)
        yield Block(BlockKind.QUESTION, question, answer=tuple(_block(chunk) for chunk in answer))
        chunks = chunks[1 + len(answer) :]


def _before(marker: str, chunks: list[list[str]]) -> list[list[str]]:
    """Give the chunks up to the first that begins with this marker."""
    ends = (number for number, chunk in enumerate(chunks) if chunk[0].startswith(marker))
    return chunks[: next(ends, len(chunks))]


def _block(lines: list[str]) -> Block:
    picture = _PICTURE.fullmatch(lines[0])
    if picture and len(lines) == 1:
        return Block(BlockKind.PICTURE, (line(picture["alt"]),), name=picture["name"])
    kind = _MARKERS.get(lines[0][:2])
    if kind is None:
        return _paragraph(lines)
    if kind == "mind":
        return Block(BlockKind.MIND, _paragraph([one.removeprefix("> ") for one in lines]).lines)
    return Block(BlockKind(kind), tuple(line(item) for item in _items(lines, numbered=kind == "steps")))


def _items(lines: list[str], *, numbered: bool) -> Iterator[str]:
    """Give each item of a list; steps are numbered from 1 on without a gap."""
    items: list[str] = []
    for one in lines:
        marker = f"{len(items) + 1}. " if numbered else "- "
        if one.startswith(marker):
            items.append(one.removeprefix(marker))
        elif one.startswith("  ") and items:
            items[-1] += f" {one.strip()}"
        else:
            raise Unreadable(f"not an item of this list: {one}")
    yield from items


def _paragraph(lines: list[str]) -> Block:
    if any(_NO_MEANING.match(one) for one in lines):
        raise Unreadable(f"means nothing here: {lines[0]}")
    return Block(BlockKind.PARAGRAPH, (line(" ".join(lines)),))
