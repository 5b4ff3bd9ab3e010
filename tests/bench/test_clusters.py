"""Scores of clusters: the worked examples of the papers that define them, and a naive reading of their formulas."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.clusters import score_clusters

Side = list[frozenset[str]]


def side(*clusters: str) -> Side:
    """Clusters of mentions of one letter each."""
    return [frozenset(cluster) for cluster in clusters]


THREE = side("12345", "67", "89ABC")


@pytest.mark.parametrize(
    ("key", "response", "measure", "precision", "recall"),
    [
        # Vilain et al. 1995
        (side("ABCD"), side("AB", "CD"), "MUC", 2 / 2, 2 / 3),
        (side("AB", "CD"), side("ABCD"), "MUC", 2 / 3, 2 / 2),
        (side("ABCD"), side("AB"), "MUC", 1 / 1, 1 / 3),
        # Bagga and Baldwin 1998: MUC cannot tell the small wrong link from the large one, B³ can
        (THREE, side("12345", "6789ABC"), "MUC", 9 / 10, 9 / 9),
        (THREE, side("1234589ABC", "67"), "MUC", 9 / 10, 9 / 9),
        (THREE, side("12345", "6789ABC"), "B3", 16 / 21, 1),
        (THREE, side("1234589ABC", "67"), "B3", 7 / 12, 1),
        # Luo 2005
        (THREE, side("12345", "6789ABC"), "CEAFe", (1 + 10 / 12) / 2, (1 + 10 / 12) / 3),
        (THREE, side("123456789ABC"), "CEAFe", 10 / 17, 10 / 17 / 3),
        # Pradhan et al. 2014: a key mention that is missed, and two that are spurious
        (side("abc", "defg"), side("ab", "cd", "fghi"), "MUC", 2 / 5, 2 / 5),
        (side("abc", "defg"), side("ab", "cd", "fghi"), "B3", (2 + 1 + 1) / 8, (5 / 3 + 5 / 4) / 7),
        (side("abc", "defg"), side("ab", "cd", "fghi"), "CEAFe", 1.3 / 3, 1.3 / 2),
        # Moosavi and Strube 2016, on the same clusters
        (side("abc", "defg"), side("ab", "cd", "fghi"), "LEA", (2 + 4 / 6) / 8, (1 + 4 / 6) / 7),
        # Clusters of one: no link for MUC, a link to itself for LEA, a cluster like any other for the rest
        (side("a", "bc"), side("a", "bc"), "MUC", 1, 1),
        (side("a", "b"), side("a", "b"), "MUC", 0, 0),
        (side("a", "b"), side("a", "b"), "CoNLL", 2 / 3, 2 / 3),
        (side("a", "bc"), side("ab", "c"), "LEA", 0, 0),
        (side("a", "bc"), side("a", "b"), "LEA", 1 / 2, 1 / 3),
        (side("a", "b", "c"), side("a"), "B3", 1, 1 / 3),
        (side("a", "b", "c"), side("a"), "CEAFe", 1, 1 / 3),
        (side("ab"), [], "B3", 0, 0),
        ([], side("ab"), "CEAFe", 0, 0),
    ],
)
def test_worked_examples(key: Side, response: Side, measure: str, precision: float, recall: float) -> None:
    found = score_clusters(key, response)[measure]
    assert (found.precision, found.recall) == pytest.approx((precision, recall))


def test_the_conll_score_is_the_mean_of_three_f1() -> None:
    scores = score_clusters(side("abc", "defg"), side("ab", "cd", "fghi"))
    assert [round(100 * scores[name].f1, 1) for name in ("MUC", "B3", "CEAFe", "CoNLL", "LEA")] == [
        40.0, 45.5, 52.0, 45.8, 27.8,
    ]  # fmt: skip


def test_a_mention_in_two_clusters_is_refused() -> None:
    with pytest.raises(ValueError, match="'b' is in two clusters"):
        score_clusters(side("ab", "bc"), side("abc"))


def test_pairs_of_clusters_are_chosen_together_not_greedily() -> None:
    # The most alike pair, abcd with abef (4/8), would leave nothing for the other two clusters.
    recall = score_clusters(side("abcd", "ehi"), side("abef", "cg"))["CEAFe"].recall
    assert recall == pytest.approx((2 / 6 + 2 / 7) / 2)


# A second implementation, one mention and one pair at a time, without any thought for speed.


def naive(key: Side, response: Side) -> Iterator[tuple[str, float, float]]:
    """Precision and recall by measure."""
    for name, one_way in (("MUC", naive_muc), ("B3", naive_b3), ("LEA", naive_lea)):
        yield name, one_way(response, key), one_way(key, response)
    best = naive_alignment(key, response)
    yield "CEAFe", best / max(1, len(response)), best / max(1, len(key))


def holding(clusters: Side, mention: str) -> frozenset[str]:
    return next((cluster for cluster in clusters if mention in cluster), frozenset())


def naive_muc(clusters: Side, others: Side) -> float:
    """Least links that have to be added to the other side's, to hold each cluster together."""
    needed = sum(len(cluster) - 1 for cluster in clusters)
    added = 0
    for cluster in clusters:
        left, groups = set(cluster), 0
        while left:
            one = min(left)
            left -= holding(others, one) | {one}
            groups += 1
        added += groups - 1
    return (needed - added) / needed if needed else 0.0


def naive_b3(clusters: Side, others: Side) -> float:
    mentions = [(mention, cluster) for cluster in clusters for mention in cluster]
    shares = [len(cluster & holding(others, mention)) / len(cluster) for mention, cluster in mentions]
    return sum(shares) / len(shares) if shares else 0.0


def naive_lea(clusters: Side, others: Side) -> float:
    def pairs(cluster: frozenset[str]) -> set[tuple[str, ...]]:
        return set(combinations(sorted(cluster), 2)) or {(min(cluster), min(cluster))}

    linked = {pair for cluster in others for pair in pairs(cluster)}
    total = sum(len(cluster) for cluster in clusters)
    found = sum(len(cluster) * len(pairs(cluster) & linked) / len(pairs(cluster)) for cluster in clusters)
    return found / total if total else 0.0


def naive_alignment(key: Side, response: Side) -> float:
    few, many = sorted((key, response), key=len)
    return max(
        sum(2 * len(one & other) / (len(one) + len(other)) for one, other in zip(few, chosen, strict=True))
        for chosen in permutations(many, len(few))
    )


@st.composite
def sides(draw: st.DrawFn) -> Side:
    """Up to eight mentions in up to five clusters, or in none."""
    numbers = draw(st.lists(st.integers(-1, 4), max_size=8))
    letters = "abcdefgh"
    grouped: dict[int, set[str]] = {}
    for letter, number in zip(letters, numbers, strict=False):
        if number >= 0:
            grouped.setdefault(number, set()).add(letter)
    return [frozenset(cluster) for cluster in grouped.values()]


@given(sides(), sides())
def test_scores_are_those_of_the_formulas_read_naively(key: Side, response: Side) -> None:
    scores = score_clusters(key, response)
    for name, precision, recall in naive(key, response):
        assert (scores[name].precision, scores[name].recall) == pytest.approx((precision, recall)), name


@given(sides(), sides(), st.randoms(use_true_random=False))
def test_neither_order_nor_names_of_mentions_matter(key: Side, response: Side, rng: random.Random) -> None:
    scores = score_clusters(key, response)
    letters = list("abcdefgh")
    rng.shuffle(letters)
    renamed = dict(zip("abcdefgh", letters, strict=True))
    again = [[frozenset(renamed[mention] for mention in cluster) for cluster in one] for one in (key, response)]
    for one in again:
        rng.shuffle(one)
    for name, found in score_clusters(*again).items():
        assert (found.precision, found.recall) == pytest.approx((scores[name].precision, scores[name].recall))


@given(sides())
def test_the_key_itself_gets_full_marks(key: Side) -> None:
    scores = score_clusters(key, key)
    for name in ("B3", "CEAFe", "LEA"):
        assert scores[name].f1 == pytest.approx(1.0 if key else 0.0)
