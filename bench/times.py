"""Scores the time grammar on files of the `time/*` form: spans exact, spans overlapping, and values."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bench.score import Counts
from ingest.times import TimeExpression, find_times
from training.corpora import json_lines


def score_times(path: Path) -> dict[str, Counts]:
    """Counts over one file, as TempEval-3 has them: "value" asks for an overlapping span with the same value."""
    counts = {"strict": Counts(), "relaxed": Counts(), "value": Counts()}
    for row in json_lines(path):
        found = find_times(row["text"], date.fromisoformat(row["dct"][:10]) if row["dct"] else None)
        gold = [(timex["start"], timex["end"], timex["value"]) for timex in row["timexes"]]
        counts["strict"].add({(each.start, each.end) for each in found}, {(start, end) for start, end, _ in gold})
        pairs = aligned(found, gold)
        counts["relaxed"] += Counts(len(pairs), len(found), len(gold))
        same = sum(expression.value == value for expression, (_, _, value) in pairs)
        counts["value"] += Counts(same, len(found), len(gold))
    return counts


def aligned(
    found: list[TimeExpression], gold: list[tuple[int, int, str]]
) -> list[tuple[TimeExpression, tuple[int, int, str]]]:
    """Each found expression with the first gold one that it overlaps and that no other took."""
    pairs = []
    left = sorted(gold)
    for expression in found:
        for timex in left:
            if timex[0] < expression.end and expression.start < timex[1]:
                pairs.append((expression, timex))
                left.remove(timex)
                break
    return pairs
