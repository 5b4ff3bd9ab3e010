"""What other pairs say of a pair of mentions: partners in common, better partners, what else its articles share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import exp, log

from graph.linking.agglomeration import agglomerate

Pair = tuple[int, int, float]  # two mentions, and how likely they are one

FEATURES = (
    "likely",
    "partners in common",
    "share of partners in common",
    "better partner, likelier",
    "better partner, less likely",
    "likelier than any other partner",
    "other links of the articles",
    "other links of the articles, by mentions",
    "links within its article, more",
    "links within its article, fewer",
    "links, more",
    "links, fewer",
    "in one group",
    "links with the other's group, more",
    "links with the other's group, fewer",
    "links of both groups",
    "size of the larger group",
    "size of the smaller group",
)
_BAR = 0.3  # on the average of two groups' pairs, for the groups of which some features speak
_MOST = 1 - 1e-6


def likelihood(score: float) -> float:
    """A sum in nats as a likelihood, 0 to 1."""
    return 1 / (1 + exp(-max(-50.0, min(50.0, score))))


def neighbour_features(articles: Sequence[int], pairs: Sequence[Pair]) -> list[list[float]]:
    """The features of each pair, in the order of `FEATURES`; `articles` gives the article of each mention."""
    size = len(articles)
    rows: list[dict[int, float]] = [{} for _ in range(size)]
    within: list[defaultdict[int, float]] = [defaultdict(float) for _ in range(size)]  # by article: sums of links
    best: list[dict[int, tuple[float, int, float]]] = [{} for _ in range(size)]  # by article: best, which, second
    links: defaultdict[tuple[int, int], float] = defaultdict(float)
    for one, two, likely in pairs:
        for left, right in ((one, two), (two, one)):
            rows[left][right] = likely
            within[left][articles[right]] += likely
            first, which, second = best[left].get(articles[right], (0.0, -1, 0.0))
            better = (likely, right, first) if likely > first else (first, which, max(second, likely))
            best[left][articles[right]] = better
            links[articles[left], articles[right]] += likely
    held = defaultdict[int, int](int)
    for article in articles:
        held[article] += 1
    total = [sum(row.values()) for row in rows]
    groups = agglomerate([[i] for i in range(size)], {(one, two): likely for one, two, likely in pairs}, _BAR)
    group = {member: number for number, members in enumerate(groups) for member in members}
    sizes = [len(members) for members in groups]
    to_group: list[defaultdict[int, float]] = [defaultdict(float) for _ in range(size)]
    between: defaultdict[tuple[int, int], float] = defaultdict(float)
    for one, two, likely in pairs:
        to_group[one][group[two]] += likely
        to_group[two][group[one]] += likely
        between[group[one], group[two]] += likely
        between[group[two], group[one]] += likely
    found = []
    for one, two, likely in pairs:
        mine, other = articles[one], articles[two]
        few, many = sorted((rows[one], rows[two]), key=len)
        common = sum(value * many[key] for key, value in few.items() if key in many)
        rivals = sorted((_rival(best, one, two, other), _rival(best, two, one, mine)))
        link = links[mine, other] / (1 + (mine == other)) - within[one][other] - within[two][mine] + likely
        home, away = group[one], group[two]
        same = home == away
        near = sorted(
            (to_group[one][away] / max(1, sizes[away] - same), to_group[two][home] / max(1, sizes[home] - same))
        )
        couples = max(1, sizes[home] * (sizes[home] - 1)) if same else sizes[home] * sizes[away]
        known = min(_MOST, max(1 - _MOST, likely))
        found.append(
            [
                log(known / (1 - known)),
                common,
                common / (0.05 + min(total[one], total[two]) - likely),
                rivals[1],
                rivals[0],
                likely - rivals[1],
                link,
                link / min(held[mine], held[other]),
                max(within[one][mine], within[two][other]),
                min(within[one][mine], within[two][other]),
                max(total[one], total[two]),
                min(total[one], total[two]),
                float(same),
                near[1],
                near[0],
                between[home, away] / couples,
                float(max(sizes[home], sizes[away])),
                float(min(sizes[home], sizes[away])),
            ]
        )
    return found


def _rival(best: Sequence[dict[int, tuple[float, int, float]]], one: int, two: int, article: int) -> float:
    """How likely the best partner of a mention in an article is, another one left out."""
    first, which, second = best[one].get(article, (0.0, -1, 0.0))
    return second if which == two else first
