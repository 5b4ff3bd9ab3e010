"""Where the nodes of a picture stand, computed beforehand so that the page opens still and quick."""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt

import networkx
import numpy as np
from numpy.typing import NDArray

Size = tuple[float, float]  # width and height of a node with its label, in pixels
SEED = 11  # any number does; a fixed one gives the same picture every time
GAP = 26.0  # pixels kept free between two nodes
WIDE = 1.5  # width to height of the whole picture


def place(sizes: dict[str, Size], lines: Iterable[tuple[str, str]]) -> dict[str, tuple[int, int]]:
    """Middle of each node in whole pixels: joined nodes near each other, no two on top of one another.

    Parts that no line joins are laid out apart and set in rows, the largest first; as one they would drift far away.
    """
    joined: networkx.Graph[str] = networkx.Graph()
    joined.add_nodes_from(sizes)
    joined.add_edges_from(lines)
    parts = [sorted(part) for part in networkx.connected_components(joined)]
    laid_out = [_lay_out(joined, part, sizes) for part in sorted(parts, key=lambda part: (-len(part), part))]
    return _in_rows(laid_out)


# The nodes of one part, their left upper corner at 0, 0; and how wide and high the part is.
Part = tuple[dict[str, tuple[float, float]], Size]


def _lay_out(joined: networkx.Graph[str], part: list[str], sizes: dict[str, Size]) -> Part:
    shown: networkx.Graph[str] = networkx.Graph()
    shown.add_nodes_from(part)
    shown.add_edges_from(sorted((min(line), max(line)) for line in joined.subgraph(part).edges))
    near = networkx.spring_layout(shown, seed=SEED, iterations=120, k=2.2 / sqrt(len(part)))
    at = np.array([near[id] for id in part], dtype=float)
    extent = np.array([sizes[id] for id in part], dtype=float)
    # Room in proportion to what the nodes cover, five times as much so that lines can be followed.
    side = sqrt(5.0 * float(np.sum((extent[:, 0] + GAP) * (extent[:, 1] + GAP))))
    at *= np.array([side * sqrt(WIDE), side / sqrt(WIDE)]) / 2
    at = _apart(at, extent)
    corner = (at - extent / 2).min(axis=0)
    width, height = (at + extent / 2).max(axis=0) - corner
    return {id: (float(x), float(y)) for id, (x, y) in zip(part, at - corner, strict=True)}, (width, height)


def _apart(at: NDArray[np.float64], extent: NDArray[np.float64]) -> NDArray[np.float64]:
    """Push overlapping nodes apart along the shorter way, a little each round, until none overlap."""
    wide, high = ((extent[:, None, axis] + extent[None, :, axis]) / 2 + GAP for axis in (0, 1))
    x, y = at[:, 0].copy(), at[:, 1].copy()
    for _ in range(300):
        over_x = wide - np.abs(x[:, None] - x[None, :])
        over_y = high - np.abs(y[:, None] - y[None, :])
        hit = (over_x > 0.5) & (over_y > 0.5)
        np.fill_diagonal(hit, False)
        one, other = np.nonzero(hit)
        if not len(one):
            break
        sideways = over_x[one, other] < over_y[one, other]
        for along, over, chosen in ((x, over_x, sideways), (y, over_y, ~sideways)):
            apart = along[one] - along[other]
            way = np.where(apart == 0, np.sign(one - other), np.sign(apart))  # at the very same spot, by their order
            push = np.where(chosen, over[one, other] * way, 0)
            along += 0.4 * np.bincount(one, weights=push, minlength=len(along))
    return np.stack([x, y], axis=1)


def _in_rows(parts: list[Part]) -> dict[str, tuple[int, int]]:
    """Set the parts in rows about as wide as the whole is meant to be, and the middle of it all at 0, 0."""
    room = sum((width + 2 * GAP) * (height + 2 * GAP) for _, (width, height) in parts)
    row_width = max([sqrt(room * WIDE), *(width for _, (width, _) in parts)], default=0.0)
    left = top = row_height = 0.0
    placed: dict[str, tuple[float, float]] = {}
    for nodes, (width, height) in parts:
        if left and left + width > row_width:
            left, top, row_height = 0.0, top + row_height + 2 * GAP, 0.0
        placed.update({id: (x + left, y + top) for id, (x, y) in nodes.items()})
        left += width + 2 * GAP
        row_height = max(row_height, height)
    if not placed:
        return {}
    middle_x = (min(x for x, _ in placed.values()) + max(x for x, _ in placed.values())) / 2
    middle_y = (min(y for _, y in placed.values()) + max(y for _, y in placed.values())) / 2
    return {id: (round(x - middle_x), round(y - middle_y)) for id, (x, y) in placed.items()}
