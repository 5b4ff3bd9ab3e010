"""The server as a process of its own: sockets, clients, signals, and a browser's own word for what a page asks."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

import pytest

from exports import DEFAULT_BASE
from exports.server.protocol import MOST_BYTES
from graph.store import FILE_NAME, Store
from tests.exports.server.conftest import GRAPH

ROOT = Path(__file__).parents[3]
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
# A browser asks its maker for updates and lists, whatever page it shows: it finds nobody.
ALONE = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    with Store(folder / FILE_NAME) as store:
        store.save_graph(GRAPH, base=DEFAULT_BASE)
    return folder


def command(folder: Path, *options: str) -> list[str]:
    program = "from newsgraph.cli.shared import Commands; from newsgraph.cli.serving import serve\n"
    program += "group = Commands(); group.add_command(serve); group()"
    return [sys.executable, "-c", program, "serve", str(folder), *options]


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server in a process of its own, and its address."""
    process = subprocess.Popen(
        command(folder, "--port", "0", *options), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    with serving(built, "--timeout", "1") as (_, address):
        yield address


def sent(address: str, request: bytes) -> bytes:
    """The first bytes that the server answers to raw bytes."""
    where = urlsplit(address)
    with socket.create_connection((where.hostname, where.port), timeout=20) as connection:
        with suppress(BrokenPipeError, ConnectionResetError):  # it has heard enough
            connection.sendall(request)
        return connection.recv(200)


def head(address: str, line: str, *fields: str) -> bytes:
    return "\r\n".join([line, f"Host: {urlsplit(address).netloc}", *fields, "", ""]).encode()


def test_curl_is_answered(address: str) -> None:
    curl = shutil.which("curl")
    if curl is None and not os.environ.get("CI"):
        pytest.skip("no curl on this machine")
    assert curl
    asked = [curl, "-s", "-H", "Accept: text/csv", "--data-urlencode", "query=SELECT (1 + 1 AS ?two) {}"]
    done = subprocess.run([*asked, address + "sparql"], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["two", "2"]


def test_sparqlwrapper_is_answered(address: str) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper")
    for method in (wrapper.GET, wrapper.POST):
        for form in (wrapper.JSON, wrapper.XML, wrapper.CSV, wrapper.TSV):
            asking = wrapper.SPARQLWrapper(address + "sparql")
            asking.setMethod(method)
            asking.setReturnFormat(form)
            asking.setQuery("SELECT ?label { ?e a sem:Event ; rdfs:label ?label } ORDER BY ?label")
            found = asking.queryAndConvert()
            found = found.toxml() if form == wrapper.XML else found
            assert "Flood in Marren" in (found.decode() if isinstance(found, bytes) else str(found))
        asking.setReturnFormat(wrapper.TURTLE)
        asking.setQuery("DESCRIBE ?e { ?e a sem:Event }")
        assert b"Flood in Marren" in asking.queryAndConvert()


def test_it_listens_on_this_machine_alone(address: str) -> None:
    assert urlsplit(address).hostname == "127.0.0.1"
    elsewhere = "127.0.0.2"  # reaches whoever listens on all addresses of the machine, and nobody else
    with pytest.raises(OSError), socket.create_connection((elsewhere, urlsplit(address).port), timeout=2):
        pass


def test_ten_megabytes_are_refused_and_not_kept(address: str) -> None:
    much = b"x" * 10_000_000
    post = ("POST /sparql HTTP/1.1", "Content-Type: application/sparql-query")
    assert b" 413 " in sent(address, head(address, *post, f"Content-Length: {len(much)}") + much)
    chunk = b"%x\r\n%s\r\n" % (1 << 20, b"x" * (1 << 20))
    assert b" 413 " in sent(address, head(address, *post, "Transfer-Encoding: chunked") + chunk * 10 + b"0\r\n\r\n")
    assert b" 413 " in sent(address, head(address, *post, f"Content-Length: {len(much)}", "Expect: 100-continue"))


@pytest.mark.parametrize("length", [MOST_BYTES + 1, 2 * MOST_BYTES, 10_000_000])
def test_an_address_that_is_too_long_is_refused(address: str, length: int) -> None:
    assert b" 414 " in sent(address, head(address, f"GET /sparql?query={'x' * length} HTTP/1.1"))


def test_what_is_no_http_is_refused(address: str) -> None:
    assert b" 400 " in sent(address, b"nonsense\r\n\r\n")
    assert b" 400 " in sent(address, b"GET / HTTP/1.0\r\n\r\n")  # names no host


def test_pages_are_given_while_a_query_runs_away_and_the_server_lives(address: str) -> None:
    runaway = head(address, f"GET /sparql?query={quote(RUNAWAY)} HTTP/1.1")
    where = urlsplit(address)
    with socket.create_connection((where.hostname, where.port), timeout=20) as connection:
        connection.sendall(runaway)
        begun = time.monotonic()
        with urlopen(Request(address, headers={"Accept": "text/html"})) as page:
            assert page.status == 200
        assert time.monotonic() - begun < 1
        assert b" 503 " in connection.recv(200)
    with urlopen(address + "sparql?query=" + quote("ASK { ?s ?p ?o }")) as answer:
        assert json.load(answer)["boolean"] is True


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly_even_while_a_query_runs(built: Path, how: signal.Signals) -> None:
    with serving(built, "--timeout", "60") as (process, address):
        where = urlsplit(address)
        with socket.create_connection((where.hostname, where.port), timeout=20) as connection:
            connection.sendall(head(address, f"GET /sparql?query={quote(RUNAWAY)} HTTP/1.1"))
            time.sleep(0.5)
            process.send_signal(how)
            assert b" 503 " in connection.recv(200)
        _, said = process.communicate(timeout=10)
        assert process.returncode == 0
        assert said.splitlines()[-1] == "newsgraph: serving; Ctrl-C stops"
        assert "Traceback" not in said


def test_a_port_that_is_taken_is_one_line(built: Path, address: str) -> None:
    port = urlsplit(address).port or 0
    done = subprocess.run(command(built, "--port", str(port)), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line == (
        f"newsgraph: 127.0.0.1:{port}: another program listens there; choose another port with --port {port + 1}"
    )


def test_a_folder_without_a_graph_is_one_line(tmp_path: Path) -> None:
    done = subprocess.run(command(tmp_path), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_a_browser_asks_nobody_else_and_breaks_no_rule_of_the_page(address: str, tmp_path: Path) -> None:
    query = quote("SELECT ?event ?label { ?event a sem:Event ; rdfs:label ?label }")
    log = tmp_path / "net.json"
    done = subprocess.run(
        [
            *(str(CHROMIUM), *ALONE, f"--user-data-dir={tmp_path / 'profile'}", f"--log-net-log={log}"),
            *("--virtual-time-budget=8000", "--enable-logging=stderr", "--dump-dom", f"{address}query#query={query}"),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "Flood in Marren" in done.stdout  # the query was asked, and its answer is shown
    assert "CONSOLE" not in done.stderr
    requests = [each.get("params", {}) for each in json.loads(log.read_text())["events"]]
    # what the browser asks on its own account has no page as its initiator
    asked = {
        each["url"] for each in requests if "url" in each and each.get("initiator", "not an origin") != "not an origin"
    }
    assert f"{address}sparql" in asked
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(address).netloc}
