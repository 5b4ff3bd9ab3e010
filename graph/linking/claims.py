"""Claims side by side: which agree, which contradict each other, which a later and higher toll supersedes.

Every number that an article gives becomes one claim and stays; nothing is overwritten.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from graph.linking.numbers import bounds, is_toll, scope
from graph.model import Claim
from graph.verdict import Verdict
from ingest.article import Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A claim, and the number that it was made from."""

    claim: Claim
    quantity: Quantity


def side_by_side(statements: Iterable[Statement]) -> list[Claim]:
    """The claims, each with the ids of those that it agrees with, conflicts with and supersedes; sorted by id.

    Only claims about one event and property with the same thing counted are compared ("nine children" says nothing
    about "60 people").
    """
    comparable: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        claim = statement.claim
        comparable[claim.about, claim.property, scope(statement.quantity)].append(statement)
    claims = [_related(statement, group) for group in comparable.values() for statement in group]
    return sorted(claims, key=lambda claim: claim.id)


def _related(statement: Statement, group: Iterable[Statement]) -> Claim:
    agrees, conflicts, supersedes = [], [], []
    for other in group:
        if other.claim.id == statement.claim.id:
            continue
        if compare_quantities(statement.quantity, other.quantity) is Verdict.SAME:
            agrees.append(other.claim.id)
        elif _raises(statement, other):
            supersedes.append(other.claim.id)
        elif not _raises(other, statement):
            conflicts.append(other.claim.id)
    return replace(
        statement.claim,
        agrees=tuple(sorted(agrees)),
        conflicts=tuple(sorted(conflicts)),
        supersedes=tuple(sorted(supersedes)),
    )


def compare_quantities(left: Quantity, right: Quantity) -> Verdict:
    """Whether two numbers say the same of the same thing; UNSURE when they count different things."""
    if left.property != right.property or scope(left) != scope(right):
        return Verdict.UNSURE
    return Verdict.SAME if bounds(left).meets(bounds(right)) else Verdict.DIFFERENT


def _raises(late: Statement, early: Statement) -> bool:
    """Whether one claim is a later and higher toll than the other."""
    return (
        is_toll(late.quantity.property)
        and late.claim.as_of is not None
        and early.claim.as_of is not None
        and late.claim.as_of > early.claim.as_of
        and bounds(late.quantity).low > bounds(early.quantity).low
    )
