"""What a linking found in single articles is read back by the next one, and changes nothing in the graph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph.link import link
from graph.linking import kept
from graph.linking.kept import Kept
from graph.linking.local import entities_of
from graph.linking.sources import Sources
from graph.sources import SourceState
from graph.store import Store
from ingest.article import AnnotatedArticle, Article
from ingest.serial import packed, to_json, unpacked
from tests.graph.keeping import keep
from tests.graph.reports import EVERYTHING, report

STATE = SourceState(key="/x/a.jsonl", name="a.jsonl", size=11, changed=1, digest="d", reading="r")
MAYOR = report("Mayor [Ada Okoye|person] of [Lagos|place] met the [Green Party|organization]. [Okoye|person] left.")


def put(store: Store, annotated: Sequence[AnnotatedArticle]) -> None:
    keep(store, STATE, [each.article for each in annotated])
    told = {each.article.id: replace(each, article=replace(each.article, path=None)) for each in annotated}
    articles = [(digest, unpacked(Article, body)) for digest, body in store.bodies(store.pending("v1"))]
    store.add_readings("v1", "none", ((digest, packed(to_json(told[each.id])), None) for digest, each in articles))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The articles in which entities were looked for anew."""
    found: list[str] = []

    def noted(sources: Sources) -> Any:
        found.extend(sources.articles)
        return entities_of(sources)

    monkeypatch.setattr(kept, "entities_of", noted)
    return found


def test_articles_added_one_by_one_give_the_graph_of_all_at_once(tmp_path: Path, asked: list[str]) -> None:
    with Store(tmp_path / "newsgraph.db") as store:
        for count in range(1, len(EVERYTHING) + 1):
            put(store, EVERYTHING[:count])
            graph = link(EVERYTHING[:count], entities_of=Kept(store, "v1").entities_of)
            assert to_json(graph) == to_json(link(EVERYTHING[:count]))
            store.save_graph(graph)
    assert asked == [each.article.id for each in EVERYTHING]


def test_what_entities_have_alike_is_one_object_once_they_are_read_back(tmp_path: Path) -> None:
    twice = Sources([MAYOR, replace(MAYOR, article=replace(MAYOR.article, id="another"))])
    with Store(tmp_path / "newsgraph.db") as store:
        put(store, [each.annotated for each in twice])
        found = Kept(store, "v1").entities_of(twice)
        assert found == entities_of(twice)
        for one, other in (*zip(*found, strict=True), *zip(*Kept(store, "v1").entities_of(twice), strict=True)):
            assert one.types is other.types
            assert one.spellings is other.spellings
            assert one.located is other.located
            assert one.offices is other.offices


def test_what_another_version_found_or_another_text_held_is_not_read_back(
    tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = report("[Bo Varga|person] left.")
    changed = replace(changed, article=replace(changed.article, id=MAYOR.article.id))
    with Store(tmp_path / "newsgraph.db") as store:
        put(store, [MAYOR])
        for _ in range(2):
            Kept(store, "v1").entities_of(Sources([MAYOR]))
        assert len(asked) == 1
        put(store, [changed])
        assert [each.name for each in Kept(store, "v1").entities_of(Sources([changed]))[0]] == ["Bo Varga"]
        assert len(asked) == 2
        monkeypatch.setattr(kept, "linker_version", lambda: "another")
        Kept(store, "v1").entities_of(Sources([changed]))
        assert len(asked) == 3
