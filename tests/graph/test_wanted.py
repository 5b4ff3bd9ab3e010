"""The graph keeps the types that are asked for, and what users know of things by name goes before what articles say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.link import link
from graph.model import KnowledgeGraph
from graph.wanted import TYPES, Wanted, kept
from ingest.article import EntityType, EventType, Qualifier, Role
from ingest.given import Named
from tests.graph.reports import ELECTION, EVERYTHING, FLOOD, MERGER, MONDAY, RAIDS, Told, entity, names, report
from tests.seeds_graph import seeds_graph

SAKURA = Named(
    name="Sakura Group",
    type=EntityType.ORGANIZATION,
    aliases=("Sakura Motor Corporation", "Sakura", "Tokyo Stock Exchange"),
    description="maker of cars",
    same_as=("https://example.org/sakura",),
)


def ids(graph: KnowledgeGraph) -> set[str]:
    return {each.id for each in graph.entities} | {each.id for each in graph.events}


@pytest.mark.parametrize("types", [{"place"}, {"person", "ASSAULT"}, {"DEATH"}, {"place", "ASSAULT", "CONSULT"}])
def test_only_what_is_asked_for_is_kept_and_nothing_hangs_loose(types: set[str]) -> None:
    whole = seeds_graph()
    graph = kept(whole, types)
    if types & set(EntityType):
        assert {each.type.value for each in graph.entities} == types & set(EntityType)
    else:
        assert graph.entities == whole.entities
    if types & set(EventType):
        assert {each.type.value for each in graph.events} == types & set(EventType)
    else:
        assert len(graph.events) == len(whole.events)
    assert graph.articles == whole.articles
    assert len(graph.mentions) < len(whole.mentions)
    things, claims, mentions = ids(graph), {each.id for each in graph.claims}, {each.id for each in graph.mentions}
    assert all(each.refers_to in things | {None} for each in graph.mentions)
    assert all(each.about in things and each.speaker in things | {None} for each in graph.claims)
    assert all({*each.agrees, *each.conflicts, *each.supersedes, *each.part_of} <= claims for each in graph.claims)
    assert all({*each.supports, *each.against} <= claims for each in graph.findings)
    assert all(each.subject in things for each in graph.relations)
    assert not {each.object for each in graph.relations} & (ids(whole) - things)
    assert all(part.entity in things | {None} for each in graph.events for part in each.participants)
    assert all(part.mention in mentions for each in graph.events for part in each.participants)
    lines = {line.id: line.events for line in graph.storylines}
    assert all(len(events) > 1 and set(events) <= things for events in lines.values())
    assert all(each.storyline is None or each.id in lines[each.storyline] for each in graph.events)
    assert all(each.thing in things for each in graph.merges)


def test_who_says_something_stays_known_by_name() -> None:
    whole = seeds_graph()
    graph = kept(whole, {"place"})
    named = {each.id: each.name for each in whole.entities}
    spoken = [each for each in whole.claims if each.speaker and each.speaker not in ids(graph)]
    assert spoken
    now = {each.id: each for each in graph.claims}
    for claim in spoken:
        assert now[claim.id].said_by == (claim.said_by or named[claim.speaker or ""])


def test_every_type_or_none_keeps_the_graph_as_it_is() -> None:
    whole = link(EVERYTHING)
    assert kept(whole, TYPES) == whole
    assert link(EVERYTHING, wanted=Wanted()) == whole


def test_linking_keeps_only_the_types_that_are_wanted() -> None:
    assert names(link(RAIDS, wanted=Wanted(keep=("place",))), EntityType.PERSON) == []
    assert {each.type for each in link(EVERYTHING, wanted=Wanted(keep=("ELECTION",))).events} == {EventType.ELECTION}


def test_a_thing_that_is_known_by_name_is_called_so_and_described_so() -> None:
    graph = link([MERGER], wanted=Wanted(named=(replace(SAKURA, aliases=SAKURA.aliases[:2]),)))
    found = entity(graph, "Sakura Group")
    assert found.aliases == ("Sakura", "Sakura Motor Corporation")
    assert (found.description, found.links) == ("maker of cars", ("https://example.org/sakura",))
    assert "Tokyo Stock Exchange" in names(graph)
    assert found.id != entity(link([MERGER]), "Sakura Motor Corporation").id


def test_what_has_names_of_one_thing_is_one_and_says_why() -> None:
    graph = link([MERGER], wanted=Wanted(named=(SAKURA,)))
    found = entity(graph, "Sakura Group")
    assert {"TSE", "Sakura", "Tokyo Stock Exchange"} <= set(found.aliases)
    assert [each.reasons for each in graph.merges if each.thing == found.id][0:1]
    assert any("both are Sakura Group by the names given" in each.reasons for each in graph.merges)


def test_a_name_of_two_things_tells_of_neither() -> None:
    other = replace(SAKURA, name="Sakura Bank", aliases=("Sakura Motor Corporation", "Sakura"))
    graph = link([MERGER], wanted=Wanted(named=(SAKURA, other)))
    assert "Sakura Motor Corporation" in names(graph)


def test_the_type_tells_whose_name_it_is() -> None:
    person = Named(name="Porto Alegre", type=EntityType.PERSON, description="a singer")
    assert link([FLOOD], wanted=Wanted(named=(person,))) == link([FLOOD])


def test_where_users_say_a_place_is_goes_before_the_gazetteer() -> None:
    told = report(
        "A [fire|ACCIDENT] in [Nairobi|place] killed [3|number] on [Monday|time].",
        Told(
            trigger="fire",
            roles={Role.PLACE: "Nairobi"},
            day=MONDAY,
            numbers=[("3", "killed", 3, Qualifier.EXACTLY, None)],
        ),
    )
    known = entity(link([told]), "Nairobi")
    assert known.links
    ours = Named(name="Nairobi", type=EntityType.PLACE, lat=1.5, lon=2.5)
    found = entity(link([told], wanted=Wanted(named=(ours,))), "Nairobi")
    assert (found.lat, found.lon, found.links) == (1.5, 2.5, ())
    described = Named(name="Nairobi", type=EntityType.PLACE, description="a capital")
    found = entity(link([told], wanted=Wanted(named=(described,))), "Nairobi")
    assert (found.lat, found.lon, found.links, found.description) == (known.lat, known.lon, known.links, "a capital")


def test_the_order_of_articles_does_not_matter() -> None:
    wanted = Wanted(named=(SAKURA,), keep=("organization", "person"))
    assert link([ELECTION, MERGER, FLOOD], wanted=wanted) == link([FLOOD, MERGER, ELECTION], wanted=wanted)
