"""Reads JSON lines, one article a line, whose ids and texts are kept as they are."""

from __future__ import annotations

from collections.abc import Iterator
from io import TextIOWrapper

from ingest.characters import encodable
from ingest.errors import Reason, UnreadableArticle
from ingest.readers.composing import too_long
from ingest.readers.encoding import NotText, decode, wide
from ingest.readers.json_values import BrokenJson, parse
from ingest.readers.kinds import HEAD
from ingest.readers.rows import Row, articles
from ingest.readers.source import Note, Part, Source


def read(source: Source) -> Iterator[Part]:
    """Yield each line's article, or its number and what is wrong with it."""
    return articles(_rows(source), source, rewrite=False)


def _rows(source: Source) -> Iterator[Row | Part]:
    held_any = False
    longest = 4 * source.options.limits.text_characters
    for number, content in _lines(source, longest):
        try:
            line, note = decode(content, source.charset) if len(content) <= longest else ("", None)
        except NotText as problem:
            yield UnreadableArticle(source.name, str(problem), reason=Reason.NOT_TEXT, line=number)
            held_any = True
            continue
        if note:
            yield Note(path=source.name, text=f"line {number}: {note}")
        if len(content) > longest:
            yield too_long(source, number)
        elif line.strip():
            yield _row(line, number, source)
        else:
            continue
        held_any = True
    if not held_any:
        yield UnreadableArticle(source.name, "it is empty", reason=Reason.EMPTY)


def _row(line: str, number: int, source: Source) -> Row | UnreadableArticle:
    try:
        given = parse(line)
    except BrokenJson as error:
        return UnreadableArticle(source.name, f"broken JSON ({error})", reason=Reason.BROKEN, line=number)
    if not isinstance(given, dict):
        return UnreadableArticle(source.name, 'no object with a "text"', reason=Reason.NO_TEXT_KEY, line=number)
    return Row(values=given, line=number)


def _lines(source: Source, longest: int) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of each line; of a line of more than so many bytes, only the start."""
    with source.open() as file:
        encoding = wide(file.read(HEAD))
    with source.open() as file:
        if encoding:
            text = TextIOWrapper(file, encoding=encoding, errors="replace", newline="\n")
            for number, characters in enumerate(iter(lambda: text.readline(longest), ""), 1):
                yield number, encodable(characters).encode()
            return
        number = 0
        while line := file.readline(longest + 1):
            number += 1
            yield number, line
            while len(line) > longest and not line.endswith(b"\n"):
                line = file.readline(longest + 1)
