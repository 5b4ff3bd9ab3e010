"""The fuller graph's event mentions in groups: what tells of one event, what does not, and why."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from graph.link import link
from graph.linking.coreference import comparable, compared, shipped, told
from graph.linking.drafts import Known
from graph.linking.likeness import cosine
from graph.linking.tellings import stems, weighed
from graph.model import KnowledgeGraph
from ingest.annotate import Annotator
from ingest.article import AnnotatedArticle, Article, MentionKind

NOTHING = Known(country={}, lies_in={}, places=frozenset(), capitals={}, towns=frozenset())
TEXTS = {
    "a": "A magnitude-7 earthquake struck the coast of Chile on Sunday. The tremor killed 12 people in Valdivia, "
    "the mayor said. Fishermen searched the harbour for survivors.",
    "b": "Chile counted its dead after the earthquake that hit the coast near Valdivia on Sunday. "
    "Twelve people were killed, officials said.",
    "c": "Shareholders of two Kenyan banks approved a merger on Friday. The deal was announced in Nairobi in May.",
}


@cache
def annotated(names: str) -> tuple[AnnotatedArticle, ...]:
    articles = [Article(id=name, title="", text=TEXTS[name], paragraphs=((0, len(TEXTS[name])),)) for name in names]
    return tuple(Annotator(every_mention=True).annotate(articles))


@cache
def graph(names: str) -> KnowledgeGraph:
    return link(annotated(names), every_mention=True)


def event_of(names: str, article: str, word: str) -> str:
    found = [
        row.refers_to
        for row in graph(names).mentions
        if row.kind is MentionKind.EVENT and row.article == article and row.text == word
    ]
    assert len(found) == 1 and found[0]
    return found[0]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (("a", "earthquake"), ("b", "earthquake")),
        (("a", "earthquake"), ("a", "tremor")),
        (("a", "killed"), ("b", "killed")),
    ],
)
def test_mentions_of_one_event_are_one(one: tuple[str, str], two: tuple[str, str]) -> None:
    assert event_of("abc", *one) == event_of("abc", *two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (("a", "killed"), ("a", "searched")),
        (("b", "earthquake"), ("c", "merger")),
        (("c", "merger"), ("c", "announced")),
    ],
)
def test_mentions_of_two_events_are_two(one: tuple[str, str], two: tuple[str, str]) -> None:
    assert event_of("abc", *one) != event_of("abc", *two)


def test_any_order_of_articles_gives_the_same_graph() -> None:
    assert link(annotated("cba"), every_mention=True) == graph("abc")


def test_every_mention_belongs_to_an_event() -> None:
    kept = {(row.article, row.start, row.end) for row in graph("abc").mentions if row.kind is MentionKind.EVENT}
    for one in annotated("abc"):
        for event in one.events:
            trigger = one.mentions[event.trigger]
            assert (one.article.id, trigger.start, trigger.end) in kept


def test_a_join_says_what_counted() -> None:
    quake = event_of("abc", "b", "earthquake")
    reasons = [merge.reasons for merge in graph("abc").merges if merge.thing == quake]
    assert reasons
    known = set(shipped().alone.names)
    for each in reasons:
        assert each and all(reason.rpartition(" (")[0] in known for reason in each)


def test_articles_about_other_matters_are_not_compared() -> None:
    rows = told(annotated("abc"), lambda article, mention: [None], NOTHING)
    stories = sorted({one.story for one in rows}, key=lambda story: story.number)
    assert {(one.number, two.number) for one, two in comparable(stories)} == {(0, 0), (1, 1), (2, 2), (0, 1)}


def test_nothing_told_gives_no_pairs() -> None:
    couples, rows = compared([])
    assert couples == []
    assert rows.shape == (0, len(shipped().alone.names))


def test_words_weigh_by_how_seldom_they_are() -> None:
    weights = weighed(dict.fromkeys(stems("The government said an avalanche"), 1))
    assert weights["avalanch"] > weights["government"] > weights["said"]
    assert np.isclose(cosine(weights, weights), 1)
