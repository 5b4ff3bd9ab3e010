"""Lines with their places on printed pages, put together into the paragraphs that they were."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.readers.layout import Block, BlockKind, ends_sentence

# Lines at the top and the bottom of a page that may be no part of the story.
EDGE = 3
# Times the usual distance of two lines: more is a gap between paragraphs. Typesetters stretch lines by 10 to 15 %.
GAP = 1.3
# Times the size of the text: a headline is larger; small capitals and raised digits vary by 15 %.
HEADLINE = 1.15
# In ems: a first line set in, by which typesetters mark a paragraph, and more than anybody sets one in.
INDENT, COLUMN = 0.7, 5.0
# Of the usual length: a line as short as this that ends a sentence is the last of a paragraph; one that is shorter
# still, and stands above one that may open something, is a byline, a date, a subhead.
SHORT, STUMP = 0.7, 0.5
_PAGE_NUMBER = re.compile(r"[\W_]*(?:page\s*)?(?:\d{1,5}|[ivxlc]{1,6})(?:\s*(?:/|of)\s*\d{1,5})?[\W_]*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
# Looked for where a word begins only: a word of a hundred thousand letters would take minutes.
_BROKEN_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[-\u2010\u00ad]$")
_AFTER_A_HALF = frozenset(("and", "or", "to"))  # "pre- and post-war"
_BULLETS = ("•", "‣", "◦", "▪", "●", "■")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a page; lengths in points, from the lower left corner."""

    text: str  # one line, trimmed
    x: float  # where it starts
    y: float  # its baseline
    size: float  # of its letters

    @property
    def key(self) -> str:
        """The same for lines that differ in nothing but numbers."""
        return _DIGITS.sub("#", self.text.casefold())


def split_edges(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], list[str]]:
    """The pages without page numbers and without the heads and feet that most of them share; and what these say."""
    edges = [_edge(page) for page in pages]
    counts = Counter(key for edge in edges for key in {line.key for line in edge})
    kept, shared = [], {}
    for page, edge in zip(pages, edges, strict=True):
        spent = {line for line in edge if counts[line.key] > max(1, len(pages) / 2)}
        shared.update({line.key: line.text for line in spent})
        spent |= {line for line in edge if _PAGE_NUMBER.fullmatch(line.text)}
        kept.append([line for line in page if line not in spent])
    return kept, [shared[key] for key in sorted(shared)]


def blocks_of(pages: Sequence[Sequence[Line]]) -> list[tuple[Block, float]]:
    """The headings and paragraphs of pages with the size of their letters; they go on over columns and pages."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    usual = _usual_size(lines)
    groups: list[list[Line]] = []
    for page in pages:
        found = _groups(page)
        if groups and found and _goes_on(groups[-1][-1], found[0][0]):
            groups[-1] += found.pop(0)
        groups += found
    words = Counter(word.lower() for line in lines for word in _WORD.findall(line.text))
    return [_block(group, usual, words) for group in groups]


def _edge(page: Sequence[Line]) -> set[Line]:
    ordered = sorted(page, key=lambda line: -line.y)
    return {*ordered[:EDGE], *ordered[-EDGE:]}


def _usual_size(lines: Sequence[Line]) -> float:
    """The size that most letters have."""
    counts: Counter[float] = Counter()
    for line in lines:
        counts[round(line.size, 1)] += len(line.text)
    return min(counts, key=lambda size: (-counts[size], size))


def _groups(page: Sequence[Line]) -> list[list[Line]]:
    """The lines of one page, those of a paragraph together."""
    if not page:
        return []
    usual = _usual_size(page)
    body = [line for line in page if _alike(line.size, usual)]
    near = [(a, b) for a, b in pairwise(body) if abs(a.x - b.x) < COLUMN * usual]
    steps = [down for a, b in near if 0 < (down := a.y - b.y) < 3 * usual]
    step = median(steps) / usual if steps else 1.2
    length = median(len(line.text) for line in body) if body else 0
    lefts = Counter(round(line.x) for line in body)
    groups = [[page[0]]]
    for last, line in pairwise(page):
        is_body = _alike(line.size, usual)
        if _ends(last, line, step, length) or (is_body and _opens(last, line, lefts)):
            groups.append([])
        groups[-1].append(line)
    return groups


def _ends(last: Line, line: Line, step: float, length: float) -> bool:
    """Whether a paragraph ends between two lines, by their sizes, their distance and the length of the first.

    The step from line to line is in ems, the length in characters.
    """
    if not _alike(last.size, line.size):
        return True
    down = last.y - line.y
    if down > GAP * step * max(last.size, line.size):
        return True
    if down < -line.size:  # the next column
        return ends_sentence(last.text)
    if ends_sentence(last.text):
        return len(last.text) < SHORT * length
    return len(last.text) < STUMP * length and not line.text[:1].islower()


def _opens(last: Line, line: Line, lefts: Counter[int]) -> bool:
    """Whether a line opens a paragraph: it has the mark of a list, or starts to the right of its column."""
    if line.text.startswith(_BULLETS):
        return True
    least, most, step = INDENT * line.size, COLUMN * line.size, line.x - last.x
    if least < step < most:
        return not last.text.startswith(_BULLETS)
    # The line above may be set in as well, as the only one of its paragraph: then few lines start where both do.
    flush = max((count for left, count in lefts.items() if least < line.x - left < most), default=0)
    return abs(step) < 1 and flush > 2 * lefts[round(line.x)]


def _goes_on(last: Line, line: Line) -> bool:
    """Whether a paragraph goes on over the end of a page."""
    return _alike(last.size, line.size) and not ends_sentence(last.text) and not line.text[:1].isupper()


def _alike(one: float, other: float) -> bool:
    return max(one, other) < HEADLINE * min(one, other)


def _block(group: Sequence[Line], usual: float, words: Counter[str]) -> tuple[Block, float]:
    size = _usual_size(group)
    kind = BlockKind.HEADING if size >= HEADLINE * usual else BlockKind.PARAGRAPH
    text = "".join(_joined([line.text for line in group], words))
    return Block(kind=kind, text=text, level=2 if kind is BlockKind.HEADING else 0), size


def _joined(lines: Sequence[str], words: Counter[str]) -> Iterator[str]:
    """The lines of a paragraph; a word broken between two is whole again, with its hyphen if it has one elsewhere."""
    for line, after in pairwise(lines):
        broken, rest = _BROKEN_WORD.search(line), _WORD.match(after)
        if not broken or not rest or rest[0] in _AFTER_A_HALF:
            yield f"{line} "
            continue
        if not rest[0][0].islower():
            yield f"{line[:-1]}-"
            continue
        whole, hyphenated = (f"{broken[1]}{mark}{rest[0]}".lower() for mark in ("", "-"))
        yield f"{line[:-1]}-" if words[hyphenated] > words[whole] else line[:-1]
    yield lines[-1]
