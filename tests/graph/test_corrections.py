"""Corrections by hand: they win over the linker, whatever their order, and come undone without a trace."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from graph.link import link
from graph.model import KnowledgeGraph
from graph.verdict import Correction, Verdict
from ingest.article import MentionKind
from tests.graph.reports import EVERYTHING, RAIDS, WEDNESDAY, entity, names, raid, report

OLEH = report("Governor [Oleh Varenko|person] spoke. [Varenko|person] left.")
OLEG = report("Governor [Oleg Warenko|person] spoke to nobody.")
SMITHS = [
    report("[John Smith|person] sang in [Leeds|place]."),
    report("[John Smith|person] bowled in [Perth|place]."),
    report("[John Smith|person] bowled again in [Perth|place]; [Smith|person] won."),
]
MOTHER_AND_DAUGHTER = report("[Ada Berg|person] met [Ada Berg|person], her mother. [Berg|person] smiled.")


def correction(
    verdict: Verdict, left: list[str], right: list[str], kind: MentionKind = MentionKind.ENTITY, **more: Any
) -> Correction:
    return Correction(
        number=more.pop("number", 1), kind=kind, verdict=verdict, left=tuple(left), right=tuple(right),
        names=("A", "B"), author=more.pop("author", "Ada"), time="2025-06-11T10:00:00+00:00", **more,
    )  # fmt: skip


def mentions(graph: KnowledgeGraph, article: Any, words: str) -> list[str]:
    found = [each for each in graph.mentions if each.article == article.article.id and each.text == words]
    return [each.id for each in sorted(found, key=lambda each: each.start)]


def homes(graph: KnowledgeGraph, ids: list[str]) -> set[str | None]:
    return {each.refers_to for each in graph.mentions if each.id in ids}


def test_two_spellings_that_the_linker_keeps_apart_are_joined_and_say_who_joined_them() -> None:
    apart = link([OLEH, OLEG])
    assert names(apart) == ["Oleg Warenko", "Oleh Varenko"]
    left, right = mentions(apart, OLEH, "Oleh Varenko"), mentions(apart, OLEG, "Oleg Warenko")
    graph = link([OLEH, OLEG], [correction(Verdict.SAME, left, right, note="one governor")])
    assert entity(graph, "Oleg Warenko").aliases == ("Oleh Varenko", "Varenko")
    assert [(each.left, each.right, each.reasons) for each in graph.merges] == [
        (left[0], right[0], ("by hand, Ada, 2025-06-11: one governor",))
    ]


def test_two_namesakes_are_divided_and_the_others_go_with_the_one_whose_company_they_share() -> None:
    whole = link(SMITHS)
    assert len([each for each in whole.entities if each.name == "John Smith"]) == 1
    singer, bowler, again = (mentions(whole, article, "John Smith") for article in SMITHS)
    graph = link(SMITHS, [correction(Verdict.DIFFERENT, singer, bowler)])
    assert len([each for each in graph.entities if each.name == "John Smith"]) == 2
    assert homes(graph, bowler) == homes(graph, again) == homes(graph, mentions(graph, SMITHS[2], "Smith"))
    assert homes(graph, singer) != homes(graph, bowler)


def test_namesakes_within_one_article_are_divided() -> None:
    mother, daughter = mentions(link([MOTHER_AND_DAUGHTER]), MOTHER_AND_DAUGHTER, "Ada Berg")
    graph = link([MOTHER_AND_DAUGHTER], [correction(Verdict.DIFFERENT, [mother], [daughter])])
    assert homes(graph, [mother]) != homes(graph, [daughter])
    assert names(graph) == ["Ada Berg", "Ada Berg"]


def test_events_are_joined_against_vetoes_and_divided() -> None:
    kind = MentionKind.EVENT
    plain = link(RAIDS)
    assert len(plain.events) == 2
    one, two, three = (mentions(plain, each, "drone attack") for each in RAIDS)
    assert homes(plain, one) == homes(plain, two) != homes(plain, three)
    joined = link(RAIDS, [correction(Verdict.SAME, one, three, kind)])
    assert len(joined.events) == 1
    assert {each.about for each in joined.claims} == {joined.events[0].id}
    divided = link(RAIDS, [correction(Verdict.DIFFERENT, one, two, kind)])
    assert len(divided.events) == 3
    assert [each.reasons for each in plain.merges if each.thing.startswith("event")] != []
    assert [each.reasons for each in divided.merges if each.thing.startswith("event")] == []


def test_the_order_of_corrections_and_articles_does_not_matter() -> None:
    plain = link([*SMITHS, OLEH, OLEG])
    singer, bowler, again = (mentions(plain, article, "John Smith") for article in SMITHS)
    made = [
        correction(Verdict.DIFFERENT, singer, bowler),
        correction(Verdict.DIFFERENT, bowler, again),
        correction(Verdict.SAME, mentions(plain, OLEH, "Oleh Varenko"), mentions(plain, OLEG, "Oleg Warenko")),
        correction(Verdict.SAME, singer, mentions(plain, OLEG, "Oleg Warenko")),
    ]
    graphs = [link([*SMITHS, OLEH, OLEG], order) for order in permutations(made)]
    assert all(graph == graphs[0] for graph in graphs)
    assert link([OLEG, *SMITHS[::-1], OLEH], made) == graphs[0]
    assert homes(graphs[0], again) == homes(graphs[0], singer)  # no more parts than are asked for


def test_number_time_and_author_change_nothing_but_the_reasons() -> None:
    plain = link(SMITHS)
    singer, bowler, _ = (mentions(plain, article, "John Smith") for article in SMITHS)
    one = link(SMITHS, [correction(Verdict.DIFFERENT, singer, bowler)])
    assert one == link(SMITHS, [correction(Verdict.DIFFERENT, singer, bowler, number=7, author="Bo")])


def test_a_correction_is_silent_while_a_side_is_in_no_article_and_another_mention_stands_in_for_one_that_is_gone() -> (
    None
):
    plain = link(SMITHS)
    singer, bowler, again = (mentions(plain, article, "John Smith") for article in SMITHS)
    assert link(SMITHS[:2], [correction(Verdict.DIFFERENT, singer, again)]) == link(SMITHS[:2])
    left = link([SMITHS[0], SMITHS[2]], [correction(Verdict.DIFFERENT, singer, [*bowler, *again])])
    assert homes(left, singer) != homes(left, again)


def test_what_keeps_apart_wins_over_what_joins() -> None:
    plain = link(SMITHS)
    singer, bowler, _ = (mentions(plain, article, "John Smith") for article in SMITHS)
    graph = link(SMITHS, [correction(Verdict.SAME, singer, bowler), correction(Verdict.DIFFERENT, bowler, singer)])
    assert homes(graph, singer) != homes(graph, bowler)


@pytest.mark.parametrize("verdict", [Verdict.SAME, Verdict.DIFFERENT])
def test_what_is_so_already_is_left_as_it_is(verdict: Verdict) -> None:
    articles = [*EVERYTHING, raid(9, day=WEDNESDAY, city="Lviv", when="Wednesday")]
    plain = link(articles)
    first, again, later = (mentions(plain, each, "drone attack") for each in RAIDS)
    sides = (first, again) if verdict is Verdict.SAME else (first, later)
    graph = link(articles, [correction(verdict, *sides, MentionKind.EVENT)])
    assert (graph.events, graph.entities, graph.claims) == (plain.events, plain.entities, plain.claims)
