"""Boosted regression trees as a table of text: what a model of pairs adds up, and what counted for and against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Numbers = NDArray[np.int64]
_ROWS = 1 << 15  # scored at a time: the memory that one step takes


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """A sum of regression trees of one depth over named features; zero or more means yes.

    Node n of a tree has the branches 2n+1, where its feature is at most its threshold, and 2n+2, where it is more.
    """

    names: tuple[str, ...]
    bias: float
    feature: Numbers  # (trees, nodes)
    threshold: Matrix  # (trees, nodes)
    mean: Matrix  # (trees, nodes): of the training pairs that come by a node
    leaf: Matrix  # (trees, leaves)

    def score(self, rows: Matrix) -> Matrix:
        """The sums, in nats, of rows of features in the order of `names`: (rows, features) → (rows,)."""
        parts = [self._score(rows[start : start + _ROWS]) for start in range(0, len(rows), _ROWS)]
        return np.concatenate(parts) if parts else np.zeros(0)

    def _score(self, rows: Matrix) -> Matrix:
        total = np.full(len(rows), self.bias)
        every = np.arange(len(rows))
        nodes = self.feature.shape[1]
        for feature, threshold, leaf in zip(self.feature, self.threshold, self.leaf, strict=True):
            at = np.zeros(len(rows), dtype=np.int64)
            while True:
                at = 2 * at + 1 + (rows[every, feature[at]] > threshold[at])
                if not len(at) or at[0] >= nodes:
                    break
            total += leaf[at - nodes]
        return total

    def counted(self, row: Sequence[float]) -> dict[str, float]:
        """How much each feature of a row adds to its sum, in nats; what every pair starts from is left out."""
        values = np.asarray(row, dtype=np.float64)
        added = np.zeros(len(self.names))
        every = np.arange(len(self.feature))
        nodes = self.feature.shape[1]
        at = np.zeros(len(every), dtype=np.int64)
        means = np.concatenate([self.mean, self.leaf], axis=1)
        seen = np.zeros(len(self.names), dtype=bool)
        while len(at) and at[0] < nodes:
            feature = self.feature[every, at]
            below = 2 * at + 1 + (values[feature] > self.threshold[every, at])
            np.add.at(added, feature, means[every, below] - means[every, at])
            seen[feature] = True
            at = below
        return {self.names[i]: float(added[i]) for i in np.flatnonzero(seen)}


def read_trees(text: str) -> Trees:
    """The trees that a table tells.

    Its first line gives the bias, its second the features' names; each further line is a tree: feature (by number),
    threshold and mean of each node, then the leaves.
    """
    first, second, *lines = text.splitlines()
    cells = np.array([[float(cell) for cell in line.split("\t")] for line in lines])
    nodes = (cells.shape[1] - 1) // 4
    inner = cells[:, : 3 * nodes].reshape(len(lines), nodes, 3)
    return Trees(
        names=tuple(second.split("\t")),
        bias=float(first),
        feature=inner[:, :, 0].astype(np.int64),
        threshold=inner[:, :, 1].copy(),
        mean=inner[:, :, 2].copy(),
        leaf=cells[:, 3 * nodes :].copy(),
    )


def write_trees(trees: Trees) -> str:
    """The table that `read_trees` reads; thresholds to seven digits, sums to four."""
    lines = []
    for *nodes, leaves in zip(trees.feature, trees.threshold, trees.mean, trees.leaf, strict=True):
        inner = [f"{feature}\t{threshold:.7g}\t{mean:.4g}" for feature, threshold, mean in zip(*nodes, strict=True)]
        lines.append("\t".join([*inner, *(f"{leaf:.4g}" for leaf in leaves)]))
    return "\n".join([f"{trees.bias:.5g}", "\t".join(trees.names), *lines]) + "\n"
