"""Names, spellings close to them, and ids find what was meant."""

from __future__ import annotations

from datetime import date

import pytest

from graph.model import Entity, Event, GraphMention, KnowledgeGraph
from ingest.article import EntityType, EventType, MentionKind, Status
from newsgraph.finding import UnknownName, find

ADA = Entity(id="entity-1", type=EntityType.PERSON, name="Ada Lindqvist", aliases=("Mayor Lindqvist", "Ada Lindquist"))
BO = Entity(id="entity-2", type=EntityType.PERSON, name="Bo Lindqvist")
CITY = Entity(id="entity-3", type=EntityType.PLACE, name="Malmö")
STORM = Event(
    id="event-1", type=EventType.DISASTER, mode=None, label="Storm in Malmö", status=Status.HAPPENED,
    start=date(2025, 6, 8), end=date(2025, 6, 8),
)  # fmt: skip
SAID = GraphMention(id="m", article="a", start=0, end=2, text="Bo", kind=MentionKind.ENTITY, refers_to=BO.id)
GRAPH = KnowledgeGraph(entities=(ADA, BO, CITY), events=(STORM,), mentions=(SAID,))


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("Ada Lindqvist", ADA),
        ("ada  LINDQVIST", ADA),
        ("mayor lindqvist", ADA),
        ("Ada Lindkvist", ADA),
        ("Lindqvist", BO),  # both have the name: the one spoken of most
        ("entity-1", ADA),
        ("malmo", CITY),
        ("Malmoe", CITY),
        ("storm", STORM),
        ("event-1", STORM),
    ],
)
def test_a_name_finds_what_was_meant(name: str, thing: Entity | Event) -> None:
    assert find(GRAPH, name).thing == thing


def test_what_else_a_name_could_mean_is_told() -> None:
    assert find(GRAPH, "Lindqvist").others == (ADA,)


@pytest.mark.parametrize("name", ["Zebra", "", " ", "?", "Ad"])
def test_an_unknown_name_is_one_line(name: str) -> None:
    with pytest.raises(UnknownName, match="nothing in this graph goes by that name"):
        find(GRAPH, name)


def test_an_empty_graph_knows_no_name() -> None:
    with pytest.raises(UnknownName):
        find(KnowledgeGraph(), "Ada")
