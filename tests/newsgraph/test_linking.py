"""Linking what a store holds: one graph, in one process or two, with all readings in memory or some at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import graph.linking.sources
import newsgraph.linking
from graph.link import link
from graph.store import FILE_NAME, Store
from graph.wanted import Wanted
from ingest.errors import NewsgraphError, Reason
from newsgraph.build import build
from newsgraph.linking import link_apart, our_link
from newsgraph.work.jobs import Job
from newsgraph.work.linking import LinkEntities, Linking
from newsgraph.work.pool import Done, Here, Pool
from tests.seeds_graph import SEEDS


class Counting(Here):
    """Does jobs here, and remembers which."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []

    def run(self, next_job: Callable[[], Job | None]) -> Iterator[tuple[Job, object]]:
        for job, record in super().run(next_job):
            if isinstance(record, Done):
                self.jobs.append(job)
            yield job, record


class Dying(Here):
    """Loses the process of every job."""

    def run(self, next_job: Callable[[], Job | None]) -> Iterator[tuple[Job, object]]:
        while (job := next_job()) is not None:
            yield job, Done(failure=Reason.CRASHED, problem="the process ended with -9")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("built")
    build([SEEDS], out)
    return out


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with Store(folder / FILE_NAME) as opened:
        yield opened


def told(store: Store) -> Linking:
    return Linking(
        annotator=store.meta("annotator") or "", every_mention=False, wanted=Wanted(), base=store.meta("base") or ""
    )


@pytest.mark.parametrize(("many", "jobs"), [(2, 2), (4096, 1)])
def test_many_articles_are_linked_in_two_jobs_and_give_the_same_graph(
    store: Store, monkeypatch: pytest.MonkeyPatch, many: int, jobs: int
) -> None:
    before = store.graph_digest()
    monkeypatch.setattr(graph.linking.sources, "MANY", many)
    monkeypatch.setattr(newsgraph.linking, "MANY", many)
    does = Counting()
    assert link_apart(does, store, told(store)) == []
    assert len(does.jobs) == jobs
    assert isinstance(does.jobs[0], LinkEntities) is (jobs == 2)
    assert store.graph_digest() == before


def test_linking_apart_and_here_give_one_graph(store: Store) -> None:
    articles, copies = store.annotated(told(store).annotator)
    assert copies == []
    here = our_link(store, told(store).annotator, every_mention=False)(articles, ())
    assert here == link([*articles]) == store.graph()
    with Pool(1, seconds=60, memory=10**9) as pool:
        link_apart(pool, store, told(store))
        assert pool.cpu["link"] > 0
    assert here == store.graph()


def test_only_some_readings_are_in_memory_at_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph.linking.sources, "MANY", 3)
    articles, _ = store.annotated(told(store).annotator)
    sources = graph.linking.sources.Sources(articles)
    held: list[Any] = [sources._fetched]
    assert [source.article for source in sources] == [*sources.articles.values()]
    assert 0 < len(held[0]) <= 3
    assert sources[0].annotated == articles[0]
    assert [source.annotated for source in sources.used_up()] == [*articles]
    assert not held[0]


def test_a_process_that_dies_while_it_links_is_told_in_one_line_and_the_graph_stays(store: Store) -> None:
    before = store.graph_digest()
    with pytest.raises(NewsgraphError, match=r"newsgraph\.db: linking failed \(the process ended with -9\); .*kept$"):
        link_apart(Dying(), store, told(store))
    assert store.graph_digest() == before
