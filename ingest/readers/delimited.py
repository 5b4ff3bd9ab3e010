"""Reads tables of characters, CSV and its kin, one article a row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TextIO

from ingest.errors import Reason, UnreadableArticle
from ingest.readers.columns import Columns
from ingest.readers.composing import too_long
from ingest.readers.dialect import SAMPLE, Dialect, told_by
from ingest.readers.encoding import NotText
from ingest.readers.recoding import characters
from ingest.readers.rows import Row, articles, listed
from ingest.readers.source import Note, Part, Source


def read(source: Source) -> Iterator[Part]:
    """Yield the article of each row, or its line and what is wrong with it."""
    return articles(_rows(source), source)


def _rows(source: Source) -> Iterator[Row | Part]:
    columns = Columns(source.options.columns)
    csv.field_size_limit(source.options.limits.text_characters)
    try:
        with characters(source) as (text, _):
            sample = text.read(SAMPLE)
        if not sample.strip():
            yield UnreadableArticle(source.name, "it is empty", reason=Reason.EMPTY)
            return
        dialect = told_by(sample, columns)
        with characters(source) as (text, recoded):
            yield from _table(text, dialect, source)
            if recoded.note:
                yield Note(path=source.name, text=recoded.note)
    except NotText as problem:
        yield UnreadableArticle(source.name, str(problem), reason=Reason.NOT_TEXT)


def _table(text: TextIO, dialect: Dialect, source: Source) -> Iterator[Row | Part]:
    names: list[str] | None = None
    count = 0
    lines = _Lines(text, 2 * source.options.limits.text_characters)
    rows = dialect.rows(lines)
    for _ in range(dialect.opening):
        next(lines, "")
    while True:
        line = lines.begin_row() + 1
        try:
            cells = next(rows)
        except StopIteration:
            break
        except (csv.Error, _RowTooLong):
            count += 1
            yield too_long(source, line)
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if names is None:
            names = _header(cells, dialect)
            numbers = all(path.isdigit() for _, path in source.options.columns) and source.options.columns
            if not dialect.has_header and not numbers:
                yield _without_header(source, cells)
                return
            if dialect.has_header:
                continue
        count += 1
        if lines.has_ended:
            yield _broken(source, line, "its last row is cut off, or a quotation mark in it is never closed")
        elif len(cells) > len(names) and any(cells[len(names) :]):
            yield _broken(source, line, f"it has {len(cells)} cells, the table {len(names)} columns")
        else:
            yield Row(values=dict(zip(names, cells, strict=False)), line=line)
    if not count:
        yield UnreadableArticle(source.name, "it has no rows", reason=Reason.EMPTY)


def _header(cells: list[str], dialect: Dialect) -> list[str]:
    """A name for each column, no two the same."""
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        name = cell.strip()
        names.append(name if dialect.has_header and name and name not in names else str(number))
    return names


def _without_header(source: Source, cells: list[str]) -> UnreadableArticle:
    return UnreadableArticle(
        source.name,
        f"its first row names no column that is known: {listed(cells)}",
        reason=Reason.NO_TEXT_KEY,
        next_step="say which one holds the text with --map text=NAME, or --map text=NUMBER when no row has the names",
    )


def _broken(source: Source, line: int, problem: str) -> UnreadableArticle:
    return UnreadableArticle(source.name, problem, reason=Reason.BROKEN, line=line)


class _RowTooLong(Exception):
    """More characters than a row may have; what is left of its line was passed over."""


class _Lines:
    """The lines of a table, of which no row may have more than so many characters."""

    def __init__(self, text: TextIO, longest: int) -> None:
        self.has_ended = False  # somebody asked for a line after the last one
        self._text = text
        self._longest = longest
        self._number = 0
        self._length = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(self._longest + 1)
        if not line:
            self.has_ended = True
            raise StopIteration
        self._number += 1
        self._length += len(line)
        if self._length > self._longest:
            while line and not line.endswith(("\n", "\r")):
                line = self._text.readline(self._longest)
            raise _RowTooLong
        return line

    def begin_row(self) -> int:
        """A new row begins; the lines before it."""
        self._length = 0
        return self._number
