"""Single members of groups go over to another group, where the sum of what speaks for it is clearly more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from graph.boosting import Matrix, Numbers

# The likelihood of a pair that speaks neither for one group nor against it. It is below the bar at which groups are
# joined: beside many members who are somewhat likely the same, one is more likely theirs than a stranger.
EVEN = 0.25
GAIN = 0.7  # least gain of a move, summed over pairs
ROUNDS = 3


def moved(groups: Sequence[Sequence[int]], pairs: Numbers, likely: Matrix) -> list[list[int]]:
    """The groups after the moves, in the order of their first members.

    `pairs` (pairs, 2) are those of members that are compared, `likely` says how likely each is the same; others are
    not. What a member has of a group is the sum of that over the group's others, less `EVEN` for each of them; alone it
    has nothing.
    """
    home = {member: number for number, group in enumerate(groups) for member in group}
    size = [len(group) for group in groups]
    both = np.concatenate([pairs, pairs[:, ::-1]]).reshape(-1, 2)
    order = np.lexsort(both.T[::-1])
    others, chances = both[order, 1].tolist(), np.tile(likely, 2)[order].tolist()
    members, starts = np.unique(both[order, 0], return_index=True)
    ends = np.append(starts, len(others))[1:]
    places = list(zip(members.tolist(), starts.tolist(), ends.tolist(), strict=True))
    for _ in range(ROUNDS):
        settled = True
        for member, start, end in places:
            sums: defaultdict[int, float] = defaultdict(float)
            for other, chance in zip(others[start:end], chances[start:end], strict=True):
                sums[home[other]] += chance
            own = home[member]
            here = sums.pop(own, 0.0) - EVEN * (size[own] - 1)
            there, to = 0.0, len(size)
            for number, total in sums.items():
                if total - EVEN * size[number] > there:
                    there, to = total - EVEN * size[number], number
            if there > here + GAIN:
                if to == len(size):
                    size.append(0)
                size[own] -= 1
                size[to] += 1
                home[member] = to
                settled = False
        if settled:
            break
    found: defaultdict[int, list[int]] = defaultdict(list)
    for member in sorted(home):
        found[home[member]].append(member)
    return list(found.values())
