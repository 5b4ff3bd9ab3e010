"""Fits the trees that say whether two event mentions tell of one event.

`python -m training.event_likeness --corpora DIR` writes the tables of `graph/linking` from ECB+'s training topics. The
second trees see scores of the first that were fitted without the topics at hand, as it will be with new articles.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.coref import Given, read_documents
from bench.given import with_given_events
from graph.boosting import Matrix, Trees, write_trees
from graph.link import link_entities_of
from graph.linking import coreference, event_groups, event_likeness
from graph.linking.coreference import TABLES, Couple, Model, among, compared
from graph.linking.sources import Sources
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
GROUPS = Growth(depth=3, trees=200, rate=0.07, least=30, pull=2.0, features=0.2)
TIGHT = (0.75, 0.6, 0.5, 0.42)  # the bars of the groups that the trees of groups learn from


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
    linked = link_entities_of(Sources(annotated))
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


Piles = tuple[Pile, Pile]  # the gold's, and the unrelated one


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Features of pairs, whether each is of one event, and how much it counts."""

    rows: Matrix
    same: Matrix
    weights: Matrix


def known(piles: Piles) -> Known:
    """The pairs of both piles of which something is known."""
    same = [pile.same(pile.couples) for pile in piles]
    told = [~np.isnan(each) for each in same]
    return Known(
        rows=np.concatenate([pile.rows[kept] for pile, kept in zip(piles, told, strict=True)]),
        same=np.concatenate([each[kept] for each, kept in zip(same, told, strict=True)]),
        weights=np.repeat([1.0, UNRELATED], [int(kept.sum()) for kept in told]),
    )


def grown(names: Sequence[str], pairs: Known, growth: Growth) -> Trees:
    """The trees of these pairs."""
    return fit(names, pairs.rows, pairs.same, growth, pairs.weights)


def held_out_scores(piles: Piles, names: Sequence[str], growth: Growth) -> list[Matrix]:
    """The score of each pair of either pile by trees that saw no pair of either mention's topics."""
    found = [np.zeros(len(pile.couples)) for pile in piles]
    sides = [folds(pile.topics)[np.array(pile.couples).reshape(-1, 2)] for pile in piles]
    for held in range(FOLDS):
        out = [(side == held).any(1) for side in sides]
        seen = [
            replace(pile, couples=[pile.couples[k] for k in np.flatnonzero(~each)], rows=pile.rows[~each])
            for pile, each in zip(piles, out, strict=True)
        ]
        trees = grown(names, known((seen[0], seen[1])), growth)
        for scores, pile, each in zip(found, piles, out, strict=True):
            scores[each] = trees.score(pile.rows[each])
    return found


def among_others(pile: Pile, scores: Matrix) -> Pile:
    """The pile with those pairs alone that are likely enough by these scores, and what is around them."""
    couples, rows = among(pile.mentions, pile.couples, pile.rows, scores)
    return replace(pile, couples=couples, rows=rows)


def told_groups(pile: Pile, scores: Matrix, bar: float) -> tuple[Matrix, Matrix, NDArray[np.int64]]:
    """The features of the pairs of groups that are worth comparing, as `Pile.same` has it which are one, and the folds.

    A group is what most of its mentions are.
    """
    compared = coreference.scored(pile.mentions, pile.couples, pile.rows, scores)
    groups = coreference.tight(compared, bar)
    pairs, rows = event_groups.group_pairs(compared, groups)
    most = []
    for group in groups:
        counts = Counter((pile.clusters[i] or "", pile.topics[i]) for i in group)
        kind = max(sorted(counts), key=counts.__getitem__)
        most.append(next(i for i in group if (pile.clusters[i] or "", pile.topics[i]) == kind))
    couples = [(most[one], most[two]) for one, two in pairs]
    return rows, pile.same(couples), folds(pile.topics)[np.array(couples, dtype=np.int64).reshape(-1, 2)]


def group_trees(piles: Piles, scores: Sequence[Matrix], held: int | None = None) -> Trees:
    """The trees of groups, without those of a fold."""
    rows, same, weights = [], [], []
    for pile, score, weight in zip(piles, scores, (1.0, UNRELATED), strict=True):
        for bar in TIGHT:
            found, one, sides = told_groups(pile, score, bar)
            kept = ~np.isnan(one) & ~(sides == held).any(1)
            rows.append(found[kept])
            same.append(one[kept])
            weights.append(np.full(int(kept.sum()), weight))
    every = np.concatenate(rows), np.concatenate(same)
    return fit(event_groups.FEATURES, *every, GROUPS, np.concatenate(weights))


def train(gold: Pile, unrelated: Pile) -> Model:
    """The trees of `coreference`."""
    piles = (gold, unrelated)
    ours, others = held_out_scores(piles, event_likeness.FEATURES, ALONE)
    around = (among_others(gold, ours), among_others(unrelated, others))
    names = event_groups.OF_PAIRS
    return Model(
        alone=grown(event_likeness.FEATURES, known(piles), ALONE),
        among=grown(names, known(around), AMONG),
        groups=group_trees(around, held_out_scores(around, names, AMONG)),
    )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--checkpoints", type=Path, default=Path("checkpoints/mentions"), help="of training.mentions")
    parser.add_argument("--out", type=Path, default=Path("graph/linking"))
    args = parser.parse_args()
    gold = gold_pile(args.corpora / "cdcoref" / "ecbplus.train.jsonl.gz", args.checkpoints)
    model = train(gold, unrelated_pile(args.corpora))
    for name, trees in zip(TABLES, (model.alone, model.among, model.groups), strict=True):
        (args.out / name).write_text(write_trees(trees), encoding="utf-8")


if __name__ == "__main__":
    main()
