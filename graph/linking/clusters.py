"""Sets that grow together: which things were found to be one."""

from __future__ import annotations

from collections import defaultdict


class Clusters:
    """Disjoint sets of the numbers 0 … size-1 (union by smallest member, so that the result has no history)."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def find(self, member: int) -> int:
        """The smallest member of the set that holds this one."""
        while self._parent[member] != member:
            self._parent[member] = self._parent[self._parent[member]]
            member = self._parent[member]
        return member

    def join(self, left: int, right: int) -> int:
        """Make one set of two; its smallest member."""
        low, high = sorted((self.find(left), self.find(right)))
        self._parent[high] = low
        return low

    def sets(self) -> list[list[int]]:
        """All sets, each in ascending order, in the order of their smallest members."""
        members: dict[int, list[int]] = defaultdict(list)
        for member, parent in enumerate(self._parent):
            members[member if parent == member else self.find(member)].append(member)
        return [members[root] for root in sorted(members)]
