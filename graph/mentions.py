"""The mentions of a graph in columns: a tenth of the memory of as many objects, made as they are asked for."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from operator import attrgetter
from sys import intern
from typing import Any, Literal, overload

import numpy as np

from graph.model import GraphMention
from ingest.article import MentionKind
from ingest.serial import nouns

Row = Sequence[Any]  # the values of the fields of a mention, in order
_FIELDS = tuple(GraphMention.__slots__)
_KINDS = tuple(MentionKind)
_KIND = {kind: number for number, kind in enumerate(_KINDS)}
_PREFIX = "mention-"
_IDS = re.compile(f"(?:{_PREFIX}[0-9a-f]{{16}}\n)*")
NAMING = (MentionKind.ENTITY, MentionKind.EVENT)  # a number or a time may belong to an event without naming it
_AT_ONCE = 1024  # objects made in one go


class Mentions(Sequence[GraphMention]):
    """Mentions by id, each of which is the hash of its content; equal to any other sequence of the same."""

    __slots__ = ("_articles", "_ends", "_ids", "_kinds", "_number", "_refers", "_starts", "_texts", "_words")

    def __init__(self) -> None:
        self._ids = array("Q")
        self._articles = array("I")  # places in `_words`, as texts and what is referred to
        self._starts = array("I")
        self._ends = array("I")
        self._texts = array("I")
        self._kinds = array("B")
        self._refers = array("I")
        self._words: list[str | None] = []
        self._number: dict[str | None, int] = {}  # of each word, while more may come

    def take(self, rows: Sequence[Row]) -> bool:
        """Take in some mentions; False where an id of theirs is no hash of the content: then none is taken.

        Raises ValueError where their values are not those of mentions.
        """
        ids, articles, starts, ends, texts, kinds, refers = zip(*rows, strict=True) if rows else ((),) * 7
        if _IDS.fullmatch("".join(f"{id}\n" for id in ids)) is None:
            return False
        number = self._number
        self._ids.extend([int(id[len(_PREFIX) :], 16) for id in ids])
        self._articles.extend([number.setdefault(word, len(number)) for word in articles])
        self._starts.extend(starts)
        self._ends.extend(ends)
        self._texts.extend([number.setdefault(word, len(number)) for word in texts])
        self._kinds.extend([_KIND[MentionKind(kind)] for kind in kinds])
        self._refers.extend([number.setdefault(word, len(number)) for word in refers])
        return True

    def close(self) -> None:
        """No more come: bring them in order."""
        self._words = [word if word is None else intern(word) for word in self._number]
        self._number = {}
        order = np.argsort(np.frombuffer(self._ids, np.uint64)) if self._ids else np.empty(0, int)
        if (np.diff(order) != 1).any():
            for name in self.__slots__:
                column = getattr(self, name)
                if isinstance(column, array):
                    in_order = np.frombuffer(column, column.typecode)[order]
                    setattr(self, name, array(column.typecode, in_order.tobytes()))

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, place: int) -> GraphMention: ...
    @overload
    def __getitem__(self, place: slice) -> list[GraphMention]: ...
    def __getitem__(self, place: int | slice) -> GraphMention | list[GraphMention]:
        if isinstance(place, slice):
            return self.at(range(*place.indices(len(self))))
        [mention] = self.at((place,))
        return mention

    def __iter__(self) -> Iterator[GraphMention]:
        for start in range(0, len(self), _AT_ONCE):
            yield from self[start : start + _AT_ONCE]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(GraphMention.__eq__, self, other))

    __hash__ = None  # type: ignore[assignment]

    def at(self, places: Iterable[int]) -> list[GraphMention]:
        """The mentions at these places."""
        return nouns(GraphMention, self.rows(places))

    def rows(self, places: Iterable[int]) -> list[Row]:
        """Their values."""
        ids, articles, starts, ends = self._ids, self._articles, self._starts, self._ends
        texts, kinds, refers, words = self._texts, self._kinds, self._refers, self._words
        return [
            (
                f"{_PREFIX}{ids[i]:016x}",
                words[articles[i]],
                starts[i],
                ends[i],
                words[texts[i]],
                _KINDS[kinds[i]],
                words[refers[i]],
            )
            for i in places
        ]

    def place(self, id: str) -> int | None:
        """Where the mention with that id is, if there is one."""
        try:
            number = int(id[len(_PREFIX) :], 16)
        except ValueError:
            return None
        if f"{_PREFIX}{number:016x}" != id:
            return None
        place = bisect_left(self._ids, number)
        return place if place < len(self) and self._ids[place] == number else None

    def homes(self, of: Home) -> Iterator[str | None]:
        """The article of each, or what each refers to."""
        return map(self._words.__getitem__, self._articles if of == "article" else self._refers)

    def ids(self) -> Iterator[str]:
        """The id of each."""
        return (f"{_PREFIX}{id:016x}" for id in self._ids)

    def kinds(self) -> Iterator[MentionKind]:
        """The kind of each."""
        return map(_KINDS.__getitem__, self._kinds)


Home = Literal["article", "refers_to"]


class Grouped(Mapping[str, list[GraphMention]]):
    """The mentions of each article, or of each thing, made as they are asked for; those without one are left out."""

    def __init__(
        self, mentions: Sequence[GraphMention], of: Home, order: Callable[[GraphMention], Any] | None = None
    ) -> None:
        """`order`: by what those of one are sorted; without it they stay in the order in which they come."""
        self._mentions = mentions
        self._order = order
        self._places: dict[str, array[int]] = {}
        homes = mentions.homes(of) if isinstance(mentions, Mentions) else map(attrgetter(of), mentions)
        for place, home in enumerate(homes):
            if home is None:
                continue
            places = self._places.get(home)
            if places is None:
                self._places[home] = array("I", (place,))
            else:
                places.append(place)

    def __getitem__(self, home: str) -> list[GraphMention]:
        places, mentions = self._places[home], self._mentions
        found = mentions.at(places) if isinstance(mentions, Mentions) else [mentions[place] for place in places]
        return sorted(found, key=self._order) if self._order else found

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class _ById(Mapping[str, GraphMention]):
    def __init__(self, mentions: Mentions) -> None:
        self._mentions = mentions

    def __getitem__(self, id: str) -> GraphMention:
        place = self._mentions.place(id)
        if place is None:
            raise KeyError(id)
        return self._mentions[place]

    def __iter__(self) -> Iterator[str]:
        return self._mentions.ids()

    def __len__(self) -> int:
        return len(self._mentions)


def namings(mentions: Sequence[GraphMention]) -> Iterator[tuple[str, str]]:
    """Article and thing of each mention that names an entity or event; ids both."""
    rows: Iterator[tuple[Any, ...]] = map(attrgetter("article", "refers_to", "kind"), mentions)
    if isinstance(mentions, Mentions):
        rows = zip(mentions.homes("article"), mentions.homes("refers_to"), mentions.kinds(), strict=True)
    return ((article, thing) for article, thing, kind in rows if thing is not None and kind in NAMING)


def referents(mentions: Sequence[GraphMention]) -> Iterator[tuple[str, str | None]]:
    """The id of each mention, and what it refers to."""
    if isinstance(mentions, Mentions):
        return zip(mentions.ids(), mentions.homes("refers_to"), strict=True)
    return map(attrgetter("id", "refers_to"), mentions)


def by_id(mentions: Sequence[GraphMention]) -> Mapping[str, GraphMention]:
    """The mentions of a graph by their ids."""
    return _ById(mentions) if isinstance(mentions, Mentions) else {mention.id: mention for mention in mentions}


def compact(mentions: Iterable[GraphMention]) -> Sequence[GraphMention]:
    """The same mentions by id, in as little memory as their ids allow: where one is no hash all stay objects."""
    return gathered(map(attrgetter(*_FIELDS), mentions))


def ordered(mentions: Sequence[GraphMention]) -> Sequence[GraphMention]:
    """The same mentions by id, in the form that they have."""
    return mentions if isinstance(mentions, Mentions) else tuple(sorted(mentions, key=attrgetter("id")))


def gathered(rows: Iterable[Row]) -> Sequence[GraphMention]:
    """The same of mentions of which the values come."""
    rows = iter(rows)
    columns = Mentions()
    chunks = iter(lambda: list(islice(rows, _AT_ONCE)), [])
    odd = next((chunk for chunk in chunks if not columns.take(chunk)), None)
    columns.close()
    if odd is None:
        return columns
    rest = [(*row[:5], MentionKind(row[5]), row[6]) for row in chain(odd, rows)]
    return tuple(sorted((*columns, *nouns(GraphMention, rest)), key=attrgetter("id")))
