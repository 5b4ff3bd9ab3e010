"""Things of two graphs are the same by what they share: an id with a mention, mentions, an id, a former id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from graph.counterparts import Counterparts, counterparts
from graph.model import Entity, Event, GraphMention, KnowledgeGraph
from ingest.article import Article, EntityType, EventType, MentionKind, Status

PLAIN = {"now": {}, "into": {}, "out_of": {}, "rewritten": {}}


def graph(things: str, articles: tuple[Article, ...] = ()) -> KnowledgeGraph:
    """Entities with their mentions: "ada m1 m2, bo m3"."""
    named = [thing.split() for thing in things.split(",") if thing.strip()]
    return KnowledgeGraph(
        articles=articles,
        entities=tuple(Entity(id=id, type=EntityType.PERSON, name=id) for id, *_ in named),
        mentions=tuple(mention(each, id) for id, *mentions in named for each in mentions),
    )


def mention(id: str, thing: str, article: str = "a", start: int = 0, text: str = "x") -> GraphMention:
    return GraphMention(
        id=id, article=article, start=start, end=start + 1, text=text, kind=MentionKind.ENTITY, refers_to=thing
    )


def found(old: str, new: str, former: Mapping[str, str] | None = None) -> dict[str, dict[str, str]]:
    pairs = counterparts(graph(old), graph(new), former)
    return {name: dict(getattr(pairs, name)) for name in PLAIN if getattr(pairs, name)}


def test_a_thing_keeps_its_id() -> None:
    assert found("ada m1 m2", "ada m1 m2 m3") == {"now": {"ada": "ada"}}


def test_a_thing_with_another_id_is_known_by_its_mentions() -> None:
    assert found("ada m1 m2", "adah m1 m2") == {"now": {"ada": "adah"}}


def test_an_id_that_passed_to_a_namesake_is_another_thing() -> None:
    assert found("smith m1 m2", "johnsmith m1 m2, smith m9") == {"now": {"smith": "johnsmith"}}


def test_an_id_whose_mentions_are_all_of_other_articles_is_the_same_thing() -> None:
    assert found("malmo m1", "malmo m2") == {"now": {"malmo": "malmo"}}


def test_two_things_that_became_one_are_merged() -> None:
    assert found("ada m1 m2, adah m3", "ada m1 m2 m3") == {"now": {"ada": "ada"}, "into": {"adah": "ada"}}


def test_a_thing_that_became_two_is_split() -> None:
    assert found("smith m1 m2 m3", "leeds m1 m2, perth m3") == {"now": {"smith": "leeds"}, "out_of": {"perth": "smith"}}


def test_what_went_and_what_came_have_no_counterpart() -> None:
    assert found("ada m1", "bo m2") == {}


def test_a_former_id_stands_in_where_no_mention_is_shared() -> None:
    assert found("ada m1", "adah m2", {"ada": "adah"}) == {"now": {"ada": "adah"}}
    assert found("ada m1", "adah m2, bo m1", {"ada": "adah"}) == {"now": {"ada": "bo"}}
    assert found("ada m1", "bo m2", {"ada": "gone"}) == {}


def test_an_entity_is_never_an_event() -> None:
    event = Event(id="e", type=EventType.CONSULT, mode=None, label="", status=Status.HAPPENED, start=None, end=None)
    new = replace(graph(""), events=(event,), mentions=(replace(mention("m1", "e"), kind=MentionKind.EVENT),))
    assert counterparts(graph("ada m1"), new).now == {}


def test_what_is_named_in_a_rewritten_article_is_known_by_its_words() -> None:
    before = Article(id="a1", title="", text="Ada Bo Ada", paragraphs=(), path="in/a.txt")
    after = Article(id="a2", title="", text="Then Ada Bo Ada Cy", paragraphs=(), path="in/a.txt")
    said = (("Ada", "ada", "x"), ("Bo", "bo", "y"), ("Ada", "ada2", "z"))
    old = replace(
        graph("ada, ada2, bo", (before,)),
        mentions=tuple(mention(f"old {i}", then, "a1", 4 * i, text) for i, (text, then, _) in enumerate(said)),
    )
    new = replace(
        graph("x, y, z", (after,)),
        mentions=tuple(mention(f"new {i}", now, "a2", 5 + 4 * i, text) for i, (text, _, now) in enumerate(said)),
    )
    pairs = counterparts(old, new)
    assert pairs.rewritten == {"a1": "a2"}
    assert pairs.now == {"ada": "x", "bo": "y", "ada2": "z"}


def test_articles_of_one_file_of_lines_are_not_taken_for_each_other() -> None:
    old = graph("", (Article(id="a1", title="", text="x", paragraphs=(), path="in/a.jsonl"),))
    new = graph("", (Article(id="a2", title="", text="y", paragraphs=(), path="in/a.jsonl"),))
    assert counterparts(old, new).rewritten == {}


IDS = st.sampled_from("abcd")
HOMES = st.dictionaries(st.sampled_from([f"m{i}" for i in range(8)]), IDS)


def spread(homes: Mapping[str, str], order: list[str]) -> KnowledgeGraph:
    things = ", ".join(f"{id} {' '.join(each for each in homes if homes[each] == id)}" for id in order)
    return graph(things)


@given(HOMES, HOMES, st.permutations("abcd"), st.permutations("abcd"))
def test_every_thing_has_one_place_whatever_the_order(
    before: dict[str, str], after: dict[str, str], order: list[str], other: list[str]
) -> None:
    pairs = counterparts(spread(before, order), spread(after, other))
    assert pairs == counterparts(spread(before, sorted(order)), spread(after, sorted(other)))
    assert len(set(pairs.now.values())) == len(pairs.now)
    assert not pairs.now.keys() & pairs.into.keys()
    assert not set(pairs.now.values()) & pairs.out_of.keys()
    # Whoever takes in or gives away is somebody's counterpart.
    assert set(pairs.into.values()) <= set(pairs.now.values())
    assert set(pairs.out_of.values()) <= pairs.now.keys()
    shared = {(before[each], after[each]) for each in before.keys() & after.keys()}
    assert {old for old, _ in shared} <= pairs.now.keys() | pairs.into.keys()
    assert {new for _, new in shared} <= set(pairs.now.values()) | pairs.out_of.keys()


@given(HOMES)
def test_a_graph_is_its_own_counterpart(homes: dict[str, str]) -> None:
    same = spread(homes, list("abcd"))
    identity = {id: id for id in "abcd"}
    assert counterparts(same, same) == Counterparts(now=identity, into={}, out_of={}, rewritten={})
