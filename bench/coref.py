"""Scores coreference across documents: with the mentions given, and end to end from raw texts to the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from bench.clusters import Figures, score_clusters
from bench.detokenise import Range
from bench.gold import GoldDocument, Span, read_gold
from bench.score import Counts
from graph.link import link
from graph.model import KnowledgeGraph
from ingest.annotate import annotated
from ingest.article import AnnotatedArticle, MentionKind
from ingest.language.pipeline import reader_of
from ingest.language.text import Text, Word

# What is scored together. ECB+'s own split: who and what takes part is an entity, where it happens is a location.
SETTINGS: Mapping[str, frozenset[str]] = {
    "events": frozenset({"event"}),
    "entities": frozenset({"entity"}),
    "entities and loc": frozenset({"entity", "loc"}),
}
Key = tuple[str, Range]  # document, characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A gold document as the pipeline reads its raw text."""

    gold: GoldDocument
    doc: Text
    told: AnnotatedArticle

    def word(self, place: Range) -> Word:
        """The word at a head's characters, as read."""
        words = self.doc.char_span(*place, alignment_mode="expand")
        assert words is not None  # a head holds characters of the text
        return words.root

    def tokens(self, span: Span) -> tuple[int, int]:
        """The words of a span, as read: the first, and the one after the last."""
        words = self.doc.char_span(span.start, span.end, alignment_mode="expand")
        assert words is not None
        return words.start, words.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a linker sees where the mentions are given: a text as read, and where its mentions are."""

    read: Read
    spans: tuple[Span, ...]


# The seam for any linker that works on given mentions: clusters of the spans of all documents, each in one cluster.
Linker = Callable[[Sequence[Given]], Iterable[Set[Span]]]


def read_documents(nlp: Language, path: Path, *, every_mention: bool = False) -> list[Read]:
    """All documents of a file, read from raw text; `every_mention` as for the fuller graph."""
    golds = list(read_gold(path))

    def docs() -> Iterator[Doc]:
        for gold in golds:
            doc = nlp.make_doc(gold.article.text)
            doc.user_data["paragraphs"] = gold.article.paragraphs
            yield doc

    return [
        Read(gold=gold, doc=doc, told=annotated(gold.article, doc, every_mention=every_mention))
        for gold, doc in zip(golds, map(reader_of(nlp).read, docs()), strict=True)
    ]


def score_given(reads: Sequence[Read], kinds: Set[str], linker: Linker) -> dict[str, Figures]:
    """The figures of a linker that is given the gold's mentions of some kinds, without their clusters."""
    given = [Given(read=read, spans=tuple(mention.span for mention in read.gold.of(kinds))) for read in reads]
    gold: dict[str, set[Span]] = defaultdict(set)
    for read in reads:
        for mention in read.gold.of(kinds):
            gold[mention.cluster].add(mention.span)
    return score_clusters(gold.values(), linker(given))


def same_head_lemma(given: Sequence[Given], *, within_topics: bool) -> list[set[Span]]:
    """The baseline: mentions are one where their head words have one lemma, in one topic or in all documents."""
    clusters: dict[tuple[str, str], set[Span]] = defaultdict(set)
    for one in given:
        topic = one.read.gold.topic if within_topics else ""
        for span in one.spans:
            lemma = one.read.word(span.head).lemma_.lower()
            clusters[topic, lemma].add(span)
    return list(clusters.values())


BASELINES: Mapping[str, Linker] = {
    "same head lemma in topic": lambda given: same_head_lemma(given, within_topics=True),
    "same head lemma": lambda given: same_head_lemma(given, within_topics=False),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EndToEnd:
    """Key and response of one kind, and how much of the gold there is at each step."""

    scores: dict[str, Figures]
    of_both: dict[str, Figures]  # of the mentions that key and response share: linking alone
    mentions: Counts
    marked: Counts  # mentions before linking drops those that nothing in the graph rests on
    recall_by_tag: dict[str, Counts]  # by the part of speech of the head


def graph_of(reads: Sequence[Read], *, every_mention: bool = False) -> KnowledgeGraph:
    """The graph of all documents together."""
    return link([read.told for read in reads], every_mention=every_mention)


def score_end_to_end(reads: Sequence[Read], graph: KnowledgeGraph, kinds: Set[str], *, heads: bool) -> EndToEnd:
    """Gold mentions against the graph's in the sentences that are annotated throughout.

    A mention is its document and characters, or the gold's token of its head. A mention of ours that is one of
    the gold's of another kind is passed over, neither right nor wrong.
    """
    kind = MentionKind.EVENT if "event" in kinds else MentionKind.ENTITY
    by_id = {read.gold.article.id: read for read in reads}
    gold: dict[Key, tuple[int, str]] = {}  # key → length, cluster
    others: set[Key] = set()
    tags: dict[Key, str] = {}
    for read in reads:
        for mention in sorted(read.gold.mentions, key=lambda one: one.span.end - one.span.start):
            key = read.gold.article.id, mention.span.head if heads else (mention.span.start, mention.span.end)
            if mention.kind not in kinds:
                others.add(key)
            else:
                # Of two with one head ("Maria Lopez", "mayor Maria Lopez") the shorter: of a list, it is its last part.
                gold.setdefault(key, (mention.span.end - mention.span.start, mention.cluster))
                tags.setdefault(key, read.word(mention.span.head).pos_)
    others -= set(gold)
    marked = {
        place
        for read in reads
        for mention in read.told.mentions
        if mention.kind is kind and (place := key_of(read, mention.start, mention.end, heads=heads)) is not None
    }
    found: dict[Key, tuple[int, str]] = {}
    for row in sorted(graph.mentions, key=lambda one: (one.end - one.start, one.id)):
        if row.kind is kind and row.refers_to is not None:
            place = key_of(by_id[row.article], row.start, row.end, heads=heads)
            if place is not None and place not in others:
                found.setdefault(place, (row.end - row.start, row.refers_to))
    counts, before = Counts(), Counts()
    counts.add(found, gold)
    before.add(marked - others, gold)
    by_tag: dict[str, Counts] = defaultdict(Counts)
    for key in gold:
        by_tag[tags[key]] += Counts(key in found, 0, 1)
    return EndToEnd(
        scores=score_clusters(clusters(gold), clusters(found)),
        of_both=score_clusters(clusters(gold, set(found)), clusters(found, set(gold))),
        mentions=counts,
        marked=before,
        recall_by_tag=dict(sorted(by_tag.items(), key=lambda item: -item[1].gold)),
    )


def key_of(read: Read, start: int, end: int, *, heads: bool) -> Key | None:
    """What a mention of ours is counted as; None outside the sentences that are annotated throughout."""
    if not any(first <= start < last for first, last in read.gold.scored):
        return None
    if not heads:
        return read.gold.article.id, (start, end)
    head = read.gold.head(start, end)
    return None if head is None else (read.gold.article.id, head)


def clusters(numbered: Mapping[Key, tuple[int, str]], only: Set[Key] | None = None) -> list[set[Key]]:
    """Mentions by cluster, of these mentions only."""
    grouped: dict[str, set[Key]] = defaultdict(set)
    for key, (_, cluster) in numbered.items():
        if only is None or key in only:
            grouped[cluster].add(key)
    return list(grouped.values())


def lines(scores: Mapping[str, Figures]) -> str:
    """One line: F1 of each measure, and precision and recall of the mean."""
    mean = scores["CoNLL"]
    each = "  ".join(f"{name} {100 * one.f1:5.1f}" for name, one in scores.items())
    return f"{each}  (P {100 * mean.precision:5.1f} R {100 * mean.recall:5.1f})"
