"""Linking as jobs in processes of their own: nothing that it leaves behind in memory is there while views are written.

Of many articles it is two: what entities leave behind is not there while events are linked.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from graph.model import KnowledgeGraph
from graph.reports import publications
from graph.sources import Copy
from graph.store import Store
from graph.wanted import Wanted
from ingest.serial import to_json
from newsgraph.work.jobs import Beat, Needs

if TYPE_CHECKING:
    from graph.link import Found
    from graph.linking.sources import Sources


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

    def find(self, store: Store, sources: Sources) -> Found:
        from graph.link import find_entities  # noqa: PLC0415 - as above
        from graph.linking.kept import Kept  # noqa: PLC0415 - as above

        return find_entities(
            sources,
            store.corrections(),
            every_mention=self.by.every_mention,
            entities_of=Kept(store, self.by.annotator).entities_of,
            wanted=self.by.wanted,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkEntities(_Half):
    """Finds the entities of all articles of a store."""

    def run(self, beat: Beat) -> Iterator[bytes]:
        """Yield what was found, for the second job."""
        from graph.linking.sources import Sources  # noqa: PLC0415 - as above

        with Store(self.store) as store:
            articles, _ = store.annotated(self.by.annotator)
            found = self.find(store, Sources(articles))
        yield pickle.dumps(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish(_Half):
    """Links the rest, and keeps the graph in the store."""

    found: bytes | None = field(repr=False)  # by the first job; None: there was none

    def run(self, beat: Beat) -> Iterator[list[Copy]]:
        """Yield the articles that were left out because they are copies."""
        from graph.link import finish  # noqa: PLC0415 - as above
        from graph.linking.sources import Sources  # noqa: PLC0415 - as above

        with Store(self.store) as store:
            articles, copies = store.annotated(self.by.annotator)
            known = Sources(articles)
            graph = finish(
                known,
                self.find(store, known) if self.found is None else pickle.loads(self.found),
                store.corrections(),
                every_mention=self.by.every_mention,
                wanted=self.by.wanted,
            )
            self.by.keep(replace(graph, publications=publications(graph.articles, copies)), store)
        yield copies
