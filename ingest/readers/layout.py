"""The lines of a text file as blocks: headings, bullet points and paragraphs, each said once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from ingest.readers.cleaning import plain_line
from ingest.readers.imprint import is_label

_UNDERLINE = re.compile(r"(?:-{3,}|={3,})\s*")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s(.*)")
_BULLET = re.compile(r"\s*(?:[-*+•‣◦▪●·–—―]|\d{1,2}[.)])\s+(?=\S)")
_BLOCKQUOTE = re.compile(r"\s*(?:>\s?)*")
_QUOTE_ENDS = ('"', "”", "»", "’", "''")
_FINAL_STOP = re.compile(r"[.!?:;…][\"”'’»)\]]*$")
_ABBREVIATION = re.compile(r"\b(?:\w\.){2,}$")
_QUOTATION = re.compile(r"[\"“„«].*[\"”»](?:\s*[-–—―]\s*[^\W\d_].*)?")
# Headlines of news sites end at 110 characters, those of agencies at 150.
LONGEST_HEADLINE = 200
LONGEST_ATTRIBUTION = 100
# Mail, agencies and editors wrap at 65 to 80 columns; nothing wraps above 100.
LONGEST_WRAPPED = 100


class BlockKind(StrEnum):
    """What a stretch of lines is on the page."""

    HEADING = "heading"
    BULLET = "bullet"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One heading, bullet point or paragraph, on one line, without its marks."""

    kind: BlockKind
    text: str
    level: int = 0  # of a heading: 1 to 6

    @property
    def is_headline_like(self) -> bool:
        """Short, not a quotation, and without the full stop that ends a sentence."""
        if self.kind is BlockKind.BULLET or len(self.text) > LONGEST_HEADLINE or _QUOTATION.fullmatch(self.text):
            return False
        return not ends_sentence(self.text)


def ends_sentence(text: str) -> bool:
    """Whether a text ends in a final stop; the one of "U.S." is none."""
    ending = text.rstrip()[-20:]
    return bool(_FINAL_STOP.search(ending)) and not _ABBREVIATION.search(ending)


def is_rule(line: str) -> bool:
    """Whether a line only draws: "---", "* * *", the line under a table's head, the fence of a code block."""
    marks = "".join(line.split())
    drawn = len(marks) >= 3 and ((len(set(marks)) == 1 and marks[0] in "-*_=~•") or set(marks) <= set("|:-"))
    return drawn or marks.startswith(("```", "~~~"))


def blocks(lines: Sequence[str]) -> list[Block]:
    """The blocks of a page in order; of blocks that repeat each other word for word, the first."""
    found: dict[str, Block] = {}
    for block in _joined(_marked(lines)):
        known = found.get(block.text)
        if known is None:
            found[block.text] = block
        elif known.kind is BlockKind.PARAGRAPH and block.kind is BlockKind.HEADING:
            found[block.text] = block  # the same words, now with their mark: it stays where it first stood
    return list(found.values())


def are_wrapped(lines: Sequence[str]) -> bool:
    """Whether paragraphs are broken at a fixed width, so that a newline alone ends no paragraph."""
    inner = [line for line, after in pairwise(lines) if line.strip() and after.strip()]
    inner = [line for line in inner if not is_rule(line) and not _HEADING.fullmatch(line)]
    if len(inner) < 3 or max(map(len, lines)) > LONGEST_WRAPPED:
        return False
    broken = sum(len(line) >= 40 and not ends_sentence(line) for line in inner)
    return broken > 0.6 * len(inner)


def _marked(lines: Sequence[str]) -> Iterator[Block]:
    """Each block with its marks read; wrapped lines put together again."""
    wrapped = are_wrapped(lines)
    indents = sum(_is_indented(line) for line in lines)
    indent_opens = indents < sum(bool(line.strip()) for line in lines) / 2  # else the whole text is set in
    last: Block | None = None
    last_is_open = False
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        block = None if is_rule(line) else _block(line, after)
        is_own = block is None or block.kind is not BlockKind.PARAGRAPH or is_label(block.text)
        goes_on = wrapped and last_is_open and not is_own
        if goes_on and last and last.kind is BlockKind.PARAGRAPH and indent_opens and _is_indented(line):
            goes_on = False
        if goes_on and last and block:
            last = replace(last, text=f"{last.text} {block.text}")
            continue
        if last:
            yield last
        last = block
        last_is_open = block is not None and block.kind is not BlockKind.HEADING and not is_label(block.text)
    if last:
        yield last


def _is_indented(line: str) -> bool:
    return line.startswith(("  ", "\t")) and bool(line.strip())


def _block(line: str, after: str) -> Block | None:
    if heading := _HEADING.fullmatch(line):
        text, kind, level = heading[2].rstrip().rstrip("#"), BlockKind.HEADING, len(heading[1])
    elif marker := _BULLET.match(line):
        text, kind, level = line[marker.end() :], BlockKind.BULLET, 0
    else:
        quoted = _BLOCKQUOTE.match(line)
        text, kind, level = line[quoted.end() if quoted else 0 :], BlockKind.PARAGRAPH, 0
    text = plain_line(text)
    if not any(c.isalnum() for c in text):
        return None
    block = Block(kind=kind, text=text, level=level)
    if kind is BlockKind.PARAGRAPH and _UNDERLINE.fullmatch(after) and block.is_headline_like:
        return replace(block, kind=BlockKind.HEADING, level=1 if after.startswith("=") else 2)
    return block


def _joined(found: Iterator[Block]) -> Iterator[Block]:
    """Put "- Name" on a line of its own back behind the quotation that it signs."""
    last: Block | None = None
    for block in found:
        if last and block.kind is BlockKind.BULLET and _signs(block, last):
            last = replace(last, text=f"{last.text} – {block.text}")
            continue
        if last:
            yield last
        last = block
    if last:
        yield last


def _signs(block: Block, quotation: Block) -> bool:
    return (
        quotation.kind is BlockKind.PARAGRAPH
        and quotation.text.endswith(_QUOTE_ENDS)
        and len(block.text) <= LONGEST_ATTRIBUTION
        and block.text[:1].isupper()
        and not ends_sentence(block.text)
    )
