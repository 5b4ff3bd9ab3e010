"""Reads JSON lines, one article a line, whose ids and texts are kept as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from ingest.article import Article, content_id
from ingest.characters import encodable
from ingest.errors import UnreadableArticle
from ingest.readers.dates import parse_date
from ingest.readers.encoding import UTF16_MARKS, NotText, decode
from ingest.readers.layout import are_wrapped
from ingest.readers.source import LONGEST_FILE, LONGEST_TEXT, Note, Outcome, Source
from ingest.readers.text import TOO_LONG

KEYS = ("id", "title", "date", "published", "publisher", "byline", "url", "language")
_LINE = re.compile(r"[^\r\n]+")
_WRAPPED_PARAGRAPH = re.compile(r"[^\r\n]+(?:\r?\n(?![ \t]{2}|[ \t]*\r?\n)[^\r\n]+)*")


class JsonLinesReader:
    """`id`, `title`, `text`, `date`, `url`, `publisher` of each line; only `text` has to be there."""

    suffixes = frozenset({".jsonl", ".ndjson"})

    def read(self, source: Source) -> Iterator[Outcome]:
        """Yield each line's article, or its number and what is wrong with it."""
        held_any = False
        for number, content in _lines(source):
            try:
                line, note = decode(content) if len(content) <= LONGEST_FILE else ("", None)
            except NotText as problem:
                yield UnreadableArticle(source.name, str(problem), line=number)
                held_any = True
                continue
            if note:
                yield Note(path=source.name, text=f"line {number}: {note}")
            if len(content) > LONGEST_FILE:
                yield UnreadableArticle(source.name, TOO_LONG, line=number)
            elif line.strip():
                yield from _read_line(line, number, source)
            else:
                continue
            held_any = True
        if not held_any:
            yield UnreadableArticle(source.name, "it is empty")


def _lines(source: Source) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of each line; of a line that is too long, only the start."""
    with source.path.open("rb") as file:
        mark = file.read(2)
        if mark in UTF16_MARKS:
            with source.path.open(encoding="utf-16", errors="replace", newline="\n") as wide:
                for number, characters in enumerate(iter(lambda: wide.readline(LONGEST_TEXT), ""), 1):
                    yield number, encodable(characters).encode()
            return
        file.seek(0)
        number = 0
        while line := file.readline(LONGEST_FILE + 1):
            number += 1
            yield number, line
            _skip_rest(file, line)


def _skip_rest(file: BinaryIO, line: bytes) -> None:
    while len(line) > LONGEST_FILE and not line.endswith(b"\n"):
        line = file.readline(LONGEST_FILE + 1)
        if len(line) <= LONGEST_FILE:
            return


def _read_line(line: str, number: int, source: Source) -> Iterator[Outcome]:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        problem = error.msg if isinstance(error, json.JSONDecodeError) else "too deep or too large a value"
        yield UnreadableArticle(source.name, f"broken JSON ({problem})", line=number)
        return
    text = given.get("text") if isinstance(given, dict) else None
    if not isinstance(text, str):
        yield UnreadableArticle(source.name, 'no object with a "text"', line=number)
        return
    text = encodable(text)
    if len(text) > LONGEST_TEXT:
        yield UnreadableArticle(source.name, TOO_LONG, line=number)
        return
    if not any(c.isalnum() for c in text):
        yield UnreadableArticle(source.name, "its text holds no words", line=number)
        return
    said = {key: _words(given.get(key)) for key in KEYS}
    day = said["date"] or said["published"]
    published = parse_date(day) if day else None
    if day and not published:
        yield Note(path=source.name, text=f"line {number}: the date {day[:40]!r} is not understood")
    yield Article(
        id=said["id"] or content_id("article", text),
        title=said["title"] or "",
        text=text,
        paragraphs=paragraphs(text),
        published=published or source.defaults.published,
        publisher=said["publisher"] or source.defaults.publisher,
        byline=said["byline"],
        url=said["url"],
        language=said["language"] or "en",
        path=source.name,
    )


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


def _words(value: object) -> str | None:
    """A given value as one line; numbers count as words, since ids are often numbers."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return " ".join(encodable(str(value)).split()) or None
