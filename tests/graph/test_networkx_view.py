"""The networkx view of a small graph."""

from __future__ import annotations

from datetime import date

from graph.model import Entity, Event, EventParticipant, GraphMention, KnowledgeGraph, Relation
from graph.networkx_view import to_networkx
from ingest.article import Article, EntityType, EventType, MentionKind, Role, Status

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
    }


def test_a_place_that_is_also_a_participant_is_one_edge() -> None:
    assert VIEW.number_of_edges("opening", "tarn") == 1
    assert VIEW.edges["opening", "tarn", "participant:place"]["mentions"] == ("m2",)


def test_relations_to_texts_are_no_edges_and_add_no_nodes() -> None:
    assert [role for _, _, role in VIEW.out_edges("holm", data="role")] == ["office_of"]
    assert "Mayor" not in VIEW


def test_articles_are_joined_to_what_they_speak_of() -> None:
    assert {(target, mentions) for _, target, mentions in VIEW.out_edges("a", data="mentions")} == {
        ("holm", ("m1", "m5")),
        ("tarn", ("m2",)),
        ("opening", ("m3",)),
    }


def test_an_empty_graph_has_an_empty_view() -> None:
    assert len(to_networkx(KnowledgeGraph())) == 0
