"""What stands above a view of a graph: how much there is, by whom, and on how much the reports disagree."""

from __future__ import annotations

from collections import Counter
from datetime import date

from exports.html import words
from exports.html.picture import DRAWN
from graph.mentions import ordered
from graph.model import KnowledgeGraph


def in_order(graph: KnowledgeGraph) -> KnowledgeGraph:
    """The same graph, each array sorted, as graphs that were read or built by hand may not be."""
    return KnowledgeGraph(
        reprints=graph.reprints,
        publications=graph.publications,
        articles=tuple(sorted(graph.articles, key=lambda article: article.id)),
        mentions=ordered(graph.mentions),
        entities=tuple(sorted(graph.entities, key=lambda entity: entity.id)),
        events=tuple(sorted(graph.events, key=lambda event: event.id)),
        claims=tuple(sorted(graph.claims, key=lambda claim: claim.id)),
        findings=tuple(sorted(graph.findings, key=lambda finding: finding.id)),
        relations=tuple(sorted(graph.relations, key=lambda fact: (fact.subject, fact.predicate, fact.object))),
        storylines=graph.storylines,
    )


def summary(graph: KnowledgeGraph) -> str:
    """How much there is, in one line."""
    drawable = sum(entity.type in DRAWN for entity in graph.entities)
    return ", ".join(
        (
            words.counted(len(graph.articles), "article", "articles"),
            words.counted(len(graph.events), "event", "events"),
            words.counted(drawable, "person, place or organisation", "people, places and organisations"),
        )
    )


def sources(graph: KnowledgeGraph) -> str:
    """Who published the articles, and when."""
    publishers = Counter(article.publisher for article in graph.articles if article.publisher)
    named = [name for name, _ in sorted(publishers.items(), key=lambda item: (-item[1], item[0]))]
    who = ", ".join(named[:4]) + (f" and {len(named) - 4} more" if len(named) > 4 else "")
    published: list[date] = [article.published for article in graph.articles if article.published is not None]
    span = words.days(min(published), max(published)) if published else ""
    return " · ".join(part for part in (who, span) if part)


def disputes(graph: KnowledgeGraph) -> str:
    """On how many facts the reports disagree; nothing when on none."""
    facts = {(claim.about, claim.property) for claim in graph.claims if claim.conflicts}
    return f"Reports disagree on {words.counted(len(facts), 'fact', 'facts')}" if facts else ""
