"""Groups corrected by hand: what must be one is joined, what must be two is divided, whatever the linker found.

The result depends on the groups and the corrections alone, never on the order in which the corrections were made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.linking.clusters import Clusters
from graph.verdict import Correction, Verdict

# What a member is known by, what says most first: a member goes where it shares more of the first, then of the next.
Known = tuple[frozenset[Hashable], ...]
Likeness = Callable[[int], Known]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The members that hold the mentions of one side of a correction, in the order of these mentions."""

    members: tuple[int, ...]

    @property
    def anchor(self) -> int:
        """The member that stands for the side."""
        return self.members[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A correction both sides of which are still in the articles."""

    correction: Correction
    left: Side
    right: Side


def rulings(corrections: Iterable[Correction], holder: Mapping[str, int]) -> list[Ruling]:
    """The corrections that say something of these members, in an order of their own.

    `holder` gives the member that holds a mention. A correction with a side that is in no article any more is silent.
    """
    found = []
    for each in sorted(corrections, key=lambda each: (each.verdict, each.left, each.right)):
        left, right = (
            tuple(dict.fromkeys(holder[mention] for mention in side if mention in holder))
            for side in (each.left, each.right)
        )
        if left and right and left[0] != right[0]:
            found.append(Ruling(correction=each, left=Side(members=left), right=Side(members=right)))
    return found


def corrected(
    groups: Sequence[Sequence[int]], ruled: Sequence[Ruling], likeness: Likeness
) -> tuple[list[list[int]], list[Ruling]]:
    """The groups as the rulings want them, and the rulings that joined something.

    `groups` divides the numbers 0 … n-1. Where two rulings cannot both hold, what keeps apart wins.
    """
    group_of = {member: number for number, group in enumerate(groups) for member in group}
    bound = Clusters(len(group_of))  # members that no division may part
    whole = Clusters(len(groups))
    apart = [each for each in ruled if each.correction.verdict is Verdict.DIFFERENT]
    joined = []
    for each in ruled:
        if each.correction.verdict is not Verdict.SAME:
            continue
        ends = {bound.find(each.left.anchor), bound.find(each.right.anchor)}
        if any({bound.find(two.left.anchor), bound.find(two.right.anchor)} <= ends for two in apart):
            continue
        bound.join(each.left.anchor, each.right.anchor)
        whole.join(group_of[each.left.anchor], group_of[each.right.anchor])
        joined.append(each)
    inside: dict[int, list[Ruling]] = defaultdict(list)
    for each in apart:
        home = whole.find(group_of[each.left.anchor])
        if home == whole.find(group_of[each.right.anchor]):
            inside[home].append(each)
    result = []
    for numbers in whole.sets():
        members = [member for number in numbers for member in groups[number]]
        if numbers[0] in inside:
            known = _with_sides(inside[numbers[0]], group_of, likeness)
            result += _divided(sorted(members), inside[numbers[0]], bound, known)
        else:
            result.append(members)
    return result, joined


def _with_sides(apart: Sequence[Ruling], group_of: Mapping[int, int], likeness: Likeness) -> Likeness:
    """What a member is known by, the sides that name it and the group that the linker put it in before all else."""
    sides: dict[int, set[Hashable]] = defaultdict(set)
    for number, each in enumerate(apart):
        for name, side in (("left", each.left), ("right", each.right)):
            for member in side.members:
                sides[member].add((number, name))
    return lambda member: (frozenset(sides.get(member, ())), frozenset([group_of[member]]), *likeness(member))


def _divided(members: Sequence[int], apart: Sequence[Ruling], bound: Clusters, likeness: Likeness) -> list[list[int]]:
    """As few parts as the rulings allow; who is named by none goes with those that it is most like."""
    pieces: dict[int, list[int]] = defaultdict(list)
    for member in members:
        pieces[bound.find(member)].append(member)
    foes: dict[int, set[int]] = defaultdict(set)
    for each in apart:
        left, right = bound.find(each.left.anchor), bound.find(each.right.anchor)
        foes[left].add(right)
        foes[right].add(left)
    known = {piece: _merged([likeness(member) for member in pieces[piece]]) for piece in pieces}
    parts: list[list[int]] = []
    for piece in sorted(foes):
        free = [part for part in parts if not foes[piece] & set(part)]
        if free:
            free[_most_like(known[piece], [_merged([known[each] for each in part]) for part in free])].append(piece)
        else:
            parts.append([piece])
    named = [_merged([known[piece] for piece in part]) for part in parts]
    for piece in pieces:
        if piece not in foes:  # compared with those that the rulings name alone, so no order shows
            parts[_most_like(known[piece], named)].append(piece)
    return [sorted(member for piece in part for member in pieces[piece]) for part in parts]


def _most_like(piece: Known, parts: Sequence[Known]) -> int:
    """The number of the part that shares most with a piece; among equals the first."""
    return max(
        range(len(parts)),
        key=lambda number: tuple(len(mine & theirs) for mine, theirs in zip(piece, parts[number], strict=True)),
    )


def _merged(known: Sequence[Known]) -> Known:
    return tuple(frozenset[Hashable]().union(*tier) for tier in zip(*known, strict=True))
