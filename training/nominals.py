"""`python -m training.nominals --corpora DIR`: who and what is mentioned without a name, and who is the same.

Two tables from ECB+ train: which phrases its annotators marked (`ingest/extract/nominals.tsv`, a logistic regression
over named features), and which pairs of mentions they took for one (`graph/nominals.tsv`, boosted trees).
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bench.coref import Given, Read, read_documents
from bench.given import with_given_entities
from graph.boosting import Matrix, Trees, write_trees
from graph.linking.entities import link_entities
from graph.linking.local import local_entities, spoken_places
from graph.linking.nominal_pairs import Mentions, candidate_pairs
from graph.linking.nominal_pairs import features as of_pairs
from graph.linking.nominals import spoken_of
from graph.places import gazetteer
from ingest.article import AnnotatedArticle
from ingest.extract.entities import mark_entities
from ingest.extract.marks import Marks
from ingest.extract.nominals import SCALE, candidates, features, surroundings
from ingest.extract.when import mark_times
from ingest.language.pipeline import load
from training.boosting import Growth, fit

SEEN = 8  # phrases that a feature must hold for
LIKELY = 0.3  # from here on a phrase is marked: of 0.2 to 0.5 the best F1 over topics not learned from
PULL = 0.15  # scikit-learn's C
KINDS = frozenset({"entity"})
GROWTH = Growth(depth=4, trees=150, rate=0.1, least=40, pull=1.0)
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


def told_pairs(reads: Sequence[Read]) -> tuple[dict[str, Matrix], Matrix]:
    """The features of the pairs of given mentions that the linker compares, and which of them the gold takes as one."""
    given = [Given(read=read, spans=tuple(mention.span for mention in read.gold.of(KINDS))) for read in reads]
    gold = {mention.span: mention.cluster for read in reads for mention in read.gold.of(KINDS)}
    articles = [with_given_entities(one) for one in given]
    mentions = linked_mentions(articles)
    cluster = []
    for article, one in zip(articles, given, strict=True):
        order = sorted(range(len(one.spans)), key=lambda i: (article.mentions[article.wordings[i].mention], i))
        cluster += [gold[one.spans[i]] for i in order]
    left, right = candidate_pairs(mentions)
    same = [cluster[i] == cluster[j] for i, j in zip(left.tolist(), right.tolist(), strict=True)]
    return of_pairs(mentions, left, right), np.array(same, dtype=float)


def linked_mentions(articles: Sequence[AnnotatedArticle]) -> Mentions:
    """The mentions as the linker sees them, with the entities that their names belong to."""
    places = gazetteer()
    places.learn(name for told in articles for name in spoken_places(told))
    return spoken_of(articles, link_entities([local_entities(told, places) for told in articles]))


def fitted(told: Mapping[str, Matrix], same: Matrix) -> Trees:
    """Trees that tell pairs of one entity."""
    return fit(list(told), np.stack(list(told.values()), axis=1), same, GROWTH)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m training.nominals", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    args = parser.parse_args()
    reads = read_documents(load(), args.corpora / "cdcoref" / "ecbplus.train.jsonl.gz")
    examples = marked(reads)
    weights = {name: round(weight * SCALE) for name, weight in sorted(weighed(examples).items())}
    lines = [f"{name}\t{weight}" for name, weight in weights.items() if weight or not name]
    Path("ingest/extract/nominals.tsv").write_text("\n".join(lines) + "\n", encoding="utf8")
    told, same = told_pairs(reads)
    Path("graph/nominals.tsv").write_text(write_trees(fitted(told, same)), encoding="utf8")
    print(f"{sum(gold for _, gold in examples)} of {len(examples)} phrases, {len(lines)} weights")
    print(f"{int(same.sum())} of {len(same)} pairs, {GROWTH.trees} trees")


if __name__ == "__main__":
    main()
