"""Nouns written as JSON come back equal."""

from __future__ import annotations

import pickle
from collections import Counter
from dataclasses import FrozenInstanceError, dataclass, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.linking.entity import LocalEntity
from graph.model import Claim, KnowledgeGraph
from ingest.article import AnnotatedArticle, Article, Mention, MentionKind, Qualifier
from ingest.serial import from_json, packed_rows, shape, to_json, unpacked_rows

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


@given(st.lists(st.from_type(Claim)))
def test_rows_that_are_kept_come_back_equal(claims: list[Claim]) -> None:
    back = unpacked_rows(Claim, packed_rows(Claim, claims))
    assert back == claims
    assert [type(claim.value) for claim in back] == [type(claim.value) for claim in claims]


@pytest.mark.parametrize("text", ["Lima", "Zażółć", "\ud83d"])
def test_a_line_is_ascii_whatever_is_told(text: str) -> None:
    line = to_json(replace(ARTICLE, text=text))
    assert line.isascii()
    assert from_json(Article, line).text == text


def test_a_whole_graph_comes_back_equal() -> None:
    graph = KnowledgeGraph(articles=(ARTICLE, replace(ARTICLE, id="b", published=None)))
    assert from_json(KnowledgeGraph, to_json(graph)) == graph


def test_a_line_of_another_noun_is_refused() -> None:
    with pytest.raises((TypeError, ValueError)):
        from_json(Mention, to_json(ARTICLE))


def test_texts_and_places_of_nouns_that_are_read_are_one_object_each() -> None:
    line = to_json(Mention(start=300, end=312, kind=MentionKind.ENTITY, text="Radio Ouagadougou", label="organization"))
    one, other = from_json(Mention, line), from_json(Mention, line)
    assert one == other
    assert one.text is other.text
    assert one.start is other.start


def test_a_noun_that_is_read_is_as_frozen_as_any() -> None:
    back = from_json(Article, to_json(ARTICLE))
    assert type(back) is Article
    with pytest.raises(FrozenInstanceError):
        back.title = "another"  # type: ignore[misc]  # that is what is tested
    assert hash(back) == hash(ARTICLE)
    assert pickle.loads(pickle.dumps(back)) == replace(back) == ARTICLE


@pytest.mark.parametrize(
    "row", ["{}", "[]", "[1]", "null", '["a"]', '[0,4,"nothing","Lima",""]', '[0,"x","entity","Lima",""]']
)
def test_a_line_that_holds_no_such_noun_is_an_error_that_is_caught(row: str) -> None:
    with pytest.raises((TypeError, ValueError)):
        from_json(Mention, row)


@dataclass(frozen=True, kw_only=True)
class Manifold:
    """What no noun of ours has in this form."""

    pair: tuple[int, date]
    pairs: tuple[tuple[str, date], ...]
    lists: list[list[MentionKind]]
    days: frozenset[date]
    counts: Counter[date]
    mention: Mention | None
    either: float | str | None
    deep: tuple[tuple[tuple[int, ...], ...], ...]


@given(st.builds(
    Manifold,
    pair=st.tuples(st.integers(), st.dates()), pairs=st.lists(st.tuples(st.text(), st.dates())).map(tuple),
    lists=st.lists(st.lists(st.sampled_from(MentionKind))), days=st.frozensets(st.dates()),
    counts=st.dictionaries(st.dates(), st.integers(0, 9)).map(Counter), mention=st.none() | st.from_type(Mention),
    either=st.none() | st.floats(allow_nan=False) | st.text(),
    deep=st.lists(st.lists(st.lists(st.integers()).map(tuple)).map(tuple)).map(tuple),
))  # fmt: skip
def test_any_form_of_field_comes_back_equal_and_of_the_type_it_had(noun: Manifold) -> None:
    back = from_json(Manifold, to_json(noun))
    assert back == noun
    assert repr(back) == repr(noun) or len(noun.days) > 1  # a set has no order


def test_the_shape_tells_nouns_apart_and_is_the_same_in_every_run() -> None:
    assert shape(AnnotatedArticle) != shape(KnowledgeGraph)
    assert shape(AnnotatedArticle) == shape(AnnotatedArticle)


@dataclass(frozen=True)
class Unwritable:
    thing: dict[str, str]


def test_a_field_without_a_json_form_is_refused_by_name() -> None:
    with pytest.raises(TypeError, match="no JSON form"):
        to_json(Unwritable({}))
