"""Files and folders in, articles out: plain text, Markdown and JSON lines."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.errors import UnreadableArticle
from ingest.readers.jsonlines import JsonLinesReader
from ingest.readers.source import LONGEST_FILE, Defaults, Note, Outcome, Reader, Source
from ingest.readers.text import TextReader

# Raised whenever the same file would be read differently, so that stores read it again.
READING_VERSION = "1"

_ALL: tuple[Reader, ...] = (TextReader(), JsonLinesReader())
READERS: dict[str, Reader] = {suffix: reader for reader in _ALL for suffix in sorted(reader.suffixes)}

__all__ = ["LONGEST_FILE", "READERS", "READING_VERSION", "Defaults", "Note", "Outcome", "Reader", "Source", "read"]


def read(source: Source) -> Iterator[Outcome]:
    """Yield the articles of one file and what could not be read; a file that cannot be opened is one refusal."""
    reader = READERS.get(source.path.suffix.lower())
    if reader is None:
        yield UnreadableArticle(source.name, "no reader for this kind of file")
        return
    if not source.path.is_file():
        yield UnreadableArticle(source.name, "not a regular file")
        return
    try:
        yield from reader.read(source)
    except OSError as error:
        reason = (error.strerror or "cannot be opened").lower()
        yield UnreadableArticle(source.name, reason, next_step="check that you may read it")
