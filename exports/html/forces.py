"""Nodes that push each other away and edges that pull (Fruchterman and Reingold 1991), until they come to rest.

First on a coarse graph whose nodes stand for many, then on ever finer ones (Walshaw 2003). The push of all on all is a
convolution on a grid, by fast Fourier transforms, so that a round costs next to nothing more for twice the nodes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

_fourier: Any = np.fft  # whose types know of no transforms with seven digits
Floats = NDArray[np.float64]  # places are two rows, x and y: numpy picks from rows ten times as fast as from pairs
Whole = NDArray[np.int64]
COARSEST = 60  # nodes; fewer need no coarser graph
FINER = 0.65  # of the nodes of a graph, at most, has the next coarser one
SCATTERED = 150  # nodes, up to which each is pushed by each other one
# Rounds of pushing and pulling on the graph itself, on those between, on the coarsest.
FINEST, BETWEEN, FIRST = 30, 50, 200
GRAVITY = 0.2  # what keeps long arms from reaching out far

# The force on each node, of places and masses.
Push = Callable[[Floats, Floats], Floats]


@dataclass(frozen=True, slots=True, kw_only=True)
class Net:
    """Edges, each from `one` node to an `other` with a pull, and what each node weighs: how many it stands for."""

    one: Whole
    other: Whole
    pull: Floats
    mass: Floats


def lay_out(net: Net, chance: np.random.Generator, rounds: int) -> Floats:
    """Places around 0, 0, roughly, after so many rounds on this graph and more on coarser ones before."""
    size = len(net.mass)
    push = _Grid(size).push if size > SCATTERED else _push_each
    into, coarse = _coarser(net) if size > COARSEST else (np.arange(size), net)
    if coarse is net:
        at = chance.normal(size=(2, size)) * sqrt(size)
        return moved(at, net, push, rounds=FIRST, heat=0.15 * sqrt(size) + 1)
    at = lay_out(coarse, chance, BETWEEN)[:, into] + chance.normal(size=(2, size)) * 0.4
    return moved(at, net, push, rounds=rounds, heat=2.5)


def _coarser(net: Net) -> tuple[Whole, Net]:
    """For each node the one of a coarser graph that it goes into, and that graph; the very same one at worst.

    Nodes are taken together until they are few enough: graphs that differ little would take long for little.
    """
    into, coarse = np.arange(len(net.mass)), net
    while len(coarse.mass) > FINER * len(net.mass):
        matched = _matched(coarse)
        if matched.max() + 1 > 0.9 * len(coarse.mass):  # next to nothing to take together
            break
        into, coarse = matched[into], _joined(coarse, matched)
    return into, coarse


def _matched(net: Net) -> Whole:
    """For each node the number of the coarse node that it goes into: with whom it is joined closest, or a loner's.

    Nodes with one neighbour go in with it all together, as otherwise the many around a hub would never get fewer.
    """
    size = len(net.mass)
    degree = np.bincount(net.one, minlength=size) + np.bincount(net.other, minlength=size)
    near: list[list[tuple[float, int]]] = [[] for _ in range(size)]
    weights = (-net.pull / degree[net.other]).tolist(), (-net.pull / degree[net.one]).tolist()
    for one, other, from_one, from_other in zip(net.one.tolist(), net.other.tolist(), *weights, strict=True):
        near[one].append((from_one, other))
        near[other].append((from_other, one))
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


def _joined(net: Net, into: Whole) -> Net:
    """The coarse graph whose nodes these go into, edges between the same two as one."""
    count = int(into.max()) + 1
    low, high = np.minimum(into[net.one], into[net.other]), np.maximum(into[net.one], into[net.other])
    apart = low != high
    keys, place = np.unique(low[apart] * count + high[apart], return_inverse=True)
    return Net(
        one=keys // count,
        other=keys % count,
        pull=np.bincount(place, net.pull[apart], len(keys)).astype(np.float64),
        mass=np.bincount(into, net.mass, count).astype(np.float64),
    )


def moved(at: Floats, net: Net, push: Push, *, rounds: int, heat: float | Floats) -> Floats:
    """The nodes after so many rounds of pushing and pulling, each round with shorter steps than the last."""
    size = len(net.mass)
    one, other = net.one, net.other
    share = np.sqrt(np.bincount(one, net.pull, size) + np.bincount(other, net.pull, size))
    # A hub does not pull all that it is joined to onto one spot.
    pull = net.pull / np.minimum(share[one], share[other])
    for turn in range(rounds):
        force = push(at, net.mass) - GRAVITY * net.mass * at
        along = at.take(other, axis=1) - at.take(one, axis=1)
        along *= pull * np.sqrt(along[0] ** 2 + along[1] ** 2)
        for axis in (0, 1):
            force[axis] += np.bincount(one, along[axis], size)
            force[axis] -= np.bincount(other, along[axis], size)
        step = np.maximum(np.sqrt(force[0] ** 2 + force[1] ** 2), 1e-9)
        limit = heat * (1 - turn / rounds) ** 1.5 + 0.01
        at = at + force * (np.minimum(step * 0.1, limit) / step)
    return at


def _push_each(at: Floats, mass: Floats) -> Floats:
    # A column for each node that is pushed, so that sums run down the rows: several columns at once, and in one order.
    along = [row - row[:, None] for row in at]
    square = along[0] * along[0]
    square += along[1] * along[1]
    square += 0.01
    weight = mass * mass[:, None]
    weight /= square
    force = np.empty_like(at)
    for axis, column in enumerate(along):
        column *= weight
        column.sum(axis=0, out=force[axis])
    return force


class _Grid:
    """The same with the nodes shared out to the corners of a grid.

    Its arrays are made once: fresh ones of a megabyte in each round would cost more than what is done in them.
    """

    def __init__(self, size: int) -> None:
        # Along each side half as many again as nodes stand there; 192 are fine enough for any number of them.
        self._cells = cells = min(192, max(96, 32 * ceil(1.5 * sqrt(size) / 32)))
        wide = 2 * cells  # the push wraps around the edges of a transform, and must not meet anybody there
        steps = np.fft.fftfreq(wide, 1 / wide)
        square = steps[:, None] ** 2 + steps[None, :] ** 2 + 0.25
        # The push of a node on the cells around it, along each side, where cells are one wide: of others in proportion.
        sides = (steps[:, None], steps[None, :])
        turned = [np.fft.fft(np.fft.rfft(side / square, axis=1), axis=0) for side in sides]
        # Transforms with seven digits take half the time, and are far finer than the grid.
        self._pushes = [each.astype(np.complex64) for each in turned]
        self._rows, self._heavy, self._push = (np.zeros((wide, cells + 1), dtype=np.complex64) for _ in range(3))
        self._field = np.empty((cells, wide), dtype=np.float32)

    def push(self, at: Floats, mass: Floats) -> Floats:
        """The force on each node."""
        cells = self._cells
        low = at.min(axis=1)[:, None]
        cell = float((at - low).max()) / (cells - 2) + 1e-9
        where = (at - low) / cell
        corner = where.astype(np.int64)
        part = where - corner
        rest = 1 - part
        flat = corner[0] * cells + corner[1]
        shares = [
            (flat + dx * cells + dy, (part if dx else rest)[0] * (part if dy else rest)[1])
            for dx in (0, 1)
            for dy in (0, 1)
        ]
        grid = np.zeros(cells * cells)
        for places, share in shares:
            grid += np.bincount(places, share * mass, cells * cells)
        _fourier.rfft(grid.astype(np.float32).reshape(cells, cells), 2 * cells, axis=1, out=self._rows[:cells])
        _fourier.fft(self._rows[:cells], 2 * cells, axis=0, out=self._heavy)
        force = np.empty_like(at)
        for axis, pushes in enumerate(self._pushes):
            np.multiply(pushes, self._heavy, out=self._push)
            # Back again; only one quarter is wanted, so the rows of the other half are left out.
            _fourier.ifft(self._push, axis=0, out=self._rows)
            _fourier.irfft(self._rows[:cells], 2 * cells, axis=1, out=self._field)
            field = self._field[:, :cells].ravel().astype(np.float64)
            force[axis] = sum(field.take(places) * share for places, share in shares) * (mass / cell)
        return force
