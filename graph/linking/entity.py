"""One entity as one article tells of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.names import best_name
from graph.places import Located
from ingest.article import EntityType

# When mentions of one thing disagree about its type and none is more frequent: the first of these.
PREFERENCE = (
    EntityType.PERSON,
    EntityType.PLACE,
    EntityType.ORGANIZATION,
    EntityType.GROUP,
    EntityType.FACILITY,
    EntityType.PRODUCT,
    EntityType.WORK,
    EntityType.OTHER,
)

NOMINAL = "nominal"  # the family of who and what has no name


def main_type(types: Mapping[EntityType, int]) -> EntityType:
    """The type that most mentions give; among equals the first in PREFERENCE."""
    return min(types, key=lambda kind: (-types[kind], PREFERENCE.index(kind)))


@dataclass(slots=True, kw_only=True)
class LocalEntity:
    """What one article says of one entity, before it is compared with other articles."""

    article: str
    family: str  # person, place, people (demonyms), thing or nominal: families do not mix
    mentions: list[int] = field(default_factory=list)  # indices into AnnotatedArticle.mentions
    shared: tuple[int, ...] = ()  # mentions that mean this entity and another ("both nations")
    types: Counter[EntityType] = field(default_factory=Counter)
    spellings: Counter[str] = field(default_factory=Counter)  # without titles
    titled: frozenset[str] = frozenset()  # spellings with their titles ("Mayor Okoye")
    offices: frozenset[str] = frozenset()  # folded
    located: Located | None = None

    @property
    def name(self) -> str:
        """The best spelling in this article."""
        return best_name(self.spellings, person=self.family == "person")


class Thrift:
    """Makes what many local entities have alike one object in memory: two thirds of what they take.

    For entities as an article's own linking leaves them: from then on nobody changes a count of theirs.
    """

    def __init__(self) -> None:
        self._types: dict[tuple[tuple[EntityType, int], ...], Counter[EntityType]] = {}
        self._spellings: dict[tuple[tuple[str, int], ...], Counter[str]] = {}
        self._words: dict[frozenset[str], frozenset[str]] = {}
        self._located: dict[Located, Located] = {}

    def share(self, entities: Iterable[LocalEntity]) -> None:
        """Let entities have what others before them have."""
        for entity in entities:
            entity.mentions = list(entity.mentions)  # without room for more
            entity.titled = self._words.setdefault(entity.titled, entity.titled)
            entity.offices = self._words.setdefault(entity.offices, entity.offices)
            entity.types = self._types.setdefault(tuple(entity.types.items()), entity.types)
            entity.spellings = self._spellings.setdefault(tuple(entity.spellings.items()), entity.spellings)
            if entity.located is not None:
                entity.located = self._located.setdefault(entity.located, entity.located)
