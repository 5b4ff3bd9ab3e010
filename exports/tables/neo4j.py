"""The graph as two CSV files, nodes and edges: for Neo4j, for data frames, and for people with a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from exports.tables.edges import EDGE_COLUMNS, edge_rows
from exports.tables.nodes import NODE_COLUMNS, Row, node_rows
from exports.whole_file import whole_file
from graph.model import KnowledgeGraph
from ingest.characters import encodable

NODES, EDGES = "nodes.csv", "edges.csv"


def write_csv(graph: KnowledgeGraph, folder: Path) -> None:
    """Write nodes.csv and edges.csv in `folder`, which is made where it is missing; each appears whole or not at all.

    The headers are those of `neo4j-admin database import full --nodes=nodes.csv --relationships=edges.csv
    --multiline-fields=true`. RFC 4180: UTF-8 without a mark, lines end in CR LF, line breaks of a text stay within its
    quotes. Lists have a semicolon between their parts, and since Neo4j knows no escape for it, one within a part
    becomes a comma. Characters that XML cannot hold become U+FFFD.

    A text that begins with =, +, - or @ is left as it is, though a spreadsheet that opens the file with a double click
    may run it as a formula: any mark put before it would be a part of the name in Neo4j and in every other program,
    and none keeps every spreadsheet from it. Import the files in a spreadsheet with all columns as text.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = {str(row["id:ID"]): str(row["name"] or "") for row in node_rows(graph)}
    with whole_file(folder / NODES) as first, whole_file(folder / EDGES) as second:
        _write(first, NODE_COLUMNS, node_rows(graph))
        _write(second, EDGE_COLUMNS, edge_rows(graph, names))


def _write(out: BinaryIO, columns: Sequence[str], rows: Iterable[Row]) -> None:
    text = TextIOWrapper(out, encoding="utf-8", newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(_cells(columns, row) for row in rows)
    text.detach()


def _cells(columns: Sequence[str], row: Row) -> Iterator[str]:
    for column in columns:
        value = row.get(column)
        if value is None:
            yield ""
        elif isinstance(value, tuple):
            yield ";".join(encodable(part).replace(";", ",") for part in value)
        else:
            yield encodable(value) if isinstance(value, str) else str(value)
