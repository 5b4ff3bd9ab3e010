"""A floor under numbers and speakers: 72 paragraphs of our own in six styles, read and marked before the code was."""

from __future__ import annotations

import pytest

from bench.numbers import GOLD, NumberScores, score_numbers
from ingest.annotate import Annotator

FLOOR = 0.85


@pytest.fixture(scope="module")
def scores() -> NumberScores:
    return score_numbers(GOLD, Annotator())


def test_numbers_are_read(scores: NumberScores) -> None:
    assert scores.numbers.total().gold == 247
    assert scores.numbers.total().f1 >= FLOOR, scores.numbers.lines()


def test_their_speakers_are_known(scores: NumberScores) -> None:
    assert scores.speakers.f1 >= FLOOR, scores.speakers
