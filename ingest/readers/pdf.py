"""PDF: the text on its pages as one article, even where a page of a newspaper holds several."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator, Sequence
from io import BytesIO
from math import hypot, isfinite
from typing import Any

from pypdf import PdfReader, apply_configuration
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

from ingest.characters import encodable
from ingest.errors import Reason, UnreadableArticle
from ingest.readers.composing import composed, story, too_long
from ingest.readers.fragments import one_line
from ingest.readers.imprint import Imprint
from ingest.readers.layout import LONGEST_HEADLINE, BlockKind
from ingest.readers.limits import MB, OverLimit, whole
from ingest.readers.pages import Line, blocks_of, split_edges
from ingest.readers.source import Note, Part, Source

MOST_PAGES = 2000  # a Sunday paper has 200
# A page of dense print has 20,000 letters, each of them at most a few operands, and unpacks to less than 1 MB.
LIMITS = {
    "zlib_maximum_output_length": 30 * MB,
    "lzw_maximum_output_length": 30 * MB,
    "run_length_maximum_output_length": 30 * MB,
    "array_based_stream_maximum_output_length": 30 * MB,
    "maximum_declared_stream_length": 50 * MB,
    "stream_decoding_work_maximum_length": 100 * MB,
    "stream_parsing_work_maximum_count": 1_000_000,
    "xform_maximum_invocations_per_extraction": 1000,
    "page_tree_maximum_entries": 10 * MOST_PAGES,
    "page_tree_maximum_page_entries": 100 * MOST_PAGES,
}
SHORTEST_TITLE = 15  # the name of a paper is often shorter, and larger than any headline
_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s/]+/\S{2,}")
# It writes to the error stream of whatever it finds odd.
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)


class _Unread(Exception):
    """A PDF of which nothing can be read."""

    def __init__(self, problem: str, reason: Reason, next_step: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.reason = reason
        self.next_step = next_step


def read(source: Source) -> Iterator[Part]:
    """Yield the article on the pages of a PDF, or why there is none.

    Columns come in the order in which the file holds them. The day on which a file was made is not one of publication.
    """
    limits = source.options.limits
    with source.open() as stream:
        content = whole(stream, limits.file_bytes)
    try:
        with apply_configuration(**LIMITS):  # type: ignore[arg-type]
            pages, title, broken = _pages(content, time.monotonic() + limits.article_seconds, limits.text_characters)
    except _Unread as refusal:
        yield UnreadableArticle(source.name, refusal.problem, reason=refusal.reason, next_step=refusal.next_step)
        return
    if broken:
        which = f"page {broken[0]}" if len(broken) == 1 else f"{len(broken):,} pages, the first page {broken[0]},"
        yield Note(path=source.name, text=f"{which} cannot be read")
    if sum(len(line.text) for page in pages for line in page) > limits.text_characters:
        yield too_long(source)
        return
    lines, edges = split_edges(pages)
    texts = [block.text for block, _ in blocks_of(lines)]
    if not any(c.isalnum() for text in texts for c in text):
        problem = "its pages hold no text; they may be pictures"
        yield UnreadableArticle(source.name, problem, reason=Reason.NO_ARTICLE, next_step="run OCR first")
        return
    addresses = [found[0] for edge in edges if (found := _ADDRESS.search(edge))]
    imprint = Imprint(title=_title(title, pages[0], lines[0]), url=addresses[0] if addresses else None)
    yield composed(source, imprint, story([text for text in texts if _bare(text) != _bare(imprint.title)]))


def _pages(content: bytes, deadline: float, longest: int) -> tuple[list[list[Line]], str, list[int]]:
    """The lines of each page, what the file calls itself, and the numbers of pages that are broken."""
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):  # most may be read by anybody, and only not be changed
            raise FileNotDecryptedError
        count = len(reader.pages)
        about = reader.metadata
        title = one_line(encodable(str(about.get("/Title") or "")))[:500] if about else ""
    except (FileNotDecryptedError, DependencyError) as error:
        raise _Unread("it is encrypted", Reason.ENCRYPTED, "save it without a password") from error
    except LimitReachedError as error:
        raise _Unread(f"too large a PDF ({_said(error)})", Reason.TOO_LARGE) from error
    except (RecursionError, MemoryError):
        raise
    except Exception as error:  # of broken files, pypdf raises whatever its code runs into
        raise _Unread(f"broken PDF ({_said(error)})", Reason.BROKEN) from error
    if count > MOST_PAGES:
        raise _Unread(f"{count:,} pages are not one article", Reason.TOO_LONG)
    if not count:
        raise _Unread("it has no pages", Reason.NO_ARTICLE)
    pages: list[list[Line]] = []
    broken: list[int] = []
    characters = 0
    for number in range(count):
        page: list[Line] = []
        try:
            page = _lines(reader.pages[number], deadline)
        except (OverLimit, MemoryError):
            raise
        except Exception:  # as above
            broken.append(number + 1)
        pages.append(page)
        characters += sum(len(line.text) for line in page)
        if characters > longest:
            break
    if len(broken) == count:
        raise _Unread("none of its pages can be read", Reason.BROKEN)
    return pages, title, broken


def _said(error: Exception) -> str:
    return one_line(encodable(str(error))).rstrip(".")[:100] or type(error).__name__


def _lines(page: Any, deadline: float) -> list[Line]:
    """The lines of a page in the order of the file, each with the place and the size of its first letters."""
    lines: list[Line] = []
    pieces: list[str] = []
    start: tuple[float, float, float] | None = None

    def end_line() -> None:
        nonlocal start
        text = one_line(encodable("".join(pieces)).translate(_LIGATURES))
        if text and start:
            lines.append(Line(text=text, x=start[0], y=start[1], size=start[2]))
        pieces.clear()
        start = None

    def take(text: str, outer: Sequence[float], inner: Sequence[float], _: object, size: float) -> None:
        nonlocal start
        for place, piece in enumerate(text.split("\n")):
            if place:
                end_line()
            pieces.append(piece)
            if piece.strip() and start is None:
                start = _place(outer, inner, size)

    def look_at_clock(*_: object) -> None:
        if time.monotonic() > deadline:
            raise OverLimit("reading it takes too long", Reason.TOO_SLOW)

    page.extract_text(visitor_text=take, visitor_operand_before=look_at_clock)
    end_line()
    return lines


def _place(outer: Sequence[float], inner: Sequence[float], size: float) -> tuple[float, float, float]:
    """Where text stands on the page, and how large; both matrices are [a b c d e f] as in PDF 32000-1, 8.3.4."""
    x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
    y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
    scaled = abs(size) * hypot(inner[2], inner[3]) * hypot(outer[2], outer[3])
    sane = [min(max(number, -1e5), 1e5) if isfinite(number) else 0.0 for number in (x, y, scaled)]
    return sane[0], sane[1], max(sane[2], 0.1)


def _title(given: str, page: Sequence[Line], body: Sequence[Line]) -> str | None:
    """The title that the file has, where its first page shows it too; else the headline there."""
    found = blocks_of([body])
    headings = [(block.text, size) for block, size in found if block.kind is BlockKind.HEADING]
    headings = [(text, size) for text, size in headings if SHORTEST_TITLE <= len(text) <= LONGEST_HEADLINE]
    for text, _ in headings:
        if _bare(text)[:SHORTEST_TITLE] == _bare(given)[:SHORTEST_TITLE]:  # "Headline - Name of the site"
            return text
    if any(c.isspace() for c in given) and _bare(given) in _bare(" ".join(line.text for line in page)):
        return given
    if headings:
        return max(headings, key=lambda heading: heading[1])[0]
    if len(found) > 1 and found[0][0].is_headline_like and len(found[1][0].text) > len(found[0][0].text):
        return found[0][0].text
    return None


def _bare(text: str | None) -> str:
    """A text by its letters and digits alone."""
    return "".join(c for c in (text or "").casefold() if c.isalnum())
