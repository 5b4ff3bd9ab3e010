"""Articles whose mentions are given: the gold's events and entities, each with what is read around it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from bench.coref import Given
from bench.gold import Span
from graph.link import link
from ingest.article import AnnotatedArticle, MentionKind
from ingest.extract.entities import mark_entities
from ingest.extract.events import drafted, finished, marked, read_events, with_trigger
from ingest.extract.marks import Marks, in_order
from ingest.extract.nominals import mark_nominals
from ingest.extract.roles import Draft
from ingest.extract.types import event_type
from ingest.extract.when import mark_times, when
from ingest.extract.wording import Phrase, roles_of, wordings
from ingest.language.mentions import shipped_encoder
from ingest.language.text import Word


def with_given_events(given: Given) -> AnnotatedArticle:
    """The article as read with every mention, but with one event for each span, in their order, and no others."""
    read = given.read
    marks = Marks(read.doc, read.gold.article.text)
    mark_entities(marks)
    times = mark_times(marks, read.gold.article.published)
    drafts = read_events(marks)

    def told(token: Word) -> Draft:
        known = with_trigger(token, drafts, marks)
        return known if known.token.i == token.i else drafted(token, event_type(token), marks)

    chosen = [told(read.word(span.head)) for span in given.spans]
    triggers = frozenset(draft.token.i for draft in chosen)
    dated = [(draft, when(draft, times, triggers)) for draft in chosen]
    made = [marked(draft, marks, time) for draft, time in dated]
    spoken = mark_nominals(marks)
    vectors = shipped_encoder().vectors(read.doc, [read.tokens(span) for span in given.spans])
    mentions, moved = in_order(marks.mentions)
    return AnnotatedArticle(
        article=read.gold.article,
        mentions=mentions,
        events=tuple(
            finished(draft, one, time, moved, vector)
            for (draft, time), one, vector in zip(dated, made, vectors, strict=True)
        ),
        sentences=tuple((sentence.start_char, sentence.end_char) for sentence in read.doc.sents),
        wordings=tuple(replace(wording, mention=moved[wording.mention]) for wording in spoken),
    )


def with_given_entities(given: Given) -> AnnotatedArticle:
    """The article with its names as read, and the wording of each span, in their order, and no others."""
    read = given.read
    marks = Marks(read.doc, read.gold.article.text)
    mark_entities(marks)
    phrases, told = [], []
    for span in given.spans:
        words = read.doc.char_span(span.start, span.end, alignment_mode="expand")
        assert words is not None  # a mention holds characters of the text
        phrases.append(Phrase(words.start, words.end, read.word(span.head)))
        told.append(marks.add(span.start, span.end, MentionKind.ENTITY))
    found = wordings(phrases, told, [True] * len(told), marks, roles_of(read.doc))
    mentions, moved = in_order(marks.mentions)
    return AnnotatedArticle(
        article=read.gold.article,
        mentions=mentions,
        sentences=tuple((sentence.start_char, sentence.end_char) for sentence in read.doc.sents),
        wordings=tuple(replace(wording, mention=moved[wording.mention]) for wording in found),
    )


def linked_entities(given: Sequence[Given]) -> list[set[Span]]:
    """The graph's own linking of given mentions of entities; a pronoun that means nobody known stays alone."""
    articles = [with_given_entities(one) for one in given]
    entity_of = {
        (row.article, row.start, row.end): row.refers_to
        for row in link(articles, every_mention=True).mentions
        if row.kind is MentionKind.ENTITY
    }
    clusters: dict[str, set[Span]] = defaultdict(set)
    for one in given:
        for span in one.spans:
            found = entity_of.get((one.read.gold.article.id, span.start, span.end))
            clusters[found or f"alone {span}"].add(span)
    return list(clusters.values())


def linked_events(given: Sequence[Given]) -> list[set[Span]]:
    """The graph's own linking of given event mentions; one that it drops, since nothing is told of it, stays alone."""
    articles = [with_given_events(one) for one in given]
    event_of = {
        (row.article, row.start, row.end): row.refers_to
        for row in link(articles, every_mention=True).mentions
        if row.kind is MentionKind.EVENT and row.refers_to is not None
    }
    clusters: dict[str, set[Span]] = defaultdict(set)
    for one, article in zip(given, articles, strict=True):
        for span, event in zip(one.spans, article.events, strict=True):
            trigger = article.mentions[event.trigger]
            found = event_of.get((article.article.id, trigger.start, trigger.end))
            clusters[found or f"alone {span}"].add(span)
    return list(clusters.values())
