"""Entities joined by what they share: who is joined to whom, who stands between others, and which belong together.

The same graph gives the same answers on every run: nodes and edges are added in sorted order, and what is left to
chance is drawn with a fixed seed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from graph.model import KnowledgeGraph
from graph.reports import Reports

# networkx takes 0.7 s to import, which only those who ask should pay.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from networkx import Graph, MultiDiGraph

SEED = 0
# Betweenness goes through the whole network once from each node; where that would be more than so many nodes and edges
# in all (about 5 s), it starts at fewer. 377 of 6,224 nodes took 4 s instead of 69, and 17 of the first 20 were right.
MOST_STEPS = 5_000_000
# Louvain's usual 1 joined the United States, China, Europe and Africa on 2,000 articles (Fortunato and Barthélemy 2007
# say why); 1.5 keeps regions, parties and sports apart; 2 splits groups of six.
RESOLUTION = 1.5
DAMPING, TOLERANCE, ROUNDS = 0.85, 1e-9, 200  # of PageRank; 0.85 is Brin and Page's, and networkx's


def countries_of_peoples(graph: KnowledgeGraph) -> dict[str, str]:
    """The country that a people ("Kenyans") stands for, where the graph says so, by entity ids."""
    return {row.subject: row.object for row in graph.relations if row.predicate == "demonym_of"}


def articles_about(graph: KnowledgeGraph, view: MultiDiGraph[str]) -> dict[str, set[str]]:
    """The articles that speak of each entity and event.

    Those that speak of a people speak of its country, and those that say who took part tell of the event.
    """
    country = countries_of_peoples(graph)
    article_of = {mention.id: mention.article for mention in graph.mentions}
    articles: dict[str, set[str]] = defaultdict(set)
    for source, target, known in view.edges(data=True):
        if known["kind"] == "mention":
            articles[country.get(target, target)].add(source)
        elif known["kind"] == "participant":
            articles[source].update(article_of[mention] for mention in known["mentions"] if mention in article_of)
    return articles


def connections(graph: KnowledgeGraph, view: MultiDiGraph[str]) -> Graph[str]:
    """An undirected graph of the entities that share an event or a relation; a people is taken for its country.

    Edges carry `events`, how many events the two share, and `weight`, how many reports tell of these events or state a
    relation of the two; what no article says is no edge.
    """
    from networkx import Graph

    country = countries_of_peoples(graph)
    reports = Reports(graph)
    articles = articles_about(graph, view)
    article_of = {mention.id: mention.article for mention in graph.mentions}
    parts: dict[str, set[str]] = defaultdict(set)
    events: Counter[tuple[str, str]] = Counter()
    said: dict[tuple[str, str], set[str]] = defaultdict(set)
    for source, target, known in view.edges(data=True):
        if known["kind"] == "participant":
            parts[source].add(country.get(target, target))
        elif known["kind"] == "relation":
            ends = sorted({country.get(source, source), country.get(target, target)})
            for pair in combinations(ends, 2):
                said[pair].update(article_of[mention] for mention in known["mentions"] if mention in article_of)
    for event, members in parts.items():
        for pair in combinations(sorted(members), 2):
            events[pair] += 1
            said[pair].update(articles[event])
    edges = sorted(pair for pair, told in said.items() if told)
    network: Graph[str] = Graph()
    network.add_nodes_from(sorted({end for pair in edges for end in pair}))
    for one, other in edges:
        network.add_edge(one, other, events=events[one, other], weight=reports.count(said[one, other]))
    return network


def betweenness(network: Graph[str]) -> dict[str, float]:
    """The share of shortest paths between others that lead over each node, 0 to 1; see `sample` for large networks."""
    from networkx import betweenness_centrality

    return dict(betweenness_centrality(network, k=sample(network), seed=SEED))


def sample(network: Graph[str]) -> int | None:
    """From how many nodes the betweenness of a network is estimated; None where all paths are counted."""
    affordable = MOST_STEPS // max(1, len(network) + network.number_of_edges())
    return affordable if affordable < len(network) else None


def pagerank(network: Graph[str]) -> dict[str, float]:
    """PageRank over the weights of the edges; all nodes together have 1.

    Written out here since networkx leaves it to scipy, which nothing else in newsgraph needs.
    """
    nodes = list(network)
    number = {node: i for i, node in enumerate(nodes)}
    lines = [(number[one], number[other], known["weight"]) for one, other, known in network.edges(data=True)]
    if not lines:
        return dict.fromkeys(nodes, 1 / len(nodes)) if nodes else {}
    ends = np.array([line[:2] for line in lines])
    start, end = np.concatenate([ends, ends[:, ::-1]]).T
    weight = np.tile(np.array([line[2] for line in lines], dtype=float), 2)
    flow = weight / np.bincount(start, weight, len(nodes))[start]  # every node has an edge of weight 1 or more
    rank = np.full(len(nodes), 1 / len(nodes))
    for _ in range(ROUNDS):
        last = rank
        rank = DAMPING * np.bincount(end, last[start] * flow, len(nodes)) + (1 - DAMPING) / len(nodes)
        if np.abs(rank - last).sum() < TOLERANCE * len(nodes):
            break
    return dict(zip(nodes, rank.tolist(), strict=True))


def communities(network: Graph[str]) -> list[list[str]]:
    """Nodes that have more to do with each other than with the rest (Louvain), the largest community first."""
    from networkx import Graph
    from networkx.algorithms.community import louvain_communities

    nodes = list(network)
    # Sets of whole numbers are gone through in the same order whatever PYTHONHASHSEED says, sets of texts are not.
    number = {node: i for i, node in enumerate(nodes)}
    numbered: Graph[int] = Graph()
    numbered.add_nodes_from(range(len(nodes)))
    numbered.add_weighted_edges_from(
        (number[one], number[other], known["weight"]) for one, other, known in network.edges(data=True)
    )
    found = louvain_communities(numbered, resolution=RESOLUTION, seed=SEED)
    return sorted((sorted(nodes[i] for i in members) for members in found), key=lambda named: (-len(named), named))
