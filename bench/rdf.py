"""Seconds and memory of writing a built graph in each format of RDF, beside rdflib's own writer; of queries over it."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from exports import EXPORTERS
from newsgraph.api import load

FORMATS = ("turtle", "ntriples", "trig", "nquads", "rdfxml", "jsonld")


def measure_writers(folder: Path) -> Iterator[tuple[str, float, float]]:
    """Each format, the seconds that it takes, and the MB that the process grows by, each in a process of its own."""
    for name in (*FORMATS, "turtle by rdflib"):
        with get_context("spawn").Pool(1) as pool:
            yield name, *pool.apply(_write, (folder, name))


def measure_queries(folder: Path, queries: dict[str, str]) -> Iterator[tuple[str, float]]:
    """Each query and the seconds to its last row, the store being open."""
    import pyoxigraph  # noqa: PLC0415 - as newsgraph imports it

    from exports.rdf.sparql import query  # noqa: PLC0415 - as above

    built = load(folder)
    with built.index() as place:
        store = pyoxigraph.Store.read_only(str(place))
        for name, sparql in queries.items():
            yield name, _seconds(partial(query, store, sparql, built.prefixes))


def _write(folder: Path, name: str) -> tuple[float, float]:
    built = load(folder)
    graph, base = built.graph, built.base
    with TemporaryDirectory() as place:
        if name.endswith("by rdflib"):
            view = built.to_rdflib()
            before = _peak()
            seconds = _seconds(lambda: view.serialize(Path(place, "graph"), format="turtle", encoding="utf-8"))
        else:
            before = _peak()
            seconds = _seconds(lambda: EXPORTERS[name].write(graph, Path(place, "graph"), base))
    return seconds, _peak() - before


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _peak() -> float:
    """The most memory that this process had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
