"""Pairs of numbers, and whether they say the same."""

from __future__ import annotations

import pytest

from graph.linking.claims import compare_quantities
from graph.linking.numbers import scope
from graph.verdict import Verdict
from ingest.article import Qualifier, Quantity


def killed(
    value: float, qualifier: Qualifier = Qualifier.EXACTLY, unit: str | None = None, upper: float | None = None
) -> Quantity:
    return Quantity(mention=0, event=0, property="killed", value=value, qualifier=qualifier, unit=unit, upper=upper)


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        (killed(60), killed(60), Verdict.SAME),
        (killed(60), killed(61), Verdict.DIFFERENT),
        (killed(60, Qualifier.AT_LEAST), killed(62), Verdict.SAME),
        (killed(60, Qualifier.AT_LEAST), killed(60), Verdict.SAME),
        (killed(60, Qualifier.AT_LEAST), killed(58), Verdict.DIFFERENT),
        (killed(60, Qualifier.MORE_THAN), killed(60), Verdict.DIFFERENT),
        (killed(60, Qualifier.MORE_THAN), killed(60, Qualifier.AT_LEAST), Verdict.SAME),
        (killed(60, Qualifier.NEARLY), killed(60), Verdict.DIFFERENT),
        (killed(60, Qualifier.NEARLY), killed(58), Verdict.SAME),
        (killed(60, Qualifier.NEARLY), killed(60, Qualifier.MORE_THAN), Verdict.DIFFERENT),
        (killed(60, Qualifier.ABOUT), killed(63), Verdict.SAME),
        (killed(60, Qualifier.UP_TO), killed(60), Verdict.SAME),
        (killed(60, Qualifier.LESS_THAN), killed(60), Verdict.DIFFERENT),
        (killed(50, Qualifier.RANGE, upper=70), killed(60), Verdict.SAME),
        (killed(50, Qualifier.RANGE, upper=70), killed(71), Verdict.DIFFERENT),
        (killed(60, unit="people"), killed(60), Verdict.SAME),
        (killed(60, unit="people"), killed(9, unit="children"), Verdict.UNSURE),
        (killed(9, unit="child"), killed(9, unit="children"), Verdict.SAME),
    ],
)
def test_quantities(left: Quantity, right: Quantity, verdict: Verdict) -> None:
    assert compare_quantities(left, right) is verdict
    assert compare_quantities(right, left) is verdict


def test_different_properties_are_not_compared() -> None:
    hurt = Quantity(mention=0, event=0, property="injured", value=60)
    assert compare_quantities(killed(60), hurt) is Verdict.UNSURE


@pytest.mark.parametrize(("unit", "counted"), [(None, ""), ("others", ""), ("drones", "drone"), ("women", "woman")])
def test_units_are_compared_in_the_singular(unit: str | None, counted: str) -> None:
    assert scope(killed(1, unit=unit)) == counted
