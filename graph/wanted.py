"""What users want of the graph beyond what articles say: types to keep, and what they know of things by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from graph.mentions import compact
from graph.model import Claim, Event, GraphMention, KnowledgeGraph, Storyline
from ingest.article import EntityType, EventType
from ingest.given import Named

TYPES = frozenset([*map(str, EntityType), *map(str, EventType)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """As a build was asked for; corrections by hand are linked in the same way."""

    keep: tuple[str, ...] = ()  # types of entities and of events; where none of a kind is named, all of it are kept
    named: tuple[Named, ...] = ()


def kept(graph: KnowledgeGraph, types: Iterable[str]) -> KnowledgeGraph:
    """The graph without things of other types, and without what is said of them alone.

    Who takes part in an event, or says something, stays by name where it is no thing of the graph any more.
    """
    wanted = set(types)
    of_entities, of_events = wanted & set(EntityType), wanted & set(EventType)
    entities = tuple(each for each in graph.entities if not of_entities or each.type in of_entities)
    events = tuple(each for each in graph.events if not of_events or each.type in of_events)
    if len(entities) == len(graph.entities) and len(events) == len(graph.events):
        return graph
    things = {each.id for each in entities} | {each.id for each in events}
    gone = {each.id: each.name for each in graph.entities if each.id not in things}
    lines = tuple(filter(None, (_line(line, things) for line in graph.storylines)))
    told = {event: line.id for line in lines for event in line.events}
    claims = {each.id for each in graph.claims if each.about in things}
    events = tuple(_event(each, gone, told) for each in events)
    cited = {part.mention for event in events for part in event.participants}
    return replace(
        graph,
        mentions=compact(found for each in graph.mentions if (found := _mention(each, things, cited))),
        entities=entities,
        events=events,
        claims=tuple(_claim(each, gone, claims) for each in graph.claims if each.id in claims),
        findings=tuple(each for each in graph.findings if each.about in things),
        relations=tuple(each for each in graph.relations if each.subject in things and each.object not in gone),
        storylines=lines,
        merges=tuple(each for each in graph.merges if each.thing in things),
    )


def _line(line: Storyline, things: set[str]) -> Storyline | None:
    events = tuple(event for event in line.events if event in things)
    return replace(line, events=events) if len(events) > 1 else None


def _event(event: Event, gone: dict[str, str], told: dict[str, str]) -> Event:
    return replace(
        event,
        places=tuple(place for place in event.places if place not in gone),
        participants=tuple(replace(part, entity=None) if part.entity in gone else part for part in event.participants),
        storyline=told.get(event.id),
    )


def _claim(claim: Claim, gone: dict[str, str], claims: set[str]) -> Claim:
    if claim.speaker in gone:
        claim = replace(claim, speaker=None, said_by=claim.said_by or gone[claim.speaker or ""])
    agrees, conflicts, supersedes, part_of = (
        tuple(each for each in others if each in claims)
        for others in (claim.agrees, claim.conflicts, claim.supersedes, claim.part_of)
    )
    return replace(claim, agrees=agrees, conflicts=conflicts, supersedes=supersedes, part_of=part_of)


def _mention(mention: GraphMention, things: set[str], cited: set[str]) -> GraphMention | None:
    if mention.refers_to is None or mention.refers_to in things:
        return mention
    return replace(mention, refers_to=None) if mention.id in cited else None
