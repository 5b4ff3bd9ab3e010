"""Rows on the terminal: a table for people, CSV and JSON for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence

from exports.rdf.answering import Answered, Answering, Forms
from ingest.errors import NewsgraphError

Row = Sequence[str | None]
# Wider cells are cut in the table; CSV and JSON are never cut.
WIDEST = 80


class WrongForm(NewsgraphError):
    """An answer that cannot be written in the form asked for."""

    def __init__(self, kind: str, forms: str) -> None:
        super().__init__(f"the query: it answers with {kind}; ask for --format {forms}")


def written(answering: Answering, sparql: str, form: str | None) -> str:
    """The answer to a query in a form of FORMS or, for CONSTRUCT and DESCRIBE, as ttl; None is what people read.

    Raises WrongForm, and what `Answering.answer` raises.
    """
    answered = answering.answer(sparql, Forms())
    if answered.kind == "triples":
        if form not in (None, "ttl"):
            raise WrongForm("triples", "ttl")
        return answered.body.decode()
    if form == "ttl":
        raise WrongForm("rows", " or ".join(FORMS))
    return FORMS[form or "table"](*_columns_and_rows(answered))


def _columns_and_rows(answered: Answered) -> tuple[Sequence[str], Sequence[Row]]:
    """SPARQL's own JSON as one text a variable; a truth value is one row."""
    answer = json.loads(answered.body)
    if answered.kind == "boolean":
        return ["answer"], [[json.dumps(answer["boolean"])]]
    columns = answer["head"]["vars"]
    bindings = answer["results"]["bindings"]
    return columns, [[row[name]["value"] if name in row else None for name in columns] for row in bindings]


def as_table(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """Columns padded to line up, under their names."""
    cells = [[_cell(value) for value in row] for row in (columns, *rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(columns))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines) + "\n"


def as_csv(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """RFC 4180, an unbound variable as an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([columns, *rows])
    return out.getvalue()


def as_json(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """An array of objects, an unbound variable as null."""
    return json.dumps([dict(zip(columns, row, strict=True)) for row in rows], indent=2, ensure_ascii=False) + "\n"


def printable(text: str) -> str:
    """A text in one line, without the characters that steer a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _cell(value: str | None) -> str:
    line = " ".join((value or "").split())
    return line if len(line) <= WIDEST else line[: WIDEST - 1] + "…"


FORMS: dict[str, Callable[[Sequence[str], Sequence[Row]], str]] = {"table": as_table, "csv": as_csv, "json": as_json}
