"""The rows of edges.csv: who took part in what, what is related, where it is written, and how claims stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from exports.tables.nodes import Row, text_id
from graph.model import Claim, Finding, GraphMention, KnowledgeGraph
from graph.reports import Reports

EDGE_COLUMNS = (
    ":START_ID",
    ":END_ID",
    ":TYPE",
    "role",
    "count:int",
    "articles:int",
    "evidence:string[]",
    "start_name:IGNORE",
    "end_name:IGNORE",
)
Ends = tuple[str, str, str, str | None]  # start, end, type, role


def edge_rows(graph: KnowledgeGraph, names: Mapping[str, str]) -> Iterator[Row]:
    """Each edge between two of the nodes in `names` once, in order, by the names of EDGE_COLUMNS.

    `role` is the part that somebody plays in an event, or a relation's predicate in the graph's own words;
    `evidence` the places that say so, as "ARTICLE#char=START,END" in characters of that article's text; `count` and
    `articles` how many places and reports these are, reprints counted once. The last two columns are the names of the
    two ends, for people.
    """
    found: dict[Ends, dict[str, None]] = {}
    for ends, mentions in _edges(graph, names):
        found.setdefault(ends, {}).update(dict.fromkeys(mentions))
    by_id = {mention.id: mention for mention in graph.mentions}
    reports = Reports(graph)
    for ends in sorted(found, key=lambda ends: (*ends[:3], ends[3] or "")):
        start, end, type, role = ends
        if start in names and end in names:
            said = sorted((by_id[each] for each in found[ends] if each in by_id), key=_place)
            yield {
                ":START_ID": start,
                ":END_ID": end,
                ":TYPE": type,
                "role": role,
                "count:int": len(said) or None,
                "articles:int": reports.count(mention.article for mention in said) or None,
                "evidence:string[]": tuple(f"{each.article}#char={each.start},{each.end}" for each in said),
                "start_name:IGNORE": names[start],
                "end_name:IGNORE": names[end],
            }


def _edges(graph: KnowledgeGraph, names: Mapping[str, str]) -> Iterator[tuple[Ends, Iterable[str]]]:
    for event in graph.events:
        for part in event.participants:
            who = text_id(event.id, part.text) if part.entity is None else part.entity
            yield (event.id, who, "PARTICIPANT", part.role.value), (part.mention,)
        for place in event.places:
            yield (event.id, place, "HAS_PLACE", None), ()
    for relation in graph.relations:
        target = relation.object if relation.object in names else text_id(relation.subject, relation.object)
        type = re.sub(r"\W+", "_", relation.predicate).upper() or "RELATED"
        yield (relation.subject, target, type, relation.predicate), relation.mentions
    for mention in graph.mentions:
        if mention.refers_to is not None:
            yield (mention.refers_to, mention.article, "MENTIONED_IN", None), (mention.id,)
    for claim in graph.claims:
        yield from _claim(claim)
    for finding in graph.findings:
        yield from _finding(finding)
    for again in graph.reprints:
        yield (again.article, again.origin, "REPRINT_OF", None), ()
    for line in graph.storylines:
        for each in line.events:
            yield (each, line.id, "PART_OF_STORYLINE", None), ()


def _claim(claim: Claim) -> Iterator[tuple[Ends, Iterable[str]]]:
    yield (claim.id, claim.about, "ABOUT", None), ()
    if claim.speaker is not None:
        yield (claim.id, claim.speaker, "SAID_BY", None), ()
    yield (claim.id, claim.article, "REPORTED_IN", None), (claim.mention,)
    yield (claim.id, claim.origin, "FIRST_REPORTED_IN", None), ()
    for type, others in (
        ("AGREES_WITH", claim.agrees),
        ("CONFLICTS_WITH", claim.conflicts),
        ("SUPERSEDES", claim.supersedes),
        ("COUNTS_PART_OF", claim.part_of),
    ):
        for other in others:
            yield (claim.id, other, type, None), ()


def _finding(finding: Finding) -> Iterator[tuple[Ends, Iterable[str]]]:
    yield (finding.id, finding.about, "ABOUT", None), ()
    for type, others in (
        ("SUPPORTED_BY", finding.supports),
        ("CONTRADICTED_BY", finding.against),
        ("FIRST_REPORTED_IN", finding.origins),
    ):
        for other in others:
            yield (finding.id, other, type, None), ()


def _place(mention: GraphMention) -> tuple[str, int, int, str]:
    return mention.article, mention.start, mention.end, mention.id
