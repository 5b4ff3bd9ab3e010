"""What the nouns of a graph show that RDF leaves out: ids given twice, ids of mentions, paragraphs, storylines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from exports.json_form import ARRAYS
from exports.verify.problem import Kind, Problem
from graph.model import KnowledgeGraph, Relation
from ingest.article import MentionKind, content_id

_HASH = re.compile(r"mention-[0-9a-f]{16}")


def check_rows(graph: KnowledgeGraph, file: str) -> Iterator[Problem]:
    """The problems of a graph as the interchange form and the store have it."""
    yield from _twice(graph, file)
    yield from _mentions(graph, file)
    yield from _paragraphs(graph, file)
    yield from _events(graph, file)


def _twice(graph: KnowledgeGraph, file: str) -> Iterator[Problem]:
    for array in ARRAYS:
        for name, times in Counter(map(_name, getattr(graph, array))).items():
            if times > 1:
                what = f"given more than once in {array}"
                yield Problem(kind=Kind.ID, file=file, thing=name, what=what, found=f"{times} times")


def _name(thing: Any) -> str:
    """What tells a thing from others of its kind."""
    return " ".join((thing.subject, thing.predicate, thing.object)) if isinstance(thing, Relation) else str(thing.id)


def _mentions(graph: KnowledgeGraph, file: str) -> Iterator[Problem]:
    """Mentions whose ids are not the hashes of where they are, and those that stand for what is of another kind."""
    ours = [each for each in graph.mentions if _HASH.fullmatch(each.id)]
    wrong = [each for each in ours if each.id != content_id("mention", each.article, each.start, each.end, each.kind)]
    if len(wrong) < len(ours):  # else a linker of one's own has made them otherwise
        for each in wrong:
            yield Problem(
                kind=Kind.ID,
                file=file,
                thing=each.id,
                what="the id is not the hash of where the mention is",
                characters=(each.start, each.end),
            )
    entities, events = {each.id for each in graph.entities}, {each.id for each in graph.events}
    for each in graph.mentions:
        if each.refers_to is None:
            continue
        known = entities if each.kind is MentionKind.ENTITY else events
        if each.refers_to not in known:
            yield Problem(
                kind=Kind.LINK,
                file=file,
                thing=each.id,
                what=f"the {each.kind.value} that the mention stands for is not in the graph",
                found=each.refers_to,
                characters=(each.start, each.end),
            )


def _paragraphs(graph: KnowledgeGraph, file: str) -> Iterator[Problem]:
    for article in graph.articles:
        last = 0
        for start, end in article.paragraphs:
            if not last <= start < end <= len(article.text):
                yield Problem(
                    kind=Kind.ARTICLE,
                    file=file,
                    thing=article.id,
                    what="a paragraph is not within the text, behind the one before it",
                    characters=(start, end),
                )
            last = end


def _events(graph: KnowledgeGraph, file: str) -> Iterator[Problem]:
    """Events that another storyline has than they say, and participants in other words than their mention's."""
    line_of = {event: line.id for line in graph.storylines for event in line.events}
    mentions = {each.id: each for each in graph.mentions}
    for event in graph.events:
        if event.storyline != line_of.get(event.id):
            yield Problem(
                kind=Kind.LINK,
                file=file,
                thing=event.id,
                what="the event and its storyline do not agree",
                expected=line_of.get(event.id, "none"),
                found=event.storyline or "none",
            )
        for part in event.participants:
            mention = mentions.get(part.mention)
            if mention is not None and part.text not in mention.text:
                yield Problem(
                    kind=Kind.LINK,
                    file=file,
                    thing=event.id,
                    what=f"the {part.role.value} of the event is called otherwise where it is mentioned",
                    expected=f'"{part.text}"',
                    found=f'"{mention.text}"',
                    characters=(mention.start, mention.end),
                )
