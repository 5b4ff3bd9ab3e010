"""Average-link clustering: the two groups whose pairs are likeliest the same on average are joined first."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

Pair = tuple[int, int]


def agglomerate(
    groups: Sequence[Sequence[int]],
    likely: Mapping[Pair, float],
    least: float,
    may_join: Callable[[int, int, float], bool] = lambda left, right, mean: True,
    told: Callable[[int, int, float], None] = lambda left, right, mean: None,
) -> list[list[int]]:
    """The groups, joined while the mean probability over the pairs between two of them is at least `least`.

    `likely` gives the probability of pairs of members, 0 where it gives none. `may_join` is asked of two groups, by the
    number of their first members' groups, before they are joined; `told` hears of each join.
    """
    members = {number: list(group) for number, group in enumerate(groups)}
    home = {member: number for number, group in members.items() for member in group}
    total: dict[int, dict[int, float]] = defaultdict(dict)
    for (one, two), chance in sorted(likely.items()):
        left, right = home[one], home[two]
        if left != right:
            total[left][right] = total[right][left] = total[left].get(right, 0.0) + chance
    joined = defaultdict[int, int](int)  # how often a group has grown: what was said of it before is void

    def ranked(one: int, others: Iterable[int]) -> Iterable[tuple[float, int, int, int, int]]:
        for other in others:
            mean = total[one][other] / (len(members[one]) * len(members[other]))
            if mean >= least:
                left, right = min(one, other), max(one, other)
                yield -mean, left, right, joined[left], joined[right]

    heap = [entry for one in list(total) for entry in ranked(one, [other for other in total[one] if other > one])]
    heapq.heapify(heap)
    while heap:
        mean, left, right, was, other = heapq.heappop(heap)
        if left not in members or right not in members or (joined[left], joined[right]) != (was, other):
            continue
        if not may_join(left, right, -mean):
            continue
        told(left, right, -mean)
        members[left] += members.pop(right)
        joined[left] += 1
        for third, chance in total.pop(right).items():
            del total[third][right]
            if third != left:
                total[left][third] = total[third][left] = total[left].get(third, 0.0) + chance
        for entry in ranked(left, total[left]):
            heapq.heappush(heap, entry)
    return [sorted(group) for group in members.values()]
