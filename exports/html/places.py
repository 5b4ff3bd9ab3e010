"""Where the nodes of a whole graph stand: tens of thousands of them, in half a second, the same every time.

What edges hold together stands together, however little; such parts are set out each by itself, around the largest.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import asin, cos, pi, sin

import numpy as np

from exports.html.forces import COARSEST, FINEST, Floats, Net, Whole, lay_out, moved

SEED = 11  # any number does; a fixed one gives the same places every time
STAR = 6  # nodes of one part, up to which they stand around one of them
FEW = 400  # nodes, up to which each is to have room for its name
CROWD = 150  # nodes of one part, from which on they are spread evenly
ROUNDS_SMALL = 150  # of pushing and pulling in parts that need no coarser graph
ROOM = 0.8  # that each node is to have, where 1 is between neighbours in the result, roughly
SPACING = 100.0  # of that in the units of the page


def places(size: int, edges: Sequence[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """The place of each of `size` nodes, the middle of it all at 0, 0; edges are two nodes and how hard they pull.

    The largest part that edges hold together stands in the middle, the others in rings around it, the larger nearer.
    """
    if not size:
        return []
    pulling = [edge for edge in edges if edge[0] != edge[1]]
    one, other = (np.array([edge[side] for edge in pulling], dtype=np.int64) for side in (0, 1))
    part = _parts(one, other, size)
    # From here on a node is its rank: those of one part stand one after the other, the largest part first.
    members = np.bincount(part, minlength=size)
    order = np.lexsort((part, -members[part]))
    rank = np.empty(size, dtype=np.int64)
    rank[order] = np.arange(size)
    by_part = np.argsort(rank[one], kind="stable")
    one, other = rank[one[by_part]], rank[other[by_part]]
    pull = np.array([edge[2] for edge in pulling], dtype=np.float64)[by_part]
    members = -np.sort(-members[members > 0])

    def within(start: int, end: int) -> Net:
        inside = slice(*np.searchsorted(one, (start, end)).tolist())
        return Net(one=one[inside] - start, other=other[inside] - start, pull=pull[inside], mass=np.ones(end - start))

    large, small, stars = (members > COARSEST), (members <= COARSEST) & (members > STAR), (members <= STAR)
    laid_out = [np.zeros((2, 0))]
    start = 0
    for count in members[large].tolist():
        laid_out.append(_large(within(start, start + count)))
        start += count
    end = start + int(members[small].sum())
    laid_out.append(_small(within(start, end), members[small]))
    at = _apart(np.hstack(laid_out), members[large | small])
    around = _stars(within(end, size), members[stars]) * (1.5 if size <= FEW else 0.9)
    at = np.hstack([at, around])
    reach = np.maximum.reduceat(np.hypot(*at), np.cumsum(members) - members) + np.where(members > 1, 0.6, 0.4)
    at += np.repeat(np.array(_rings(reach.tolist())).T, members, axis=1)
    return [(x, y) for x, y in np.rint(at.T[rank] * SPACING).astype(np.int64).tolist()]


def _parts(one: Whole, other: Whole, size: int) -> Whole:
    """For each node the least node that edges join it to, over however many others."""
    least = np.arange(size)
    while True:
        low = least.copy()
        np.minimum.at(low, one, least[other])
        np.minimum.at(low, other, least[one])
        low = low[low]  # halves the way that is left
        if (low == least).all():
            return least
        least = low


def _ranks(members: Whole) -> Whole:
    """For each node how many of its part stand before it; `members`: how many nodes each part has."""
    return np.arange(members.sum()) - np.repeat(np.cumsum(members) - members, members)


def _large(net: Net) -> Floats:
    """The places of one part's nodes around 0, 0."""
    at = lay_out(net, np.random.default_rng(SEED), FINEST)
    at -= ((at.max(axis=1) + at.min(axis=1)) / 2)[:, None]
    return _spread(at) if len(net.mass) > CROWD else at


def _small(net: Net, members: Whole) -> Floats:
    """The same for many parts at once, none of which knows of the others."""
    ranks, count = _ranks(members), np.repeat(members, members)
    # Each node, and with it in turn each of its part.
    pushed = np.repeat(np.arange(len(count)), count)
    pushing = pushed - np.repeat(ranks, count) + _ranks(count)

    def push(at: Floats, _: Floats) -> Floats:
        along = at.take(pushed, axis=1) - at.take(pushing, axis=1)
        along /= along[0] * along[0] + along[1] * along[1] + 0.01
        return np.stack([np.bincount(pushed, row, len(count)) for row in along])

    at = np.random.default_rng(SEED).normal(size=(2, COARSEST))[:, ranks] * np.sqrt(count)
    at = moved(at, net, push, rounds=ROUNDS_SMALL, heat=0.15 * np.sqrt(count) + 1)
    starts = np.flatnonzero(ranks == 0)
    if len(starts):
        most, least = (extreme.reduceat(at, starts, axis=1) for extreme in (np.maximum, np.minimum))
        at -= np.repeat((most + least) / 2, members, axis=1)
    return at


def _stars(net: Net, members: Whole) -> Floats:
    """What is joined most stands in the middle of its part, the others around it, one step away."""
    ranks, count = _ranks(members), np.repeat(members, members)
    degree = np.bincount(net.one, minlength=len(count)) + np.bincount(net.other, minlength=len(count))
    part = np.arange(len(count)) - ranks
    hubs = np.lexsort((ranks, -degree, part))[ranks == 0]
    hub = np.repeat(hubs, members) - part
    turn = (ranks - (ranks > hub)) * 2 * pi / np.maximum(count - 1, 1)
    at = np.stack([np.cos(turn), np.sin(turn)])
    at[:, hubs] = 0
    return at


def _spread(at: Floats) -> Floats:
    """The same in a disc that is filled more evenly: each node keeps its direction, and half of its distance."""
    far = np.hypot(*at)
    rank = np.empty(len(far))
    rank[np.argsort(far, kind="stable")] = np.arange(len(far))
    even = 0.9 * np.sqrt(rank)
    scale = float(even.max() / max(np.quantile(far, 0.95), 1e-9))
    further: Floats = (0.3 * np.minimum(far * scale, even.max()) + 0.7 * even) / np.maximum(far, 1e-9)
    return at * further


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


def _apart(at: Floats, members: Whole) -> Floats:
    """Nodes of one part that stand on nearly the same spot pushed a little apart: each against the next in its row."""
    at = at.copy()
    part = np.repeat(np.arange(len(members)), members)
    for turn in range(30):
        across, along = at[turn % 2], at[1 - turn % 2]
        order = np.lexsort((along, row := np.floor(across), part))
        beside = at.take(order, axis=1)
        row, own = row[order], part[order]
        push = np.zeros_like(at)
        for skip in (1, 2, 3):
            way = beside[:, skip:] - beside[:, :-skip]
            length = np.maximum(np.sqrt(way[0] * way[0] + way[1] * way[1]), 1e-6)
            near = (length < ROOM) & (row[skip:] == row[:-skip]) & (own[skip:] == own[:-skip])
            way *= np.where(near, 0.4 * (ROOM - length) / length, 0)
            push[:, skip:] += way
            push[:, :-skip] -= way
        at[:, order] += push
    return at
