"""What explorer.html carries: the whole graph, safe with any words, the same bytes for the same graph."""

from __future__ import annotations

import json
import random
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from math import dist
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from exports.html.explorer import render
from exports.html.explorer_data import KINDS, embedded
from exports.html.places import places
from exports.json_form import read_json
from graph.model import Entity, Event, KnowledgeGraph
from ingest.article import MentionKind
from tests.exports.hostile import WORDS, speaking

GRAPH = read_json(Path(__file__).parents[1] / "sample_graph.json")
DATA = embedded(GRAPH)
NODES: list[Entity | Event] = [*GRAPH.entities, *GRAPH.events]


def carried(page: str) -> Any:
    """The data of a page as its script reads them."""
    found = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert len(found) == 1
    return json.loads(found[0])


def units(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def test_every_entity_and_event_is_a_node_entities_first() -> None:
    assert DATA["nodes"]["id"] == [each.id for each in NODES]
    kinds = [KINDS[kind] for kind in DATA["nodes"]["kind"]]
    assert kinds == [each.type.value for each in GRAPH.entities] + ["event"] * len(GRAPH.events)
    assert {len(column) for column in DATA["nodes"].values()} == {len(NODES)}


def test_edges_join_events_with_who_takes_part() -> None:
    flat = DATA["edges"]
    drawn = {(flat[at], flat[at + 1], DATA["roles"][flat[at + 2]]) for at in range(0, len(flat), 4)}
    place = {each.id: number for number, each in enumerate(NODES)}
    for event in GRAPH.events:
        for part in event.participants:
            if part.entity is not None:
                assert (place[event.id], place[part.entity], part.role.value) in drawn


@pytest.mark.parametrize("prefix", ["", "\U0001f30d before "])
def test_mentions_are_counted_as_javascript_counts(prefix: str) -> None:
    shift = len(prefix)
    graph = replace(
        GRAPH,
        articles=tuple(replace(each, text=prefix + each.text) for each in GRAPH.articles),
        mentions=tuple(replace(each, start=each.start + shift, end=each.end + shift) for each in GRAPH.mentions),
    )
    seen = 0
    for row in embedded(graph)["articles"]:
        text, flat, start = units(row[2]), row[9], 0
        for at in range(0, len(flat), 3):
            start += flat[at]
            words = text[2 * start : 2 * (start + flat[at + 1])].decode("utf-16-le")
            known = {(each.text, each.refers_to) for each in GRAPH.mentions if each.article == row[0]}
            assert (words, NODES[flat[at + 2]].id) in known
            seen += 1
    kinds = (MentionKind.ENTITY, MentionKind.EVENT)
    assert seen == sum(each.refers_to is not None and each.kind in kinds for each in GRAPH.mentions)


def test_every_claim_stands_in_one_row_with_the_words_that_say_it() -> None:
    assert len(DATA["claims"]) == len(GRAPH.claims)
    covered = [at for row in DATA["rows"] for at in range(row[4], row[4] + row[5])]
    assert covered == list(range(len(GRAPH.claims)))
    articles = [row[2] for row in DATA["articles"]]
    told = sorted(row[8] or articles[row[5]][row[6] : row[7]] for row in DATA["claims"])
    assert told == sorted(claim.text for claim in GRAPH.claims)


def test_claims_that_conflict_point_at_each_other() -> None:
    conflicts = {(at, other) for at, row in enumerate(DATA["claims"]) for other in row[12]}
    assert conflicts == {(other, at) for at, other in conflicts}
    assert bool(conflicts) == any(claim.conflicts for claim in GRAPH.claims)


def test_links_lead_to_the_web_only() -> None:
    graph = replace(
        GRAPH,
        articles=tuple(replace(each, url="javascript:alert(1)") for each in GRAPH.articles),
        entities=tuple(replace(each, links=("data:text/html,x", "https://example.org/x")) for each in GRAPH.entities),
    )
    data = embedded(graph)
    assert {row[7] for row in data["articles"]} == {""}
    assert {link for _, links in data["links"] for link in links} == {"https://example.org/x"}


@given(WORDS)
@settings(max_examples=40, deadline=None)
def test_whatever_the_words_the_data_are_read_back_and_end_no_script(words: str) -> None:
    graph = speaking(words)
    page = render(graph)
    assert page.encode()
    data = carried(page)
    assert data["nodes"]["name"][0] == words
    assert page.count("<script") == 2
    assert page.count("</script") == 2


def test_a_page_allows_its_own_script_and_nothing_else() -> None:
    page = render(GRAPH)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    script = page[page.rindex("<script>") + 8 : page.rindex("</script>")]
    digest = b64encode(sha256(script.encode()).digest()).decode()
    assert f"script-src &#39;sha256-{digest}&#39;;" in policy[1]
    assert "unsafe-eval" not in policy[1]
    assert "http" not in policy[1]


def test_the_order_of_rows_changes_no_byte() -> None:
    def shuffled(rows: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(random.Random(3).sample(rows, len(rows)))

    names = ("articles", "mentions", "entities", "events", "claims", "findings", "relations", "storylines")
    mixed = replace(GRAPH, **{name: shuffled(getattr(GRAPH, name)) for name in names})
    assert render(mixed) == render(GRAPH)


def test_a_graph_of_nothing_has_a_page() -> None:
    data = carried(render(KnowledgeGraph()))
    assert data["nodes"]["id"] == data["articles"] == data["claims"] == []


def test_places_are_the_same_every_time_and_no_two_nodes_share_one() -> None:
    chance = random.Random(5)
    edges = [(chance.randrange(900), chance.randrange(900), 1.0) for _ in range(1400)]
    at = places(1000, edges)
    assert at == places(1000, edges)
    assert len(set(at)) == 1000


def test_joined_nodes_stand_nearer_than_others() -> None:
    # Thirty rings of thirty nodes, each joined to the next by one edge.
    edges = [(30 * ring + at, 30 * ring + (at + 1) % 30, 1.0) for ring in range(30) for at in range(30)]
    edges += [(30 * ring, 30 * ring + 30, 1.0) for ring in range(29)]
    at = places(900, edges)

    def far(one: int, other: int) -> float:
        return float(((at[one][0] - at[other][0]) ** 2 + (at[one][1] - at[other][1]) ** 2) ** 0.5)

    joined = sum(far(one, other) for one, other, _ in edges) / len(edges)
    chance = random.Random(1)
    others = sum(far(chance.randrange(900), chance.randrange(900)) for _ in range(2000)) / 2000
    assert joined * 4 < others


@pytest.mark.parametrize("hub", range(4))
def test_in_a_small_part_whoever_is_joined_to_all_stands_in_the_middle(hub: int) -> None:
    at = places(4, [(hub, other, 1.0) for other in range(4) if other != hub])
    far = {round(dist(at[hub], at[other])) for other in range(4) if other != hub}
    assert at[hub] == (0, 0)
    assert len(set(at)) == 4
    assert max(far) - min(far) <= 1


def test_many_with_the_same_neighbours_are_laid_out_though_no_two_can_be_taken_together() -> None:
    at = places(610, [(hub, other, 1.0) for hub in range(10) for other in range(10, 610)])
    assert len(set(at)) == 610


def test_parts_that_nothing_joins_stand_around_the_largest() -> None:
    edges = [(0, at, 1.0) for at in range(1, 20)] + [(20, 21, 1.0)]
    at = places(30, edges)
    reach = max(x * x + y * y for x, y in at[:20])
    assert all(x * x + y * y > reach for x, y in at[20:])
