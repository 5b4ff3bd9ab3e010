"""Pairs of numbers, and whether both can be true; what they count."""

from __future__ import annotations

import pytest

from graph.linking.numbers import bounds, scope
from graph.linking.scopes import counted, narrower
from ingest.article import Qualifier, Quantity


def killed(
    value: float, qualifier: Qualifier = Qualifier.EXACTLY, unit: str | None = None, upper: float | None = None
) -> Quantity:
    return Quantity(mention=0, event=0, property="killed", value=value, qualifier=qualifier, unit=unit, upper=upper)


@pytest.mark.parametrize(
    ("left", "right", "both"),
    [
        (killed(60), killed(60), True),
        (killed(60), killed(61), False),
        (killed(60, Qualifier.AT_LEAST), killed(62), True),
        (killed(60, Qualifier.AT_LEAST), killed(60), True),
        (killed(60, Qualifier.AT_LEAST), killed(58), False),
        (killed(60, Qualifier.MORE_THAN), killed(60), False),
        (killed(60, Qualifier.MORE_THAN), killed(60, Qualifier.AT_LEAST), True),
        (killed(60, Qualifier.NEARLY), killed(60), False),
        (killed(60, Qualifier.NEARLY), killed(58), True),
        (killed(60, Qualifier.NEARLY), killed(60, Qualifier.MORE_THAN), False),
        (killed(60, Qualifier.ABOUT), killed(63), True),
        (killed(60, Qualifier.UP_TO), killed(60), True),
        (killed(60, Qualifier.LESS_THAN), killed(60), False),
        (killed(50, Qualifier.RANGE, upper=70), killed(60), True),
        (killed(50, Qualifier.RANGE, upper=70), killed(71), False),
    ],
)
def test_two_numbers_can_both_be_true_or_not(left: Quantity, right: Quantity, both: bool) -> None:
    assert bounds(left).meets(bounds(right)) is both
    assert bounds(right).meets(bounds(left)) is both


@pytest.mark.parametrize(
    ("unit", "single"),
    [(None, ""), ("others", ""), ("drones", "drone"), ("women", "woman"), ("casualties", ""), ("bodies", "body")],
)
def test_units_are_compared_in_the_singular(unit: str | None, single: str) -> None:
    assert scope(killed(1, unit=unit)) == single


@pytest.mark.parametrize(
    ("part", "whole", "name"),
    [
        ("children", "people", "injured"),
        ("children", None, "killed"),
        ("young women", "women", "killed"),
        ("Ukrainian drones", "drones", "intercepted"),
        ("jet UAVs", "drones", "launched"),
    ],
)
def test_a_narrower_unit_counts_a_part(part: str, whole: str | None, name: str) -> None:
    one, other = counted(killed(1, unit=part)), counted(killed(1, unit=whole))
    assert narrower(one, other, name)
    assert not narrower(other, one, name)


@pytest.mark.parametrize(
    ("left", "right", "name"),
    [
        ("children", "women", "killed"),
        ("missiles", "drones", "launched"),
        ("drones", None, "launched"),  # 60 of what?
        ("more people", "people", "killed"),
        ("trade unions", "unions", "count"),
    ],
)
def test_different_things_are_no_part_of_each_other(left: str, right: str | None, name: str) -> None:
    one, other = counted(killed(1, unit=left)), counted(killed(1, unit=right))
    assert not narrower(one, other, name)
    assert not narrower(other, one, name)
