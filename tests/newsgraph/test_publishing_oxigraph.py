"""`newsgraph publish` to a real server, which is killed and started again."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from pyoxigraph import RdfFormat, Store

from newsgraph.publishing import PublishOptions, publish
from tests.newsgraph.graph_server import triples_in, triples_of
from tests.newsgraph.published import CHUNK, KILLED, SMALL, rebuilt

ROOT = Path(__file__).parents[2]


class Oxigraph:
    """A real server, on a free port."""

    def __init__(self, folder: Path) -> None:
        binary = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
        assert binary, "the oxigraph server is missing: pip install oxigraph"
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            host = f"127.0.0.1:{free.getsockname()[1]}"
        self.url = f"http://{host}/store"
        self._words = [binary, "serve", "--location", str(folder), "--bind", host]

    def start(self) -> None:
        self._process = subprocess.Popen(self._words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while self._process.poll() is None:
            try:
                urlopen(self.url.replace("/store", "/")).close()
                return
            except URLError:
                continue
        raise AssertionError("the oxigraph server ended at once")

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def triples(self, graph: str | None = None) -> set[str]:
        with urlopen(f"{self.url}?format=nq") as answer:
            store = Store()
            store.load(answer.read(), RdfFormat.N_QUADS)
        return triples_of(store, graph)


@pytest.fixture
def oxigraph(tmp_path: Path) -> Iterator[Oxigraph]:
    server = Oxigraph(tmp_path / "oxigraph")
    server.start()
    yield server
    server.kill()


@pytest.mark.parametrize("graph", [None, "https://example.org/news"])
def test_oxigraph_takes_the_graph(out: Path, oxigraph: Oxigraph, graph: str | None) -> None:
    options = PublishOptions(chunk=CHUNK, graph=graph)
    publish(out, oxigraph.url, options)
    assert oxigraph.triples(graph) == triples_in(out / "graph.ttl")
    (out.parent / "in" / "Ada.txt").unlink()
    rebuilt(out.parent)
    publish(out, oxigraph.url, options)
    assert oxigraph.triples(graph) == triples_in(out / "graph.ttl")


def test_oxigraph_killed_halfway_and_started_again_misses_nothing(out: Path, oxigraph: Oxigraph) -> None:
    sent = 0

    def kill_once(words: str) -> None:
        nonlocal sent
        sent += words.startswith("sent ")
        if sent == 3 and words.startswith("sent "):
            oxigraph.kill()

    publish(out, oxigraph.url, SMALL, progress=kill_once, pause=lambda _: oxigraph.start())
    assert oxigraph.triples() == triples_in(out / "graph.ttl")


def test_a_run_to_oxigraph_that_is_killed_is_gone_on_with(out: Path, oxigraph: Oxigraph) -> None:
    graph = "https://example.org/news"
    words = [sys.executable, "-c", KILLED, str(out), oxigraph.url, str(CHUNK), graph]
    assert subprocess.run(words, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    half = oxigraph.triples(graph)
    assert publish(out, oxigraph.url, PublishOptions(chunk=CHUNK, graph=graph)).earlier > 0
    assert half < oxigraph.triples(graph) == triples_in(out / "graph.ttl")
