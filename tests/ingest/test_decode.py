"""Decoding against brute force: the best of all trees, the best of all well-formed tags."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.language.decode import BioDecoder, spanning_tree
from ingest.language.labels import NAME_TAGS

# Trees


def trees(words: int) -> Iterator[tuple[int, ...]]:
    """Every tree over so many words: the head of each, 0 the root, exactly one on it."""
    for heads in product(range(words + 1), repeat=words):
        if heads.count(0) != 1:
            continue
        for word in range(1, words + 1):
            seen, at = {0}, word
            while at not in seen:
                seen.add(at)
                at = heads[at - 1]
            if at:
                break
        else:
            yield heads


TREES = {words: np.array(list(trees(words))) for words in range(1, 6)}


def test_there_are_as_many_trees_as_cayley_says() -> None:
    assert {words: len(all_) for words, all_ in TREES.items()} == {1: 1, 2: 2, 3: 9, 4: 64, 5: 625}


@pytest.mark.parametrize("words", TREES)
def test_the_spanning_tree_is_the_best_of_all_trees(words: int) -> None:
    chance = np.random.default_rng(words)
    every_word = np.arange(words)
    for _ in range(150):
        scores = chance.normal(scale=5, size=(words, words + 1)).astype(np.float32)
        tree = spanning_tree(scores)
        assert (TREES[words] == tree).all(1).any()  # one root, no cycle
        best = scores[every_word, TREES[words]].sum(1).max()
        assert scores[every_word, tree].sum() == pytest.approx(best, abs=1e-2)


def test_a_long_sentence_of_random_scores_becomes_a_tree() -> None:
    scores = np.random.default_rng(7).normal(size=(100, 101)).astype(np.float32)
    heads = spanning_tree(scores)
    assert np.count_nonzero(heads == 0) == 1
    reached = np.concatenate([[0], heads])
    for _ in range(7):
        reached = reached[reached]
    assert not reached.any()


# Names

TAGS = ("O", "B-PERSON", "I-PERSON", "B-LOC", "I-LOC")


def well_formed(path: tuple[int, ...]) -> bool:
    """Whether each I- follows a B- or I- of its own type."""
    tags = ["O", *(TAGS[i] for i in path)]
    return all(tag[0] != "I" or before[2:] == tag[2:] for before, tag in pairwise(tags))


PATHS = {words: np.array([p for p in product(range(5), repeat=words) if well_formed(p)]) for words in range(1, 6)}


@pytest.mark.parametrize("words", PATHS)
def test_the_best_path_is_the_best_of_all_well_formed_paths(words: int) -> None:
    chance = np.random.default_rng(words)
    decoder = BioDecoder(TAGS)
    for _ in range(200):
        scores = chance.normal(size=(words, 5)).astype(np.float32)
        scores[:, 0] += chance.choice([0, 2])  # names are rare
        path = decoder.decode(scores)
        assert well_formed(tuple(path))
        best = scores[np.arange(words), PATHS[words]].sum(1).max()
        assert scores[np.arange(words), path].sum() == pytest.approx(best, abs=1e-4)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=8), st.integers(0, 10_000))
def test_texts_end_to_end_decode_as_they_do_one_by_one(lengths: list[int], seed: int) -> None:
    decoder = BioDecoder(NAME_TAGS)
    scores = np.random.default_rng(seed).normal(size=(sum(lengths), len(NAME_TAGS))).astype(np.float32)
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    one_by_one = [decoder.decode(scores[start:end]) for start, end in pairwise(offsets)]
    assert decoder.decode_many(scores, offsets).tolist() == np.concatenate(one_by_one).tolist()


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        (["O", "O"], []),
        (["B-LOC"], [(0, 1, "LOC")]),
        (["B-PERSON", "I-PERSON", "O", "B-LOC"], [(0, 2, "PERSON"), (3, 4, "LOC")]),
        (["B-LOC", "B-LOC", "I-LOC"], [(0, 1, "LOC"), (1, 3, "LOC")]),
        (["O", "B-PERSON", "I-PERSON", "I-PERSON"], [(1, 4, "PERSON")]),
    ],
)
def test_tags_become_spans(tags: list[str], spans: list[tuple[int, int, str]]) -> None:
    assert BioDecoder(TAGS).spans(np.array([TAGS.index(tag) for tag in tags])) == spans
