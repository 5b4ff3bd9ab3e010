"""Who is connected, who meets whom, when and where: a small graph whose answers are known by hand."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from graph.connections import betweenness, communities, connections, pagerank, sample
from graph.insight import stats
from graph.model import KnowledgeGraph
from graph.networkx_view import to_networkx
from ingest.article import EventType
from tests.graph.hand_made import EVENTS, GRAPH, JUNE_1, MAY_1, MAY_2, MAY_9

ROOT = Path(__file__).parents[2]
STATS = stats(GRAPH)
NETWORK = connections(GRAPH, to_networkx(GRAPH))


def test_entities_are_joined_by_events_and_relations_weighted_by_the_articles_that_say_so() -> None:
    assert {(one, other): (known["events"], known["weight"]) for one, other, known in NETWORK.edges(data=True)} == {
        ("acme", "ann"): (1, 1),
        ("acme", "bob"): (1, 1),
        ("ann", "bob"): (2, 2),  # two events, told by a1 twice and a2 once
        ("ann", "north"): (0, 1),
        ("ann", "tarn"): (1, 2),
        ("bob", "tarn"): (1, 2),
        ("north", "south"): (3, 4),  # the people of Norland raided it
    }


def test_the_most_connected_come_first_with_what_joins_them() -> None:
    assert [(row.entity.name, row.links, row.weight) for row in STATS.people] == [("Ann", 4, 6), ("Bob", 3, 5)]
    assert [row.entity.name for row in STATS.organizations] == ["Acme"]
    assert [(row.entity.name, row.articles, row.weight) for row in STATS.places] == [
        ("Norland", 3, 5),
        ("Sudland", 3, 4),
        ("Tarn", 2, 4),
    ]


def test_who_stands_between_others_lies_on_their_shortest_paths() -> None:
    between = betweenness(NETWORK)
    # Of the 10 pairs of others: acme, bob, tarn with north and south go over ann, and half of acme with tarn.
    assert between["ann"] == pytest.approx(6.5 / 10)
    assert between["north"] == pytest.approx(4 / 10)
    assert between["south"] == 0


def test_pagerank_on_a_star_is_what_the_formula_says() -> None:
    star = NETWORK.__class__()
    star.add_weighted_edges_from([("hub", leaf, 1) for leaf in "abc"])
    rank = pagerank(star)
    # hub = 0.15/4 + 0.85 * 3 leaf, leaf = 0.15/4 + 0.85 * hub / 3
    hub = (0.15 / 4) * (1 + 3 * 0.85) / (1 - 0.85**2)
    assert rank["hub"] == pytest.approx(hub, abs=1e-6)
    assert sum(rank.values()) == pytest.approx(1)
    assert pagerank(NETWORK.__class__()) == {}


def test_large_networks_are_sampled_and_small_ones_counted_whole() -> None:
    assert sample(NETWORK) is None
    ring = NETWORK.__class__()
    ring.add_weighted_edges_from([(f"{i:04}", f"{(i + 1) % 3000:04}", 1) for i in range(3000)])
    assert sample(ring) == 833


def test_groups_that_hang_together_are_communities() -> None:
    network = NETWORK.__class__()
    for clique in ("abcde", "vwxyz"):
        network.add_weighted_edges_from([(one, other, 1) for one, other in combinations(clique, 2)])
    network.add_edge("e", "v", weight=1)
    assert communities(network) == [list("abcde"), list("vwxyz")]


def test_a_community_counts_the_events_between_its_members_and_needs_three_of_them() -> None:
    community, *others = STATS.communities
    assert [entity.id for entity in community.members] == ["ann", "bob", "tarn", "acme"]
    assert (community.size, community.events) == (4, 2)
    assert others == []


def test_who_meets_whom_counts_plans_but_not_denials() -> None:
    assert [(row.one.id, row.other.id, row.events, row.articles, row.latest.id) for row in STATS.meetings] == [
        ("ann", "bob", 2, 2, "plan"),
        ("acme", "ann", 1, 1, "plan"),
        ("acme", "bob", 1, 1, "plan"),
    ]


def test_who_acts_against_whom_takes_a_people_for_its_country_and_nobody_against_himself() -> None:
    (row,) = STATS.hostilities
    assert (row.agent.id, row.target.id, row.events, row.articles, row.latest.id) == ("north", "south", 2, 3, "raid")
    assert row.types == {EventType.ACCUSE: 1, EventType.ASSAULT: 1}


def test_a_night_counts_for_both_its_days_and_years_for_none() -> None:
    assert [(row.day, row.events, row.articles, row.foremost.id) for row in STATS.days] == [
        (MAY_1, 2, 3, "raid"),
        (MAY_2, 1, 2, "raid"),
        (MAY_9, 1, 1, "plan"),
    ]


def test_the_latest_event_of_a_place_is_known_to_the_year() -> None:
    assert [(row.place.id, row.events, row.articles, row.latest.id) for row in STATS.scenes] == [
        ("tarn", 2, 3, "talks")
    ]


def test_only_events_of_several_articles_are_told_by_most() -> None:
    assert [(row.event.id, row.articles, row.publishers) for row in STATS.most_told] == [
        ("raid", 2, 2),
        ("talks", 2, 2),
    ]


def test_a_dispute_takes_two_sources() -> None:
    (row,) = STATS.disputes
    # The mayor's 8 is only at odds with the mayor's own 9.
    assert [(said.claim.value, said.by) for said in row.said] == [(9, "the mayor"), (12, "Courier")]
    assert (row.event.id, row.property, row.sources, row.articles) == ("raid", "killed", 2, 2)


def test_publishers_are_named_by_themselves_or_by_the_host_of_their_articles() -> None:
    assert [(row.name, row.articles, row.events, row.claims) for row in STATS.publishers] == [
        ("Gazette", 1, 4, 0),
        ("herald.example", 1, 2, 2),
        ("Courier", 1, 2, 1),
        (None, 1, 1, 0),
    ]


def test_every_list_is_cut_to_the_length_asked_for() -> None:
    short = stats(GRAPH, top=1)
    assert [row.one.id for row in short.meetings] == ["ann"]
    assert {len(rows) for rows in (short.people, short.places, short.days, short.publishers, short.most_told)} == {1}
    assert (short.articles, short.first, short.last) == (4, MAY_2, JUNE_1)


def test_an_empty_graph_and_events_alone_have_no_rows() -> None:
    empty = stats(KnowledgeGraph())
    assert (empty.articles, empty.first, empty.people, empty.communities, empty.publishers) == (0, None, (), (), ())
    lonely = replace(EVENTS[0], participants=(), places=(), start=None, end=None)
    alone = stats(replace(GRAPH, events=(lonely,), entities=(), relations=(), claims=()))
    assert (alone.events, alone.people, alone.days, alone.scenes, alone.meetings) == (1, (), (), (), ())


PROGRAM = """
from graph.insight import stats
from tests.graph.hand_made import many
print(stats(many()))
"""


def test_every_run_tells_the_same_whatever_the_hash_seed() -> None:
    told = set()
    for seed in ("0", "1", "4711"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        told.add(subprocess.check_output([sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment, text=True))
    assert len(told) == 1
    assert "Community(size=" in told.pop()


def test_the_order_of_the_graph_changes_nothing() -> None:
    turned = {
        name: tuple(reversed(getattr(GRAPH, name)))
        for name in ("articles", "mentions", "entities", "events", "claims", "relations")
    }
    assert stats(KnowledgeGraph(**turned)) == STATS
