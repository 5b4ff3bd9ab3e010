"""As much of a graph as one page can hold and one browser show: what is told of most, and articles that tell of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from exports.html import words
from graph.mentions import compact, namings
from graph.model import Claim, Event, Finding, KnowledgeGraph
from graph.reports import Reports

MOST_THINGS = 50_000  # entities and events
MOST_TEXT = 12_000_000  # characters of articles


def fitting(graph: KnowledgeGraph, things: int = MOST_THINGS, text: int = MOST_TEXT) -> tuple[KnowledgeGraph, str]:
    """The graph itself, or the part of it that fits, and a line that says what is left out: empty for nothing.

    Those entities and events are kept that most articles tell of, then those articles that tell of most of them.
    """
    if len(graph.entities) + len(graph.events) <= things and sum(len(each.text) for each in graph.articles) <= text:
        return graph, ""
    told = Counter[str]()
    reports = Reports(graph)
    for _, thing in {(reports.of(article), thing) for article, thing in namings(graph.mentions)}:
        told[thing] += 1
    every = [*(each.id for each in graph.entities), *(each.id for each in graph.events)]
    kept = set(sorted(every, key=lambda id: (-told[id], id))[:things])
    articles = _articles(graph, kept, text)
    left_out = [
        words.counted(len(every) - len(kept), "person, place or event", "people, places and events"),
        words.counted(len(graph.articles) - len(articles), "article", "articles"),
    ]
    missing = [line for line in left_out if not line.startswith("0 ")]
    return _part(graph, kept, articles), f"left out: {' and '.join(missing)}, told of least; all is in graph.ttl"


def _articles(graph: KnowledgeGraph, kept: set[str], most: int) -> set[str]:
    tells = Counter(mention.article for mention in graph.mentions if mention.refers_to in kept)
    found, length = set[str](), 0
    for article in sorted(graph.articles, key=lambda each: (-tells[each.id], each.id)):
        length += len(article.text)
        if length > most and found:
            break
        found.add(article.id)
    return found


def _part(graph: KnowledgeGraph, kept: set[str], articles: set[str]) -> KnowledgeGraph:
    mentions = compact(
        each
        for each in graph.mentions
        if each.article in articles and (each.refers_to is None or each.refers_to in kept)
    )
    said = {mention.id for mention in mentions}
    entities = tuple(each for each in graph.entities if each.id in kept)
    gone = {each.id for each in graph.entities} - kept
    named = {entity.id for entity in entities}
    claims = {each.id: each for each in graph.claims if each.about in kept and each.article in articles}
    return KnowledgeGraph(
        reprints=tuple(each for each in graph.reprints if each.article in articles),
        publications=tuple(each for each in graph.publications if each.article in articles),
        articles=tuple(each for each in graph.articles if each.id in articles),
        mentions=mentions,
        entities=entities,
        events=tuple(_event(each, named, said) for each in graph.events if each.id in kept),
        claims=tuple(_claim(each, claims, named, articles) for each in claims.values()),
        findings=tuple(_finding(each, claims, articles) for each in graph.findings if each.about in kept),
        relations=tuple(
            replace(each, mentions=_among(each.mentions, said))
            for each in graph.relations
            if each.subject in kept and each.object not in gone
        ),
        storylines=tuple(replace(each, events=_among(each.events, kept)) for each in graph.storylines),
    )


def _event(event: Event, named: set[str], said: set[str]) -> Event:
    participants = tuple(
        part if part.entity in named else replace(part, entity=None)
        for part in event.participants
        if part.mention in said
    )
    mentions = _among(event.mentions, said)
    return replace(event, places=_among(event.places, named), participants=participants, mentions=mentions)


def _claim(claim: Claim, claims: dict[str, Claim], named: set[str], articles: set[str]) -> Claim:
    return replace(
        claim,
        speaker=claim.speaker if claim.speaker in named else None,
        origin=claim.origin if claim.origin in articles else claim.article,
        agrees=_among(claim.agrees, claims),
        conflicts=_among(claim.conflicts, claims),
        supersedes=_among(claim.supersedes, claims),
        part_of=_among(claim.part_of, claims),
    )


def _finding(finding: Finding, claims: dict[str, Claim], articles: set[str]) -> Finding:
    return replace(
        finding,
        supports=_among(finding.supports, claims),
        against=_among(finding.against, claims),
        origins=_among(finding.origins, articles),
    )


def _among(ids: Iterable[str], kept: set[str] | dict[str, Claim]) -> tuple[str, ...]:
    return tuple(id for id in ids if id in kept)
