"""Seconds and memory of writing a built graph in each format, beside rdflib's own writer; of queries over it."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph
import rdflib

from exports import EXPORTERS
from exports.rdf.examples import examples
from exports.rdf.files import write_tidily
from exports.rdf.rdflib_view import as_rdflib
from exports.rdf.sparql import query
from exports.rdf.terms import Names
from exports.rdf.triples import triples
from newsgraph.api import load

SLICE = 40_000  # triples that rdflib is given: what it takes grows with their square


def measure_writers(folder: Path) -> Iterator[tuple[str, float, float]]:
    """Each format, the seconds that it takes, and the MB that the process grows by, each in a process of its own."""
    for name in EXPORTERS:
        with get_context("spawn").Pool(1) as pool:
            yield name, *pool.apply(_write, (folder, name))


def measure_beside_rdflib(folder: Path, most: int = SLICE) -> tuple[int, float, float]:
    """Triples, and the seconds that pyoxigraph and rdflib take to write them as Turtle."""
    built = load(folder)
    names = Names(built.graph, built.base)
    chosen = list(islice(triples(built.graph, names), most))
    view = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in names.prefixes().items():
        view.bind(prefix, namespace)
    for triple in chosen:
        view.add(as_rdflib(triple))
    with TemporaryDirectory() as place, Path(place, "ours").open("wb") as out:
        ours = _seconds(lambda: write_tidily(chosen, out, pyoxigraph.RdfFormat.TURTLE, names.prefixes()))
        theirs = _seconds(lambda: view.serialize(Path(place, "theirs"), format="turtle"))
    return len(chosen), ours, theirs


def measure_queries(folder: Path) -> Iterator[tuple[str, float]]:
    """Each example query and the seconds to its last row, the store being open."""
    built = load(folder)
    with built.index() as place:
        store = pyoxigraph.Store.read_only(str(place))
        for name, example in examples().items():
            yield name, _seconds(partial(query, store, example.sparql, built.prefixes))


def _write(folder: Path, name: str) -> tuple[float, float]:
    built = load(folder)
    graph, base = built.graph, built.base
    before = _peak()
    with TemporaryDirectory() as place:
        seconds = _seconds(lambda: EXPORTERS[name].write(graph, Path(place, "graph"), base))
    return seconds, _peak() - before


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _peak() -> float:
    """The most memory that this process had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
