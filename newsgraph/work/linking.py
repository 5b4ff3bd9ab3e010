"""Linking as two jobs, each in a process of its own: what the first one leaves behind is not there for the second."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import ClassVar

from graph.model import KnowledgeGraph
from graph.reports import publications
from graph.sources import Copy
from graph.store import Store
from graph.wanted import Wanted
from ingest.serial import to_json
from newsgraph.work.jobs import Beat, Needs

_AT_HAND = 64  # readings that are kept while entities are linked, which goes through them in order


@cache
def _load() -> None:
    import graph.link  # noqa: PLC0415 - brings the gazetteer
    import graph.linking.kept  # noqa: F401, PLC0415 - as above


@dataclass(frozen=True, slots=True, kw_only=True)
class Linking:
    """What a graph is made by, besides what the store holds."""

    annotator: str  # the version of it whose readings are linked
    every_mention: bool
    wanted: Wanted
    base: str

    def keep(self, graph: KnowledgeGraph, store: Store) -> None:
        """Keep a graph that was made so in the store."""
        store.save_graph(
            graph,
            base=self.base,
            annotator=self.annotator,
            every_mention="yes" if self.every_mention else "no",
            wanted=to_json(self.wanted),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Half:
    step: ClassVar[str] = "link"
    is_limited: ClassVar[bool] = False
    together: ClassVar[int] = 1
    store: Path
    by: Linking

    @property
    def needs(self) -> Needs:
        return _load


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkEntities(_Half):
    """Finds the entities of all articles of a store."""

    def run(self, beat: Beat) -> Iterator[bytes]:
        """Yield what was found, for the second job."""
        from graph.link import find_entities  # noqa: PLC0415 - as above
        from graph.linking.kept import Kept  # noqa: PLC0415 - as above
        from graph.linking.sources import Sources  # noqa: PLC0415 - as above

        with Store(self.store) as store:
            articles, _ = store.annotated(self.by.annotator)
            found = find_entities(
                Sources(articles, _AT_HAND),
                store.corrections(),
                every_mention=self.by.every_mention,
                entities_of=Kept(store, self.by.annotator).entities_of,
                wanted=self.by.wanted,
            )
        yield pickle.dumps(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish(_Half):
    """Links the rest, and keeps the graph in the store."""

    found: bytes = field(repr=False)

    def run(self, beat: Beat) -> Iterator[list[Copy]]:
        """Yield the articles that were left out because they are copies."""
        from graph.link import finish  # noqa: PLC0415 - as above
        from graph.linking.sources import Sources  # noqa: PLC0415 - as above

        with Store(self.store) as store:
            articles, copies = store.annotated(self.by.annotator)
            graph = finish(
                Sources(articles),
                pickle.loads(self.found),
                store.corrections(),
                every_mention=self.by.every_mention,
                wanted=self.by.wanted,
            )
            self.by.keep(replace(graph, publications=publications(graph.articles, copies)), store)
        yield copies
