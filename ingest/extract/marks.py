"""The mentions of one article as they are found, before they are put in order."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.article import EntityType, Interval, Mention, MentionKind
from ingest.language.text import Text, Word

_TYPES = {kind.value: kind for kind in EntityType}


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression that dates: its mention, and its interval where it could be resolved."""

    mention: int
    interval: Interval | None


@dataclass(slots=True)
class Marks:
    """Mentions by index, and where in the text they stand."""

    doc: Text
    text: str = ""  # doc.text, which spaCy would put together anew each time
    mentions: list[Mention] = field(default_factory=list)
    entity_at: dict[int, int] = field(default_factory=dict)  # token → the named mention over it
    time_at: dict[int, int] = field(default_factory=dict)
    _known: dict[tuple[int, int, MentionKind], int] = field(default_factory=dict)
    _with_places: frozenset[int] | None = None

    def __post_init__(self) -> None:
        self.text = self.text or self.doc.text

    def add(self, start: int, end: int, kind: MentionKind, label: str = "") -> int:
        """The index of the mention over characters start:end, made if it is new."""
        index = self._known.setdefault((start, end, kind), len(self.mentions))
        if index == len(self.mentions):
            text = self.text[start:end]
            self.mentions.append(Mention(start=start, end=end, kind=kind, text=text, label=label))
        return index

    def add_tokens(self, start: int, end: int, kind: MentionKind, label: str = "") -> int:
        """The same for tokens start:end."""
        first, last = self.doc.words[start], self.doc.words[end - 1]
        return self.add(first.idx, last.idx + len(last.text), kind, label)

    def entity_type(self, token: Word) -> EntityType | None:
        """The type of the name over a token."""
        index = self.entity_at.get(token.i)
        return None if index is None else _TYPES[self.mentions[index].label]

    @property
    def with_places(self) -> frozenset[int]:
        """The numbers of the sentences that name a place; to be asked when all names are marked."""
        known = self._with_places
        if known is None:
            words, mentions = self.doc.words, self.mentions
            named = (i for i, index in self.entity_at.items() if mentions[index].label == EntityType.PLACE)
            known = self._with_places = frozenset(words[i].sentence for i in named)
        return known


def in_order(mentions: list[Mention]) -> tuple[tuple[Mention, ...], list[int]]:
    """The mentions by place in the text, and where each old index went."""
    order = sorted(range(len(mentions)), key=lambda i: (mentions[i].start, mentions[i].end, mentions[i].kind))
    moved = [0] * len(mentions)
    for new, old in enumerate(order):
        moved[old] = new
    return tuple(mentions[i] for i in order), moved
