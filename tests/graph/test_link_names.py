"""Pairs of people and what the linker must decide about them, with its reasons."""

from __future__ import annotations

import pytest

from graph.linking.entities import Unit, compare_people
from graph.names import tokens
from graph.verdict import Scorer, Verdict


def unit(name: str, offices: str = "", company: str = "") -> Unit:
    return Unit(name=tokens(name), members=[], offices=set(offices.split()), known=set(company.split()))


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        (unit("Anna Lindgren"), unit("Anna Lindgren"), Verdict.SAME),
        (unit("Volodymyr Zelensky"), unit("Volodymyr Zelenskiy"), Verdict.SAME),
        (unit("Oleh Syniehubov", "governor"), unit("Oleg Synegubov", "governor"), Verdict.SAME),
        (unit("Oleh Syniehubov"), unit("Oleg Synegubov"), Verdict.UNSURE),
        (unit("Ihor Terekhov", "mayor", "kharkiv"), unit("Igor Terekhov", "mayor", "kharkiv"), Verdict.SAME),
        (unit("Ihor Terekhov", "mayor", "kharkiv"), unit("Igor Terekhov", "coach", "kharkiv"), Verdict.UNSURE),
        (unit("Jon Marsden", "captain"), unit("Jan Marsden"), Verdict.UNSURE),
        (unit("Samuel Kiprop", company="nairobi"), unit("S. Kiprop", company="nairobi"), Verdict.SAME),
        (unit("Samuel Kiprop"), unit("S. Kiprop"), Verdict.UNSURE),
        (unit("Samuel Kiprop"), unit("P. Kiprop"), Verdict.DIFFERENT),
        (unit("Ben Netanyahu"), unit("Benjamin Netanyahu"), Verdict.SAME),
        (unit("Ana Reyes", company="quito"), unit("Ana Reyes Molina", company="quito"), Verdict.SAME),
        (unit("John Carter", "senator"), unit("John Carter", "bowler"), Verdict.UNSURE),
        (unit("John Smith"), unit("John Smyth"), Verdict.UNSURE),
        (unit("Anna Berg"), unit("Erik Berg"), Verdict.DIFFERENT),
        (unit("George W. Bush"), unit("George H. Bush"), Verdict.UNSURE),
        (unit("Li Wei"), unit("Li Wen"), Verdict.DIFFERENT),
    ],
)
def test_people(left: Unit, right: Unit, verdict: Verdict) -> None:
    assert compare_people(left, right).verdict is verdict
    assert compare_people(right, left) == compare_people(left, right)


def test_a_decision_says_its_reasons() -> None:
    decision = compare_people(unit("Anna Berg", "mayor"), unit("Anna Berg", "mayor"))
    assert decision.score.reasons == ("same full name (+3)", "same office (+1)")


def test_a_veto_decides_alone() -> None:
    scorer = Scorer(weights={"good": 9.0}, vetoes=frozenset({"impossible"}), same=1.0, different=0.0)
    decision = scorer.decide(["good", "impossible"])
    assert decision.verdict is Verdict.DIFFERENT
    assert decision.score.reasons == ("impossible",)
