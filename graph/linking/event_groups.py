"""What tells whether two groups of event mentions tell of one event: their pairs, their rivals, their words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.boosting import Matrix, Numbers
from graph.linking import event_likeness, neighbours, standing
from graph.linking.tellings import Telling

OF_PAIRS = (*event_likeness.FEATURES, *neighbours.FEATURES, *standing.FEATURES)
TOLD = (
    "articles of the larger",
    "articles of the smaller",
    "share of articles of both",
    "sentences of both",
    "stems alike",
    "share of parties",
    "share of entities",
)
OF_GROUPS = (
    "share of pairs that are compared",
    "share of pairs that are forbidden",
    "mean of the pairs",
    "likeliest pair",
    "second likeliest pair",
    "least likely pair",
    "mean score",
    "highest score",
    "lowest score",
    "mean across articles",
    "mean within an article",
    "mentions of the larger",
    "mentions of the smaller",
    "likeliest other of the larger",
    "likeliest other of the smaller",
    "likelier others of the larger",
    "likelier others of the smaller",
    "mean within the larger",
    "mean within the smaller",
    "mean of both as one",
    *TOLD,
)
FEATURES = (*OF_GROUPS, *(f"mean of {name}" for name in OF_PAIRS))
UNKNOWN = -1.0
_LIKELY = 0.02  # mean of the pairs of two groups that are worth comparing, or
_LIKELIEST = 0.15  # the likeliest of them
_SCORES = 6.0  # nats beyond which scores say no more
_STRANGERS = -5.0  # the score of two that are not compared

Groups = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The event mentions of all articles, and their pairs with features, scores in nats and likelihoods."""

    mentions: Sequence[Telling]
    couples: Numbers  # (pairs, 2)
    rows: Matrix  # in the order of `OF_PAIRS`
    scores: Matrix
    likely: Matrix  # 0 where what is known forbids that two are one


def group_pairs(compared: Compared, groups: Groups) -> tuple[list[tuple[int, int]], Matrix]:
    """The pairs of groups that are worth comparing, the larger first, and their features in the order of `FEATURES`."""
    home = np.empty(len(compared.mentions), dtype=np.int64)
    for number, group in enumerate(groups):
        home[list(group)] = number
    size = np.bincount(home, minlength=len(groups))
    left, right = np.sort(home[compared.couples], axis=1).T
    inside = left == right
    likely = compared.likely
    within = np.bincount(left[inside], likely[inside], minlength=len(groups))
    left, right = np.where(size[left] < size[right], (right, left), (left, right))
    key = left * len(groups) + right
    order = np.lexsort((-likely, key))
    order = order[~inside[order]]
    if not len(order):
        return [], np.zeros((0, len(FEATURES)))
    keys, first, count = np.unique(key[order], return_index=True, return_counts=True)
    one, two = keys // len(groups), keys % len(groups)
    total = np.add.reduceat(likely[order], first)
    mean = total / (size[one] * size[two])
    worth = (mean >= _LIKELY) | (likely[order][first] >= _LIKELIEST)
    sums = _Sums(order=order, first=first, count=count, missing=size[one] * size[two] - count)
    pairs = list(zip(one.tolist(), two.tolist(), strict=True))
    rivalry = np.array(_rivalry(pairs, mean.tolist()))
    couples = size * (size - 1) / 2
    cohesion = np.where(couples > 0, within / np.maximum(couples, 1), UNKNOWN)
    both = size[one] + size[two]
    columns = [
        *_of_pairs(compared, sums),
        size[one],
        size[two],
        *rivalry.T,
        cohesion[one],
        cohesion[two],
        (within[one] + within[two] + total) / (both * (both - 1) / 2),
    ]
    told = _Told(compared.mentions, groups)
    kept = [pair for pair, good in zip(pairs, worth.tolist(), strict=True) if good]
    of_groups = np.array([told.features(*pair) for pair in kept])
    means = np.stack([sums.mean(column) for column in compared.rows.T], axis=1)
    found = np.hstack([np.stack(columns, axis=1)[worth], of_groups.reshape(len(kept), len(TOLD)), means[worth]])
    return kept, found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sums:
    """Pairs of mentions in the order of the pairs of groups that they lie between, the likeliest of each first."""

    order: Numbers
    first: Numbers  # of each pair of groups
    count: Numbers
    missing: Numbers  # pairs that are not compared

    def mean(self, values: Matrix) -> Matrix:
        """The mean over the pairs that are compared."""
        return np.add.reduceat(values[self.order], self.first) / self.count


def _of_pairs(compared: Compared, sums: _Sums) -> list[Matrix]:
    likely, every = compared.likely[sums.order], sums.count + sums.missing
    scores = np.where(compared.likely > 0, np.clip(compared.scores, -_SCORES, _SCORES), -_SCORES)[sums.order]
    article = np.array([one.story.number for one in compared.mentions])[compared.couples[sums.order]]
    here = article[:, 0] == article[:, 1]
    inside = np.add.reduceat(here.astype(np.float64), sums.first)
    of_inside = np.add.reduceat(np.where(here, likely, 0), sums.first)
    total = np.add.reduceat(likely, sums.first)
    last = sums.first + sums.count - 1
    return [
        sums.count / every,
        np.add.reduceat((likely <= 0).astype(np.float64), sums.first) / sums.count,
        total / every,
        likely[sums.first],
        np.where(sums.count > 1, likely[np.minimum(sums.first + 1, len(likely) - 1)], UNKNOWN),
        np.where(sums.missing > 0, 0.0, likely[last]),
        (np.add.reduceat(scores, sums.first) + _STRANGERS * sums.missing) / every,
        np.maximum.reduceat(scores, sums.first),
        np.where(sums.missing > 0, _STRANGERS, np.minimum.reduceat(scores, sums.first)),
        np.where(sums.count > inside, (total - of_inside) / np.maximum(1, sums.count - inside), UNKNOWN),
        np.where(inside > 0, of_inside / np.maximum(1, inside), UNKNOWN),
    ]


def _rivalry(pairs: Sequence[tuple[int, int]], means: Sequence[float]) -> list[tuple[float, float, int, int]]:
    """The mean of the likeliest other group for each side of a pair, and how many others are likelier."""
    others: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for (one, two), mean in zip(pairs, means, strict=True):
        others[one].append((-mean, two))
        others[two].append((-mean, one))
    rank = {}
    for one, ranked in others.items():
        ranked.sort()
        rank.update({(one, two): i for i, (_, two) in enumerate(ranked)})

    def other(one: int, place: int) -> float:
        rivals = others[one]
        return -rivals[0][0] if place else -rivals[1][0] if len(rivals) > 1 else 0.0

    places = [(rank[one, two], rank[two, one]) for one, two in pairs]
    return [(other(one, m), other(two, n), m, n) for (one, two), (m, n) in zip(pairs, places, strict=True)]


class _Told:
    """What groups tell: where, in which words, of whom."""

    def __init__(self, mentions: Sequence[Telling], groups: Groups) -> None:
        members = [[mentions[i] for i in group] for group in groups]
        self._articles = [frozenset(one.story.number for one in group) for group in members]
        self._sentences = [frozenset((one.story.number, one.sentence) for one in group) for group in members]
        self._stems = [Counter(one.stem for one in group) for group in members]
        self._lengths = [sum(count * count for count in stems.values()) ** 0.5 for stems in self._stems]
        self._parties = [frozenset[str]().union(*(one.parties for one in group)) for group in members]
        self._entities = [frozenset[str]().union(*(one.entities for one in group)) for group in members]

    def features(self, one: int, two: int) -> list[float]:
        """Of two groups, in the order of `TOLD`."""
        here, there = self._articles[one], self._articles[two]
        stems = self._stems[two]
        shared = sum(count * stems[stem] for stem, count in self._stems[one].items() if stem in stems)
        return [
            float(len(here)),
            float(len(there)),
            len(here & there) / min(len(here), len(there)),
            float(len(self._sentences[one] & self._sentences[two])),
            shared / (self._lengths[one] * self._lengths[two]),
            event_likeness.share(self._parties[one], self._parties[two]),
            event_likeness.share(self._entities[one], self._entities[two]),
        ]
