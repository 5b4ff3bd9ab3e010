"""Claims side by side: which agree, which bring others up to date, which count a part, which contradict each other.

Every number that an article gives becomes one claim and stays; nothing is overwritten.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import combinations

from rapidfuzz.fuzz import token_sort_ratio

from graph.linking.numbers import Bounds, bounds, is_toll
from graph.linking.scopes import LOOSE, Counted, counted, narrower
from graph.linking.statements import Statement
from ingest.article import Qualifier

# How alike the words around two amounts must be to speak of one amount. On topics of ECB+, six of 18 pairs that share
# most of their words (token_set_ratio) do; six of seven that share nearly all of them.
_SAME_WORDS = 80
UPWARDS = frozenset({Qualifier.AT_LEAST, Qualifier.MORE_THAN})
DOWNWARDS = frozenset({Qualifier.UP_TO, Qualifier.LESS_THAN})
_ROUGHLY = 5  # "hundreds" begin at 200 and end at a thousand


class Standing(StrEnum):
    """How one claim stands to another about the same event and property."""

    AGREES = "agrees"
    CONFLICTS = "conflicts"
    SUPERSEDES = "supersedes"
    PART_OF = "part of"
    NONE = "none"  # different things are counted, or nobody can tell


@dataclass(frozen=True, kw_only=True)
class Told:
    """A statement with what comparing it needs."""

    statement: Statement

    @cached_property
    def bounds(self) -> Bounds:
        """The values that its number leaves possible."""
        said = bounds(self.statement.quantity)
        return replace(said, high=said.low * _ROUGHLY) if self.statement.is_rough else said

    @cached_property
    def counted(self) -> Counted:
        """What its number counts."""
        return counted(self.statement.quantity)

    @cached_property
    def words(self) -> str:
        """The words around its number, without any digits."""
        return " ".join(word for word in self.statement.claim.text.casefold().split() if word.isalpha())


def side_by_side(statements: Iterable[Statement]) -> list[Statement]:
    """The statements, each claim with the ids of those that it stands in a relation to; sorted by id.

    Only claims about one event and property are compared. An article that also gives the other's number does not
    contradict it, and none contradicts itself: a smaller number there is a part, an earlier count, or something else.
    """
    comparable: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for statement in statements:
        comparable[statement.claim.about, statement.claim.property].append(Told(statement=statement))
    related = [each for group in comparable.values() for each in _related(group)]
    return sorted(related, key=lambda each: each.claim.id)


def _related(group: Sequence[Told]) -> list[Statement]:
    if len(group) == 1:
        return [group[0].statement]
    found: dict[str, dict[Standing, list[str]]] = {
        each.statement.claim.id: {kind: [] for kind in Standing} for each in group
    }
    granted: set[tuple[str, str]] = set()  # a claim, and an article that has one agreeing with it
    for one, other, kind in _pairs(group):
        mine, theirs = one.statement.claim, other.statement.claim
        found[mine.id][kind].append(theirs.id)
        if kind is Standing.AGREES:
            granted.add((mine.id, theirs.article))
    claims = {each.statement.claim.id: each.statement.claim for each in group}
    rows = []
    for each in group:
        claim, kinds = each.statement.claim, found[each.statement.claim.id]
        conflicts = [
            other
            for other in kinds[Standing.CONFLICTS]
            if (claim.id, claims[other].article) not in granted and (other, claim.article) not in granted
        ]
        row = replace(
            claim,
            agrees=tuple(sorted(kinds[Standing.AGREES])),
            conflicts=tuple(sorted(conflicts)),
            supersedes=tuple(sorted(kinds[Standing.SUPERSEDES])),
            part_of=tuple(sorted(kinds[Standing.PART_OF])),
        )
        rows.append(replace(each.statement, claim=row))
    return rows


def _pairs(group: Sequence[Told]) -> Iterator[tuple[Told, Told, Standing]]:
    """How each claim stands to each other, where it does."""
    is_mutual = group[0].statement.quantity.property in LOOSE
    for one, other in combinations(group, 2):
        kind = compare(one, other)
        back = kind if is_mutual else compare(other, one)
        if kind is not Standing.NONE:
            yield one, other, kind
        if back is not Standing.NONE:
            yield other, one, back


def compare(one: Told, other: Told) -> Standing:
    """How the first of two claims about one event and property stands to the second."""
    left, right = one.statement, other.statement
    if left.is_denied != right.is_denied:
        return Standing.NONE
    if one.counted is not other.counted and one.counted != other.counted:
        return _compare_things(one, other)
    if one.bounds.meets(other.bounds):
        if _outgrows(one, other):
            return Standing.SUPERSEDES
        return Standing.NONE if _outgrows(other, one) else Standing.AGREES
    if left.quantity.property in LOOSE:
        return _compare_amounts(one, other)
    if _raises(one, other):
        return Standing.SUPERSEDES
    if left.is_part and not right.is_part and one.bounds.low < other.bounds.low:
        return Standing.PART_OF
    if left.claim.article == right.claim.article or _raises(other, one):
        return Standing.NONE
    set_apart = left.is_part or right.is_part or left.is_earlier or right.is_earlier
    return Standing.NONE if set_apart or _leaves_room(one, other) or _leaves_room(other, one) else Standing.CONFLICTS


def _compare_things(one: Told, other: Told) -> Standing:
    """Numbers that count different things agree where they are one number, and one may count a part of the other."""
    name = one.statement.quantity.property
    is_part = narrower(one.counted, other.counted, name)
    if one.statement.quantity.value == other.statement.quantity.value:
        is_nested = is_part or narrower(other.counted, one.counted, name)
        if is_nested or one.counted.head == other.counted.head:
            return Standing.AGREES  # "17 drones" are "17 explosive-laden drones", three dead three civilians
    return Standing.PART_OF if is_part and one.bounds.low <= other.bounds.high else Standing.NONE


def _leaves_room(hedged: Told, other: Told) -> bool:
    """Whether a number bounded on one side is true also of one that lies far off: "at least three", and ten."""
    qualifier = hedged.statement.quantity.qualifier
    if qualifier in UPWARDS:
        return other.bounds.low > hedged.bounds.low
    return qualifier in DOWNWARDS and other.bounds.high < hedged.bounds.high


def _compare_amounts(one: Told, other: Told) -> Standing:
    """Amounts, shares and counts that differ contradict each other only where the words around them are the same."""
    if one.statement.claim.article == other.statement.claim.article or not (one.words and other.words):
        return Standing.NONE
    is_alike = token_sort_ratio(one.words, other.words) >= _SAME_WORDS
    return Standing.CONFLICTS if is_alike else Standing.NONE


def _outgrows(late: Told, early: Told) -> bool:
    """Whether a toll leaves behind an earlier one that left room for it: "at least 56", on Friday "at least 39"."""
    has_room = early.statement.quantity.qualifier in UPWARDS
    return has_room and late.statement.quantity.value > early.statement.quantity.value and _raises(late, early)


def _raises(late: Told, early: Told) -> bool:
    """Whether one claim is a later and higher toll than the other, or says that it takes the other's place."""
    new, old = late.statement, early.statement
    if not is_toll(new.quantity.property) or new.is_earlier or new.is_part or old.is_part:
        return False
    days = (old.claim.as_of, new.claim.as_of)
    is_later = days[0] is not None and days[1] is not None and days[0] < days[1]
    may_be_later = None in days or days[0] == days[1]
    is_higher = late.bounds.low > early.bounds.low
    if new.claim.article == old.claim.article:
        return old.is_earlier or (new.is_risen and is_higher)
    if is_later:
        return is_higher or new.is_revised
    if may_be_later and not (old.is_risen or old.is_revised):
        return old.is_earlier or (is_higher and new.is_risen) or new.is_revised
    return may_be_later and is_higher and new.is_risen
