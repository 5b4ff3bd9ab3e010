"""One entity as one article tells of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.names import best_name, shouted
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
    shared: list[int] = field(default_factory=list)  # mentions that mean this entity and another ("both nations")
    types: Counter[EntityType] = field(default_factory=Counter)
    spellings: Counter[str] = field(default_factory=Counter)  # without titles
    titled: set[str] = field(default_factory=set)  # spellings with their titles ("Mayor Okoye")
    offices: set[str] = field(default_factory=set)  # folded
    located: Located | None = None

    @property
    def name(self) -> str:
        """The best spelling in this article."""
        if len(self.spellings) == 1:
            (only,) = self.spellings
            if not shouted(only):
                return only
        return best_name(self.spellings, person=self.family == "person")
