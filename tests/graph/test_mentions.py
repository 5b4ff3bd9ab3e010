"""Mentions in columns: the same as objects, whatever is asked of them; those with ids of another form stay objects."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.link import link
from graph.mentions import Grouped, Mentions, by_id, compact, namings, ordered, referents
from graph.model import GraphMention, KnowledgeGraph
from graph.store import Store, UnreadableStore
from ingest.article import MentionKind
from ingest.serial import from_json, packed_values, to_json
from tests.graph.reports import EVERYTHING

WORDS = st.sampled_from(["a", "Łódź", "\ud800", "mention-0000000000000000", ""])
ROWS = st.lists(
    st.builds(
        GraphMention,
        id=st.integers(0, 2**64 - 1).map("mention-{:016x}".format),
        article=WORDS,
        start=st.integers(0, 2**32 - 1),
        end=st.integers(0, 2**32 - 1),
        text=WORDS,
        kind=st.sampled_from(MentionKind),
        refers_to=st.none() | WORDS,
    ),
    unique_by=attrgetter("id"),
)
ODD = [
    "m1",
    "mention-",
    "mention-1",
    "mention-00000000000000AB",
    "mention-0_00000000000000",
    "mention-+000000000000001",
]


def as_objects(mentions: Sequence[GraphMention]) -> tuple[GraphMention, ...]:
    return tuple(sorted(mentions, key=attrgetter("id")))


@given(ROWS)
def test_columns_hold_what_objects_hold(rows: list[GraphMention]) -> None:
    objects, columns = as_objects(rows), compact(rows)
    assert isinstance(columns, Mentions)
    assert columns == objects
    assert objects == columns
    assert tuple(columns) == objects
    assert columns[:] == [*objects]
    assert columns[1:-1:2] == [*objects[1:-1:2]]
    assert [columns[i] for i in range(-len(rows), len(rows))] == [*objects, *objects]
    assert ordered(columns) is columns
    assert ordered(rows) == compact(columns) == objects
    assert pickle.loads(pickle.dumps(columns)) == columns


@given(ROWS)
def test_both_forms_answer_alike(rows: list[GraphMention]) -> None:
    objects, columns = as_objects(rows), compact(rows)
    assert dict(by_id(columns)) == dict(by_id(objects))
    assert [*namings(columns)] == [*namings(objects)]
    assert [*referents(columns)] == [*referents(objects)]
    assert dict(Grouped(columns, "article")) == dict(Grouped(objects, "article"))
    in_order = attrgetter("start", "id")
    assert dict(Grouped(columns, "refers_to", in_order)) == dict(Grouped(objects, "refers_to", in_order))


@pytest.mark.parametrize("id", ODD)
def test_an_id_of_another_form_is_kept_as_it_is(id: str) -> None:
    known = [*link(EVERYTHING).mentions]
    odd = replace(known[0], id=id)
    assert compact([*known, odd]) == as_objects([*known, odd])
    assert id not in by_id(compact(known))
    assert by_id(compact([*known, odd]))[id] == odd


def test_what_is_not_there_is_not_found() -> None:
    columns = compact(link(EVERYTHING).mentions)
    assert by_id(columns).get("mention-ffffffffffffffff") is None
    with pytest.raises(IndexError):
        columns[len(columns)]
    with pytest.raises(IndexError):
        columns[-len(columns) - 1]
    assert columns != [*columns][:-1]
    assert columns != 1


@pytest.mark.parametrize("odd", ["", *ODD])
def test_a_store_gives_back_columns_where_it_can(tmp_path: Path, odd: str) -> None:
    graph = link(EVERYTHING)
    if odd:
        graph = replace(graph, mentions=as_objects([*graph.mentions, replace(graph.mentions[0], id=odd)]))
    with Store(tmp_path / "newsgraph.db") as store:
        store.save_graph(graph)
        back = store.graph()
    assert back == graph
    assert back is not None
    assert isinstance(back.mentions, tuple if odd else Mentions)
    assert from_json(KnowledgeGraph, to_json(graph)) == graph


@pytest.mark.parametrize("change", [{"kind": "rumour"}, {"more": 1}])
def test_a_store_with_mentions_of_another_version_says_so(tmp_path: Path, change: dict[str, Any]) -> None:
    with Store(tmp_path / "newsgraph.db") as store:
        store.save_graph(link(EVERYTHING))
    names = ("id", "article", "start", "end", "text", "kind", "refers_to")
    row = dict(zip(names, ("mention-0000000000000000", "a", 0, 1, "A", "entity", None), strict=True)) | change
    db = sqlite3.connect(tmp_path / "newsgraph.db")
    db.execute("UPDATE graph SET body = ? WHERE array = 'mentions'", (packed_values([[*row.values()]]),))
    db.commit()
    db.close()
    with Store(tmp_path / "newsgraph.db") as store, pytest.raises(UnreadableStore, match="another version"):
        store.graph()
