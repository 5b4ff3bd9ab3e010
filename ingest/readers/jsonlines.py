"""Reads JSON lines, one article a line, whose ids and texts are kept as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import TextIOWrapper

from ingest.article import Article, DateSource, content_id
from ingest.characters import encodable
from ingest.errors import Reason, UnreadableArticle
from ingest.readers.dates import parse_date
from ingest.readers.encoding import NotText, decode, wide
from ingest.readers.kinds import HEAD
from ingest.readers.layout import are_wrapped
from ingest.readers.source import Note, Part, Source
from ingest.readers.text import too_long

KEYS = ("id", "title", "date", "published", "publisher", "byline", "url", "language")
_LINE = re.compile(r"[^\r\n]+")
_WRAPPED_PARAGRAPH = re.compile(r"[^\r\n]+(?:\r?\n(?![ \t]{2}|[ \t]*\r?\n)[^\r\n]+)*")


def read(source: Source) -> Iterator[Part]:
    """Yield each line's article, or its number and what is wrong with it."""
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
            yield from _read_line(line, number, source)
        else:
            continue
        held_any = True
    if not held_any:
        yield UnreadableArticle(source.name, "it is empty", reason=Reason.EMPTY)


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


def _read_line(line: str, number: int, source: Source) -> Iterator[Part]:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        problem = error.msg if isinstance(error, json.JSONDecodeError) else "too deep or too large a value"
        yield UnreadableArticle(source.name, f"broken JSON ({problem})", reason=Reason.BROKEN, line=number)
        return
    text = given.get("text") if isinstance(given, dict) else None
    if not isinstance(text, str):
        yield UnreadableArticle(source.name, 'no object with a "text"', reason=Reason.NO_TEXT_KEY, line=number)
        return
    text = encodable(text)
    if len(text) > source.options.limits.text_characters:
        yield too_long(source, number)
        return
    if not any(c.isalnum() for c in text):
        yield UnreadableArticle(source.name, "its text holds no words", reason=Reason.EMPTY, line=number)
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
        published=published,
        dated_by=DateSource.METADATA if published else None,
        publisher=said["publisher"],
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
