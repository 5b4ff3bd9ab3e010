"""Which part of a graph one picture can hold, and what it leaves out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log2

from exports.html.ties import ties
from graph.model import Entity, Event, KnowledgeGraph
from graph.networkx_view import Edge
from graph.reports import Reports
from ingest.article import EntityType

# Above this many nodes nobody finds anything in a picture that they did not search for.
MOST_NODES = 300
DRAWN = {
    EntityType.PERSON: "person",
    EntityType.PLACE: "place",
    EntityType.FACILITY: "place",
    EntityType.ORGANIZATION: "organization",
    EntityType.GROUP: "organization",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the picture: everything that joins two of its nodes."""

    source: str
    target: str
    roles: tuple[str, ...]  # roles in an event, or predicates of relations, sorted
    is_relation: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The nodes and lines to draw."""

    events: tuple[str, ...]  # ids, the most important first
    entities: tuple[str, ...]
    weight: dict[str, float]  # of every drawn node: how much is told of it
    lines: tuple[Line, ...]
    left_out: dict[str, int]  # how many there are beside: event, person, place, organization, other


def choose(graph: KnowledgeGraph, most: int = MOST_NODES) -> Picture:
    """The events most told of, each with those who took part, until `most` nodes are drawn; then other entities."""
    joined = ties(graph)
    near = _near(joined)
    weight = _weights(graph, near)
    drawable = {entity.id for entity in graph.entities if entity.type in DRAWN}
    chosen: dict[str, None] = {}
    events = sorted(graph.events, key=lambda event: (-weight[event.id], event.id))
    for event in events:
        newcomers = [id for id in (event.id, *sorted(near[event.id])) if id in drawable or id == event.id]
        newcomers = [id for id in newcomers if id not in chosen]
        if len(chosen) + len(newcomers) <= most:
            chosen.update(dict.fromkeys(newcomers))
    by_weight = sorted(drawable, key=lambda id: (-weight[id], id))
    chosen.update(dict.fromkeys([id for id in by_weight if id not in chosen][: most - len(chosen)]))

    left_out: Counter[str] = Counter()
    left_out["event"] = sum(event.id not in chosen for event in graph.events)
    for entity in graph.entities:
        if entity.id not in chosen:
            left_out[DRAWN.get(entity.type, "other")] += 1
    return Picture(
        events=tuple(event.id for event in events if event.id in chosen),
        entities=tuple(id for id in by_weight if id in chosen),
        weight={id: weight[id] for id in chosen},
        lines=tuple(_lines(joined, chosen)),
        left_out={noun: number for noun, number in left_out.items() if number},
    )


def _near(joined: Iterable[Edge]) -> dict[str, set[str]]:
    """The entities and events that each is joined to; no key is missing."""
    near: dict[str, set[str]] = defaultdict(set)
    for source, target, _, _ in joined:
        if source != target:
            near[source].add(target)
            near[target].add(source)
    return near


def _weights(graph: KnowledgeGraph, near: Mapping[str, set[str]]) -> dict[str, float]:
    """Articles that tell of a thing, twice, things it is joined to, and claims; of an event also who took part."""
    reports = Reports(graph)
    articles = {article.id for article in graph.articles}
    tells = {(reports.of(each.article), each.refers_to) for each in graph.mentions if each.article in articles}
    told = Counter(target for _, target in tells)
    claims = Counter(claim.about for claim in graph.claims)
    things: tuple[Entity | Event, ...] = (*graph.entities, *graph.events)
    weight = {thing.id: float(2 * told[thing.id] + len(near[thing.id]) + claims[thing.id]) for thing in things}
    for event in graph.events:
        # Of two events told of alike, the one of well-known people and places comes first. A quarter: a famous name
        # alone, which may double the weight eight times, should not outweigh one more article.
        weight[event.id] += max((log2(1 + weight[id]) for id in near[event.id]), default=0.0) / 4
    return {id: round(value, 6) for id, value in weight.items()}


def _lines(joined: Iterable[Edge], chosen: dict[str, None]) -> Iterator[Line]:
    """The lines between chosen nodes, those that join the same two taken together."""
    roles: dict[tuple[str, str, bool], set[str]] = {}
    for source, target, kind, role in joined:
        if source in chosen and target in chosen and source != target:
            roles.setdefault((source, target, kind == "relation"), set()).add(role)
    for (source, target, is_relation), named in sorted(roles.items()):
        yield Line(source=source, target=target, roles=tuple(sorted(named)), is_relation=is_relation)
