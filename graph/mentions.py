"""The mentions of a graph in columns: a tenth of the memory of as many objects, made as they are asked for."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import overload

import numpy as np

from graph.model import GraphMention
from ingest.article import MentionKind
from ingest.serial import nouns

_KINDS = tuple(MentionKind)
_KIND = {kind: number for number, kind in enumerate(_KINDS)}
_PREFIX = "mention-"
_ID = re.compile(_PREFIX + "[0-9a-f]{16}")
_AT_ONCE = 1024  # objects made in one go


class Mentions(Sequence[GraphMention]):
    """Mentions by id, each of which is the hash of its content; equal to any other sequence of the same."""

    __slots__ = ("_articles", "_ends", "_ids", "_kinds", "_refers", "_starts", "_texts", "_words")

    def __init__(self) -> None:
        self._ids = array("Q")
        self._articles = array("I")  # numbers of `_words`, as texts and what is referred to
        self._starts = array("I")
        self._ends = array("I")
        self._texts = array("I")
        self._kinds = array("B")
        self._refers = array("I")
        self._words: list[str | None] = []

    def filled(self, rows: Iterator[GraphMention]) -> GraphMention | None:
        """Take in mentions in any order, up to one whose id is no hash of its content: that is returned."""
        words: dict[str | None, int] = {}
        odd = None
        for row in rows:
            if _ID.fullmatch(row.id) is None:
                odd = row
                break
            self._ids.append(int(row.id[len(_PREFIX) :], 16))
            self._articles.append(words.setdefault(row.article, len(words)))
            self._starts.append(row.start)
            self._ends.append(row.end)
            self._texts.append(words.setdefault(row.text, len(words)))
            self._kinds.append(_KIND[row.kind])
            self._refers.append(words.setdefault(row.refers_to, len(words)))
        self._words = [*words]
        order = np.argsort(np.frombuffer(self._ids, np.uint64)) if self._ids else np.empty(0, int)
        if (np.diff(order) != 1).any():
            for name in self.__slots__:
                column = getattr(self, name)
                if isinstance(column, array):
                    in_order = np.frombuffer(column, column.typecode)[order]
                    setattr(self, name, array(column.typecode, in_order.tobytes()))
        return odd

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, place: int) -> GraphMention: ...
    @overload
    def __getitem__(self, place: slice) -> list[GraphMention]: ...
    def __getitem__(self, place: int | slice) -> GraphMention | list[GraphMention]:
        if isinstance(place, slice):
            return self._made(place)
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        [row] = self._made(slice(place, place + 1 or None))
        return row

    def __iter__(self) -> Iterator[GraphMention]:
        for start in range(0, len(self), _AT_ONCE):
            yield from self._made(slice(start, start + _AT_ONCE))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(GraphMention.__eq__, self, other))

    __hash__ = None  # type: ignore[assignment]

    def at(self, id: str) -> GraphMention | None:
        """The mention with that id, where there is one."""
        if _ID.fullmatch(id) is None:
            return None
        number = int(id[len(_PREFIX) :], 16)
        place = bisect_left(self._ids, number)
        return self[place] if place < len(self) and self._ids[place] == number else None

    def _made(self, part: slice) -> list[GraphMention]:
        words = self._words.__getitem__
        return nouns(
            GraphMention,
            zip(
                [f"{_PREFIX}{id:016x}" for id in self._ids[part]],
                map(words, self._articles[part]),
                self._starts[part],
                self._ends[part],
                map(words, self._texts[part]),
                map(_KINDS.__getitem__, self._kinds[part]),
                map(words, self._refers[part]),
                strict=True,
            ),
        )


class _ById(Mapping[str, GraphMention]):
    def __init__(self, mentions: Mentions) -> None:
        self._mentions = mentions

    def __getitem__(self, id: str) -> GraphMention:
        found = self._mentions.at(id)
        if found is None:
            raise KeyError(id)
        return found

    def __iter__(self) -> Iterator[str]:
        return (mention.id for mention in self._mentions)

    def __len__(self) -> int:
        return len(self._mentions)


def compact(mentions: Iterable[GraphMention]) -> Sequence[GraphMention]:
    """The same mentions by id, in as little memory as their ids allow: where one is no hash all stay as they are."""
    rows = iter(mentions)
    columns = Mentions()
    odd = columns.filled(rows)
    return columns if odd is None else (*columns, odd, *rows)


def by_id(mentions: Sequence[GraphMention]) -> Mapping[str, GraphMention]:
    """The mentions of a graph by their ids."""
    return _ById(mentions) if isinstance(mentions, Mentions) else {mention.id: mention for mention in mentions}
