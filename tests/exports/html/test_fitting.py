"""What does not fit into one page is left out by how little it is told of, and nothing points to it."""

from __future__ import annotations

from pathlib import Path

from exports.html.explorer_data import embedded
from exports.html.fitting import fitting
from exports.json_form import read_json

GRAPH = read_json(Path(__file__).parents[1] / "sample_graph.json")


def test_what_fits_is_left_as_it_is() -> None:
    part, left_out = fitting(GRAPH)
    assert part is GRAPH
    assert not left_out


def test_what_most_articles_tell_of_is_kept() -> None:
    part, left_out = fitting(GRAPH, things=3)
    told = {
        thing.id: len({each.article for each in GRAPH.mentions if each.refers_to == thing.id})
        for thing in (*GRAPH.entities, *GRAPH.events)
    }
    kept = {thing.id for thing in (*part.entities, *part.events)}
    assert len(kept) == 3
    assert min(told[id] for id in kept) >= max(told[id] for id in told.keys() - kept)
    assert f"{len(told) - 3} people, places and events" in left_out


def test_nothing_points_to_what_is_left_out() -> None:
    for things in range(1, len(GRAPH.entities) + len(GRAPH.events)):
        part, _ = fitting(GRAPH, things=things)
        ids = {each.id for each in (*part.entities, *part.events)}
        claims, mentions = {each.id for each in part.claims}, {each.id for each in part.mentions}
        assert {each.refers_to for each in part.mentions} <= ids | {None}
        assert {each.about for each in (*part.claims, *part.findings)} <= ids
        for claim in part.claims:
            assert {*claim.agrees, *claim.conflicts, *claim.supersedes, *claim.part_of} <= claims
            assert claim.speaker is None or claim.speaker in ids
        for event in part.events:
            assert {*event.places, *(each.entity for each in event.participants)} <= ids | {None}
            assert {*event.mentions, *(each.mention for each in event.participants)} <= mentions
        embedded(part)


def test_articles_that_tell_of_least_go_first_where_texts_are_too_long() -> None:
    longest = max(len(article.text) for article in GRAPH.articles)
    part, left_out = fitting(GRAPH, text=longest)
    assert 0 < len(part.articles) < len(GRAPH.articles)
    assert "article" in left_out
    assert {each.article for each in (*part.mentions, *part.claims)} <= {each.id for each in part.articles}
