"""The graph as a file of RDF: Turtle, TriG, N-Triples, N-Quads, written a statement at a time."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, cast

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from exports import DEFAULT_BASE
from exports.rdf.phrases import are_plain, phrases
from exports.rdf.terms import Names
from exports.rdf.triples import quads, triples, triples_before_mentions
from exports.whole_file import whole_file
from graph.model import KnowledgeGraph
from ingest.errors import NewsgraphError


class UnreadableTurtle(NewsgraphError):
    """A file that should hold Turtle and does not."""

    def __init__(self, path: Path, problem: object) -> None:
        super().__init__(f"{path}: {problem}; export the graph again")


def write_turtle(graph: KnowledgeGraph, path: Path, base: str = DEFAULT_BASE) -> None:
    """Write `graph` as Turtle, one subject after the other and no blank nodes: equal graphs give equal bytes.

    Raises BadBase when `base` cannot start an IRI, as the other formats do.
    """
    names = Names(graph, base)
    with whole_file(path) as out:
        if graph.articles and are_plain(graph.mentions, names):
            write_tidily(triples_before_mentions(graph, names), out, RdfFormat.TURTLE, names.prefixes())
            out.writelines(phrases(graph.mentions, names))
        else:
            write_tidily(triples(graph, names), out, RdfFormat.TURTLE, names.prefixes())


def write_trig(graph: KnowledgeGraph, path: Path, base: str = DEFAULT_BASE) -> None:
    """Write the quads of `graph` as TriG, one named graph after the other."""
    names = Names(graph, base)
    with whole_file(path) as out:
        write_tidily(quads(graph, names), out, RdfFormat.TRIG, names.prefixes())


def write_ntriples(graph: KnowledgeGraph, path: Path, base: str = DEFAULT_BASE) -> None:
    """Write `graph` as N-Triples."""
    with whole_file(path) as out:
        serialize(triples(graph, Names(graph, base)), out, RdfFormat.N_TRIPLES)


def write_nquads(graph: KnowledgeGraph, path: Path, base: str = DEFAULT_BASE) -> None:
    """Write the quads of `graph` as N-Quads."""
    with whole_file(path) as out:
        serialize(quads(graph, Names(graph, base)), out, RdfFormat.N_QUADS)


def write_tidily(
    statements: Iterable[Triple] | Iterable[Quad], out: BinaryIO, form: RdfFormat, prefixes: dict[str, str]
) -> None:
    """Write Turtle or TriG with its prefixes sorted and an empty line between subjects."""
    tidy = TidyTurtle(out)
    # pyoxigraph's types ask for a whole file, its code only writes and flushes.
    serialize(statements, cast(BinaryIO, tidy), form, prefixes=prefixes)
    tidy.finish()


class TidyTurtle:
    """Passes Turtle or TriG on to a file, its prefixes sorted and an empty line between subjects.

    pyoxigraph writes prefixes in the order of a hash map, which differs from run to run, and subjects without a gap.
    A newline inside a literal is escaped, so every line break here is one between terms.
    """

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._prefixes: list[bytes] | None = []  # None once the first subject has begun
        self._started_line = b""

    def write(self, written: bytes) -> int:
        """Take some bytes, cut anywhere."""
        lines, line_break, self._started_line = (self._started_line + written).rpartition(b"\n")
        self._pass_on(lines + line_break)
        return len(written)

    def flush(self) -> None:
        """Do nothing: a line is passed on when it is whole."""

    def finish(self) -> None:
        """Pass on what is left."""
        self._pass_on(self._started_line)
        if self._prefixes:
            self._out.writelines(sorted(self._prefixes))

    def _pass_on(self, lines: bytes) -> None:
        while self._prefixes is not None and lines:
            if not lines.startswith(b"@prefix "):
                self._out.writelines([*sorted(self._prefixes), b"\n"])
                self._prefixes = None
                break
            prefix, line_break, lines = lines.partition(b"\n")
            self._prefixes.append(prefix + line_break)
        self._out.write(lines.replace(b" .\n", b" .\n\n"))
