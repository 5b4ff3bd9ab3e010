"""Gold of coreference across documents: the `cdcoref/*` form, as raw texts with mentions in characters."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bench.detokenise import Range, detokenise
from bench.events import scored_sentences
from ingest.article import Article
from training.corpora import json_lines

# Prepositions, and the particles of verbs.
PREPOSITIONS = frozenset({
    "of", "in", "on", "at", "for", "from", "to", "with", "by", "about", "against", "after", "before", "during",
    "between", "among", "under", "over", "near", "since", "as", "out", "off", "up", "down", "away", "back",
    "into", "onto", "through", "across",
})  # fmt: skip
MARKS = frozenset("\"'`,.()[]“”‘’-")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """Characters of one document that somebody takes for a mention; `head` are those of its head word."""

    document: str
    start: int
    end: int
    head: Range


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldMention:
    """A mention that the annotators marked, and the cluster that they put it in."""

    span: Span
    kind: str  # event, entity or loc
    cluster: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldDocument:
    """One document: its raw text, and what is marked in the sentences that are annotated throughout."""

    article: Article
    topic: str
    tokens: tuple[Range, ...]
    sentences: tuple[Range, ...]
    scored: tuple[Range, ...]  # the sentences that are annotated throughout
    mentions: tuple[GoldMention, ...]  # those that lie in them

    def head(self, start: int, end: int) -> Range | None:
        """The head word of some characters, by the rule for the gold's own mentions; None where no token is."""
        inside = [(first, last) for first, last in self.tokens if first < end and start < last]
        words = [self.article.text[first:last] for first, last in inside]
        return inside[head_token(words, list(range(len(words))))] if words else None

    def of(self, kinds: Set[str]) -> tuple[GoldMention, ...]:
        """The mentions of some kinds."""
        return tuple(mention for mention in self.mentions if mention.kind in kinds)


def read_gold(path: Path) -> Iterator[GoldDocument]:
    """All documents of a file. Every action, negated or not, is an event; times and values are left out."""
    for row in json_lines(path):
        yield document(row)


def document(row: dict[str, Any]) -> GoldDocument:
    """One document of the form; a first sentence that is the page's address is no part of its text."""
    skipped = 1 if row.get("url_sentence0") else 0
    sentences = row["sents"][skipped:]
    text, ranges = detokenise([row["tokens"][start:end] for start, end in sentences])
    places = {
        first + i: span for (first, _), spans in zip(sentences, ranges, strict=True) for i, span in enumerate(spans)
    }
    inside = {token for start, end in scored_sentences(row) for token in range(start, end) if token in places}
    mentions = {
        span_of(row, mention, places): (kind, mention["cluster"])
        for mention in row["mentions"]
        if (kind := kind_of(mention)) and inside.issuperset(mention["tokens"])
    }
    lines = [(start, start + len(line)) for start, line in line_starts(text)]
    dated = row.get("dct")
    headline = text[slice(*lines[0])] if dated and lines else ""  # MEANTIME opens with the headline, ECB+ may not
    return GoldDocument(
        article=Article(
            id=row["id"],
            title=headline,
            text=text,
            paragraphs=tuple(lines),
            published=date.fromisoformat(dated) if dated else None,
        ),
        topic=row["topic"],
        tokens=tuple(places[token] for token in sorted(places)),
        sentences=tuple((spans[0][0], spans[-1][1]) for spans in ranges if spans),
        scored=tuple((places[start][0], places[end - 1][1]) for start, end in scored_sentences(row) if start in places),
        mentions=tuple(
            GoldMention(span=span, kind=kind, cluster=cluster) for span, (kind, cluster) in sorted(mentions.items())
        ),
    )


def line_starts(text: str) -> Iterator[tuple[int, str]]:
    """Each line with the number of its first character."""
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def kind_of(mention: dict[str, Any]) -> str:
    """event, entity, loc, or "" for what is not scored. MEANTIME's places are entities with the tag LOC."""
    if mention["kind"] == "entity" and mention["tag"] == "LOC":
        return "loc"
    return str(mention["kind"]) if mention["kind"] in ("event", "entity", "loc") and mention["tag"] else ""


def span_of(row: dict[str, Any], mention: dict[str, Any], places: dict[int, Range]) -> Span:
    """A mention's characters, from its first token to its last, and its head."""
    tokens = sorted(mention["tokens"])
    return Span(
        document=row["id"],
        start=places[tokens[0]][0],
        end=places[tokens[-1]][1],
        head=places[head_token(row["tokens"], tokens)],
    )


def head_token(words: list[str], tokens: list[int]) -> int:
    """The last word before any preposition, particle or comma: "the head of state" → head, "got out" → got."""
    kept: list[int] = []
    for token in tokens:
        if kept and (words[token].lower() in PREPOSITIONS or words[token] in (",", "(")):
            break
        if words[token] not in MARKS and words[token] not in ("'s", "’s"):
            kept.append(token)
    return kept[-1] if kept else tokens[-1]
