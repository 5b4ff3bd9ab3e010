"""SPARQL over a store, in this process and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store

from ingest.errors import NewsgraphError

Found = QueryBoolean | QuerySolutions | QueryTriples
# The keyword with what must follow it. Strings and comments are searched too: telling them from code takes a whole
# parser ("?a<?b)SERVICE#>" is an IRI or a comparison, depending), and strings with "service <" in them are rare.
GAP = r"(?:\s|\#[^\n\r]*[\n\r])*"
SERVICE = re.compile(
    rf"""[?$]\w+ | :[\w-]+  # a variable or the end of a prefixed name may well be called so
    | (?P<service>service{GAP}(?:silent{GAP})?(?:[<?$]|[^\s<>{{}}"']*:))""",
    re.VERBOSE | re.IGNORECASE,
)
# The keyword of a dataset; what stands in IRIs, texts, comments and names is passed over.
FROM = re.compile(
    r"""<[^<>"{}|^`\\\s]*> | "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*'
    | \#[^\n\r]* | [?$:][\w-]+ | (?P<from>\bfrom\b)""",
    re.VERBOSE | re.IGNORECASE,
)
CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


class BadQuery(NewsgraphError):
    """A query that is not SPARQL 1.1."""

    def __init__(self, problem: object) -> None:
        # pyoxigraph may list all that could have stood there, over many lines
        self.problem = shorten(str(problem), 300, placeholder=" …")
        super().__init__(f"the query is not SPARQL 1.1: {self.problem}; put it right and ask again")


class RemoteQuery(NewsgraphError):
    """A query that would ask another machine."""

    def __init__(self) -> None:
        super().__init__("the query: SERVICE would ask another machine, newsgraph stays offline; take that part out")


class Answer(NamedTuple):
    """What a query found: a row has one text for each column, None where a variable is unbound.

    ASK gives one row of "true" or "false", CONSTRUCT and DESCRIBE a row for each triple.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


def evaluate(
    store: Store,
    sparql: str,
    prefixes: Mapping[str, str],
    *,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
) -> Found:
    """What a store holds for a SPARQL 1.1 query; `prefixes` need no declaration in it.

    Without a dataset, given here or by the query itself, its default graph is the union of all graphs. A dataset given
    here takes the place of the query's own. Raises BadQuery and RemoteQuery.
    """
    if asks_elsewhere(sparql):
        raise RemoteQuery
    try:
        if default_graphs or named_graphs:
            return store.query(
                sparql,
                prefixes=dict(prefixes),
                default_graph=[NamedNode(iri) for iri in default_graphs],
                named_graphs=[NamedNode(iri) for iri in named_graphs],
            )
        return store.query(sparql, prefixes=dict(prefixes), use_default_graph_as_union=not _has_dataset(sparql))
    except (SyntaxError, ValueError) as error:
        raise BadQuery(error) from error


def query(store: Store, sparql: str, prefixes: Mapping[str, str]) -> Answer:
    """The answer to a SPARQL 1.1 query as texts; may raise BadQuery and RemoteQuery."""
    found = evaluate(store, sparql, prefixes)
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
    return any(found["service"] for text in (sparql, _unescaped(sparql)) for found in SERVICE.finditer(text))


def _has_dataset(sparql: str) -> bool:
    """Whether a query says which graphs it is about; pyoxigraph would not heed it beside the union of them all."""
    return any(found["from"] for found in FROM.finditer(_unescaped(sparql)))


def _unescaped(sparql: str) -> str:
    return CODEPOINT.sub(lambda found: chr(min(int(found[1] or found[2], 16), 0x10FFFF)), sparql)


def _written(value: object) -> str | None:
    """A term of an answer as text."""
    if value is None:
        return None
    return value.value if isinstance(value, NamedNode | Literal) else str(value)
