"""What is told of two graphs is what changed between them, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from graph.difference import Difference, difference
from graph.link import link
from graph.model import Entity, Event, EventParticipant, KnowledgeGraph, Relation, Storyline
from ingest.article import EntityType, MentionKind, Qualifier, Role, Status
from tests.graph.hand_made import ENTITIES, GRAPH, JUNE_1, MAY_9, event, many
from tests.graph.reports import EVERYTHING, FLOOD, FLOOD_LATER, entity

PLAN = next(each for each in GRAPH.events if each.id == "plan")


def changes(new: KnowledgeGraph, old: KnowledgeGraph = GRAPH) -> dict[str, Any]:
    """The lists that are not empty, by their names."""
    found = difference(old, new)
    groups = ("articles", "entities", "events", "claims", "relations", "storylines")
    told = {
        f"{group}.{name}": rows
        for group in groups
        for name in getattr(found, group).__slots__
        if (rows := getattr(getattr(found, group), name))
    }
    return told | ({"numbers": found.numbers} if found.numbers else {})


def with_event(new: Event) -> KnowledgeGraph:
    return replace(GRAPH, events=tuple(new if each.id == new.id else each for each in GRAPH.events))


def with_entity(id: str, **fields: Any) -> KnowledgeGraph:
    return replace(GRAPH, entities=tuple(replace(each, **fields) if each.id == id else each for each in ENTITIES))


def test_a_graph_does_not_differ_from_itself() -> None:
    for graph in (GRAPH, many(), link(EVERYTHING)):
        assert difference(graph, graph).is_empty
        backwards = {name: getattr(graph, name)[::-1] for name in ("entities", "events", "mentions", "claims")}
        assert difference(graph, replace(graph, **backwards)).is_empty


def test_fields_that_changed_are_named() -> None:
    (changed,) = changes(with_event(replace(PLAN, status=Status.HAPPENED, start=JUNE_1)))["events.changed"]
    assert changed.fields == ("status", "start")
    assert (changed.before.start, changed.after.start) == (MAY_9, JUNE_1)
    (renamed,) = changes(with_entity("ann", name="Anne", aliases=("Ann",)))["entities.changed"]
    assert renamed.fields == ("name", "aliases")


def test_a_mention_more_in_the_same_role_is_no_change() -> None:
    again = replace(PLAN.participants[0], mention="elsewhere")
    assert not changes(with_event(replace(PLAN, participants=(*PLAN.participants, again))))


def test_somebody_more_in_an_event_is_a_change() -> None:
    bystander = EventParticipant(role=Role.TARGET, entity=None, text="a bystander", mention="m")
    (changed,) = changes(with_event(replace(PLAN, participants=(*PLAN.participants, bystander))))["events.changed"]
    assert changed.fields == ("participants",)


def renamed(old: str, new: str) -> KnowledgeGraph:
    """The sample with another id for one of its entities, everywhere."""

    def now(id: Any) -> Any:
        return new if id == old else id

    return replace(
        GRAPH,
        entities=tuple(replace(each, id=now(each.id)) for each in GRAPH.entities),
        mentions=tuple(replace(each, refers_to=now(each.refers_to)) for each in GRAPH.mentions),
        events=tuple(
            replace(
                each,
                places=tuple(map(now, each.places)),
                participants=tuple(replace(part, entity=now(part.entity)) for part in each.participants),
            )
            for each in GRAPH.events
        ),
        relations=tuple(replace(each, subject=now(each.subject), object=now(each.object)) for each in GRAPH.relations),
    )


def test_another_id_alone_is_no_change() -> None:
    for id in ("north", "ann", "tarn", "northerners"):
        assert not changes(renamed(id, f"{id}-2"))


def test_new_and_gone_are_each_other_backwards() -> None:
    talks = event("raid2", GRAPH.events[0].type, "a1", {Role.AGENT: "ann"})
    dee = Entity(id="dee", type=EntityType.PERSON, name="Dee")
    line = Storyline(id="s", label="S", events=("raid", "raid2"))
    fact = Relation(subject="dee", predicate="office_of", object="north", mentions=("x",))
    more = replace(
        GRAPH,
        articles=(*GRAPH.articles, replace(GRAPH.articles[0], id="a9")),
        entities=(*GRAPH.entities, dee),
        events=(*GRAPH.events, talks),
        relations=(*GRAPH.relations, fact),
        storylines=(line,),
    )
    there, back = changes(more), changes(GRAPH, more)
    assert there == {
        "articles.new": more.articles[-1:],
        "entities.new": (dee,),
        "events.new": (talks,),
        "relations.new": (fact,),
        "storylines.new": (line,),
    }
    assert back == {name.replace(".new", ".gone"): rows for name, rows in there.items()}
    (changed,) = changes(replace(more, storylines=(replace(line, events=("raid",)),)), more)["storylines.changed"]
    assert changed.fields == ("events",)


def test_merged_things_are_one_and_split_ones_several() -> None:
    merged = replace(
        GRAPH,
        entities=tuple(each for each in ENTITIES if each.id != "northerners"),
        mentions=tuple(
            replace(each, refers_to="north" if each.refers_to == "northerners" else each.refers_to)
            for each in GRAPH.mentions
        ),
    )
    (one,) = changes(merged)["entities.merged"]
    assert ([each.id for each in one.before], one.after.id) == (["north", "northerners"], "north")
    (two,) = changes(GRAPH, merged)["entities.split"]
    assert (two.before.id, [each.id for each in two.after]) == ("north", ["north", "northerners"])
    assert "entities.gone" not in changes(merged)


def test_claims_that_come_to_conflict_or_are_superseded_are_told() -> None:
    first, second, third = GRAPH.claims  # the second contradicts both others
    agreed = replace(first, conflicts=())
    updated = replace(second, conflicts=("c3",), supersedes=("c1",))
    updating = replace(GRAPH, claims=(agreed, updated, third))
    assert changes(updating) == {
        "claims.settled": ((agreed, updated),),
        "claims.superseded": ((agreed, updated),),
    }
    assert changes(GRAPH, updating) == {"claims.conflicting": ((first, second),)}


def linked(*reports: Any) -> KnowledgeGraph:
    return link(reports)


def told_of_numbers(found: Difference) -> list[tuple[str, Any, Any]]:
    return [
        (
            move.property,
            move.before and (move.before.qualifier, move.before.value, move.before.unit),
            move.after and (move.after.qualifier, move.after.value, move.after.unit),
        )
        for move in found.numbers
    ]


def test_a_later_report_moves_the_number_of_an_event() -> None:
    found = difference(linked(FLOOD), linked(FLOOD, FLOOD_LATER))
    moves = told_of_numbers(found)
    assert moves[0] == ("killed", (Qualifier.AT_LEAST, 60, None), (Qualifier.EXACTLY, 75, None))
    assert [move[1] for move in moves[1:]] == [None] * len(moves[1:])  # of children nothing was said before
    assert not found.events.gone
    assert not found.entities.gone
    assert [claim.value for claim in found.claims.gone] == []
    assert sorted(claim.value for claim in found.claims.new) == [9, 75]
    values = [(one.value, two.value) for one, two in found.claims.superseded]
    assert (60, 75) in values


def test_what_is_told_of_linked_reports_holds_without_a_report() -> None:
    """Whatever report is left out: nothing is both new and gone, and all that changed is in both graphs."""
    whole = linked(*EVERYTHING)
    for number in range(len(EVERYTHING)):
        part = linked(*EVERYTHING[:number], *EVERYTHING[number + 1 :])
        found = difference(part, whole)
        assert [article.id for article in found.articles.new] == [EVERYTHING[number].article.id]
        for things in (found.entities, found.events):
            for each in things.new:
                assert not spoken_of(whole, each.id) & mentions_of(part)
            for each in things.gone:
                assert not spoken_of(part, each.id) & mentions_of(whole)


def mentions_of(graph: KnowledgeGraph) -> set[str]:
    return {each.id for each in graph.mentions if each.refers_to}


def spoken_of(graph: KnowledgeGraph, id: str) -> set[str]:
    kinds = (MentionKind.ENTITY, MentionKind.EVENT)
    return {each.id for each in graph.mentions if each.refers_to == id and each.kind in kinds}


def test_what_most_articles_speak_of_comes_first() -> None:
    empty = replace(GRAPH, entities=(), events=(), mentions=(), relations=(), claims=())
    found = difference(empty, GRAPH)
    assert [each.id for each in found.events.new][:2] == ["raid", "talks"]
    articles = [
        len({each.article for each in GRAPH.mentions if each.refers_to == thing.id}) for thing in found.entities.new
    ]
    assert articles == sorted(articles, reverse=True)


def test_an_entity_is_found_again_when_its_name_grows() -> None:
    old, new = linked(FLOOD_LATER), linked(FLOOD, FLOOD_LATER)
    leite = entity(old, "Leite")
    found = difference(old, new)
    (change,) = [each for each in found.entities.changed if each.before.id == leite.id]
    assert change.after.name == "Eduardo Leite"
