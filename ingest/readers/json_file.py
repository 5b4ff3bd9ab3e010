"""Reads JSON of any size: an article, an array of articles, or an object that holds them somewhere; or several such."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field

from ingest.errors import Reason, UnreadableArticle
from ingest.readers.columns import Columns, plain
from ingest.readers.composing import too_long
from ingest.readers.encoding import NotText
from ingest.readers.json_values import BrokenJson, JsonStream, TooLong
from ingest.readers.recoding import characters
from ingest.readers.rows import Row, articles
from ingest.readers.source import Note, Part, Source

# What interfaces and exports call the array of what was found.
_NAMES = frozenset(
    ("articles", "items", "data", "results", "hits", "docs", "documents", "news", "stories", "entries", "posts", "rows",
     "records", "value", "content", "feed", "list")
)  # fmt: skip
_DEEPEST = 6  # objects in objects, not counting what is in arrays
Path = tuple[str, ...]


def read(source: Source) -> Iterator[Part]:
    """Yield the articles of a file, or why there are none."""
    return articles(_rows(source), source)


def _rows(source: Source) -> Iterator[Row | Part]:
    reading = _Reading(source)
    yield from reading.rows()
    if reading.elsewhere is not None:
        again = _Reading(source, wanted=reading.elsewhere)
        yield from again.rows()
        reading.count = again.count
    if not reading.count:
        yield UnreadableArticle(source.name, "there are no articles in it", reason=Reason.NO_ARTICLE)


class _Reading:
    """One way through a source: what holds the articles is found out, or known from the last one."""

    def __init__(self, source: Source, *, wanted: Path | None = None) -> None:
        self.elsewhere: Path | None = None  # what may hold the articles, where nothing surely does
        self.count = 0
        self._source = source
        self._columns = Columns(source.options.columns)
        self._wanted = wanted

    def rows(self) -> Iterator[Row | Part]:
        """Every row, and what is broken."""
        longest = 4 * self._source.options.limits.text_characters
        try:
            with characters(self._source) as (text, recoded):
                stream = JsonStream(text, longest)
                yield from self._documents(_Walk(stream, longest, self._wanted))
                if recoded.note and self.elsewhere is None:
                    yield Note(path=self._source.name, text=recoded.note)
        except NotText as problem:
            self.count += 1
            yield UnreadableArticle(self._source.name, str(problem), reason=Reason.NOT_TEXT)

    def _documents(self, walk: _Walk) -> Iterator[Row | Part]:
        if not walk.stream.peek():
            self.count += 1
            yield UnreadableArticle(self._source.name, "it is empty", reason=Reason.EMPTY)
        try:
            while walk.stream.peek():
                walk.taken = self._wanted
                for found in walk.document():
                    if self._is_row(found, walk):
                        self.count += 1
                        yield self._row(found)
        except BrokenJson as error:
            if self.elsewhere is not None:
                return  # it is met again
            self.count += 1
            problem = f"broken JSON at character {walk.stream.place:,} ({error})"
            step = "the rest of it was skipped"
            yield UnreadableArticle(self._source.name, problem, reason=Reason.BROKEN, next_step=step)

    def _is_row(self, found: _Found, walk: _Walk) -> bool:
        """Whether this stands where articles do; the first article tells where that is."""
        if found.parent is None:
            # An object in nothing is an article if it looks like one; else nothing is, and its names say what it is.
            if walk.taken is not None:
                return False
            if found.values is not None and self._columns.has_text(found.values):
                self.elsewhere = None
                return True
            return self.elsewhere is None and found.values != {}
        if found.parent == walk.taken:
            return True
        if walk.taken is not None or any(self._columns.has_text(each, surely=True) for each in walk.open):
            return False
        is_root = not found.parent and not walk.open
        if not is_root and (found.values is None or not self._columns.has_text(found.values)):
            return False
        if is_root or (found.parent and plain(found.parent[-1]) in _NAMES):
            walk.taken, self.elsewhere = found.parent, None
            return True
        self.elsewhere = found.parent if self.elsewhere is None else self.elsewhere
        return False

    def _row(self, found: _Found) -> Row | UnreadableArticle:
        label = f"item {self.count:,}"
        if found.values is not None:
            return Row(values=found.values, label=label)
        if found.reason is Reason.TOO_LONG:
            refusal = too_long(self._source)
            return UnreadableArticle(self._source.name, f"{label}: {refusal.problem}", reason=Reason.TOO_LONG)
        return UnreadableArticle(self._source.name, f"{label}: {found.problem}", reason=found.reason)


@dataclass(slots=True, kw_only=True)
class _Found:
    """An object, or a place where one should be."""

    parent: Path | None  # of the array or object that it is in; None: it is in none
    values: dict[str, object] | None = None
    problem: str = ""
    reason: Reason = Reason.BROKEN


@dataclass(slots=True)
class _Walk:
    """Goes through a stream of JSON, and keeps of open objects what is not too long."""

    stream: JsonStream
    longest: int
    taken: Path | None  # of the array or object that holds the articles, as soon as it is known
    open: list[dict[str, object]] = field(default_factory=list)
    last: object = None  # the array or object that was closed last

    def document(self) -> Iterator[_Found]:
        """Every object of the next value but those in objects in arrays, the inner ones first."""
        mark = self.stream.peek()
        self.open.clear()
        if mark == "{":
            yield from self._object(())
        elif mark == "[":
            yield from self._array(())
        else:
            self.stream.value()
            yield _Found(parent=None, problem="neither an object nor an array", reason=Reason.NO_ARTICLE)

    def _keeps(self, path: Path, start: int) -> bool:
        """Whether something that began there may be, or be in, an article that is no member of an array."""
        if self.taken is not None and (len(path) <= len(self.taken) or path[: len(self.taken)] != self.taken):
            return False
        return self.stream.place - start <= self.longest

    def _object(self, path: Path) -> Iterator[_Found]:
        given: dict[str, object] = {}
        start = self.stream.place
        self.open.append(given)
        self.stream.take("{")
        is_over = self.stream.peek() == "}" and bool(self.stream.take("}"))
        while not is_over:
            name = self._value()
            if not isinstance(name, str):
                raise BrokenJson("a name that is no text")
            self.stream.take(":")
            value = yield from self._member((*path, name))
            if self._keeps(path, start):
                given[name] = value
            else:
                given.clear()
            is_over = self.stream.take(",}") == "}"
        self.open.pop()
        self.last = given
        yield _Found(parent=path[:-1] if path else None, values=given)

    def _member(self, path: Path) -> Generator[_Found, None, object]:
        mark = self.stream.peek()
        if mark == "{" and len(path) <= _DEEPEST:
            yield from self._object(path)
        elif mark == "[" and self.stream.first_of_array() == "{":
            yield from self._array(path)
        else:
            return self._field()
        return self.last

    def _array(self, path: Path) -> Iterator[_Found]:
        kept: list[object] = []
        start = self.stream.place
        self.stream.take("[")
        is_over = self.stream.peek() == "]" and bool(self.stream.take("]"))
        while not is_over:
            try:
                value = self.stream.value()
            except TooLong:
                yield _Found(parent=path, problem="too long", reason=Reason.TOO_LONG)
                self.stream.skip()
            except BrokenJson as error:
                yield _Found(parent=path, problem=f"broken JSON ({error})")
                self.stream.skip()
            else:
                if isinstance(value, dict):
                    yield _Found(parent=path, values=value)
                elif not path:
                    yield _Found(parent=path, problem='no object with a "text"', reason=Reason.NO_TEXT_KEY)
                if not self._keeps(path, start):
                    kept.clear()
                elif path != self.taken:
                    kept.append(value)
            is_over = self.stream.take(",]") == "]"
        self.last = kept

    def _field(self) -> object:
        """What is neither an object nor an array of them; None when it is too long."""
        try:
            return self.stream.value()
        except TooLong:
            self.stream.skip()
            return None

    def _value(self) -> object:
        try:
            return self.stream.value()
        except TooLong as error:
            raise BrokenJson("a value is too long") from error
