"""Facts that articles say of entities: each once, with all mentions that say it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from graph.linking.sources import Source
from graph.model import Relation
from graph.names import fold


class Facts:
    """Takes in articles one by one; texts are one whatever their capitals."""

    def __init__(self) -> None:
        self._evidence: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        self._wordings: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)

    def add(self, source: Source, refers: Mapping[int, str]) -> None:
        """Take in what an article says; `refers` gives the entity of each of its mentions."""
        for relation in source.annotated.relations:
            subject = refers.get(relation.subject)
            named = refers.get(relation.object) if relation.object is not None else None
            wording = named or relation.value
            if subject is None or not wording or named == subject:
                continue
            key = (subject, relation.predicate, named or fold(wording))
            self._wordings[key][wording] += 1
            marked = [relation.subject] if relation.object is None else [relation.subject, relation.object]
            self._evidence[key].update(source.mention_ids[index] for index in marked)

    def rows(self) -> Iterator[Relation]:
        """Each fact, as it is worded most often."""
        for key, mentions in self._evidence.items():
            wordings = self._wordings[key]
            yield Relation(
                subject=key[0],
                predicate=key[1],
                object=min(wordings, key=lambda wording: (-wordings[wording], wording)),
                mentions=tuple(sorted(mentions)),
            )
