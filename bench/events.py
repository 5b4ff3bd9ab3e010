"""Scores event words on the `cdcoref/*` form: which words tell of something, by the head of each mention."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.score import Counts
from bench.syntax import read_given
from ingest.language.model import LanguageModel
from training.corpora import json_lines

# MEANTIME annotates the headline, the date and the first sentences of each article, and nothing after them.
MEANTIME_SENTENCES = 6


def scored_sentences(row: dict[str, Any]) -> list[tuple[int, int]]:
    """The sentences that are annotated throughout: those that ECB+ selects, the first ones of MEANTIME."""
    chosen = set(row["selected_sents"] if "selected_sents" in row else row["sent_ids"][:MEANTIME_SENTENCES])
    return [
        (start, end)
        for (start, end), number in zip(row["sents"], row["sent_ids"], strict=True)
        if number in chosen and end > start
    ]


def head_of(words: Iterable[int], heads: dict[int, int]) -> int:
    """The first of a mention's words that hangs on a word outside it, by the found tree."""
    inside = set(words)
    return next((word for word in sorted(inside) if heads.get(word, -1) not in inside), min(inside))


def score_events(model: LanguageModel, path: Path) -> Counts:
    """Heads of event mentions, found against given, of all rows of one file."""
    counts = Counts()
    for row in json_lines(path):
        sentences = scored_sentences(row)
        heads: dict[int, int] = {}
        spans: list[range] = []
        for number, first, reading in read_given(model, [row["tokens"][s:e] for s, e in sentences]):
            start, end = sentences[number]
            shift = start - first  # from the window's words to the row's
            for i in range(end - start):
                head = int(reading.heads[first + i])
                heads[start + i] = head + shift if head >= 0 else -1
            spans += [range(s + shift, e + shift) for s, e, _ in reading.events if first <= s < first + end - start]
        gold = [
            m["tokens"]
            for m in row["mentions"]
            if m["kind"] == "event" and m["tag"] and all(t in heads for t in m["tokens"])
        ]
        counts.add((head_of(span, heads) for span in spans), (head_of(tokens, heads) for tokens in gold))
    return counts
