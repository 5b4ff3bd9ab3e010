"""The store gives back what it was given, in one order, and starts over rather than misread."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from graph.model import KnowledgeGraph
from graph.sources import Copy, Remark, SourceState, held
from graph.store import Store, UnreadableStore
from ingest.article import AnnotatedArticle, Article, DateSource, Mention, MentionKind
from ingest.errors import Reason
from ingest.serial import packed, to_json, unpacked
from tests.graph.keeping import keep

ARTICLE = Article(id="a", title="", text="Ada met Bo.", paragraphs=((0, 11),), path="a.txt")
STATE = SourceState(key="/x/a.txt", name="a.txt", size=11, changed=1, digest="d", reading="r")
MENTION = Mention(start=0, end=3, kind=MentionKind.ENTITY, text="Ada")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "newsgraph.db") as opened:
        yield opened


def annotate(store: Store, annotator: str = "v1") -> int:
    pending = store.pending(annotator)
    articles = [unpacked(Article, body) for _, body in store.bodies(pending)]
    readings = [AnnotatedArticle(article=each, mentions=(MENTION,), sentences=((0, 11),)) for each in articles]
    rows = [(digest, packed(to_json(each)), None) for digest, each in zip(pending, readings, strict=True)]
    store.add_readings(annotator, "linker", rows)
    return len(pending)


def test_an_article_comes_back_with_its_path_and_its_reading(store: Store) -> None:
    keep(store, STATE, [ARTICLE])
    annotate(store)
    kept, copies = store.annotated("v1")
    assert [*kept] == [AnnotatedArticle(article=ARTICLE, mentions=(MENTION,), sentences=((0, 11),))]
    assert copies == []
    assert store.sentences("a") == ((0, 11),)
    assert store.sentences("nowhere") == ()


def test_remarks_are_kept_with_their_source(store: Store) -> None:
    remark = Remark(path="a.txt", line=2, problem="broken JSON", next_step="it was skipped")
    note = Remark(path="a.txt", problem="read as Windows-1252")
    keep(store, STATE, [remark, ARTICLE, note])
    assert store.sources() == {STATE.key: replace(STATE, remarks=(remark, note))}
    assert [str(each) for each in (remark, note)] == [
        "a.txt, line 2: broken JSON; it was skipped",
        "a.txt: read as Windows-1252",
    ]


def test_a_source_read_again_replaces_what_it_held(store: Store) -> None:
    keep(store, STATE, [ARTICLE, replace(ARTICLE, id="b", text="Bo met Ada.")])
    keep(store, STATE, [replace(ARTICLE, id="c", text="Nobody met.")])
    assert store.held([STATE.key]) == 1
    annotate(store)
    assert [each.article.id for each in store.annotated("v1")[0]] == ["c"]


def test_a_source_that_fails_half_way_keeps_what_it_held(store: Store) -> None:
    keep(store, STATE, [ARTICLE])

    def broken() -> Iterator[Article]:
        yield replace(ARTICLE, id="b")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        keep(store, replace(STATE, digest="e"), broken())
    assert store.sources()[STATE.key].digest == "d"
    assert store.held([STATE.key]) == 1


def test_only_new_articles_and_new_annotators_leave_work(store: Store) -> None:
    keep(store, STATE, [ARTICLE])
    assert annotate(store) == 1
    assert annotate(store) == 0
    assert annotate(store, "v2") == 1
    kept, copies = store.annotated("v1")
    assert len(kept) == len(copies) == 0


def test_a_moved_file_is_not_annotated_again(store: Store) -> None:
    keep(store, STATE, [ARTICLE])
    annotate(store)
    keep(store, replace(STATE, key="/x/b.txt", name="b.txt"), [replace(ARTICLE, path="b.txt")])
    store.drop([STATE.key])
    assert store.pending("v1") == []
    assert store.annotated("v1")[0][0].article.path == "b.txt"


def test_of_copies_the_first_by_path_is_kept_whatever_came_first(store: Store) -> None:
    other = replace(ARTICLE, text="Another text.")
    keep(store, replace(STATE, key="/x/c.txt", name="c.txt"), [other])
    keep(store, replace(STATE, key="/x/b.txt", name="b.txt"), [ARTICLE])
    keep(store, STATE, [ARTICLE])
    annotate(store)
    kept, copies = store.annotated("v1")
    assert [each.article for each in kept] == [ARTICLE]
    assert copies == [
        Copy(id="a", path="b.txt", kept="a.txt", same_text=True, published=ARTICLE.published),
        Copy(id="a", path="c.txt", kept="a.txt", same_text=False, published=ARTICLE.published),
    ]


def test_of_copies_the_earliest_that_says_its_day_is_kept(store: Store) -> None:
    later = replace(ARTICLE, published=date(2025, 6, 9), dated_by=DateSource.METADATA)
    earlier = replace(later, published=date(2025, 6, 8), dated_by=DateSource.URL)
    assumed = replace(later, published=date(2025, 6, 1), dated_by=DateSource.GIVEN)
    undated = replace(ARTICLE, published=None, dated_by=None)
    for name, each in zip("abcd", (undated, assumed, later, earlier), strict=True):
        keep(store, replace(STATE, key=f"/x/{name}.txt", name=f"{name}.txt"), [replace(each, path=f"{name}.txt")])
    annotate(store)
    (kept,), copies = store.annotated("v1")
    assert kept.article == replace(earlier, path="d.txt")
    assert [each.path for each in copies] == ["c.txt", "b.txt", "a.txt"]


def test_a_copy_tells_who_else_published_the_text_and_when(store: Store) -> None:
    first = replace(ARTICLE, published=date(2025, 6, 8))
    keep(store, STATE, [first])
    post = replace(ARTICLE, publisher="Post", url="https://post.example/1", published=date(2025, 6, 9))
    keep(store, replace(STATE, key="/x/b.txt", name="b.txt"), [post])
    annotate(store)
    (kept,), (copy,) = store.annotated("v1")
    assert kept.article == first
    assert (copy.publisher, copy.url, copy.published) == (post.publisher, post.url, post.published)


def test_the_graph_is_kept_and_what_no_source_holds_is_swept_out(store: Store) -> None:
    keep(store, STATE, [ARTICLE])
    annotate(store)
    digests = store.pending("v2")
    store.drop([STATE.key])
    graph = KnowledgeGraph(articles=(ARTICLE,))
    assert store.graph() is None
    store.save_graph(graph, base="http://e.org/")
    assert store.graph() == graph
    assert store.meta("base") == "http://e.org/"
    with pytest.raises(IndexError):
        store.bodies(digests)


def test_a_store_can_be_read_while_another_writes(tmp_path: Path) -> None:
    path = tmp_path / "newsgraph.db"
    with Store(path) as writer, Store(path, read_only=True) as reader:
        keep(writer, STATE, [ARTICLE])
        assert reader.held([STATE.key]) == 1
        with pytest.raises(UnreadableStore, match="cannot be written"):
            reader.drop([STATE.key])


def test_what_is_no_store_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "newsgraph.db"
    path.write_bytes(b"words " * 1000)
    for read_only in (True, False):
        with pytest.raises(UnreadableStore, match="no store of newsgraph"):
            Store(path, read_only=read_only)
    with pytest.raises(UnreadableStore):
        Store(tmp_path / "gone.db", read_only=True)


def test_a_store_of_other_nouns_is_started_over(tmp_path: Path) -> None:
    path = tmp_path / "newsgraph.db"
    with Store(path) as store:
        keep(store, STATE, [ARTICLE])
    db = sqlite3.connect(path)
    db.execute("UPDATE meta SET value = 'older' WHERE key = 'shapes'")
    db.commit()
    db.close()
    with pytest.raises(UnreadableStore, match="another version"):
        Store(path, read_only=True)
    with Store(path) as store:
        assert store.sources() == {}


def test_what_is_staged_counts_only_when_its_source_is_settled(store: Store) -> None:
    keep(store, STATE, [ARTICLE])
    store.stage(STATE.key, [held(replace(ARTICLE, id="b", text="Bo left."), "a.txt")])
    assert {article for article, _ in store.digests()} == {"a"}
    store.stage(STATE.key, [held(replace(ARTICLE, id="c", text="Ada left."), "a.txt")], start=1)
    store.settle(STATE)
    assert {article for article, _ in store.digests()} == {"b", "c"}


def test_an_article_that_cannot_be_annotated_is_told_and_not_tried_again(store: Store) -> None:
    keep(store, STATE, [ARTICLE])
    (digest,) = store.pending("v1")
    store.refuse("v1", digest, Remark(path="", problem="it is too much", reason=Reason.TOO_SLOW, next_step="skipped"))
    assert store.pending("v1") == []
    assert [str(each) for each in store.refusals("v1")] == ["a.txt: it is too much; skipped"]
    assert store.pending("v2") == [digest]
    store.drop([STATE.key])
    store.save_graph(KnowledgeGraph())
    assert store.refusals("v1") == []
