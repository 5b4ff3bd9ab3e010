"""A built graph for Python programs: `newsgraph.load(DIR)`."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from html import escape
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO

from exports import DEFAULT_BASE, EXPORTERS
from graph.model import KnowledgeGraph
from graph.store import FILE_NAME, Store, UnreadableStore
from graph.verdict import Correction, Verdict
from newsgraph.errors import BadOutput, writing

if TYPE_CHECKING:
    import rdflib
    from networkx import MultiDiGraph

    from exports.rdf.answering import Answering
    from exports.rdf.sparql import Answer
    from graph.stats import Stats
    from newsgraph.correcting import Change


class Graph:
    """One folder that `newsgraph build` filled; only corrections by hand change it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def graph(self) -> KnowledgeGraph:
        """The nouns: articles, mentions, entities, events, claims, findings, relations, storylines."""
        with self._store() as store:
            graph = store.graph()
        if graph is None:
            raise UnreadableStore(self.folder, "the build did not come to its end", "run newsgraph build again")
        return graph

    @cached_property
    def base(self) -> str:
        """Where the things of this graph live as IRIs."""
        with self._store() as store:
            return store.meta("base") or DEFAULT_BASE

    def sentences(self, article: str) -> tuple[tuple[int, int], ...]:
        """Where the sentences of an article are, as characters of its text."""
        with self._store() as store:
            return store.sentences(article)

    def to_networkx(self, *, plain: bool = False) -> MultiDiGraph[str]:
        """The graph as a networkx.MultiDiGraph of entities, events and articles; `plain` for GraphML and GEXF."""
        from graph import networkx_view  # noqa: PLC0415 - networkx takes 0.7 s to import

        view = networkx_view.to_networkx(self.graph)
        return networkx_view.plain(view) if plain else view

    def stats(self, top: int = 10) -> Stats:
        """What stands out in the graph, at most `top` rows a list; see graph.stats for what each row tells."""
        from graph.insight import stats  # noqa: PLC0415 - brings numpy and networkx

        return stats(self.graph, top)

    def to_rdflib(self) -> rdflib.Graph:
        """The same triples as graph.ttl, as an rdflib.Graph."""
        from exports.rdf.rdflib_view import to_rdflib  # noqa: PLC0415 - rdflib takes 0.3 s to import

        return to_rdflib(self.graph, self.base)

    def page(self, name: str) -> Path:
        """Where a view is, "explorer" or "html"; written when it is not there. May raise BadOutput."""
        from newsgraph.build import VIEWS  # noqa: PLC0415 - building brings what reads

        page = self.folder / VIEWS[name]
        if not page.is_file():
            self.export(name, page)
        return page

    def _repr_html_(self) -> str:
        """The picture of the graph for a notebook: a page of its own in a frame, which asks no network."""
        page = io.BytesIO()
        self.export("html", page)
        return (
            f'<iframe srcdoc="{escape(page.getvalue().decode())}" sandbox="allow-scripts" title="newsgraph" '
            'style="width: 100%; height: 720px; border: 1px solid #8884"></iframe>'
        )

    def export(self, name: str, out: Path | BinaryIO) -> None:
        """Write the graph in a format of `exports.EXPORTERS`, to a file or into a stream; may raise BadOutput.

        A format whose `folder` is true needs the path of a folder, which is made where it is missing.
        """
        if EXPORTERS[name].folder and not isinstance(out, Path):
            raise BadOutput(Path("-"), f"{name} is several files and needs a folder")
        if isinstance(out, Path):
            with writing(out):
                EXPORTERS[name].write(self.graph, out, self.base)
            return
        with TemporaryDirectory() as folder:
            file = Path(folder, "graph")
            EXPORTERS[name].write(self.graph, file, self.base)
            with file.open("rb") as written:
                copyfileobj(written, out)

    def query(self, sparql: str) -> Answer:
        """Answer a SPARQL query, in this process and without a limit; see `answering` for one with limits."""
        import pyoxigraph  # noqa: PLC0415 - so that only who asks a query imports it

        from exports.rdf.sparql import query  # noqa: PLC0415 - as above

        with self.index() as store:
            return query(pyoxigraph.Store.read_only(str(store)), sparql, self.prefixes)

    @contextmanager
    def answering(self, *, seconds: float | None = None, size: int | None = None) -> Iterator[Answering]:
        """A process that answers SPARQL queries; `size` is the most bytes that an answer may have."""
        from exports.rdf.answering import Answering  # noqa: PLC0415 - so that only who asks a query imports it

        with self.index() as store, Answering(store, self.prefixes, seconds=seconds, size=size) as answering:
            yield answering

    @contextmanager
    def index(self, making: Callable[[], None] = lambda: None) -> Iterator[Path]:
        """Where the graph is as a store of pyoxigraph, on disk; made when it is not there, which `making` is told."""
        from exports.rdf.index import index_of  # noqa: PLC0415 - brings pyoxigraph

        with self._store() as store:
            digest = store.graph_digest()
        with index_of(self.folder, digest, lambda: self.graph, self.base, making) as place:
            yield place

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes of graph.ttl."""
        from exports.rdf.terms import prefixes  # noqa: PLC0415 - brings pyoxigraph

        return prefixes(self.base)

    def present_id(self, thing: str) -> str:
        """The id that an entity or event with a former id has now; anything else as it is."""
        with self._store() as store:
            return store.present_id(thing)

    def corrections(self) -> tuple[Correction, ...]:
        """What was decided by hand and not taken back."""
        with self._store() as store:
            return store.corrections()

    def same(self, left: str, right: str, *, author: str | None = None, note: str = "") -> Change:
        """Decide that two entities or two events are one; they are named as in `newsgraph same`."""
        return self._correct(Verdict.SAME, left, right, author, note)

    def different(self, left: str, right: str, *, author: str | None = None, note: str = "") -> Change:
        """Decide that two entities or two events are two, also where they are one now."""
        return self._correct(Verdict.DIFFERENT, left, right, author, note)

    def undo(self, number: int | None = None) -> Change:
        """Take a correction back, the last one unless told."""
        from newsgraph.correcting import undo  # noqa: PLC0415 - as below

        _ = self.graph  # a store of another version is refused here, before it is opened to be written
        change = undo(self.folder, number)
        self.__dict__.pop("graph")
        return change

    def _correct(self, verdict: Verdict, left: str, right: str, author: str | None, note: str) -> Change:
        from newsgraph.correcting import correct  # noqa: PLC0415 - correcting brings what builds

        _ = self.graph  # as above
        change = correct(self.folder, verdict, left, right, author=author, note=note)
        self.__dict__.pop("graph")
        return change

    def _store(self) -> Store:
        return Store(self.folder / FILE_NAME, read_only=True)


def load(folder: str | Path) -> Graph:
    """The graph that a build left in a folder; UnreadableStore when there is none."""
    folder = Path(folder)
    if not (folder / FILE_NAME).is_file():
        raise UnreadableStore(folder, "no graph in this folder", f"make one with newsgraph build PATH -o {folder}")
    return Graph(folder)
