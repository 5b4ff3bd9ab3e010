"""Ids that things had before: an id hangs on what is known, so a new article or a correction may change it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from graph.mentions import by_id, ordered, referents
from graph.model import KnowledgeGraph

# Mention ids are hashes, so the smallest of them are a fair sample of where a thing is spoken of.
_SAMPLE = 3
Samples = Mapping[str, Sequence[str]]


def samples(graph: KnowledgeGraph) -> dict[str, list[str]]:
    """Some mention ids of each entity and event, by its id."""
    mentions: dict[str, list[str]] = defaultdict(list)
    for mention, thing in referents(ordered(graph.mentions)):  # by id
        if thing is not None and len(known := mentions[thing]) < _SAMPLE:
            known.append(mention)
    return {thing: mentions[thing] for thing in sorted(mentions)}


def successors(before: Samples, graph: KnowledgeGraph) -> dict[str, str]:
    """For each id that is gone, that of the thing which most of its mentions stand for now, where there is one."""
    living = {entity.id for entity in graph.entities} | {event.id for event in graph.events}
    gone = {thing: mentions for thing, mentions in before.items() if thing not in living}
    if not gone:
        return {}
    now = by_id(graph.mentions)
    found = {}
    for thing, mentions in gone.items():
        told = (now.get(mention) for mention in mentions)
        homes = Counter(each.refers_to for each in told if each is not None and each.refers_to is not None)
        if homes:
            found[thing] = min(homes, key=lambda home: (-homes[home], home))
    return found
