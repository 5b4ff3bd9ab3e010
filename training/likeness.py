"""Fits the trees that say whether two event mentions tell of one event.

`python -m training.likeness --corpora DIR` writes the tables of `graph/linking` from ECB+'s training topics. The second
trees see scores of the first that were fitted without the topics at hand, as it will be with new articles.
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
from graph.linking import coreference, likeness, neighbours
from graph.linking.coreference import TABLES, Couple, among, compared
from graph.linking.sources import sources
from graph.linking.tellings import Telling
from ingest.language.pipeline import load
from training.boosting import Growth, fit

FOLDS = 4
ALONE = Growth(depth=4, trees=300, rate=0.06, least=40, pull=1.0)
AMONG = Growth(depth=4, trees=250, rate=0.05, least=60, pull=1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """The given event mentions of some documents, the pairs that may be one, and what the gold says of them."""

    mentions: list[Telling]
    clusters: list[str]
    topics: list[str]
    couples: list[Couple]
    rows: Matrix

    def same(self, couples: Sequence[Couple]) -> Matrix:
        """1 for each pair of one event, 0 for others."""
        return np.array([float(self.clusters[i] == self.clusters[j]) for i, j in couples])


def pile(path: Path) -> Pile:
    """The pile that a file of documents makes."""
    reads = sorted(read_documents(load(None), path), key=lambda read: read.gold.article.id)
    golds = [read.gold.of({"event"}) for read in reads]
    annotated = [
        with_given_events(Given(read=read, spans=tuple(mention.span for mention in gold)))
        for read, gold in zip(reads, golds, strict=True)
    ]
    linked = link_entities_of(sources(annotated))
    mentions = coreference.told(annotated, linked.meant, linked.known)
    couples, rows = compared(mentions)
    return Pile(
        mentions=mentions,
        clusters=[mention.cluster for gold in golds for mention in gold],
        topics=[read.gold.topic for read, gold in zip(reads, golds, strict=True) for _ in gold],
        couples=couples,
        rows=rows,
    )


def folds(topics: Sequence[str]) -> NDArray[np.int64]:
    """The fold of each mention: all of a topic are in one."""
    names = sorted(set(topics))
    random.Random(1).shuffle(names)
    number = {name: i % FOLDS for i, name in enumerate(names)}
    return np.array([number[topic] for topic in topics])


def held_out_scores(given: Pile, growth: Growth) -> Matrix:
    """The score of each pair by trees that saw no pair of either mention's topics."""
    fold = folds(given.topics)
    one, two = (fold[[couple[side] for couple in given.couples]] for side in (0, 1))
    same = given.same(given.couples)
    scores = np.zeros(len(same))
    for held in range(FOLDS):
        seen = (one != held) & (two != held)
        out = (one == held) | (two == held)
        scores[out] = fit(likeness.FEATURES, given.rows[seen], same[seen], growth).score(given.rows[out])
    return scores


def train(given: Pile, seed: int = 0) -> tuple[Trees, Trees]:
    """The trees of `coreference.Model`."""
    scores = held_out_scores(given, replace(ALONE, seed=seed))
    alone = fit(likeness.FEATURES, given.rows, given.same(given.couples), replace(ALONE, seed=seed))
    couples, rows = among(given.mentions, given.couples, given.rows, scores)
    names = (*likeness.FEATURES, *neighbours.FEATURES)
    return alone, fit(names, rows, given.same(couples), replace(AMONG, seed=seed))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("graph/linking"))
    args = parser.parse_args()
    for name, trees in zip(TABLES, train(pile(args.corpora / "cdcoref" / "ecbplus.train.jsonl.gz")), strict=True):
        (args.out / name).write_text(write_trees(trees), encoding="utf-8")


if __name__ == "__main__":
    main()
