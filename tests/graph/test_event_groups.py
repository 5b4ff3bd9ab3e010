"""Groups of event mentions beside each other, and where pairs stand among all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from graph.boosting import Trees
from graph.linking import event_groups, standing
from graph.linking.coreference import FORBIDDEN, grouped, shipped, tight, told
from graph.linking.drafts import Known
from graph.linking.event_groups import Compared, group_pairs
from graph.linking.neighbours import likelihood
from graph.linking.tellings import Telling
from ingest.annotate import Annotator
from ingest.article import Article
from ingest.vectors import packed

NOTHING = Known(country={}, lies_in={}, places=frozenset(), capitals={}, towns=frozenset())
TEXT = "Voters elected a mayor in Valdivia."
# Mentions 0 and 1 in article 0, 2 and 3 in article 1, 4 in article 2.
ARTICLES = [0, 0, 1, 1, 2]
SCORES = {(0, 2): 2.0, (0, 3): -1.0, (1, 3): 1.5, (0, 4): 0.5, (2, 4): -1.0, (0, 1): -3.0}


@cache
def pattern() -> Telling:
    article = Article(id="a", title="", text=TEXT, paragraphs=((0, len(TEXT)),))
    annotated = list(Annotator(every_mention=True).annotate([article]))
    return told(annotated, lambda article, mention: [None], NOTHING)[0]


def mention(article: int, axis: int, stem: str = "elect", parties: frozenset[str] = frozenset()) -> Telling:
    """A mention whose vector is one axis of three."""
    story = replace(pattern().story, number=article)
    vector = packed(np.eye(3, dtype=np.float32)[axis])
    return replace(pattern(), story=story, vector=vector, stem=stem, parties=parties)


def compared(scores: Mapping[tuple[int, int], float], forbidden: Sequence[tuple[int, int]] = ()) -> Compared:
    stems = ["elect", "vote", "elect", "vote", "poll"]
    parties = [frozenset({"a"}), frozenset({"b"}), frozenset({"a", "c"}), frozenset[str](), frozenset({"d"})]
    return Compared(
        mentions=[mention(*each) for each in zip(ARTICLES, [0] * 5, stems, parties, strict=True)],
        couples=np.array(list(scores)),
        rows=np.tile(np.arange(len(scores), dtype=np.float64)[:, None], len(event_groups.OF_PAIRS)),
        scores=np.array(list(scores.values())),
        likely=np.array([0.0 if pair in forbidden else likelihood(score) for pair, score in scores.items()]),
    )


def features(groups: Sequence[Sequence[int]], one: int, two: int) -> dict[str, float]:
    pairs, rows = group_pairs(compared(SCORES), groups)
    return dict(zip(event_groups.FEATURES, rows[pairs.index((one, two))].tolist(), strict=True))


def constant(score: float) -> Trees:
    """A tree that gives every pair of groups this score."""
    inner = np.zeros((1, 1))
    return Trees(
        names=event_groups.FEATURES,
        bias=score,
        feature=inner.astype(np.int64),
        threshold=inner,
        mean=inner,
        leaf=np.zeros((1, 2)),
    )


def test_pairs_that_are_not_compared_count_as_strangers() -> None:
    found = features([[0, 1], [2, 3], [4]], 0, 1)
    assert found["share of pairs that are compared"] == 3 / 4
    assert found["mean of the pairs"] == pytest.approx(sum(map(likelihood, (2, -1, 1.5))) / 4)
    assert found["mean score"] == pytest.approx((2 - 1 + 1.5 - 5) / 4)
    assert (found["least likely pair"], found["lowest score"]) == (0, -5)
    assert found["second likeliest pair"] == pytest.approx(likelihood(1.5))


def test_what_the_pairs_have_in_common_is_the_mean_of_those_compared() -> None:
    assert features([[0, 1], [2, 3], [4]], 0, 1)["mean of same stem"] == pytest.approx((0 + 1 + 2) / 3)


def test_rivals_are_the_likeliest_other_groups() -> None:
    found = features([[0, 1], [2, 3], [4]], 0, 2)
    assert found["likeliest other of the larger"] == pytest.approx(sum(map(likelihood, (2, -1, 1.5))) / 4)
    assert found["likelier others of the larger"] == 1
    assert found["likeliest other of the smaller"] == pytest.approx(likelihood(-1.0) / 2)
    assert found["likelier others of the smaller"] == 0


def test_a_group_holds_together_by_its_own_pairs() -> None:
    found = features([[0, 1], [2, 3], [4]], 0, 2)
    assert found["mean within the larger"] == pytest.approx(likelihood(-3))
    assert found["mean within the smaller"] == event_groups.UNKNOWN
    assert found["mean of both as one"] == pytest.approx((likelihood(-3) + likelihood(0.5)) / 3)


def test_the_larger_group_comes_first_and_tells_of_its_words_and_parties() -> None:
    found = features([[4], [0, 1], [2, 3]], 1, 2)
    assert found["stems alike"] == pytest.approx(1)
    assert found["share of parties"] == 1 / 2
    assert (found["articles of the larger"], found["share of articles of both"]) == (1, 0)
    assert features([[4], [0, 1], [2, 3]], 1, 0)["mentions of the larger"] == 2


def test_nothing_between_groups_gives_no_pairs() -> None:
    pairs, rows = group_pairs(compared(SCORES), [[0, 1, 2, 3, 4]])
    assert pairs == []
    assert rows.shape == (0, len(event_groups.FEATURES))


def test_groups_that_the_trees_take_for_one_are_joined() -> None:
    assert tight(compared(SCORES)) == [[0, 2], [1, 3], [4]]
    assert grouped(compared(SCORES), constant(-2.0)) == [[0, 2], [1, 3], [4]]
    assert grouped(compared(SCORES), constant(3.0)) == [[0, 2, 4], [1, 3]]


def test_groups_most_of_whose_pairs_are_forbidden_stay_apart() -> None:
    scores = {(0, 2): 3.0, (0, 1): -2.0, (1, 2): -1.0, (2, 4): 2.0, (0, 4): 2.0}
    assert FORBIDDEN > 1 / 2
    assert grouped(compared(scores, [(0, 1), (1, 2)]), constant(2.0)) == [[0, 2, 4], [1], [3]]
    assert grouped(compared(scores, [(0, 1)]), constant(2.0)) == [[0, 1, 2, 4], [3]]


def test_the_shipped_trees_are_of_these_features() -> None:
    assert shipped().among.names == event_groups.OF_PAIRS
    assert shipped().groups.names == event_groups.FEATURES


def placed(axes: Sequence[int], couples: Sequence[tuple[int, int]], alike: Sequence[float]) -> list[dict[str, float]]:
    mentions = [mention(*each) for each in zip(ARTICLES, axes, "abacd", strict=True)]
    rows = standing.standing(mentions, np.array(couples), np.array(alike), np.full(len(couples), 0.5))
    return [dict(zip(standing.FEATURES, row, strict=True)) for row in rows.tolist()]


def test_the_nearer_of_two_articles_has_the_first_rank() -> None:
    near, far = placed([0] * 5, [(0, 2), (0, 4)], [0.8, 0.2])
    assert (near["rank of the other article, farther"], near["rank of the other article, nearer"]) == (1, 1)
    assert (far["rank of the other article, farther"], far["rank of the other article, nearer"]) == (2, 1)
    assert far["nearness to the nearest article's, more"] == 1
    assert far["nearness to the nearest article's, less"] < 1 == near["nearness to the nearest article's, less"]


def test_what_a_whole_article_is_about_makes_no_two_mentions_alike() -> None:
    same, other = placed([0, 1, 0, 1, 2], [(0, 2), (0, 3)], [0.5, 0.5])
    assert same["vectors alike beyond their articles"] == pytest.approx(1)
    assert other["vectors alike beyond their articles"] < 0
    assert same["vectors of the articles alike"] == pytest.approx(1)


def test_one_trigger_is_as_alike_as_can_be() -> None:
    assert placed([0, 1, 2, 1, 2], [(0, 2)], [0.5])[0]["vectors of the triggers alike"] == pytest.approx(1)


def test_mentions_with_partners_in_near_articles_are_told_often() -> None:
    (first, _) = placed([0] * 5, [(0, 2), (0, 4)], [0.8, 0.2])
    assert first["near articles with a partner, more"] == 1
    assert standing.standing([], np.zeros((0, 2), dtype=np.int64), np.zeros(0), np.zeros(0)).shape == (
        0,
        len(standing.FEATURES),
    )
