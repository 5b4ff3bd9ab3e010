"""Fits boosted trees with scikit-learn, and makes them the table that `graph.boosting` reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from graph.boosting import Matrix, Trees


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """How trees are grown: the same growth on the same rows gives the same trees."""

    depth: int
    trees: int
    rate: float
    least: int = 20  # rows in a leaf
    pull: float = 0.0  # L2 penalty on leaves
    features: float = 1.0  # the share of the features, drawn anew, among which each node chooses
    seed: int = 0


def fit(names: Sequence[str], rows: Matrix, same: Matrix, growth: Growth, weights: Matrix | None = None) -> Trees:
    """Trees that tell rows (rows, features) with `same` of 1 from those with 0; `weights` says how much each counts."""
    model = HistGradientBoostingClassifier(
        max_iter=growth.trees,
        learning_rate=growth.rate,
        max_depth=growth.depth,
        max_leaf_nodes=2**growth.depth,
        min_samples_leaf=growth.least,
        l2_regularization=growth.pull,
        max_features=growth.features,
        early_stopping=False,
        random_state=growth.seed,
    )
    model.fit(rows, same, sample_weight=weights)
    found = [_complete(predictors[0].nodes, growth.depth) for predictors in model._predictors]
    inner = np.array([nodes for nodes, _ in found])
    return Trees(
        names=tuple(names),
        bias=float(np.ravel(model._baseline_prediction)[0]),
        feature=inner[:, :, 0].astype(np.int64),
        threshold=inner[:, :, 1],
        mean=inner[:, :, 2],
        leaf=np.array([leaves for _, leaves in found]),
    )


def _complete(nodes: Any, depth: int) -> tuple[list[list[float]], list[float]]:
    """The nodes and leaves of a tree, with every branch of the full depth."""
    inner = [[0.0, np.inf, 0.0] for _ in range(2**depth - 1)]
    leaves = [0.0] * 2**depth

    def fill(at: int, node: int) -> tuple[float, int]:
        """Copy a node to a place; its mean and how many rows come by."""
        here = nodes[node]
        if here["is_leaf"]:
            _fill_leaf(at, float(here["value"]))
            return float(here["value"]), int(here["count"])
        left, some = fill(2 * at + 1, here["left"])
        right, others = fill(2 * at + 2, here["right"])
        mean = (left * some + right * others) / (some + others)
        inner[at] = [float(here["feature_idx"]), float(here["num_threshold"]), mean]
        return mean, some + others

    def _fill_leaf(at: int, value: float) -> None:
        if at >= len(inner):
            leaves[at - len(inner)] = value
            return
        inner[at][2] = value
        _fill_leaf(2 * at + 1, value)
        _fill_leaf(2 * at + 2, value)

    fill(0, 0)
    return inner, leaves
