from __future__ import annotations

import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from graph.linking.agglomeration import agglomerate


def grouped(size: int, pairs: list[tuple[int, int, float]], least: float) -> list[list[int]]:
    return agglomerate([[i] for i in range(size)], {(one, two): likely for one, two, likely in pairs}, least)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("least", [0.2, 0.35, 0.5])
def test_groups_are_those_of_scipy(seed: int, least: float) -> None:
    chance = np.random.default_rng(seed)
    size = 40
    likely = np.triu(chance.random((size, size)) * (chance.random((size, size)) < 0.3), 1)
    pairs = [(i, j, float(likely[i, j])) for i in range(size) for j in range(i + 1, size) if likely[i, j]]
    distance = 1 - likely - likely.T
    np.fill_diagonal(distance, 0)
    labels = fcluster(linkage(squareform(distance, checks=False), "average"), 1 - least, "distance")
    theirs = {frozenset(np.flatnonzero(labels == label).tolist()) for label in labels}
    assert {frozenset(group) for group in grouped(size, pairs, least)} == theirs


def test_the_order_of_the_pairs_does_not_matter() -> None:
    pairs = [(0, 1, 0.9), (1, 2, 0.5), (0, 2, 0.4), (3, 4, 0.6), (2, 3, 0.5)]
    assert grouped(6, pairs, 0.4) == grouped(6, pairs[::-1], 0.4) == [[0, 1, 2], [3, 4], [5]]


def test_one_strong_link_is_not_enough_for_a_large_group() -> None:
    pairs = [(0, 1, 0.9), (0, 2, 0.9), (1, 2, 0.9), (2, 3, 0.8)]
    assert grouped(4, pairs, 0.5) == [[0, 1, 2], [3]]
