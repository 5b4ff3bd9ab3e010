"""Scores clusters of mentions against a key: MUC, B³, CEAFe, the mean of the three (CoNLL), and LEA.

Counted as the reference scorers of the CoNLL tasks count: clusters of one mention stay in, on both sides; a mention
that the other side lacks is linked to nothing there and counts in its own side's total. Pradhan et al. 2014 (MUC, B³,
CEAFe with missing and spurious mentions), Moosavi and Strube 2016 (LEA).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from math import fsum

Clusters = Sequence[Set[Hashable]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One measure of one response, each between 0 and 1."""

    precision: float
    recall: float
    f1: float


def figures(precision: tuple[float, float], recall: tuple[float, float]) -> Figures:
    """Figures from (right, all) of each; 0 where there is nothing to count."""
    p, r = (right / total if total else 0.0 for right, total in (precision, recall))
    return Figures(precision=p, recall=r, f1=2 * p * r / (p + r) if p + r else 0.0)


def score_clusters(key: Iterable[Set[Hashable]], response: Iterable[Set[Hashable]]) -> dict[str, Figures]:
    """All measures by name. Raises ValueError where a mention is in two clusters of one side."""
    gold, found = [cluster for cluster in key if cluster], [cluster for cluster in response if cluster]
    gold_of, found_of = cluster_of(gold), cluster_of(found)
    scores = {
        "MUC": figures(links(found, gold_of), links(gold, found_of)),
        "B3": figures(shared(found, gold_of), shared(gold, found_of)),
        "CEAFe": aligned(gold, found),
    }
    three = list(scores.values())
    scores["CoNLL"] = Figures(
        precision=fsum(one.precision for one in three) / 3,
        recall=fsum(one.recall for one in three) / 3,
        f1=fsum(one.f1 for one in three) / 3,
    )
    scores["LEA"] = figures(resolved(found, gold, gold_of), resolved(gold, found, found_of))
    return scores


def cluster_of(clusters: Clusters) -> dict[Hashable, int]:
    """The number of each mention's cluster."""
    numbers: dict[Hashable, int] = {}
    for number, cluster in enumerate(clusters):
        for mention in cluster:
            if numbers.setdefault(mention, number) != number:
                raise ValueError(f"{mention!r} is in two clusters")
    return numbers


def links(clusters: Clusters, other_of: Mapping[Hashable, int]) -> tuple[float, float]:
    """MUC: of the links that hold these clusters together, how many the other side's clusters keep."""
    kept = total = 0
    for cluster in clusters:
        missing = sum(mention not in other_of for mention in cluster)
        parts = missing + len({other_of[mention] for mention in cluster if mention in other_of})
        kept += len(cluster) - parts
        total += len(cluster) - 1
    return kept, total


def shared(clusters: Clusters, other_of: Mapping[Hashable, int]) -> tuple[float, float]:
    """B³: the share of each mention's cluster that its cluster on the other side holds too, summed over mentions."""
    right = fsum(count * count / len(cluster) for cluster in clusters for count in overlaps(cluster, other_of).values())
    return right, sum(map(len, clusters))


def overlaps(cluster: Set[Hashable], other_of: Mapping[Hashable, int]) -> Counter[int]:
    """How many mentions a cluster has in common with each cluster of the other side."""
    return Counter(other_of[mention] for mention in cluster if mention in other_of)


def aligned(key: Clusters, response: Clusters) -> Figures:
    """CEAFe: clusters paired one to one so that the sum of their Dice similarities (φ4) is the highest."""
    import networkx as nx  # noqa: PLC0415 - only this measure needs it and scipy, which users of newsgraph do not have
    import numpy as np  # noqa: PLC0415
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    response_of = cluster_of(response)
    # Only clusters with a mention in common gain by being paired, so each connected part is solved by itself.
    alike: nx.Graph[int] = nx.Graph()  # clusters of the key by number, those of the response by ~number
    for row, cluster in enumerate(key):
        for column, count in overlaps(cluster, response_of).items():
            alike.add_edge(row, ~column, dice=2 * count / (len(cluster) + len(response[column])))
    gains: list[float] = []
    for part in nx.connected_components(alike):
        rows, columns = ([node for node in sorted(part) if (node < 0) == theirs] for theirs in (False, True))
        table = np.array(
            [[alike.get_edge_data(row, column, {}).get("dice", 0.0) for column in columns] for row in rows]
        )
        gains += table[linear_sum_assignment(table, maximize=True)].tolist()
    gain = fsum(gains)
    return figures((gain, len(response)), (gain, len(key)))


def resolved(clusters: Clusters, others: Clusters, other_of: Mapping[Hashable, int]) -> tuple[float, float]:
    """LEA: the share of each cluster's links that the other side has too, weighted by the cluster's size.

    A cluster of one mention links it to itself, and that link is found only in another cluster of one.
    """
    right: list[float] = []
    for cluster in clusters:
        size = len(cluster)
        parts = overlaps(cluster, other_of)
        if size == 1:
            right += [1.0 for number in parts if len(others[number]) == 1]
        else:
            found = sum(count * (count - 1) // 2 for count in parts.values())
            right.append(size * found / (size * (size - 1) / 2))
    return fsum(right), sum(map(len, clusters))
