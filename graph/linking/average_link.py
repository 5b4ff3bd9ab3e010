"""Average-link clustering over pairs that may be one; all other pairs count as nothing in common."""

from __future__ import annotations

import heapq
from collections.abc import Iterable

Pair = tuple[int, int]


def average_link(size: int, pairs: Iterable[tuple[int, int, float]], least: float) -> list[list[int]]:
    """The numbers 0 … size-1 in groups, each in ascending order, in the order of their smallest members.

    `pairs` gives how likely two numbers are one, 0 to 1, each pair once. The two groups that are likeliest on the
    average of all pairs between them are joined, as long as that average is at least `least`.
    """
    near: list[dict[int, float]] = [{} for _ in range(size)]  # by group: sums of the pairs with each other group
    for one, two, likely in pairs:
        near[one][two] = near[two][one] = likely
    members = [[number] for number in range(size)]
    heap = [(-likely, one, two) for one in range(size) for two, likely in near[one].items() if one < two]
    heapq.heapify(heap)
    while heap:
        negative, one, two = heapq.heappop(heap)
        if -negative < least:
            break
        if two not in near[one] or _average(near, members, one, two) != -negative:
            continue  # one of them has grown since
        for other, total in near[two].items():
            if other != one:
                near[one][other] = near[other][one] = near[one].get(other, 0.0) + total
                del near[other][two]
        del near[one][two]
        near[two] = {}
        members[one] += members[two]
        members[two] = []
        for other in near[one]:
            average = _average(near, members, one, other)
            if average >= least:
                heapq.heappush(heap, (-average, min(one, other), max(one, other)))
    return [sorted(group) for group in members if group]


def _average(near: list[dict[int, float]], members: list[list[int]], one: int, two: int) -> float:
    return near[one][two] / (len(members[one]) * len(members[two]))
