"""Timelines: relations of two orders against each other, and timelines read off a graph."""

from __future__ import annotations

from typing import Any

import pytest

from bench.gold import GoldDocument, document
from bench.timeline import Told, compare, gold_order, named_documents, named_entities
from graph.model import Entity, KnowledgeGraph
from ingest.article import EntityType


def order(*places: str) -> list[set[Told]]:
    """Mentions of one letter each, those of one time together."""
    return [{("d", 0, letter) for letter in place} for place in places]


@pytest.mark.parametrize(
    ("found", "gold", "right", "covered"),
    [
        (order("a", "b", "c"), order("a", "b", "c"), (2, 2), (2, 2)),
        (order("a", "c"), order("a", "b", "c"), (1, 1), (0, 2)),  # a before c follows from the gold
        (order("a", "b", "c"), order("a", "c"), (0, 2), (1, 1)),
        (order("ab"), order("ab"), (1, 1), (1, 1)),
        (order("ab"), order("a", "b"), (0, 1), (0, 1)),
        (order("b", "a"), order("a", "b"), (0, 1), (0, 1)),
        (order("x"), order("ab", "c"), (0, 0), (0, 2)),
        ([], order("a", "b"), (0, 0), (0, 1)),
    ],
)
def test_relations_are_right_where_they_follow_from_the_other_side(
    found: list[set[Told]], gold: list[set[Told]], right: tuple[int, int], covered: tuple[int, int]
) -> None:
    counted = compare(found, gold)
    assert (counted.found_right, counted.found) == right
    assert (counted.gold_found, counted.gold) == covered


def test_counts_of_timelines_add_up() -> None:
    total = compare(order("a", "b"), order("a", "b")) + compare(order("b", "a"), order("a", "b", "c"))
    assert (total.precision, total.recall, total.f1) == pytest.approx((1 / 2, 1 / 3, 2 / 5))
    assert (total.mentions_right, total.mentions_found, total.mentions_gold) == (4, 4, 5)


def told(name: str, *sentences: str) -> GoldDocument:
    words = [sentence.split() for sentence in sentences]
    starts = [sum(map(len, words[:i])) for i in range(len(words))]
    row: dict[str, Any] = {
        "id": name, "topic": name, "dct": "2010-01-01", "tokens": " ".join(sentences).split(), "mentions": [],
        "sents": [[start, start + len(one)] for start, one in zip(starts, words, strict=True)],
        "sent_ids": list(range(len(words))),
    }  # fmt: skip
    return document(row)


def test_documents_are_known_by_their_words_and_undated_events_are_left_out() -> None:
    golds = [told("one", "A mayor resigned .", "She left town ."), told("two", "A court case began .", "He won .")]
    events = [
        {"order": "0", "mentions": ["77-1-won"]},
        {"order": "2", "mentions": ["5-1-left", "77-0-court_case"]},
        {"order": "1", "mentions": ["5-0-resigned"]},
    ]
    named = named_documents([{"events": events}], golds)
    assert named == {"5": "one", "77": "two"}
    assert gold_order(events, named) == [{("one", 0, "resigned")}, {("one", 1, "left"), ("two", 0, "case")}]


def test_an_entity_is_found_by_any_spelling_or_by_the_end_of_its_name() -> None:
    known = (
        Entity(id="1", type=EntityType.PERSON, name="Maria Lopez", aliases=("Lopez",)),
        Entity(id="2", type=EntityType.ORGANIZATION, name="Water Works"),
        Entity(id="3", type=EntityType.ORGANIZATION, name="Works"),
    )
    graph = KnowledgeGraph(entities=known)
    assert named_entities("LOPEZ", graph) == {"1"}
    assert named_entities("Nairobi Water Works", graph) == {"2"}
    assert named_entities("Peter Mwangi", graph) == set()
