"""Scores numbers and who says them against paragraphs with both marked, one JSON line each.

A line has `text` and `numbers`: the `number` as the text puts it, its `property`, `value`, `upper` end and `qualifier`,
and `said_by`, null where the paper itself says it. Bare counts ("two districts") are in no gold.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from bench.score import Counts, Scorecard
from graph.linking.local import local_entities, spoken_places
from graph.places import gazetteer
from ingest.annotate import Annotator
from ingest.article import AnnotatedArticle, Article, Quantity

GOLD = Path(__file__).parents[1] / "tests" / "ingest" / "gold_numbers.jsonl"
PUBLISHED = date(2025, 6, 12)


@dataclass(slots=True)
class NumberScores:
    """Numbers with property, value and hedge, by property; and the speakers of the numbers that were found."""

    numbers: Scorecard = field(default_factory=Scorecard)
    speakers: Counts = field(default_factory=Counts)


def score_numbers(path: Path, annotator: Annotator) -> NumberScores:
    """Read the paragraphs of a file and count."""
    rows = [json.loads(line) for line in path.read_text("utf8").splitlines()]
    readings = annotator.annotate(_article(number, row["text"]) for number, row in enumerate(rows))
    scores = NumberScores()
    for row, told in zip(rows, readings, strict=True):
        for place, (quantity, given) in enumerate(_pairs(row, told)):
            scores.numbers.add(
                [] if quantity is None else [((place, *_values(quantity)), quantity.property)],
                [] if given is None else [((place, *_given_values(given)), given["property"])],
            )
            if quantity is not None and given is not None:
                said, meant = _speaker(quantity, told), given["said_by"]
                scores.speakers += Counts(_agree(said, meant), said is not None, meant is not None)
    return scores


def _article(number: int, text: str) -> Article:
    return Article(id=str(number), title="", text=text, paragraphs=((0, len(text)),), published=PUBLISHED)


def _values(quantity: Quantity) -> tuple[float, float | None, str]:
    return quantity.value, quantity.upper, str(quantity.qualifier)


def _given_values(given: Any) -> tuple[float, float | None, str]:
    return given["value"], given["upper"], given["qualifier"]


def _agree(said: str | None, meant: str | None) -> bool:
    """Whether one name holds the other: "Sharma" and "Anita Sharma"."""
    one, two = (said or "").lower(), (meant or "").lower()
    return bool(one and two) and (one in two or two in one)


def _pairs(row: Any, told: AnnotatedArticle) -> Iterator[tuple[Quantity | None, Any]]:
    """Each number found or in the gold: what was read, and what is right."""
    found = {quantity.mention: quantity for quantity in told.quantities if quantity.property != "count"}
    for given in row["numbers"]:
        start = row["text"].find(given["number"])
        end = start + len(given["number"])
        spans = ((i, told.mentions[i].start, told.mentions[i].end) for i in found)
        hit = next((i for i, first, last in spans if first < end and start < last), None)
        yield found.pop(hit) if hit is not None else None, given
    for quantity in found.values():
        yield quantity, None


def _speaker(quantity: Quantity, told: AnnotatedArticle) -> str | None:
    """Who says a number, a pronoun as the name that it stands for."""
    if quantity.said_by is not None or quantity.speaker is None:
        return quantity.said_by
    gazetteer().learn(spoken_places(told))
    entities = local_entities(told, gazetteer())
    return next((entity.name for entity in entities if quantity.speaker in entity.mentions), None)
