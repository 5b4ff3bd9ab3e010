from __future__ import annotations

import pytest

from graph.linking.neighbours import FEATURES, neighbour_features

# Mentions 0 and 1 in article 0, 2 and 3 in article 1, 4 in article 2.
ARTICLES = [0, 0, 1, 1, 2]
PAIRS = [(0, 2, 0.8), (0, 3, 0.3), (1, 3, 0.6), (0, 4, 0.5), (2, 4, 0.4), (0, 1, 0.1)]


def features(one: int, two: int) -> dict[str, float]:
    rows = neighbour_features(ARTICLES, PAIRS)
    return dict(zip(FEATURES, rows[[pair[:2] for pair in PAIRS].index((one, two))], strict=True))


def test_partners_in_common_are_those_that_both_are_likely_one_with() -> None:
    assert features(0, 2)["partners in common"] == pytest.approx(0.5 * 0.4)
    assert features(0, 3)["partners in common"] == pytest.approx(0.1 * 0.6)


def test_a_better_partner_is_another_mention_of_the_other_article() -> None:
    assert features(0, 3)["better partner, likelier"] == pytest.approx(0.8)
    assert features(0, 3)["better partner, less likely"] == pytest.approx(0.6)
    assert features(0, 2)["likelier than any other partner"] == pytest.approx(0.8 - 0.3)


def test_other_links_of_two_articles_leave_out_both_mentions() -> None:
    assert features(0, 2)["other links of the articles"] == pytest.approx(0.6)
    assert features(1, 3)["other links of the articles"] == pytest.approx(0.8)
    assert features(0, 4)["other links of the articles"] == pytest.approx(0)


def test_groups_are_those_of_average_link() -> None:
    assert features(0, 2)["in one group"] == 1
    assert features(0, 3)["in one group"] == 0
    assert features(1, 3)["links of both groups"] == pytest.approx(0.6)


def test_the_order_of_the_pairs_does_not_matter() -> None:
    backwards = neighbour_features(ARTICLES, PAIRS[::-1])[::-1]
    for row, other in zip(neighbour_features(ARTICLES, PAIRS), backwards, strict=True):
        assert row == pytest.approx(other)
