"""A small annotator and linker of the tests' own: capitalised words are entities, numbers are claims.

Run as a program it is `newsgraph build` with these parts, which a test can kill.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from graph.model import Claim, Entity, Event, EventParticipant, GraphMention, KnowledgeGraph
from graph.verdict import Correction
from ingest.article import (
    AnnotatedArticle,
    Article,
    EntityType,
    EventType,
    Mention,
    MentionKind,
    Qualifier,
    Role,
    Status,
    content_id,
)
from newsgraph.build import build

WORD = re.compile(r"[A-Z][a-z]+|\d+")
SENTENCE = re.compile(r"[^.\n]+\.?")


class Capitals:
    """Marks capitalised words and numbers; remembers what it was given."""

    def __init__(self, version: str = "capitals 1", pause: float = 0) -> None:
        self.version = version
        self.seen: list[str] = []
        self._pause = pause

    def annotate(self, articles: Iterable[Article]) -> Iterator[AnnotatedArticle]:
        for article in articles:
            time.sleep(self._pause)
            self.seen.append(article.id)
            mentions = tuple(
                Mention(start=found.start(), end=found.end(), text=found[0],
                        kind=MentionKind.NUMBER if found[0].isdigit() else MentionKind.ENTITY)
                for found in WORD.finditer(article.text)
            )  # fmt: skip
            sentences = tuple(found.span() for found in SENTENCE.finditer(article.text))
            yield AnnotatedArticle(article=article, mentions=mentions, sentences=sentences)


def link(annotated: Iterable[AnnotatedArticle], corrections: Sequence[Correction] = ()) -> KnowledgeGraph:
    """One person a spelling, one event an article, one claim a number."""
    articles, mentions, entities, events, claims = [], [], {}, [], []
    for each in annotated:
        article = each.article
        articles.append(article)
        event_id = content_id("event", article.id)
        names = []
        for marked in each.mentions:
            entity_id = content_id("entity", marked.text) if marked.kind is MentionKind.ENTITY else None
            mention = GraphMention(
                id=content_id("mention", article.id, marked.start), article=article.id, start=marked.start,
                end=marked.end, text=marked.text, kind=marked.kind, refers_to=entity_id or event_id,
            )  # fmt: skip
            mentions.append(mention)
            if entity_id:
                entities[entity_id] = Entity(id=entity_id, type=EntityType.PERSON, name=marked.text)
                names.append(EventParticipant(role=Role.AGENT, entity=entity_id, text=marked.text, mention=mention.id))
            else:
                claims.append(Claim(
                    id=content_id("claim", mention.id), about=event_id, property="count", value=float(marked.text),
                    upper=None, qualifier=Qualifier.EXACTLY, unit=None, text=marked.text, speaker=None, said_by=None,
                    article=article.id, mention=mention.id, as_of=None, origin=article.id,
                ))  # fmt: skip
        label = article.title or article.text[:40]
        events.append(Event(
            id=event_id, type=EventType.CONSULT, mode=None, label=label, status=Status.HAPPENED,
            start=article.published, end=article.published, participants=tuple(names),
        ))  # fmt: skip
    return KnowledgeGraph(
        articles=tuple(articles),
        mentions=tuple(sorted(mentions, key=lambda each: each.id)),
        entities=tuple(entities[key] for key in sorted(entities)),
        events=tuple(sorted(events, key=lambda each: each.id)),
        claims=tuple(sorted(claims, key=lambda each: each.id)),
    )


if __name__ == "__main__":
    build([Path(sys.argv[1])], Path(sys.argv[2]), annotator=Capitals(pause=0.01), link=link)
