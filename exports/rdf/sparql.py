"""SPARQL over a graph, in this process and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, RdfFormat, Store, parse

from exports import DEFAULT_BASE
from exports.rdf.terms import PREFIXES, Names
from exports.rdf.triples import triples
from graph.model import KnowledgeGraph
from ingest.errors import NewsgraphError

# The keyword with what must follow it. Strings and comments are searched too: telling them from code takes a whole
# parser ("?a<?b)SERVICE#>" is an IRI or a comparison, depending), and strings with "service <" in them are rare.
GAP = r"(?:\s|\#[^\n\r]*[\n\r])*"
SERVICE = re.compile(
    rf"""[?$]\w+ | :[\w-]+  # a variable or the end of a prefixed name may well be called so
    | (?P<service>service{GAP}(?:silent{GAP})?(?:[<?$]|[^\s<>{{}}"']*:))""",
    re.VERBOSE | re.IGNORECASE,
)
CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


class BadQuery(NewsgraphError):
    """A query that is not SPARQL 1.1."""

    def __init__(self, problem: object) -> None:
        super().__init__(f"the query is not SPARQL 1.1: {problem}; put it right and ask again")


class RemoteQuery(NewsgraphError):
    """A query that would ask another machine."""

    def __init__(self) -> None:
        super().__init__("the query: SERVICE would ask another machine, newsgraph stays offline; take that part out")


class UnreadableTurtle(NewsgraphError):
    """A file that should hold Turtle and does not."""

    def __init__(self, path: Path, problem: object) -> None:
        super().__init__(f"{path}: {problem}; export the graph again")


class Answer(NamedTuple):
    """What a query found: a row has one text for each column, None where a variable is unbound.

    ASK gives one row of "true" or "false", CONSTRUCT and DESCRIBE a row for each triple.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


def query(source: KnowledgeGraph | Path, sparql: str, base: str = DEFAULT_BASE) -> Answer:
    """Answer a SPARQL 1.1 query over a graph, or over a Turtle file; the prefixes of the graph need no declaration.

    `base` only matters for a graph in memory. Raises BadQuery, RemoteQuery, UnreadableTurtle, BadBase, and OSError
    when the file cannot be opened.
    """
    if asks_elsewhere(sparql):
        raise RemoteQuery
    store = Store()
    prefixes = _read(source, store) if isinstance(source, Path) else _copy(source, store, base)
    try:
        found = store.query(sparql, prefixes=prefixes)
    except SyntaxError as error:
        raise BadQuery(error) from error
    if isinstance(found, QueryBoolean):
        return Answer(("answer",), (("true" if found else "false",),))
    if isinstance(found, QuerySolutions):
        columns = tuple(variable.value for variable in found.variables)
        return Answer(columns, tuple(tuple(_written(value) for value in solution) for solution in found))
    rows = tuple((_written(triple.subject), _written(triple.predicate), _written(triple.object)) for triple in found)
    return Answer(("subject", "predicate", "object"), rows)


def asks_elsewhere(sparql: str) -> bool:
    """Whether a query has a SERVICE clause, which pyoxigraph would answer over the network."""
    # Escapes such as \u0053 may stand for letters of the keyword (SPARQL 1.1, section 19.2).
    unescaped = CODEPOINT.sub(lambda found: chr(min(int(found[1] or found[2], 16), 0x10FFFF)), sparql)
    return any(found["service"] for text in (sparql, unescaped) for found in SERVICE.finditer(text))


def _copy(graph: KnowledgeGraph, store: Store, base: str) -> dict[str, str]:
    """Fill the store from a graph; its prefixes."""
    names = Names(graph, base)
    store.bulk_extend(Quad(triple.subject, triple.predicate, triple.object) for triple in triples(graph, names))
    return names.prefixes()


def _read(path: Path, store: Store) -> dict[str, str]:
    """Fill the store from a Turtle file; its prefixes, and ours where it has none."""
    try:
        reading = parse(path=path, format=RdfFormat.TURTLE)
        store.bulk_extend(reading)
    except SyntaxError as error:
        raise UnreadableTurtle(path, error) from error
    return PREFIXES | reading.prefixes


def _written(value: object) -> str | None:
    """A term of an answer as text."""
    if value is None:
        return None
    return value.value if isinstance(value, NamedNode | Literal) else str(value)
