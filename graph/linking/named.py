"""Things that the user knows by name: what has one of their names is one thing, and called as the user calls it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from graph.linking.entity import LocalEntity
from graph.names import title_and_name, without_dress
from graph.verdict import Join
from ingest.article import EntityType
from ingest.given import Named


class NamedThings:
    """Tells which of the user's things a group of local entities is."""

    def __init__(self, named: Iterable[Named] = ()) -> None:
        self._by_name: dict[tuple[str, str], set[Named]] = defaultdict(set)
        for each in named:
            for name in each.names:
                bare = title_and_name(name)[1] if each.type is EntityType.PERSON else without_dress(name)
                self._by_name[_kind(each.type), bare].add(each)

    def of(self, group: Sequence[LocalEntity]) -> Named | None:
        """The thing that most of its mentions name; None where that is none, or two as often."""
        if not self._by_name:
            return None
        times = Counter[Named]()
        for local in group:
            kind = local.family if local.family in {"person", "place"} else "thing"
            for spelling, count in local.spellings.items():
                known = self._by_name.get((kind, spelling), set())
                if len(known) == 1:  # a name of two things tells of neither
                    times.update(dict.fromkeys(known, count))
        ranked = times.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return None
        return ranked[0][0]

    def joined(
        self, groups: Iterable[Sequence[LocalEntity]], joins: list[Join[LocalEntity]]
    ) -> list[list[LocalEntity]]:
        """The groups, those of one thing made one; why goes into `joins`."""
        result: list[list[LocalEntity]] = []
        home: dict[Named, list[LocalEntity]] = {}
        for group in groups:
            thing = self.of(group)
            if thing is None or thing not in home:
                result.append(list(group))
                if thing is not None:
                    home[thing] = result[-1]
                continue
            joins.append(Join(home[thing][0], group[0], (f"both are {thing.name} by the names given",), None))
            home[thing].extend(group)
        return result


def _kind(type_: EntityType) -> str:
    """What families of local entities a type can be of."""
    return {EntityType.PERSON: "person", EntityType.PLACE: "place"}.get(type_, "thing")
