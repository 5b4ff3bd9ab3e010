"""Reprints are made as told, the same ones from one seed, and are scored against what they were made of."""

from __future__ import annotations

import random
from datetime import date

import pytest

from bench.copies import as_they_are, prints, read_pairs, score
from bench.reprints import EDITS, SHORTEST, Report, report

WORDS = [
    first + second for first in ("river", "school", "night", "water", "storm") for second in ("side", "man", "bank")
]
ADDED = [f"Somebody else wrote sentence {number} for a paper in another town." for number in range(9)]


def made(seed: int) -> Report:
    chance = random.Random(seed)
    sentences = [" ".join(chance.choices(WORDS, k=12)).capitalize() + "." for _ in range(15)]
    return report(f"Headline {seed}", "\n\n".join(" ".join(sentences[at : at + 3]) for at in range(0, 15, 3)))


def test_a_report_is_paragraphs_of_sentences() -> None:
    told = report("A title", "One said. Two asked?\n\nThree went to the U.S. market.")
    assert told.paragraphs == (("One said.", "Two asked?"), ("Three went to the U.S. market.",))
    assert told.text == "A title\n\nOne said. Two asked?\n\nThree went to the U.S. market."


@pytest.mark.parametrize("kind", EDITS)
def test_an_edit_changes_a_report_and_depends_on_its_seed_alone(kind: str) -> None:
    several = [EDITS[kind](made(1), random.Random(seed), ADDED) for seed in range(8)]
    assert several == [EDITS[kind](made(1), random.Random(seed), ADDED) for seed in range(8)]
    if kind != "other words":  # there may be none to swap
        assert any(each.text != made(1).text for each in several)
    assert all(each.words >= SHORTEST for each in several)


def test_cuts_keep_a_third_to_nine_tenths() -> None:
    whole = made(2)
    for seed in range(20):
        for kind in ("cut at the end", "cut at the start"):
            left = EDITS[kind](whole, random.Random(seed), ADDED)
            assert 0.25 * whole.words <= left.words <= 0.95 * whole.words
            assert set(left.sentences) <= set(whole.sentences)


def test_reprints_are_found_and_pairs_that_were_read_count_as_one() -> None:
    pool = [(f"a{seed}", made(seed), date(2025, 5, 1)) for seed in range(30)]
    again = [("b1", made(1), date(2025, 5, 1))]
    found = score(prints([pool], 20, seed=1), [])
    assert found.pairs.precision == 1
    assert found.pairs.recall > 0.9
    assert as_they_are([pool, again], []) == (1, [("b1", "a1")])
    assert as_they_are([pool, again], [("a1", "b1")]) == (1, [])


def test_the_pairs_that_were_read_are_pairs() -> None:
    pairs = read_pairs()
    assert all(one != other for one, other in pairs)
    assert len({one for one, _ in pairs}) == len(pairs)
