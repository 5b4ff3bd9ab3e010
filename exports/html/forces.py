"""Where the nodes of a whole graph stand: tens of thousands of them, in seconds, the same every time.

Nodes push each other away and edges pull (Fruchterman and Reingold 1991), first on a coarse graph whose nodes stand for
many, then on ever finer ones (Walshaw 2003). The push of all on all is a convolution on a grid, by fast Fourier
transforms, so that a round costs next to nothing more for twice the nodes.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import asin, cos, pi, sin
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

_fourier: Any = np.fft  # whose types know of no transforms with seven digits
Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
SEED = 11  # any number does; a fixed one gives the same places every time
CELLS = 192  # of the grid, along each side
COARSEST = 60  # nodes; fewer need no coarser graph
FEW = 400  # nodes, up to which each is to have room for its name
CROWD = 150  # nodes of one part, from which on they are spread evenly
ROUNDS, ROUNDS_BETWEEN = 60, 30  # on the finest graph and the coarsest ones, and on those between
GRAVITY = 0.2  # what keeps long arms from reaching out far
SPACING = 100.0  # between neighbours in the result, roughly, in the units of the page


def places(size: int, edges: Sequence[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """The place of each of `size` nodes, the middle of it all at 0, 0; edges are two nodes and how hard they pull.

    The largest part that edges hold together stands in the middle, the others in rings around it, the larger nearer.
    """
    ends = np.array([(one, other) for one, other, _ in edges if one != other], dtype=np.int64).reshape(-1, 2)
    pull = np.array([weight for one, other, weight in edges if one != other], dtype=np.float64)
    part = _parts(ends, size)
    count = np.bincount(part, minlength=size)
    inner, place_in = np.flatnonzero(count[part] > 1), np.zeros(size, dtype=np.int64)
    order = inner[np.lexsort((inner, part[inner], -count[part[inner]]))]
    place_in[order] = np.arange(len(order))
    at = np.zeros((size, 2))
    sizes: list[float] = []  # radius of each part, in the order in which they are placed
    members: list[Whole] = []
    edge_order = np.argsort(place_in[ends[:, 0]], kind="stable") if len(ends) else np.zeros(0, dtype=np.int64)
    edge_part = part[ends[edge_order, 0]] if len(ends) else edge_order
    start = edge_start = 0
    while start < len(order):
        own = order[start : start + count[part[order[start]]]]
        edge_end = edge_start + int(np.searchsorted(edge_part[edge_start:] != part[own[0]], True))
        chosen = edge_order[edge_start:edge_end]
        at[own] = _part(place_in[ends[chosen]] - start, pull[chosen], len(own), few=size <= FEW)
        sizes.append(float(np.hypot(at[own, 0], at[own, 1]).max()) + 0.6)
        members.append(own)
        start, edge_start = start + len(own), edge_end
    for node in np.flatnonzero(count[part] == 1).tolist():
        sizes.append(0.4)
        members.append(np.array([node]))
    for own, middle in zip(members, _rings(sizes), strict=True):
        at[own] += middle
    return [(int(x), int(y)) for x, y in np.rint(at * SPACING).tolist()]


def _parts(ends: Whole, size: int) -> Whole:
    """For each node the least node that edges join it to, over however many others."""
    least = np.arange(size)
    while True:
        low = least.copy()
        np.minimum.at(low, ends[:, 0], least[ends[:, 1]])
        np.minimum.at(low, ends[:, 1], least[ends[:, 0]])
        low = low[low]  # halves the way that is left
        if (low == least).all():
            return least
        least = low


def _part(ends: Whole, pull: Floats, size: int, *, few: bool) -> Floats:
    """The places of one part's nodes around 0, 0; `few`: with room for names."""
    if size <= 6:  # what is joined most stands in the middle
        degree = np.bincount(ends.ravel(), minlength=size)
        turn = np.arange(size) * 2 * pi / (size - 1)
        at = np.stack([np.cos(turn), np.sin(turn)], axis=1)
        hub = int(degree.argmax())
        at[[hub, size - 1]] = (0, 0), at[hub]
        return at * (1.5 if few else 0.9)
    at = _lay_out(ends, pull, np.ones(size), np.random.default_rng(SEED), ROUNDS if size > 60 else 3 * ROUNDS)
    at -= (at.max(axis=0) + at.min(axis=0)) / 2
    return _apart(_spread(at) if size > CROWD else at)


def _spread(at: Floats) -> Floats:
    """The same in a disc that is filled more evenly: each node keeps its direction, and half of its distance."""
    far = np.hypot(at[:, 0], at[:, 1])
    rank = np.empty(len(at))
    rank[np.argsort(far, kind="stable")] = np.arange(len(at))
    even = 0.9 * np.sqrt(rank)
    scale = float(even.max() / max(np.quantile(far, 0.95), 1e-9))
    return cast(
        Floats, at * ((0.3 * np.minimum(far * scale, even.max()) + 0.7 * even) / np.maximum(far, 1e-9))[:, None]
    )


def _rings(sizes: Sequence[float]) -> list[tuple[float, float]]:
    """Where discs of these radii stand: the first in the middle, the others in rings around it."""
    middles = [(0.0, 0.0)][: len(sizes)]
    inner = sizes[0] if sizes else 0.0  # radius up to which all is full
    next_one = 1
    while next_one < len(sizes):
        widest = sizes[next_one]
        radius = inner + widest + 0.4
        ring = [next_one]
        used = 2 * asin(min(1.0, widest / radius))
        while next_one + len(ring) < len(sizes):
            angle = 2 * asin(min(1.0, sizes[next_one + len(ring)] / radius))
            if used + angle > 2 * pi:
                break
            used += angle
            ring.append(next_one + len(ring))
        spare = (2 * pi - used) / len(ring) if next_one + len(ring) < len(sizes) or used > pi else 0.02
        turn = 0.0
        for disc in ring:
            half = asin(min(1.0, sizes[disc] / radius))
            middles.append((radius * cos(turn + half), radius * sin(turn + half)))
            turn += 2 * half + spare
        inner = radius + widest
        next_one += len(ring)
    return middles


def _lay_out(ends: Whole, pull: Floats, mass: Floats, chance: np.random.Generator, rounds: int) -> Floats:
    size = len(mass)
    if size <= COARSEST:
        at = chance.normal(size=(size, 2)) * np.sqrt(size)
        return _moved(at, ends, pull, mass, rounds=200, heat=0.15 * np.sqrt(size) + 1)
    into = _matched(ends, pull, size)
    count = int(into.max()) + 1
    if count > 0.9 * size:  # next to nothing to take together
        at = chance.normal(size=(size, 2)) * np.sqrt(size)
        return _moved(at, ends, pull, mass, rounds=150, heat=0.1 * np.sqrt(size) + 1)
    coarse_ends, coarse_pull = _joined(into[ends], pull, count)
    before = min(rounds, ROUNDS_BETWEEN) if size > FEW else rounds
    coarse = _lay_out(coarse_ends, coarse_pull, np.bincount(into, mass, count).astype(np.float64), chance, before)
    at = coarse[into] + chance.normal(size=(size, 2)) * 0.4
    return _moved(at, ends, pull, mass, rounds=rounds, heat=2.5)


def _matched(ends: Whole, pull: Floats, size: int) -> Whole:
    """For each node the number of the coarse node that it goes into: with whom it is joined closest, or a loner's.

    Nodes with one neighbour go in with it all together, as otherwise the many around a hub would never get fewer.
    """
    degree = np.bincount(ends.ravel(), minlength=size)
    near: list[list[tuple[float, int]]] = [[] for _ in range(size)]
    for (one, other), weight in zip(ends.tolist(), pull.tolist(), strict=True):
        near[one].append((-weight / float(degree[other]), other))
        near[other].append((-weight / float(degree[one]), one))
    into = [-1] * size
    count = 0
    loners: list[int] = []
    for node in np.argsort(degree, kind="stable").tolist():
        if into[node] >= 0:
            continue
        if not near[node]:
            loners.append(node)
            continue
        _, free = min(((w, n) for w, n in near[node] if into[n] < 0), default=(0.0, -1))
        if free < 0:
            into[node] = into[min(near[node])[1]] if len(near[node]) == 1 else count
            count += len(near[node]) > 1
            continue
        into[node] = into[free] = count
        count += 1
    for position, node in enumerate(loners):
        into[node] = count + position // 2
    return np.array(into, dtype=np.int64)


def _joined(ends: Whole, pull: Floats, count: int) -> tuple[Whole, Floats]:
    """Edges between coarse nodes, those between the same two as one."""
    low, high = ends.min(axis=1), ends.max(axis=1)
    apart = low != high
    keys, place = np.unique(low[apart] * count + high[apart], return_inverse=True)
    both = np.stack([keys // count, keys % count], axis=1).astype(np.int64)
    return both, np.bincount(place, pull[apart], len(keys)).astype(np.float64)


def _moved(at: Floats, ends: Whole, pull: Floats, mass: Floats, *, rounds: int, heat: float) -> Floats:  # noqa: PLR0913
    """The nodes after so many rounds of pushing and pulling, each round with shorter steps than the last."""
    size = len(mass)
    share = np.sqrt(np.bincount(ends.ravel(), np.repeat(pull, 2), size) if len(ends) else np.ones(size))
    push = _Grid().push if size > 400 else _push_each
    for turn in range(rounds):
        force = push(at, mass)
        if len(ends):
            along = at[ends[:, 1]] - at[ends[:, 0]]
            length = np.hypot(along[:, 0], along[:, 1])
            # A hub does not pull all that it is joined to onto one spot.
            weight = pull * length / np.minimum(share[ends[:, 0]], share[ends[:, 1]])
            for axis in (0, 1):
                tug = along[:, axis] * weight
                force[:, axis] += np.bincount(ends[:, 0], tug, size) - np.bincount(ends[:, 1], tug, size)
        force -= GRAVITY * mass[:, None] * at
        step = np.maximum(np.hypot(force[:, 0], force[:, 1]), 1e-9)
        limit = heat * (1 - turn / rounds) ** 1.5 + 0.01
        at = at + force * (np.minimum(step * 0.1, limit) / step)[:, None]
    return at


def _push_each(at: Floats, mass: Floats) -> Floats:
    # A column for each node that is pushed, so that sums run down the rows: several columns at once, and in one order.
    along = [at[:, axis] - at[:, axis, None] for axis in (0, 1)]
    square = along[0] * along[0]
    square += along[1] * along[1]
    square += 0.01
    weight = mass * mass[:, None]
    weight /= square
    force = np.empty_like(at)
    for axis, column in enumerate(along):
        column *= weight
        column.sum(axis=0, out=force[:, axis])
    return force


class _Grid:
    """The same with the nodes shared out to the corners of a grid.

    Its arrays are made once: fresh ones of a megabyte in each round would cost more than what is done in them.
    """

    def __init__(self) -> None:
        wide = 2 * CELLS  # the push wraps around the edges of a transform, and must not meet anybody there
        steps = np.fft.fftfreq(wide, 1 / wide)
        square = steps[:, None] ** 2 + steps[None, :] ** 2 + 0.25
        # The push of a node on the cells around it, along each side, where cells are one wide: of others in proportion.
        sides = (steps[:, None], steps[None, :])
        turned = [np.fft.fft(np.fft.rfft(side / square, axis=1), axis=0) for side in sides]
        # Transforms with seven digits take half the time, and are far finer than the grid.
        self._pushes = [each.astype(np.complex64) for each in turned]
        self._rows, self._heavy, self._push = (np.empty((wide, CELLS + 1), dtype=np.complex64) for _ in range(3))
        self._field = np.empty((CELLS, wide), dtype=np.float32)

    def push(self, at: Floats, mass: Floats) -> Floats:
        """The force on each node."""
        low = at.min(axis=0)
        cell = float((at.max(axis=0) - low).max()) / (CELLS - 2) + 1e-9
        where = (at - low) / cell
        corner = where.astype(np.int64)
        part = where - corner
        rest = 1 - part
        flat = corner[:, 0] * CELLS + corner[:, 1]
        shares = [
            (flat + dx * CELLS + dy, (part if dx else rest)[:, 0] * (part if dy else rest)[:, 1])
            for dx in (0, 1)
            for dy in (0, 1)
        ]
        grid = np.zeros(CELLS * CELLS)
        for places, share in shares:
            grid += np.bincount(places, share * mass, CELLS * CELLS)
        _fourier.rfft(grid.astype(np.float32).reshape(CELLS, CELLS), 2 * CELLS, axis=1, out=self._rows[:CELLS])
        _fourier.fft(self._rows[:CELLS], 2 * CELLS, axis=0, out=self._heavy)
        force = np.empty_like(at)
        for axis, pushes in enumerate(self._pushes):
            np.multiply(pushes, self._heavy, out=self._push)
            # Back again; only one quarter is wanted, so the rows of the other half are left out.
            _fourier.ifft(self._push, axis=0, out=self._rows)
            _fourier.irfft(self._rows[:CELLS], 2 * CELLS, axis=1, out=self._field)
            field = self._field[:, :CELLS].ravel().astype(np.float64)
            force[:, axis] = sum(field[places] * share for places, share in shares) * (mass / cell)
        return force


def _apart(at: Floats) -> Floats:
    """Nodes that stand on nearly the same spot pushed a little apart: each against the next ones in its row."""
    for _ in range(30):
        for axis in (0, 1):
            row = np.floor(at[:, 1 - axis]).astype(np.int64)
            order = np.lexsort((at[:, axis], row))
            for skip in (1, 2, 3):
                one, other = order[:-skip], order[skip:]
                if not len(one):
                    continue
                along = at[other] - at[one]
                length = np.hypot(along[:, 0], along[:, 1])
                near = (row[one] == row[other]) & (length < 0.8)
                if not near.any():
                    continue
                one, other, along, length = one[near], other[near], along[near], length[near]
                same = length < 1e-6
                along[same] = np.stack([np.cos(one[same] * 2.4), np.sin(one[same] * 2.4)], axis=1)
                push = along / np.where(same, 1, length)[:, None] * ((0.8 - length) * 0.25)[:, None]
                for each in (0, 1):
                    at[:, each] += np.bincount(other, push[:, each], len(at)) - np.bincount(one, push[:, each], len(at))
    return at
