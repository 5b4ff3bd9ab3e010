"""The networkx view of a small graph."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from graph.model import Entity, Event, EventParticipant, GraphMention, KnowledgeGraph, Relation
from graph.networkx_view import plain, to_networkx
from ingest.article import Article, EntityType, EventType, MentionKind, Role, Status

if TYPE_CHECKING:
    from networkx import MultiDiGraph

TEXT = "Mayor Ada Holm opened a bridge in Tarn."


def mention(id: str, words: str, kind: MentionKind, refers_to: str | None) -> GraphMention:
    start = TEXT.index(words)
    return GraphMention(
        id=id, article="a", start=start, end=start + len(words), text=words, kind=kind, refers_to=refers_to
    )


GRAPH = KnowledgeGraph(
    articles=(Article(id="a", title="A bridge for Tarn", text=TEXT, paragraphs=((0, len(TEXT)),)),),
    mentions=(
        mention("m1", "Ada Holm", MentionKind.ENTITY, "holm"),
        mention("m2", "Tarn", MentionKind.ENTITY, "tarn"),
        mention("m3", "opened", MentionKind.EVENT, "opening"),
        mention("m4", "bridge", MentionKind.ENTITY, None),
        mention("m5", "Holm", MentionKind.ENTITY, "holm"),
    ),
    entities=(
        Entity(id="holm", type=EntityType.PERSON, name="Ada Holm"),
        Entity(id="tarn", type=EntityType.PLACE, name="Tarn"),
    ),
    events=(
        Event(
            id="opening",
            type=EventType.CULTURE,
            mode=None,
            label="Opening of a bridge in Tarn",
            status=Status.HAPPENED,
            start=date(2024, 5, 1),
            end=date(2024, 5, 1),
            places=("tarn",),
            participants=(
                EventParticipant(role=Role.AGENT, entity="holm", text="Ada Holm", mention="m1"),
                EventParticipant(role=Role.AGENT, entity="holm", text="Holm", mention="m5"),
                EventParticipant(role=Role.PLACE, entity="tarn", text="Tarn", mention="m2"),
                EventParticipant(role=Role.TARGET, entity=None, text="bridge", mention="m4"),
            ),
            mentions=("m3",),
        ),
    ),
    relations=(
        Relation(subject="holm", predicate="job_title", object="Mayor", mentions=("m1",)),
        Relation(subject="holm", predicate="office_of", object="tarn", mentions=("m1",)),
    ),
)
VIEW = to_networkx(GRAPH)


def test_entities_events_and_articles_are_typed_nodes() -> None:
    assert dict(VIEW.nodes(data=True)) == {
        "holm": {"kind": "entity", "type": "person", "label": "Ada Holm"},
        "tarn": {"kind": "entity", "type": "place", "label": "Tarn"},
        "opening": {"kind": "event", "type": "CULTURE", "label": "Opening of a bridge in Tarn"},
        "a": {"kind": "article", "type": "article", "label": "A bridge for Tarn"},
    }


def test_participants_are_edges_with_every_mention_that_says_so() -> None:
    assert VIEW.edges["opening", "holm", "participant:agent"] == {
        "kind": "participant",
        "role": "agent",
        "mentions": ("m1", "m5"),
        "times": 2,
        "weight": 1,
    }


def test_an_edge_weighs_as_many_articles_as_say_so() -> None:
    again = replace(GRAPH.mentions[0], id="m6", article="b")
    both = replace(GRAPH, articles=(*GRAPH.articles, replace(GRAPH.articles[0], id="b")),
                   mentions=(*GRAPH.mentions, again),
                   relations=(replace(GRAPH.relations[1], mentions=("m1", "m5", "m6")),))  # fmt: skip
    edge = to_networkx(both).edges["holm", "tarn", "relation:office_of"]
    assert (edge["times"], edge["weight"]) == (3, 2)


def test_a_place_that_is_also_a_participant_is_one_edge() -> None:
    assert VIEW.number_of_edges("opening", "tarn") == 1
    assert VIEW.edges["opening", "tarn", "participant:place"]["mentions"] == ("m2",)


def test_a_place_that_nobody_names_is_said_by_what_tells_of_the_event() -> None:
    opening = replace(GRAPH.events[0], participants=())
    edge = to_networkx(replace(GRAPH, events=(opening,))).edges["opening", "tarn", "participant:place"]
    assert (edge["mentions"], edge["weight"]) == (("m3",), 1)


def test_relations_to_texts_are_no_edges_and_add_no_nodes() -> None:
    assert [role for _, _, role in VIEW.out_edges("holm", data="role")] == ["office_of"]
    assert "Mayor" not in VIEW


def test_articles_are_joined_to_what_they_speak_of() -> None:
    assert {(target, mentions) for _, target, mentions in VIEW.out_edges("a", data="mentions")} == {
        ("holm", ("m1", "m5")),
        ("tarn", ("m2",)),
        ("opening", ("m3",)),
    }


@pytest.mark.parametrize(
    ("write", "read"), [(nx.write_graphml, nx.read_graphml), (nx.write_gexf, nx.read_gexf)], ids=["graphml", "gexf"]
)
def test_every_attribute_comes_back_from_a_file(
    tmp_path: Path, write: Callable[..., None], read: Callable[..., MultiDiGraph[str]]
) -> None:
    twice = EventParticipant(role=Role.RECIPIENT, entity="holm", text="Holm", mention="m5")
    opening = replace(GRAPH.events[0], participants=(*GRAPH.events[0].participants, twice))
    flat = plain(to_networkx(replace(GRAPH, events=(opening,))))
    write(flat, tmp_path / "graph")
    back = read(tmp_path / "graph")
    assert dict(back.nodes(data=True)) == dict(flat.nodes(data=True))
    edges = {(one, other, key): known for one, other, key, known in back.edges(keys=True, data=True)}
    assert edges.keys() == set(flat.edges(keys=True))
    for place, known in edges.items():
        known.pop("id", None)
        assert known == flat.edges[place]


def test_the_plain_view_keeps_the_evidence_as_one_text_and_gives_each_edge_an_id() -> None:
    flat = plain(VIEW)
    (key,) = [key for _, _, key, known in flat.out_edges("opening", keys=True, data=True) if known["role"] == "agent"]
    assert flat.edges["opening", "holm", key]["mentions"] == "m1 m5"
    keys = [key for _, _, key in flat.edges(keys=True)]
    assert len(set(keys)) == len(keys) == VIEW.number_of_edges()


def test_the_plain_view_holds_nothing_that_xml_forbids(tmp_path: Path) -> None:
    loud = replace(GRAPH.entities[0], name="Ada\x07 Holm & <Sons>")
    nx.write_graphml(plain(to_networkx(replace(GRAPH, entities=(loud, GRAPH.entities[1])))), tmp_path / "graph")
    assert nx.read_graphml(tmp_path / "graph").nodes["holm"]["label"] == "Ada\ufffd Holm & <Sons>"


def test_an_empty_graph_has_an_empty_view() -> None:
    assert len(to_networkx(KnowledgeGraph())) == 0
