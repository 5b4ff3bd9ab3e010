"""How a table of characters is written: what stands between its cells and around them, told from its first lines."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product

from ingest.readers.columns import Columns

SAMPLE = 1 << 16  # characters
_ROWS = 200
_QUOTES = frozenset("\"'")
_NO_MARK = "\x1f"  # of tables with one column
_SAID = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # what spreadsheets write for each other
_LEAST_EVEN = 0.8  # of the rows as long as the first: fewer, and the mark stands in the text


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The marks of a table."""

    mark: str = ","  # between cells
    quote: str | None = '"'  # around cells; None: nothing is
    escape: str | None = None  # before a quote in a cell, where it is not doubled
    has_header: bool = False
    opening: int = 0  # lines that are no row

    def rows(self, lines: Iterator[str]) -> Iterator[list[str]]:
        """The cells of each row; csv.Error passes through, and the next row can still be had."""
        return csv.reader(
            lines,
            delimiter=self.mark,
            quotechar=self.quote or '"',
            quoting=csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            escapechar=self.escape,
            skipinitialspace=self.mark == ",",
        )


def told_by(sample: str, columns: Columns) -> Dialect:
    """The dialect in which most columns are known and the rows are most alike; the plainest of several."""
    opening = _SAID.match(sample)
    marks = (opening[1],) if opening else (",", ";", "\t", "|", _NO_MARK)
    lines = sample[opening.end() if opening else 0 :].splitlines(keepends=True)
    dialects = [
        Dialect(mark=mark, quote=quote, escape=escape, opening=1 if opening else 0)
        for quote, escape, mark in product(('"', "'", None), (None, "\\"), marks)
        if quote or not escape
    ]
    scores = [_score(dialect, lines, columns) for dialect in dialects]
    best = max(range(len(dialects)), key=lambda place: (scores[place], -place))
    chosen = dialects[best]
    return Dialect(
        mark=chosen.mark,
        quote=chosen.quote,
        escape=chosen.escape,
        opening=chosen.opening,
        has_header=scores[best][0] > 0,
    )


def _score(dialect: Dialect, lines: list[str], columns: Columns) -> tuple[int, bool, float, int, int]:
    """How many columns are known, how even the rows are, how few marks are left over, how many columns there are."""
    rows: list[list[str]] = []
    try:
        rows.extend(islice(dialect.rows(iter(lines)), _ROWS))
    except csv.Error:
        rows.append([])  # a cell beyond measure: what stands before it counts
    rows = [row for row in rows if row]
    if not rows:
        return 0, False, 0.0, 0, 0
    width = len(rows[0])
    others = rows[1:-1] or rows[1:] or rows  # the last one may be cut off
    even = sum(len(row) == width for row in others) / len(others)
    left = sum(cell[:1] in _QUOTES or cell[-1:] in _QUOTES for row in rows for cell in row if cell)
    return columns.known(rows[0]), width > 1 and even >= _LEAST_EVEN, round(even, 2), -left, width
