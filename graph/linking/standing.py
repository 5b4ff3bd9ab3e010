"""Where two mentions stand among all: how near their articles are beside other articles, what their vectors share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from graph.boosting import Matrix, Numbers
from graph.linking.tellings import Telling
from ingest.vectors import unpacked

FEATURES = (
    "vectors alike beyond their articles",
    "vectors of the articles alike",
    "vectors of the triggers alike",
    "rank of the other article, farther",
    "rank of the other article, nearer",
    "nearness to the nearest article's, more",
    "nearness to the nearest article's, less",
    "near articles with a partner, more",
    "near articles with a partner, fewer",
)
_WHOLE = 0.7  # of what the vectors of an article's other mentions share, how much is not a mention's own
_LINKS = 0.5  # what the links of two articles count for their nearness, beside their words
_NEAREST = 10  # articles that are near
_PARTNER = 0.3  # likelihood of a pair of partners
_ROWS = 1 << 13  # pairs of vectors multiplied at a time: the memory that one step takes


def standing(mentions: Sequence[Telling], couples: Numbers, alike: Matrix, likely: Matrix) -> Matrix:
    """The features of each pair, in the order of `FEATURES`.

    `alike` is the likeness of the words of each pair's articles, `likely` how likely the two are one by themselves.
    """
    if not len(couples):
        return np.zeros((0, len(FEATURES)))
    article = np.unique([one.story.number for one in mentions], return_inverse=True)[1]
    return np.hstack([_of_vectors(mentions, article, couples), _of_articles(article, couples, alike, likely)])


def _of_vectors(mentions: Sequence[Telling], article: Numbers, couples: Numbers) -> Matrix:
    one, two = couples.T
    vectors = unpacked(each.vector for each in mentions).astype(np.float64)
    counts = np.bincount(article)
    sums = np.zeros((len(counts), vectors.shape[1]))
    np.add.at(sums, article, vectors)
    own = _unit(vectors - _WHOLE * (sums[article] - vectors) / np.maximum(1, counts[article] - 1)[:, None])
    number = {stem: i for i, stem in enumerate(dict.fromkeys(each.stem for each in mentions))}
    stem = np.array([number[each.stem] for each in mentions])
    triggers = np.zeros((len(number), vectors.shape[1]))
    np.add.at(triggers, stem, own)
    found: list[Matrix] = [
        _cosines(own, one, two),
        _cosines(_unit(sums), article[one], article[two]),
        _cosines(_unit(triggers), stem[one], stem[two]),
    ]
    return np.stack(found, axis=1).round(6)


def _unit(vectors: Matrix) -> Matrix:
    lengths: Matrix = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.maximum(1e-9, lengths)


def _cosines(vectors: Matrix, one: Numbers, two: Numbers) -> Matrix:
    found = np.empty(len(one))
    for start in range(0, len(one), _ROWS):
        some = slice(start, start + _ROWS)
        found[some] = np.einsum("ij,ij->i", vectors[one[some]], vectors[two[some]])
    return found


def _of_articles(article: Numbers, couples: Numbers, alike: Matrix, likely: Matrix) -> Matrix:
    counts = np.bincount(article)
    sides = np.sort(article[couples], axis=1)
    keys, first, which = np.unique(sides[:, 0] * len(counts) + sides[:, 1], return_index=True, return_inverse=True)
    left, right = keys // len(counts), keys % len(counts)
    links = np.bincount(which, likely) / np.minimum(counts[left], counts[right])
    nearness = np.round(alike[first] + _LINKS * np.minimum(1, links), 9)
    near: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for one, two, value in zip(left.tolist(), right.tolist(), nearness.tolist(), strict=True):
        if one != two:
            near[one].append((-value, two))
            near[two].append((-value, one))
    rank = {(one, two): i for one, others in near.items() for i, (_, two) in enumerate(sorted(others), 1)}
    most = {one: -min(others)[0] for one, others in near.items()}
    rows = []
    for one, two, value in zip(left.tolist(), right.tolist(), nearness.tolist(), strict=True):
        if one == two:
            rows.append([0.0, 0.0, 1.0, 1.0])
        else:
            ranks, shares = (rank[one, two], rank[two, one]), (value / most[one], value / most[two])
            rows.append([max(ranks), min(ranks), max(shares), min(shares)])
    partners: defaultdict[int, set[int]] = defaultdict(set)
    for k in np.flatnonzero(likely >= _PARTNER).tolist():
        one, two = couples[k].tolist()
        partners[one].add(int(article[two]))
        partners[two].add(int(article[one]))
    covered = np.zeros(len(article))
    for mention, others in partners.items():
        home = int(article[mention])
        held = sum(rank.get((home, other), _NEAREST + 1) <= _NEAREST for other in others)
        covered[mention] = held / max(1, min(_NEAREST, len(near[home])))
    cover = np.sort(covered[couples], axis=1)[:, ::-1]
    return np.hstack([np.array(rows)[which.ravel()], cover])
