"""Rows of any kind of table or list of objects, made articles: one way for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain, pairwise
from math import isnan

from ingest.article import Article, DateSource, content_id
from ingest.characters import encodable
from ingest.errors import Reason, UnreadableArticle
from ingest.readers.columns import Columns, names_in
from ingest.readers.composing import too_long
from ingest.readers.dates import day_comes_first, parse_date, parse_stamp
from ingest.readers.few import few
from ingest.readers.layout import are_wrapped
from ingest.readers.markup import is_html, plain_paragraphs
from ingest.readers.source import Note, Part, Source
from ingest.readers.text import compose

HEAD = 1_000  # rows that are looked at before the first is read: they tell which columns there are, and how dates go
_HEAD_CHARACTERS = 4_000_000  # fewer rows when they hold more than this
_CUT = re.compile(r"\[\+\d{1,9} chars\]$")  # what NewsAPI puts where it cut a text off
LONGEST_WORDS = 2_000  # of a title or an address; what is longer is none
_LISTED_NAMES = 12
_LINE = re.compile(r"[^\r\n]+")
_WRAPPED_PARAGRAPH = re.compile(r"[^\r\n]+(?:\r?\n(?![ \t]{2}|[ \t]*\r?\n)[^\r\n]+)*")
# Where the words of a value lie that is an object: {"name": …} of authors, {"rendered": …} of weblogs, {"#text": …}.
_WORDS = ("name", "rendered", "text", "#text", "_text", "value", "title")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table, or one object of many."""

    values: Mapping[str, object]
    line: int | None = None  # where it starts, in a file of lines
    label: str = ""  # else: "row 3"


def articles(found: Iterable[Row | Part], source: Source, *, rewrite: bool = True) -> Iterator[Part]:
    """Yield the articles of rows, and why others are none; of many remarks the first, and how many there are.

    Without `rewrite`, texts stay as they are but for tags of HTML, and titles are no part of them.
    """
    return few(_Rows(source=source, rewrite=rewrite).read(found), source)


def problem(row: Row, source: Source, words: str, reason: Reason, next_step: str = "") -> UnreadableArticle:
    """A refusal that says of which row."""
    words = f"{row.label}: {words}" if row.label else words
    return UnreadableArticle(source.name, words, reason=reason, line=row.line, next_step=next_step)


def paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    """The paragraphs of a text that must not be rewritten, as trimmed ranges of its characters."""
    form = _WRAPPED_PARAGRAPH if are_wrapped(text.splitlines()) else _LINE
    found = []
    for match in form.finditer(text):
        words = match[0].strip()
        if words:
            start = match.start() + match[0].index(words)
            found.append((start, start + len(words)))
    return tuple(found)


def listed(names: Iterable[str]) -> str:
    """Names in a line of a remark."""
    shown = [repr(encodable(name))[1:-1][:40] for name in names]
    return ", ".join(shown[:_LISTED_NAMES]) + (" …" if len(shown) > _LISTED_NAMES else "")


@dataclass(slots=True, kw_only=True)
class _Rows:
    """The rows of one source, and what is known of them all."""

    source: Source
    rewrite: bool
    columns: Columns = field(init=False)
    orders: dict[str, bool] = field(default_factory=dict)  # of columns of dates: whether the day comes first
    told_html: bool = False

    def __post_init__(self) -> None:
        self.columns = Columns(self.source.options.columns)

    def read(self, found: Iterable[Row | Part]) -> Iterator[Part]:
        rest = iter(found)
        head, failure = _head(rest)
        rows = [each.values for each in head if isinstance(each, Row)]
        if rows and (refusal := self._refusal(rows)):
            yield refusal
            return
        yield from self._learn_orders(rows)
        for each in chain(head, rest if failure is None else ()):
            if isinstance(each, Row):
                yield from self._read_row(each)
            else:
                yield each
        if failure is not None:
            raise failure

    def _refusal(self, rows: list[Mapping[str, object]]) -> UnreadableArticle | None:
        """Why no row of this source can be read, by its first ones."""
        absent = self.columns.absent(rows)
        if absent:
            words = f"no column {listed(absent)}; there are {listed(names_in(rows))}"
        elif not any(self.columns.has_text(row) for row in rows):
            words = f"none of its columns is known to hold the text: {listed(names_in(rows))}"
        else:
            return None
        step = "say which one does with --map text=NAME"
        return UnreadableArticle(self.source.name, words, reason=Reason.NO_TEXT_KEY, next_step=step)

    def _learn_orders(self, rows: list[Mapping[str, object]]) -> Iterator[Note]:
        """How dates in figures are to be read, where one column has some that can be read one way only."""
        dates: dict[str, list[str]] = {}
        for row in rows:
            for name, value in self.columns.values(row, "date"):
                if isinstance(value, str) and len(value) < 80:
                    dates.setdefault(name, []).append(value)
        for name, values in dates.items():
            order = day_comes_first(values)
            if order is None:
                continue
            self.orders[name] = order
            example = next((each for each in values if not parse_date(each) and parse_date(each, day_first=order)), "")
            if example:
                way = "day" if order else "month"
                words = f"dates like {example!r} were read with the {way} first, as others in {listed([name])} tell"
                yield Note(path=self.source.name, text=words)

    def _read_row(self, row: Row) -> Iterator[Part]:
        given = [_text(value) for _, value in self.columns.values(row.values, "text")]
        texts = [text for text in given if text is not None]
        text = next((text for text in texts if any(c.isalnum() for c in text)), None)
        if text is None:
            names = listed(row.values)
            if texts or (not given and self.columns.has_text(row.values)):
                yield problem(row, self.source, "its text holds no words", Reason.EMPTY)
            else:
                yield problem(
                    row, self.source, f'no object with a "text", only {names or "nothing"}', Reason.NO_TEXT_KEY
                )
            return
        if len(text) > self.source.options.limits.text_characters:
            refusal = too_long(self.source, row.line)
            yield problem(row, self.source, refusal.problem, refusal.reason, refusal.next_step)
            return
        own = _own_paragraphs(row.values, text)
        if own is None and is_html(text):
            text = "\n\n".join(plain_paragraphs(text))
            if not self.told_html:
                self.told_html = True
                yield Note(
                    path=self.source.name, text="its texts are HTML; their words were taken, their tags left out"
                )
        published, note = self._published(row)
        if note:
            yield note
        article = self._article(row, text, own)
        if article is None:
            yield problem(row, self.source, "its text holds no words", Reason.EMPTY)
            return
        if published:
            article = replace(article, published=published, dated_by=DateSource.METADATA)
        yield article

    def _article(self, row: Row, text: str, own: tuple[tuple[int, int], ...] | None) -> Article | None:
        """The article but for its date, or None when it holds no words."""
        title = self._said(row, "title") or ""
        if own is not None or not self.rewrite:
            article: Article | None = Article(
                id=content_id("article", text),
                title=title,
                text=text,
                paragraphs=own or paragraphs(text),
                path=self.source.name,
            )
        else:
            text = _without_count(text)
            article = compose(f"# {title}\n\n{text}" if title else text, self.source)
        if article is None or not article.paragraphs:
            return None
        return replace(
            article,
            id=self._said(row, "id") or article.id,
            publisher=self._said(row, "publisher") or article.publisher,
            byline=self._said(row, "byline") or article.byline,
            url=self._said(row, "url") or article.url,
            language=self._said(row, "language") or article.language,
        )

    def _published(self, row: Row) -> tuple[date | None, Note | None]:
        first: object = None
        for name, value in self.columns.values(row.values, "date"):
            value = value[0] if isinstance(value, list) and value else value
            if day := parse_stamp(value, day_first=self.orders.get(name)):
                return day, None
            first = first or value
        words = words_of(first)
        if not words:
            return None, None
        place = f"line {row.line}: " if row.line is not None else f"{row.label}: " if row.label else ""
        return None, Note(path=self.source.name, text=f"{place}the date {words[:40]!r} is not understood")

    def _said(self, row: Row, field: str) -> str | None:
        for _, value in self.columns.values(row.values, field):
            words = words_of(value)
            if words and len(words) <= LONGEST_WORDS:
                return words
        return None


def _without_count(text: str) -> str:
    """A text that ends with how much of it was cut off, with only a sign of that."""
    whole = text.rstrip()
    cut = _CUT.search(whole, max(0, len(whole) - 20))
    return whole[: cut.start()].rstrip("… \t\r\n") + " …" if cut else text


def words_of(value: object) -> str | None:
    """A given value as one line; numbers count as words, since ids are often numbers."""
    if isinstance(value, list):
        return (
            ", ".join(words for each in value[:100] if not isinstance(each, list) and (words := words_of(each))) or None
        )
    if isinstance(value, Mapping):
        inner = next((value[key] for key in _WORDS if value.get(key)), None)
        return words_of(inner) if isinstance(inner, str) else None
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        value = int(value)  # tables with gaps keep whole numbers with a point
    if (
        isinstance(value, bool)
        or not isinstance(value, str | int | float)
        or (isinstance(value, float) and isnan(value))
    ):
        return None
    return " ".join(encodable(str(value)).split()) or None


def _text(value: object) -> str | None:
    """A given text, or one given as its paragraphs."""
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, Mapping):
        inner = next((value[key] for key in _WORDS if value.get(key)), None)
        return encodable(inner) if isinstance(inner, str) else None
    if isinstance(value, list):
        parts = [part for each in value if not isinstance(each, list) and (part := _text(each))]
        return "\n\n".join(parts) or None
    return None


def _own_paragraphs(row: Mapping[str, object], text: str) -> tuple[tuple[int, int], ...] | None:
    """The paragraphs of a text that newsgraph itself wrote, whose characters must stay as they are."""
    pairs = row.get("paragraphs")
    if row.get("text") != text or not isinstance(pairs, list) or not pairs:
        return None
    ranges: list[tuple[int, int]] = []
    for pair in pairs:
        if not isinstance(pair, list) or len(pair) != 2 or not all(type(each) is int for each in pair):
            return None
        ranges.append((pair[0], pair[1]))
    inside = all(0 <= start < end <= len(text) and text[start:end].strip() for start, end in ranges)
    return tuple(ranges) if inside and all(one[1] <= two[0] for one, two in pairwise(ranges)) else None


def _head(rest: Iterator[Row | Part]) -> tuple[list[Row | Part], Exception | None]:
    """The first rows and what stands between them; with what ended them, were it not their end."""
    head: list[Row | Part] = []
    count = size = 0
    try:
        for each in rest:
            head.append(each)
            if isinstance(each, Row):
                count += 1
                size += sum(len(value) for value in each.values.values() if isinstance(value, str | list))
            if count >= HEAD or size >= _HEAD_CHARACTERS or len(head) >= 2 * HEAD:
                break
    except Exception as failure:
        return head, failure
    return head, None
