"""Nets that compare spellings: what is saved comes back, the limit holds, and what sounds alike is likelier one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.attention import MOST, compared, likeness, packed, read, shipped, unpacked

WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=12)


@given(WORDS, WORDS)
def test_the_order_of_two_words_does_not_matter_and_no_answer_goes_beyond_the_limit(left: str, right: str) -> None:
    assert likeness(left, right) == likeness(right, left)
    assert abs(likeness(left, right)) <= MOST


def test_a_net_says_the_same_by_itself_as_among_others() -> None:
    nets = shipped()
    alone = [{name: array[[number]] for name, array in nets.items()} for number in range(len(nets["letters"]))]
    each = [compared(net, read(net, "gaddafi"), read(net, "kadafi")) for net in alone]
    together = compared(nets, read(nets, "gaddafi"), read(nets, "kadafi"))
    assert together == pytest.approx(float(np.mean(each)), abs=1e-4)


def test_packed_numbers_come_back_within_half_a_step() -> None:
    nets = {"say": np.random.default_rng(0).normal(size=(2, 7, 5)).astype(np.float32)}
    steps = np.abs(nets["say"]).max(axis=1, keepdims=True) / 127
    assert np.all(np.abs(unpacked(packed(nets))["say"] - nets["say"]) <= steps * 0.51)


@pytest.mark.parametrize(
    ("left", "right", "other"),
    [("renault", "reno", "renfo"), ("pineau", "pinot", "pinto"), ("cruise", "cruz", "cross")],
)
def test_what_sounds_alike_is_likelier_one_name(left: str, right: str, other: str) -> None:
    assert likeness(left, right) > likeness(left, other)
