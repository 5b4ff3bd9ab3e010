"""Rows line up in a table and lose nothing in CSV and JSON."""

from __future__ import annotations

import csv
import io
import json

from newsgraph.printing import as_csv, as_json, as_table

COLUMNS = ("name", "text")
ROWS = (("Ada", 'said "no",\nthen left'), ("Bo", None), ("Cleo", "x" * 200))


def test_a_table_lines_up_and_cuts_what_is_too_wide() -> None:
    lines = as_table(COLUMNS, ROWS).splitlines()
    assert lines[0] == "name  text"
    assert lines[2] == 'Ada   said "no", then left'
    assert lines[3] == "Bo"
    assert len(lines[4]) == 6 + 80
    assert lines[4].endswith("…")


def test_no_rows_are_a_head_alone() -> None:
    assert as_table(COLUMNS, ()).splitlines()[0] == "name  text"
    assert as_table((), ()) == "\n\n"


def test_csv_gives_back_every_cell() -> None:
    assert list(csv.reader(io.StringIO(as_csv(COLUMNS, ROWS))))[1:] == [
        ["Ada", 'said "no",\nthen left'],
        ["Bo", ""],
        ["Cleo", "x" * 200],
    ]


def test_json_gives_back_every_cell_and_null() -> None:
    assert json.loads(as_json(COLUMNS, ROWS))[1] == {"name": "Bo", "text": None}
