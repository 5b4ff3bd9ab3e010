import numpy as np
import pytest

from graph.boosting import read_trees, write_trees

# Two trees of depth 2: "days apart" at most 1 speaks for one event, the more so with the same word.
TABLE = "\n".join(
    [
        "-1",
        "days apart\tsame word",
        "\t".join(["0", "1", "0.2", "1", "0.5", "1.25", "1", "0.5", "-0.5", "0.5", "2", "-1", "0"]),
        "\t".join(["1", "0.5", "0", "0", "inf", "-0.3", "0", "inf", "0.3", "-0.3", "-0.3", "0.3", "0.3"]),
    ]
)


@pytest.mark.parametrize(
    ("row", "total"), [([0, 1], -1 + 2 + 0.3), ([1, 0], -1 + 0.5 - 0.3), ([2, 1], -1 + 0.3), ([9, 0], -1 - 1 - 0.3)]
)
def test_each_row_adds_up_the_leaves_that_it_reaches(row, total):
    assert read_trees(TABLE).score(np.array([row], dtype=float)) == pytest.approx([total])


def test_what_counted_adds_up_to_the_score_but_for_what_all_rows_share():
    trees = read_trees(TABLE)
    counted = trees.counted([0, 1])
    assert counted == pytest.approx({"days apart": 1.05, "same word": 0.75 + 0.3})
    assert sum(counted.values()) == pytest.approx(trees.score(np.array([[0.0, 1.0]]))[0] - (-1 + 0.2 + 0))


def test_a_table_is_read_as_it_was_written():
    trees = read_trees(TABLE)
    again = read_trees(write_trees(trees))
    assert again.names == trees.names
    assert write_trees(again) == write_trees(trees)


def test_no_rows_give_no_scores():
    assert read_trees(TABLE).score(np.zeros((0, 2))).shape == (0,)
