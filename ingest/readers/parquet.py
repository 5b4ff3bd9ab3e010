"""Reads Parquet, one article a row, some rows at a time."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import Any, BinaryIO

import pyarrow as pa
from pyarrow import parquet as pq

from ingest.errors import Reason, UnreadableArticle
from ingest.readers.columns import Columns
from ingest.readers.limits import MB
from ingest.readers.rows import Row, articles
from ingest.readers.source import Part, Source

_MAGIC, _ENCRYPTED = b"PAR1", b"PARE"
_BATCH = 64  # rows in memory
_PIECE = 1 << 20  # bytes read at once
_FREE = 100 * MB  # a group that unpacks to less harms nobody
_BROKEN = (pa.ArrowException, OSError, ValueError, TypeError, KeyError, OverflowError)


def read(source: Source) -> Iterator[Part]:
    """Yield the article of each row, or its number and what is wrong with it."""
    return articles(_rows(source), source)


def _rows(source: Source) -> Iterator[Row | Part]:
    with _seekable(source) as file:
        head = file.read(len(_MAGIC))
        file.seek(0)
        if head != _MAGIC:
            yield _no_parquet(source, head)
            return
        try:
            table = pq.ParquetFile(file, pre_buffer=False, buffer_size=_PIECE)
            names = list(table.schema_arrow.names)
            wanted = Columns(source.options.columns).roots(names)
            groups = [table.metadata.row_group(place) for place in range(table.num_row_groups)]
            sizes = [group.num_rows for group in groups]
            # What stands there of single columns is not asked for: damaged, it ends the process.
            most = max(_FREE, source.options.limits.archive_ratio * file.seek(0, io.SEEK_END))
            bombs = [group.total_byte_size > most for group in groups]
        except _BROKEN as error:
            yield _broken(source, "it cannot be read as Parquet", error)
            return
        if not sum(sizes):
            yield UnreadableArticle(source.name, "it has no rows", reason=Reason.EMPTY)
            return
        if not wanted:
            yield Row(values=dict.fromkeys(names))  # to be refused for what it lacks
            return
        first = 1
        for group, size in enumerate(sizes):
            if bombs[group]:
                words = f"rows {first:,} to {first + size - 1:,} unpack to far more than they take"
                yield UnreadableArticle(source.name, words, reason=Reason.TOO_LARGE)
            else:
                yield from _group(table, group, range(first, first + size), wanted, source)
            first += size


def _group(table: Any, group: int, rows: range, wanted: list[str], source: Source) -> Iterator[Row | Part]:
    base = dict.fromkeys(table.schema_arrow.names)
    number = rows.start
    batches = table.iter_batches(_BATCH, row_groups=[group], columns=wanted, use_threads=False)
    while True:
        try:
            batch = next(batches, None)
            if batch is None:
                if number < rows.stop:
                    yield _broken(source, f"row {number:,} and the rest of its group are missing")
                return
            columns = {name: _values(batch.column(place)) for place, name in enumerate(batch.schema.names)}
            count = batch.num_rows
        except _BROKEN as error:
            yield _broken(source, f"row {number:,} and the rest of its group cannot be read", error)
            return
        for place in range(count):
            values = {**base, **{name: column[place] for name, column in columns.items()}}
            yield Row(values=values, label=f"row {number + place:,}")
        number += count


def _values(column: Any) -> list[object]:
    """The cells of a column as Python knows them; None for those that it has no place for."""
    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    try:
        cells: list[object] = column.to_pylist()
    except (*_BROKEN, ImportError):
        cells = [_cell(scalar) for scalar in column]
    return [cell.decode("utf-8", "replace") if isinstance(cell, bytes) else cell for cell in cells]


def _cell(scalar: Any) -> object:
    try:
        found: object = scalar.as_py()
    except UnicodeDecodeError:
        found = scalar.as_buffer().to_pybytes()
    except (*_BROKEN, ImportError):
        found = None
    return found


def _no_parquet(source: Source, head: bytes) -> UnreadableArticle:
    if not head:
        return UnreadableArticle(source.name, "it is empty", reason=Reason.EMPTY)
    if head == _ENCRYPTED:
        return UnreadableArticle(source.name, "it is encrypted", reason=Reason.ENCRYPTED)
    return UnreadableArticle(source.name, "it is no Parquet file", reason=Reason.BROKEN)


def _broken(source: Source, problem: str, error: Exception | None = None) -> UnreadableArticle:
    words = f" ({' '.join(str(error).split())[:100]})" if error else ""
    return UnreadableArticle(source.name, problem + words, reason=Reason.BROKEN)


@contextmanager
def _seekable(source: Source) -> Iterator[BinaryIO]:
    """The bytes of a source where one can go to and fro: its own, or a copy that is deleted afterwards."""
    with source.open() as stream:
        if stream.seekable():
            yield stream
            return
        with TemporaryFile() as copy:
            shutil.copyfileobj(stream, copy, _PIECE)
            copy.seek(0)
            yield copy
