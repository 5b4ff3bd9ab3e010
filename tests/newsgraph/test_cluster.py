"""A build on a Dask cluster: the same bytes as on one machine, also when a worker dies in the middle of it."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from bench.cluster import local_cluster, views
from newsgraph.build import BuildOptions, build
from newsgraph.work.cluster import Answer, Cluster, NoCluster, do
from newsgraph.work.jobs import Annotate

ARTICLES = 200


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough short reports to keep two workers busy while one of them is killed."""
    path = tmp_path_factory.mktemp("cluster") / "reports.jsonl"
    lines = (
        {
            "text": f"A flood killed {number} people in Porto Alegre on Monday, mayor Ana Souza said.",
            "date": "2024-05-04",
        }
        for number in range(2, ARTICLES + 2)
    )
    path.write_text("\n".join(map(json.dumps, lines)))
    return path


@pytest.fixture(scope="module")
def alone(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("alone")
    build([articles], out)
    return views(out)


def test_a_cluster_gives_the_bytes_of_one_machine_and_outlives_a_worker(
    articles: Path, alone: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with local_cluster(2) as (address, workers):
        told: list[int] = []

        def progress(step: str, done: int, total: int) -> None:
            told.append(done)
            if done and workers[0].poll() is None:
                workers[0].send_signal(signal.SIGKILL)

        report = build([articles], tmp_path, BuildOptions(cluster=address), progress=progress)
        assert workers[0].wait() == -signal.SIGKILL
    assert report.annotated == ARTICLES
    assert views(tmp_path) == alone


def test_where_there_is_no_cluster_one_line_says_so(articles: Path, tmp_path: Path) -> None:
    with pytest.raises(NoCluster, match=r"tcp://127.0.0.1:1: no Dask cluster .*; start a scheduler and a worker there"):
        build([articles], tmp_path, BuildOptions(cluster="tcp://127.0.0.1:1"))


def test_a_worker_of_another_version_is_not_believed() -> None:
    class Elsewhere(Cluster):
        def __init__(self) -> None:
            self._address = "tcp://there"

    class Future:
        status = "finished"

        def result(self) -> Answer:
            return Answer(version="another", found=())

    with pytest.raises(NoCluster, match="another version of newsgraph; install the same everywhere"):
        list(Elsewhere()._told(Annotate(articles=()), Future()))


def test_an_article_that_fails_on_a_worker_is_named() -> None:
    answer = do(Annotate(articles=(("a digest", b"no line"),)))
    assert (answer.at, answer.found) == ("a digest", ())
    assert answer.problem.startswith("error: ")
