"""Two builds side by side: each a folder that `newsgraph build` filled, or a graph in the interchange form."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from exports import DEFAULT_BASE, EXPORTERS
from exports.json_form import UnreadableGraph, read_json
from graph.difference import Difference, difference
from graph.model import KnowledgeGraph
from graph.store import FILE_NAME, Store
from newsgraph.api import Graph, load


class Side:
    """One of the two."""

    def __init__(self, path: Path) -> None:
        """Raises UnreadableStore when there is neither a file nor a built folder."""
        self._path = path
        self._built: Graph | None = None if path.is_file() else load(path)

    @cached_property
    def graph(self) -> KnowledgeGraph:
        """The graph; raises UnreadableGraph, UnreadableStore."""
        if self._built is not None:
            return self._built.graph
        try:
            return read_json(self._path)
        except OSError as error:
            raise UnreadableGraph(self._path, (error.strerror or "it cannot be opened").lower()) from error

    @property
    def base(self) -> str | None:
        """Where its things live as IRIs; a file in the interchange form does not say."""
        return None if self._built is None else self._built.base

    def former_ids(self) -> dict[str, str]:
        """What ids of things that are gone became, as far as it is known."""
        if self._built is None:
            return {}
        with Store(self._built.folder / FILE_NAME, read_only=True) as store:
            return store.former_ids()

    @contextmanager
    def turtle(self, base: str) -> Iterator[Path]:
        """The graph as Turtle: as the build wrote it, or else written anew. Raises BadBase."""
        if self._built is not None and (self._built.folder / "graph.ttl").is_file():
            yield self._built.folder / "graph.ttl"
            return
        with TemporaryDirectory() as folder:
            path = Path(folder, "graph.ttl")
            EXPORTERS["turtle"].write(self.graph, path, self.base or base)
            yield path


def compare(old: Path, new: Path) -> Difference:
    """What changed from one build to the other; raises UnreadableGraph, UnreadableStore."""
    before, after = Side(old), Side(new)
    return difference(before.graph, after.graph, after.former_ids())


def write_patch(old: Path, new: Path, out: BinaryIO, base: str | None = None) -> None:
    """Write the RDF Patch that turns the triples of one build into those of the other.

    `base` is where the things of a file in the interchange form live as IRIs: as those of the other build unless told.
    Raises UnreadableGraph, UnreadableStore, UnreadableTurtle, BadBase.
    """
    from exports.rdf import patch  # noqa: PLC0415 - brings pyoxigraph

    before, after = Side(old), Side(new)
    base = base or before.base or after.base or DEFAULT_BASE
    with before.turtle(base) as one, after.turtle(base) as other:
        found = patch.patch(one, other)
    patch.write_patch(found, out)
