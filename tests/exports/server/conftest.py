"""One small graph, served."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Store
from starlette.testclient import TestClient

from exports import DEFAULT_BASE, EXPORTERS
from exports.json_form import read_json
from exports.rdf.answering import Answering
from exports.rdf.index import fill
from exports.rdf.terms import prefixes
from exports.server.pages import Site
from exports.server.site import application

GRAPH = read_json(Path(__file__).parents[1] / "sample_graph.json")
PORT = 8080
HERE = f"http://127.0.0.1:{PORT}"
FORMER = "event-that-was-merged"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files of a graph, an index of it, and files that are nobody's business."""
    folder = tmp_path_factory.mktemp("graph")
    for exporter, name in (
        ("turtle", "graph.ttl"),
        ("json", "graph.json"),
        ("html", "graph.html"),
        ("explorer", "explorer.html"),
    ):
        EXPORTERS[exporter].write(GRAPH, folder / name)
    (folder / "report.json").write_text("{}\n")
    (folder / "newsgraph.db").write_text("private")
    (folder / "graph.key").symlink_to("/etc/hostname")
    store = Store(folder / "index")
    fill(store, GRAPH)
    store.flush()
    del store
    return folder


@pytest.fixture(scope="session")
def site(folder: Path) -> Site:
    """What is served."""
    former = {FORMER: "event-flood"}
    return Site(folder=folder, graph=GRAPH, base=DEFAULT_BASE, present_id=lambda id: former.get(id, id))


@pytest.fixture(scope="session")
def answering(folder: Path) -> Iterator[Answering]:
    """The process that answers queries, with limits that a test can reach."""
    with Answering(folder / "index", prefixes(DEFAULT_BASE), seconds=2, size=1 << 20) as answering:
        yield answering


@pytest.fixture(scope="session")
def client(site: Site, answering: Answering) -> Iterator[TestClient]:
    """A client of the server, which names no form that it would rather have."""
    with TestClient(application(site, answering, port=PORT), base_url=HERE, follow_redirects=False) as client:
        client.headers["Accept"] = "*/*"
        yield client
