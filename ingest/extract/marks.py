"""The mentions of one article as they are found, before they are put in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.article import EntityType, Interval, Mention, MentionKind
from ingest.language.text import Text, Word

_TYPES = {kind.value: kind for kind in EntityType}


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression that dates: its mention, and its interval where it could be resolved."""

    mention: int
    interval: Interval | None


class _Making:
    """A mention whose fields are set before it is one: to have a frozen one made with them takes five times as long."""

    __slots__ = Mention.__slots__


@dataclass(slots=True)
class Marks:
    """Mentions by index, and where in the text they stand."""

    doc: Text
    text: str = ""  # doc.text, which spaCy would put together anew each time
    mentions: list[Mention] = field(default_factory=list)
    entity_at: dict[int, int] = field(default_factory=dict)  # token → the named mention over it
    time_at: dict[int, int] = field(default_factory=dict)
    located: dict[int, list[Word]] = field(default_factory=dict)  # sentence → its places that something happened in
    _known: dict[tuple[int, int, MentionKind], int] = field(default_factory=dict)
    _places: dict[int, list[Word]] | None = None

    def __post_init__(self) -> None:
        self.text = self.text or self.doc.text

    def add(self, start: int, end: int, kind: MentionKind, label: str = "") -> int:
        """The index of the mention over characters start:end, made if it is new."""
        mentions = self.mentions
        index = self._known.setdefault((start, end, kind), len(mentions))
        if index == len(mentions):
            made: Any = _Making()
            made.start, made.end, made.kind, made.text, made.label = start, end, kind, self.text[start:end], label
            made.__class__ = Mention
            mentions.append(made)
        return index

    def add_tokens(self, start: int, end: int, kind: MentionKind, label: str = "") -> int:
        """The same for tokens start:end."""
        first, last = self.doc.words[start], self.doc.words[end - 1]
        return self.add(first.idx, last.idx + len(last.text), kind, label)

    def entity_type(self, token: Word) -> EntityType | None:
        """The type of the name over a token."""
        index = self.entity_at.get(token.i)
        return None if index is None else _TYPES[self.mentions[index].label]

    def places_in(self, sentence: int) -> Sequence[Word]:
        """The words of the names of places in a sentence, by its number; to be asked when all names are marked."""
        known = self._places
        if known is None:
            words, mentions = self.doc.words, self.mentions
            known = self._places = defaultdict(list)
            for i in sorted(self.entity_at):
                if mentions[self.entity_at[i]].label == EntityType.PLACE:
                    known[words[i].sentence].append(words[i])
        return known.get(sentence, ())


def in_order(mentions: list[Mention]) -> tuple[tuple[Mention, ...], list[int]]:
    """The mentions by place in the text, and where each old index went."""
    order = sorted(range(len(mentions)), key=lambda i: (mentions[i].start, mentions[i].end, mentions[i].kind))
    moved = [0] * len(mentions)
    for new, old in enumerate(order):
        moved[old] = new
    return tuple(mentions[i] for i in order), moved
