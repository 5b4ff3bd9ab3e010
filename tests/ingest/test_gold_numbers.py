"""A floor under numbers and speakers: 72 paragraphs of our own in six styles, read and marked before the code was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bench.score import Counts
from graph.linking.local import local_entities, spoken_places
from graph.places import gazetteer
from ingest.annotate import Annotator
from ingest.article import AnnotatedArticle, Article, Quantity

ROWS = [json.loads(line) for line in Path(__file__).with_name("gold_numbers.jsonl").read_text("utf8").splitlines()]
FLOOR = 0.85


def article(number: int, text: str) -> Article:
    return Article(id=str(number), title="", text=text, paragraphs=((0, len(text)),), published=date(2025, 6, 12))


@pytest.fixture(scope="module")
def readings() -> list[AnnotatedArticle]:
    return list(Annotator().annotate(article(number, row["text"]) for number, row in enumerate(ROWS)))


def pairs(readings: list[AnnotatedArticle]) -> Iterator[tuple[AnnotatedArticle, Quantity | None, Any]]:
    """Each number found or in the gold: what was read, and what is right; a bare count is in no gold."""
    for row, told in zip(ROWS, readings, strict=True):
        found = {q.mention: q for q in told.quantities if q.property != "count"}
        for given in row["numbers"]:
            start = row["text"].find(given["number"])
            end = start + len(given["number"])
            spans = ((i, told.mentions[i].start, told.mentions[i].end) for i in found)
            hit = next((i for i, first, last in spans if first < end and start < last), None)
            yield told, found.pop(hit) if hit is not None else None, given
        for quantity in found.values():
            yield told, quantity, None


def speaker(quantity: Quantity, told: AnnotatedArticle) -> str | None:
    """Who says a number, a pronoun as the name that it stands for."""
    if quantity.said_by is not None or quantity.speaker is None:
        return quantity.said_by
    gazetteer().learn(spoken_places(told))
    entities = local_entities(told, gazetteer())
    return next((entity.name for entity in entities if quantity.speaker in entity.mentions), None)


def test_numbers_are_read(readings: list[AnnotatedArticle]) -> None:
    counts = Counts()
    for _, quantity, given in pairs(readings):
        right = (
            quantity is not None
            and given is not None
            and (quantity.property, quantity.value, quantity.upper, str(quantity.qualifier))
            == (given["property"], given["value"], given["upper"], given["qualifier"])
        )
        counts += Counts(right, quantity is not None, given is not None)
    assert counts.f1 >= FLOOR, counts


def test_their_speakers_are_known(readings: list[AnnotatedArticle]) -> None:
    counts = Counts()
    for told, quantity, given in pairs(readings):
        if quantity is None or given is None:
            continue
        said, meant = speaker(quantity, told), given["said_by"]
        one, two = (said or "").lower(), (meant or "").lower()
        agree = bool(one and two) and (one in two or two in one)
        counts += Counts(agree, said is not None, meant is not None)
    assert counts.f1 >= FLOOR, counts
