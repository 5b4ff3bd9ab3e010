"""Fits the trees that say whether two event mentions tell of one event.

`python -m training.event_likeness --corpora DIR` writes the tables of `graph/linking` from ECB+'s training topics. The
second trees see scores of the first that were fitted without the topics at hand, as it will be with new articles.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.coref import Given, read_documents
from bench.given import with_given_events
from graph.boosting import Matrix, Trees, write_trees
from graph.link import link_entities_of
from graph.linking import coreference, event_likeness, neighbours
from graph.linking.coreference import TABLES, Couple, among, compared
from graph.linking.sources import sources
from graph.linking.tellings import Telling
from ingest.annotate import Annotator
from ingest.article import AnnotatedArticle, Article
from ingest.language.pipeline import load
from ingest.vectors import packed
from training.boosting import Growth, fit
from training.corpora import json_lines

FOLDS = 4
SEASONS = {"FEB": "spring", "MAR": "spring", "JUN": "summer", "OCT": "autumn"}  # of Reuters' months
REUTERS, REGIONAL = 100, 100  # articles of `unrelated_pile`
UNRELATED = 0.3  # what a pair of unrelated articles counts, beside one of the gold's
ALONE = Growth(depth=4, trees=400, rate=0.05, least=40, pull=2.0, features=0.3)
AMONG = Growth(depth=4, trees=300, rate=0.04, least=60, pull=2.0, features=0.3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """The event mentions of some documents, the pairs that may be one, and what is known of them."""

    mentions: list[Telling]
    clusters: list[str | None]  # None: unknown, but no mention is one with any of another topic
    topics: list[str]
    couples: list[Couple]
    rows: Matrix

    def same(self, couples: Sequence[Couple]) -> Matrix:
        """1 for each pair of one event, 0 for others, not a number where nobody knows."""
        return np.array([self._same(i, j) for i, j in couples])

    def _same(self, one: int, two: int) -> float:
        if self.topics[one] != self.topics[two]:
            return 0.0
        left, right = self.clusters[one], self.clusters[two]
        return np.nan if left is None or right is None else float(left == right)


def annotated_pile(annotated: Sequence[AnnotatedArticle], topics: Sequence[str]) -> Pile:
    """The pile of annotated articles, in the order of their ids, each with its topic; the clusters unknown."""
    linked = link_entities_of(sources(annotated))
    mentions = coreference.told(annotated, linked.meant, linked.known)
    couples, rows = compared(mentions)
    return Pile(
        mentions=mentions,
        clusters=[None] * len(mentions),
        topics=[topic for one, topic in zip(annotated, topics, strict=True) for _ in one.events],
        couples=couples,
        rows=rows,
    )


def gold_pile(path: Path, checkpoints: Path | None = None) -> Pile:
    """The pile of the given mentions of a file of documents.

    `checkpoints` holds the vectors of `training.mentions`: each mention gets that of the encoder that never saw its
    topic. Without them the shipped encoder's are taken.
    """
    reads = sorted(read_documents(load(None), path), key=lambda read: read.gold.article.id)
    golds = [read.gold.of({"event"}) for read in reads]
    given = [
        with_given_events(Given(read=read, spans=tuple(mention.span for mention in gold)))
        for read, gold in zip(reads, golds, strict=True)
    ]
    topics = [read.gold.topic for read, gold in zip(reads, golds, strict=True) for _ in gold]
    if checkpoints is not None:
        by_fold = [np.load(checkpoints / f"vectors{number}.npy") for number in range(FOLDS)]
        texts = (packed(by_fold[fold][number]) for number, fold in enumerate(folds(topics)))
        given = [
            replace(one, events=tuple(replace(event, vector=next(texts)) for event in one.events)) for one in given
        ]
    pile = annotated_pile(given, [read.gold.topic for read in reads])
    return replace(pile, clusters=[mention.cluster for gold in golds for mention in gold])


def unrelated_pile(corpora: Path) -> Pile:
    """News that tells of no common events: Reuters of spring against Reuters of autumn, one region against another.

    Dates are left out, which would tell the pairs apart at once.
    """
    known = []
    for row in json_lines(corpora / "raw" / "reuters21578.jsonl.gz"):
        month = row["date"].split("-")[1]
        if month in SEASONS:
            known.append((SEASONS[month], row))
    reuters = random.Random(2).sample(known, REUTERS)
    regions = [(row["id"].split("_")[0], row) for row in json_lines(corpora / "raw" / "worldwide_articles.jsonl.gz")]
    rows = sorted([*reuters, *random.Random(3).sample(regions, REGIONAL)], key=lambda each: each[1]["id"])
    articles = [
        Article(id=row["id"], title="", text=row["text"], paragraphs=((0, len(row["text"])),)) for _, row in rows
    ]
    return annotated_pile(list(Annotator(every_mention=True).annotate(articles)), [topic for topic, _ in rows])


def folds(topics: Sequence[str]) -> NDArray[np.int64]:
    """The fold of each mention: all of a topic are in one."""
    names = sorted(set(topics))
    random.Random(1).shuffle(names)
    number = {name: i % FOLDS for i, name in enumerate(names)}
    return np.array([number[topic] for topic in topics])


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Features of pairs, whether each is of one event, and how much it counts."""

    rows: Matrix
    same: Matrix
    weights: Matrix


def known(gold: Pile, unrelated: Pile, couples: Sequence[Sequence[Couple]], rows: Sequence[Matrix]) -> Known:
    """The pairs of both piles of which something is known."""
    same = [pile.same(pairs) for pile, pairs in zip((gold, unrelated), couples, strict=True)]
    told = [~np.isnan(each) for each in same]
    return Known(
        rows=np.concatenate([each[kept] for each, kept in zip(rows, told, strict=True)]),
        same=np.concatenate([each[kept] for each, kept in zip(same, told, strict=True)]),
        weights=np.repeat([1.0, UNRELATED], [int(kept.sum()) for kept in told]),
    )


def grown(names: Sequence[str], pairs: Known, growth: Growth) -> Trees:
    """The trees of these pairs."""
    return fit(names, pairs.rows, pairs.same, growth, pairs.weights)


def held_out_scores(gold: Pile, unrelated: Pile, growth: Growth) -> list[Matrix]:
    """The score of each pair of either pile by trees that saw no pair of either mention's topics."""
    found = [np.zeros(len(pile.couples)) for pile in (gold, unrelated)]
    sides = []
    for pile in (gold, unrelated):
        fold = folds(pile.topics)
        sides.append(np.array([(fold[i], fold[j]) for i, j in pile.couples]).reshape(-1, 2))
    for held in range(FOLDS):
        out = [(side == held).any(1) for side in sides]
        seen = [np.flatnonzero(~each) for each in out]
        couples = [[pile.couples[k] for k in kept] for pile, kept in zip((gold, unrelated), seen, strict=True)]
        rows = [pile.rows[kept] for pile, kept in zip((gold, unrelated), seen, strict=True)]
        trees = grown(event_likeness.FEATURES, known(gold, unrelated, couples, rows), growth)
        for scores, pile, each in zip(found, (gold, unrelated), out, strict=True):
            scores[each] = trees.score(pile.rows[each])
    return found


def train(gold: Pile, unrelated: Pile) -> tuple[Trees, Trees]:
    """The trees of `coreference.Model`."""
    piles = (gold, unrelated)
    scores = held_out_scores(gold, unrelated, ALONE)
    everything = known(gold, unrelated, [pile.couples for pile in piles], [pile.rows for pile in piles])
    kept = [among(pile.mentions, pile.couples, pile.rows, score) for pile, score in zip(piles, scores, strict=True)]
    around = known(gold, unrelated, [couples for couples, _ in kept], [rows for _, rows in kept])
    return (
        grown(event_likeness.FEATURES, everything, ALONE),
        grown((*event_likeness.FEATURES, *neighbours.FEATURES), around, AMONG),
    )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--checkpoints", type=Path, default=Path("checkpoints/mentions"), help="of training.mentions")
    parser.add_argument("--out", type=Path, default=Path("graph/linking"))
    args = parser.parse_args()
    gold = gold_pile(args.corpora / "cdcoref" / "ecbplus.train.jsonl.gz", args.checkpoints)
    for name, trees in zip(TABLES, train(gold, unrelated_pile(args.corpora)), strict=True):
        (args.out / name).write_text(write_trees(trees), encoding="utf-8")


if __name__ == "__main__":
    main()
