"""Nouns written as JSON come back equal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.linking.entity import LocalEntity
from graph.model import Claim, KnowledgeGraph
from ingest.article import AnnotatedArticle, Article, Mention, Qualifier
from ingest.serial import from_json, shape, to_json

# NaN is left out since it does not equal itself; lone surrogates are in: JSON escapes them.
st.register_type_strategy(float, st.floats(allow_nan=False))
st.register_type_strategy(str, st.text(st.characters(), max_size=12))
ARTICLE = Article(id="a", title="", text="Zażółć", paragraphs=((0, 6),), published=date(2025, 6, 8))


@given(st.from_type(AnnotatedArticle))
def test_an_annotated_article_comes_back_equal(annotated: AnnotatedArticle) -> None:
    assert from_json(AnnotatedArticle, to_json(annotated)) == annotated


@given(st.from_type(Claim))
def test_a_claim_comes_back_with_the_types_it_had(claim: Claim) -> None:
    back = from_json(Claim, to_json(claim))
    assert back == claim
    assert type(back.value) is type(claim.value)
    assert type(back.qualifier) is Qualifier


@given(st.from_type(LocalEntity))
def test_lists_sets_and_counts_come_back_equal(entity: LocalEntity) -> None:
    back = from_json(LocalEntity, to_json(entity))
    assert back == entity
    assert list(back.spellings) == list(entity.spellings)


def test_a_whole_graph_comes_back_equal() -> None:
    graph = KnowledgeGraph(articles=(ARTICLE, replace(ARTICLE, id="b", published=None)))
    assert from_json(KnowledgeGraph, to_json(graph)) == graph


def test_a_line_of_another_noun_is_refused() -> None:
    with pytest.raises((TypeError, ValueError)):
        from_json(Mention, to_json(ARTICLE))


def test_the_shape_tells_nouns_apart_and_is_the_same_in_every_run() -> None:
    assert shape(AnnotatedArticle) != shape(KnowledgeGraph)
    assert shape(AnnotatedArticle) == shape(AnnotatedArticle)


@dataclass(frozen=True)
class Unwritable:
    thing: dict[str, str]


def test_a_field_without_a_json_form_is_refused_by_name() -> None:
    with pytest.raises(TypeError, match="no JSON form"):
        to_json(Unwritable({}))
