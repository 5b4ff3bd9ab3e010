"""`python -m training.nominals --corpora DIR`: who and what is mentioned without a name, and who is the same.

Three tables from ECB+ train: which phrases its annotators marked (`ingest/extract/nominals.tsv`, a logistic regression
over named features); which pairs of mentions they took for one (`graph/nominals.tsv`) and which pairs of groups
(`graph/nominal_groups.tsv`), in boosted trees.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bench.coref import Given, Read, read_documents
from bench.given import with_given_entities
from graph.boosting import Matrix, Trees, write_trees
from graph.linking.entities import link_entities
from graph.linking.local import local_entities, spoken_places
from graph.linking.nominal_clusters import by_pairs, compare
from graph.linking.nominal_features import features as features_of_pairs
from graph.linking.nominal_groups import group_pairs
from graph.linking.nominal_pairs import Mentions, candidate_pairs
from graph.linking.nominals import spoken_of
from graph.places import gazetteer
from ingest.annotate import annotated
from ingest.article import AnnotatedArticle
from ingest.extract.entities import mark_entities
from ingest.extract.marks import Marks
from ingest.extract.nominals import SCALE, candidates, features, surroundings, weights
from ingest.extract.when import mark_times
from ingest.language.pipeline import load
from training.boosting import Growth, fit

SEEN = 8  # phrases that a feature must hold for
LIKELY = 0.4  # from here on a phrase is marked: F1 72.2 over topics not learned from, 71.9 from 0.3, 70.1 from 0.2
PULL = 0.15  # scikit-learn's C
KINDS = frozenset({"entity"})
PARTS = 4  # of the topics: each part's groups are made by trees that never saw it
PAIRS = Growth(depth=4, trees=150, rate=0.1, least=40, pull=1.0)
GROUPS = Growth(depth=3, trees=80, rate=0.08, least=25, pull=1.0)
Example = tuple[frozenset[str], bool]  # the features of a choice of words, and whether the gold marks just these


def marked(reads: Iterable[Read]) -> list[Example]:
    """Every choice of words in the sentences that are annotated throughout."""
    found = []
    for read in reads:
        marks = Marks(read.doc, read.gold.article.text)
        mark_entities(marks)
        mark_times(marks, read.gold.article.published)
        gold = {(mention.span.start, mention.span.end) for mention in read.gold.of(KINDS)}
        around = surroundings(marks)
        for candidate in candidates(marks):
            head, span = candidate.phrase.head, read.doc[candidate.phrase.start : candidate.phrase.end]
            if any(start <= head.idx < end for start, end in read.gold.scored):
                names = frozenset(features(candidate, around))
                found.append((names, (span.start_char, span.end_char) in gold))
    return found


def weighed(examples: Sequence[Example]) -> dict[str, float]:
    """What each feature adds to the log-odds over those of the least likely phrase that is marked."""
    seen = Counter(name for names, _ in examples for name in names)
    known = sorted(name for name, times in seen.items() if times >= SEEN)
    column = {name: i for i, name in enumerate(known)}
    cells = [(row, column[name]) for row, (names, _) in enumerate(examples) for name in sorted(names & column.keys())]
    rows, columns = zip(*cells, strict=True)
    matrix = csr_matrix((np.ones(len(cells)), (rows, columns)), shape=(len(examples), len(known)))
    model = LogisticRegression(C=PULL, max_iter=5000).fit(matrix, [is_gold for _, is_gold in examples])
    start = float(model.intercept_[0]) - math.log(LIKELY / (1 - LIKELY))
    return {"": start, **dict(zip(known, model.coef_[0].tolist(), strict=True))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """The mentions of some articles as the linker sees them, and their pairs in sentences that are annotated."""

    mentions: Mentions
    gold: list[str]  # the cluster of each in the gold; "" outside the sentences that are annotated throughout
    told: Mapping[str, Matrix]
    same: Matrix


def given_pile(reads: Sequence[Read]) -> Pile:
    """The gold's mentions of some documents."""
    given = [Given(read=read, spans=tuple(mention.span for mention in read.gold.of(KINDS))) for read in reads]
    return _pile([with_given_entities(one) for one in given], reads)


def found_pile(reads: Sequence[Read]) -> Pile:
    """The mentions that we find in some documents: what the gold has none of is nothing else there is."""
    return _pile([annotated(read.gold.article, read.doc, every_mention=True) for read in reads], reads)


def _pile(articles: Sequence[AnnotatedArticle], reads: Sequence[Read]) -> Pile:
    places = gazetteer()
    places.learn(name for told in articles for name in spoken_places(told))
    mentions = spoken_of(articles, link_entities([local_entities(told, places) for told in articles]))
    clusters = [_clusters(read) for read in reads]
    gold = []
    for number in range(len(mentions.wordings)):
        article, index = mentions.member(number)
        mention, read = articles[article].mentions[index], reads[article]
        if any(start <= mention.start < end for start, end in read.gold.scored):
            span = mention.start, mention.end
            cluster = clusters[article].get(span) or clusters[article].get(read.gold.head(*span) or span)
            gold.append(cluster or f"alone {number}")
        else:
            gold.append("")
    left, right = candidate_pairs(mentions)
    known = np.array([bool(cluster) for cluster in gold])
    left, right = (side[known[left] & known[right]] for side in (left, right))
    same = np.array([gold[i] == gold[j] for i, j in zip(left.tolist(), right.tolist(), strict=True)], dtype=float)
    return Pile(mentions=mentions, gold=gold, told=features_of_pairs(mentions, left, right), same=same)


def _clusters(read: Read) -> dict[tuple[int, int], str]:
    """The gold's clusters by the characters of a mention, and of its head; of two with one head the shorter's."""
    mentions = sorted(read.gold.of(KINDS | {"loc"}), key=lambda mention: mention.span.end - mention.span.start)
    found: dict[tuple[int, int], str] = {}
    for mention in mentions:
        found.setdefault(mention.span.head, mention.cluster)
    return found | {(mention.span.start, mention.span.end): mention.cluster for mention in mentions}


def fitted(told: Sequence[Mapping[str, Matrix]], same: Sequence[Matrix], growth: Growth) -> Trees:
    """Trees that tell what is one."""
    names = list(told[0])
    rows = np.concatenate([np.stack([each[name] for name in names], axis=1) for each in told])
    return fit(names, rows, np.concatenate(list(same)), growth)


def pair_trees(piles: Sequence[Pile]) -> Trees:
    """Trees that tell pairs of mentions of one entity."""
    return fitted([pile.told for pile in piles], [pile.same for pile in piles], PAIRS)


def told_groups(pile: Pile, trees: Trees) -> tuple[Mapping[str, Matrix], Matrix]:
    """The features of the pairs of groups that trees not learned from the pile leave, and which are one in the gold.

    A group is what most of its mentions are.
    """
    compared = compare(pile.mentions, trees)
    groups = by_pairs(compared)
    pairs, told, _ = group_pairs(compared, groups)
    counts = [Counter(pile.gold[i] for i in group if pile.gold[i]) for group in groups]
    most = [max(sorted(count), key=count.__getitem__, default="") for count in counts]
    known = np.array([bool(most[one] and most[two]) for one, two in pairs], dtype=bool)
    same = np.array([most[one] == most[two] for one, two in pairs], dtype=float)
    return {name: values[known] for name, values in told.items()}, same[known]


def group_trees(parts: Sequence[Sequence[Pile]]) -> Trees:
    """Trees that tell pairs of groups of one entity, from what the trees of the other parts leave of each pile."""
    found = []
    for part in parts:
        trees = pair_trees([pile for other in parts if other is not part for pile in other])
        found += [told_groups(pile, trees) for pile in part]
    return fitted([told for told, _ in found], [same for _, same in found], GROUPS)


def parts(reads: Sequence[Read]) -> list[list[Read]]:
    """The documents in parts, each of its own topics."""
    topics = sorted({read.gold.topic for read in reads})
    return [[read for read in reads if topics.index(read.gold.topic) % PARTS == part] for part in range(PARTS)]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m training.nominals", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    args = parser.parse_args()
    reads = read_documents(load(), args.corpora / "cdcoref" / "ecbplus.train.jsonl.gz")
    examples = marked(reads)
    rounded = {name: round(weight * SCALE) for name, weight in sorted(weighed(examples).items())}
    lines = [f"{name}\t{weight}" for name, weight in rounded.items() if weight or not name]
    Path("ingest/extract/nominals.tsv").write_text("\n".join(lines) + "\n", encoding="utf8")
    weights.cache_clear()  # phrases are found by the new ones
    piles = [(given_pile(part), found_pile(part)) for part in parts(reads)]
    trees = pair_trees([pile for part in piles for pile in part])
    Path("graph/nominals.tsv").write_text(write_trees(trees), encoding="utf8")
    Path("graph/nominal_groups.tsv").write_text(write_trees(group_trees(piles)), encoding="utf8")
    print(f"{sum(gold for _, gold in examples)} of {len(examples)} phrases, {len(lines)} weights")


if __name__ == "__main__":
    main()
