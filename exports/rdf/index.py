"""The quads of a graph as an indexed store on disk, made once for each graph and opened at once after that."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import Store

from exports import DEFAULT_BASE
from exports.rdf.terms import Names
from exports.rdf.triples import quads
from graph.model import KnowledgeGraph

FOLDER = "index"
# Everything that decides what the quads of a graph are.
MAKERS = ("facts.py", "terms.py", "triples.py")


def fill(store: Store, graph: KnowledgeGraph, base: str = DEFAULT_BASE) -> None:
    """Put the quads of a graph into an empty store; raises BadBase."""
    store.bulk_extend(quads(graph, Names(graph, base)))


@contextmanager
def index_of(
    folder: Path, digest: str, load: Callable[[], KnowledgeGraph], base: str, making: Callable[[], None] = lambda: None
) -> Iterator[Path]:
    """The store of the graph in `folder`, for pyoxigraph.Store.read_only; made when missing or of another graph.

    `digest` tells one graph from another; `load` gives the graph when the store has to be made, which `making` is told
    first: it takes some ten seconds for a million triples, and 150 bytes of disk for each. Where `folder` cannot be
    written to, the store is a temporary one.
    """
    version = f"{digest} {base} {_makers()}\n"
    place = folder / FOLDER
    if _version(place) == version:
        yield place / "store"
        return
    making()
    part = folder / f"{FOLDER}.{os.getpid()}.part"
    try:
        _make(part, version, load(), base)
        shutil.rmtree(place, ignore_errors=True)
        part.rename(place)
    except OSError:
        shutil.rmtree(part, ignore_errors=True)
        if _version(place) != version:  # nobody else made it meanwhile
            with TemporaryDirectory(prefix="newsgraph-") as elsewhere:
                _make(Path(elsewhere, FOLDER), version, load(), base)
                yield Path(elsewhere, FOLDER, "store")
            return
    yield place / "store"


def _make(place: Path, version: str, graph: KnowledgeGraph, base: str) -> None:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    store = Store(place / "store")
    fill(store, graph, base)
    store.flush()
    store.optimize()  # queries take four fifths of their time after it
    del store  # closes it
    (place / "version").write_text(version, encoding="utf-8")


def _version(place: Path) -> str | None:
    with suppress(OSError):
        return (place / "version").read_text(encoding="utf-8")
    return None


@cache
def _makers() -> str:
    here = Path(__file__).parent
    return hashlib.sha256(b"".join((here / name).read_bytes() for name in MAKERS)).hexdigest()[:16]
