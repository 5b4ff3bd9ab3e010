"""Members of groups that go where more speaks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from graph.linking.moves import EVEN, GAIN, moved


def after(groups: Sequence[Sequence[int]], likely: Mapping[tuple[int, int], float]) -> list[list[int]]:
    return moved(groups, np.array(list(likely), dtype=np.int64).reshape(-1, 2), np.array(list(likely.values())))


def test_many_that_are_somewhat_like_it_draw_a_member_and_few_do_not() -> None:
    chance = EVEN + GAIN / 3 + 0.01  # enough beside three, too little beside two
    three, two = {(0, 1): 0.9, (0, 2): 0.9, (1, 2): 0.9}, {(0, 1): 0.9}
    assert after([[0, 1, 2], [3]], {**three, (0, 3): chance, (1, 3): chance, (2, 3): chance}) == [[0, 1, 2, 3]]
    assert after([[0, 1], [2]], {**two, (0, 2): chance, (1, 2): chance}) == [[0, 1], [2]]


def test_a_member_leaves_a_group_for_another_only_for_a_clear_gain() -> None:
    stays = {(0, 1): 0.6, (1, 2): 0.9, (1, 3): 0.6}
    leaves = {(0, 1): 0.3, (1, 2): 0.9, (1, 3): 0.6}
    assert GAIN < 0.95
    assert after([[0, 1], [2, 3]], stays) == [[0, 1], [2, 3]]
    assert after([[0, 1], [2, 3]], leaves) == [[0], [1, 2, 3]]


def test_a_member_that_is_like_no_other_of_its_group_stands_alone() -> None:
    together = {(one, two): 0.9 for one in range(4) for two in range(one + 1, 4)}
    assert after([[0, 1, 2, 3, 4]], {**together, (0, 4): 0.2}) == [[0, 1, 2, 3], [4]]
    assert after([[0, 1, 2, 3, 4]], {**together, (0, 4): 0.6}) == [[0, 1, 2, 3, 4]]


def test_what_follows_a_move_is_seen() -> None:
    likely = {(0, 1): 0.9, (0, 2): 0.9, (1, 2): 0.9, (0, 3): 0.45, (1, 3): 0.45, (2, 3): 0.9, (0, 4): 0.3}
    drawn = {**likely, (1, 4): 0.3, (2, 4): 0.3, (3, 4): 1.0}
    assert after([[0, 1, 2], [3], [4]], likely) == [[0, 1, 2, 3], [4]]
    assert after([[0, 1, 2], [3], [4]], drawn) == [[0, 1, 2, 3, 4]]


def test_nothing_compared_leaves_the_groups_in_the_order_of_their_first_members() -> None:
    assert after([[2, 1], [0]], {}) == [[0], [1, 2]]
