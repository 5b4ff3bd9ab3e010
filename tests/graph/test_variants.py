"""Spellings of one name: what counts for and against, whatever the order, and the keys that find them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.variants import aligned, evidence, reasons, shipped, sounds

WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=10)


@given(WORDS, WORDS)
def test_the_order_of_two_words_does_not_matter(left: str, right: str) -> None:
    assert evidence(left, right) == evidence(right, left)


@given(WORDS, WORDS)
def test_changes_make_one_word_of_the_other(left: str, right: str) -> None:
    changes, _ = aligned(left, right, shipped().costs)
    made, done = "", 0
    for one, two, start, _ in changes:
        made += left[done:start] + two
        done = start + len(one)
    assert made + left[done:] == right
    assert all(before[2] + len(before[0]) <= after[2] for before, after in pairwise(changes))


def test_a_decision_can_be_read() -> None:
    told = reasons("zelensky", "zelenskiy")
    assert any(reason.startswith("~i]y (") or reason.startswith("k[~i (") for reason in told)
    assert any(reason.startswith("same sounds, 5 (+") for reason in told)
    assert reasons("zelensky", "zelensky") == ()


@pytest.mark.parametrize("word", ["li", "o2", "", "al qaida"])
def test_short_words_and_what_is_no_word_are_one_only_when_equal(word: str) -> None:
    assert evidence(word, word) > 0
    assert evidence(word, word + "h") < 0


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("kyiv", "kiev"),
        ("gaddafi", "qadhafi"),
        ("gaddafi", "kadafi"),
        ("gorbachev", "horbachov"),
        ("tchaikovsky", "chaykovskiy"),
        ("yushchenko", "iouchtchenko"),
        ("christina", "krystyna"),
        ("oleh", "oleg"),
    ],
)
def test_spellings_of_one_name_share_a_key(left: str, right: str) -> None:
    assert sounds(left) & sounds(right)


def test_other_names_share_none() -> None:
    assert not sounds("kovalenko") & sounds("kovalchuk")
    assert not sounds("austria") & sounds("australia")
