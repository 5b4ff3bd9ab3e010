"""Who and what has no name: which phrases are marked, whom grammar lets them mean, and one police in two articles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from graph.link import link
from graph.linking.agglomeration import agglomerate
from graph.linking.local import local_entities
from graph.linking.nominal_pairs import candidate_pairs
from graph.linking.nominals import spoken_of
from graph.model import Entity, KnowledgeGraph
from graph.places import gazetteer
from graph.verdict import Correction, Verdict
from ingest.annotate import Annotator
from ingest.article import AnnotatedArticle, Article, MentionKind, WordingKind

FIRE = (
    "A fire tore through a bakery in Gondar late on Monday. Two bakers were hurt. Police arrested the owner, who had "
    "insured the bakery in May.",
    "Police in Gondar questioned the owner of a bakery after the fire that hurt two bakers. The owner denied that he "
    "had insured the bakery for the fire.",
    "The ferry was late. Passengers on the island of Sark waited for hours and sang.",
)


def article(name: str, text: str) -> Article:
    return Article(id=name, title="", text=text, paragraphs=((0, len(text)),), published=date(2024, 5, 7))


@pytest.fixture(scope="module")
def read() -> Callable[..., list[AnnotatedArticle]]:
    annotator = Annotator(every_mention=True)
    return lambda *texts: list(annotator.annotate(article(f"a{i}", text) for i, text in enumerate(texts)))


def meant(graph: KnowledgeGraph, text: str) -> list[Entity | None]:
    """The entity of each mention of some words, in order of article and place."""
    by_id = {entity.id: entity for entity in graph.entities}
    rows = sorted((row.article, row.start, row.refers_to or "") for row in graph.mentions if row.text == text)
    return [by_id.get(entity) for _, _, entity in rows]


def test_phrases_are_marked_without_the_words_that_only_describe(read: Callable[..., list[AnnotatedArticle]]) -> None:
    (told,) = read("Police arrested the tall gunman on Friday, and he was charged with two murders.")
    marked = {told.mentions[each.mention].text: each for each in told.wordings if each.takes_part}
    assert {"Police", "gunman", "he"} <= marked.keys()
    gunman = marked["gunman"]
    assert (gunman.kind, gunman.head, gunman.determiner, gunman.words) == (WordingKind.NOUN, "gunman", "the", ("tall",))
    assert gunman.person
    assert "arrest ARG1" in gunman.acts
    assert "police" in gunman.beside
    assert marked["he"].kind is WordingKind.PRONOUN


def test_a_reading_without_every_mention_has_no_wordings_and_another_version() -> None:
    every, named = Annotator(every_mention=True), Annotator()
    assert every.version != named.version
    (told,) = named.annotate([article("a", FIRE[0])])
    assert told.wordings == ()


def test_what_two_articles_tell_of_is_one_entity(read: Callable[..., list[AnnotatedArticle]]) -> None:
    articles = read(*FIRE)
    graph = link(articles, every_mention=True)
    one, two = meant(graph, "Police")
    assert one is two is not None
    assert one.name == "Police"
    assert {row.refers_to for row in graph.mentions if row.text == "Passengers"} != {one.id}
    assert graph == link(articles[::-1], every_mention=True)
    joined = [merge for merge in graph.merges if merge.thing == one.id]
    assert joined
    assert all(merge.reasons and merge.score for merge in joined)


def test_the_default_graph_holds_names_alone(read: Callable[..., list[AnnotatedArticle]]) -> None:
    graph = link(read(*FIRE))
    assert {entity.name for entity in graph.entities} == {"Gondar", "Sark"}
    unmarked = [replace(told, wordings=()) for told in read(*FIRE)]
    assert link(unmarked, every_mention=True).entities == graph.entities


CLASHES = [
    ("Ada Lind left. It rained, and it was late.", "Ada Lind", "it"),
    ("Ada Lind met three officers.", "Ada Lind", "officers"),
    ("The bridge fell on a woman.", "bridge", "woman"),
    ("The man met his mother.", "man", "mother"),
]


@pytest.mark.parametrize(("text", "one", "two"), CLASHES)
def test_grammar_keeps_apart(read: Callable[..., list[AnnotatedArticle]], text: str, one: str, two: str) -> None:
    told = read(text)
    mentions = spoken_of(told, [[local] for each in told for local in local_entities(each, gazetteer())])
    words = [told[0].mentions[each.mention].text for each in mentions.wordings]
    left, right = candidate_pairs(mentions)
    pairs = {frozenset((words[i], words[j])) for i, j in zip(left.tolist(), right.tolist(), strict=True)}
    assert frozenset((one, two)) not in pairs


def test_a_correction_parts_what_has_no_name(read: Callable[..., list[AnnotatedArticle]]) -> None:
    articles = read(*FIRE)
    before = link(articles, every_mention=True)
    one, two = sorted((row.article, row.id) for row in before.mentions if row.text == "Police")
    parted = Correction(
        number=1, kind=MentionKind.ENTITY, verdict=Verdict.DIFFERENT, left=(one[1],), right=(two[1],),
        names=("Police", "Police"), author="desk", time="2024-05-08T00:00:00+00:00",
    )  # fmt: skip
    first, second = meant(link(articles, [parted], every_mention=True), "Police")
    assert first is not None
    assert second is not None
    assert first.id != second.id


def test_groups_are_joined_by_the_mean_over_their_pairs() -> None:
    likely = {(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.1, (3, 4): 0.4}
    assert agglomerate([[0], [1], [2], [3], [4]], likely, 0.5) == [[0, 1], [2], [3], [4]]
    assert agglomerate([[0], [1], [2], [3], [4]], likely, 0.4) == [[0, 1, 2], [3, 4]]
    assert agglomerate([[0], [1, 2], [3], [4]], likely, 0.5) == [[0, 1, 2], [3], [4]]


def test_two_groups_that_may_not_join_stay_apart() -> None:
    likely = {(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.8}
    apart = agglomerate([[0], [1], [2]], likely, 0.5, lambda left, right, mean: {left, right} != {0, 1})
    assert apart == [[0, 2], [1]]
