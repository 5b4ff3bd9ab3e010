"""Near-duplicate texts go back to the first of them."""

from __future__ import annotations

import random

from graph.linking.copies import originals

TEXT = "river bridge school mayor night rescue water train north market road storm police bank field harbour"
WORDS = TEXT.split()


def prose(seed: int, length: int = 120) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def test_a_text_with_some_words_changed_goes_back_to_the_first() -> None:
    first = prose(1)
    words = first.split()
    words[20], words[90] = "ferry", "quay"
    assert originals([first, prose(2), " ".join(words).upper()]) == [0, 1, 0]


def test_a_text_cut_from_the_end_goes_back_to_the_whole() -> None:
    first = prose(3)
    assert originals([first, " ".join(first.split()[:60])]) == [0, 0]


def test_two_texts_that_share_a_third_are_two() -> None:
    shared = prose(4, 60)
    assert originals([f"{shared} {prose(5)}", f"{shared} {prose(6)}"]) == [0, 1]


def test_a_short_sentence_may_be_said_twice() -> None:
    assert originals(["Three people were killed.", "Three people were killed."]) == [0, 1]


def test_every_copy_of_a_copy_goes_back_to_the_same_text() -> None:
    first = prose(7)
    assert originals([first, first + " harbour", first + " harbour field", first]) == [0, 0, 0, 0]


def test_nothing_comes_of_nothing() -> None:
    assert originals([]) == []
    assert originals(["", ""]) == [0, 1]
