"""`newsgraph publish`: afterwards the server holds the very triples of graph.ttl, whatever happened on the way."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat

from newsgraph.cli.publishing import publish as command
from newsgraph.cli.shared import Commands
from newsgraph.publishing import PublishOptions, publish
from newsgraph.triplestore import BadTarget, Refused, TooLarge
from tests.newsgraph.graph_server import GraphServer, Trouble, at, serving, triples_in, wants_digest
from tests.newsgraph.published import CHUNK, KILLED, SMALL, rebuilt

ROOT = Path(__file__).parents[2]
GRAPH = "https://example.org/news?a=b&c#d"
OLD = '<https://example.org/old> <https://example.org/is> "older" .'


@pytest.fixture
def server() -> Iterator[GraphServer]:
    with serving() as server:
        server.store.load(OLD.encode(), RdfFormat.TURTLE)
        yield server


def bookmarks(out: Path) -> list[int]:
    return [json.loads(path.read_bytes())["sent"] for path in out.glob("publish-*.json")]


def run(*words: str | Path, **env: str) -> Result:
    main = Commands(commands=[command])
    return CliRunner().invoke(main, ["publish", *map(str, words)], prog_name="newsgraph", env=env)


def refusal(out: Path, server: GraphServer, options: PublishOptions = SMALL) -> str:
    with pytest.raises(Refused) as caught:
        publish(out, server.url, options, pause=lambda _: None)
    (line,) = str(caught.value).splitlines()
    return line.removeprefix(f"{server.url}: ")


def test_the_graph_takes_the_place_of_what_was_there(out: Path, server: GraphServer) -> None:
    done = publish(out, server.url, SMALL)
    assert server.triples() == triples_in(out / "graph.ttl")
    assert [method for method, _ in server.asked] == ["PUT", *["POST"] * (done.requests - 1)]
    assert done.requests > 4
    assert done.triples == len(server.triples())
    assert not bookmarks(out)


def test_adding_deletes_nothing(out: Path, server: GraphServer) -> None:
    publish(out, server.url, PublishOptions(chunk=CHUNK, replace=False))
    assert server.triples() == triples_in(out / "graph.ttl") | {OLD.removesuffix(" .")}
    assert {method for method, _ in server.asked} == {"POST"}


def test_a_named_graph_leaves_the_others_alone(out: Path, server: GraphServer) -> None:
    publish(out, server.url, PublishOptions(chunk=CHUNK, graph=GRAPH))
    assert server.triples(GRAPH) == triples_in(out / "graph.ttl")
    assert server.triples() == {OLD.removesuffix(" .")}


def test_a_graph_whose_turtle_is_gone_is_written_anew(out: Path, server: GraphServer) -> None:
    expected = triples_in(out / "graph.ttl")
    (out / "graph.ttl").unlink()
    publish(out, server.url, SMALL)
    assert server.triples() == expected


def test_a_busy_server_is_waited_for_as_it_asks(out: Path, server: GraphServer) -> None:
    server.troubles = [
        at(2, lambda handler, _: handler.answer(503, Retry_After="7")),
        at(3, lambda handler, _: handler.answer(503)),
        at(5, lambda handler, _: handler.answer(429, Retry_After="Thu, 01 Jan 1970 00:00:00 GMT")),
    ]
    waits: list[float] = []
    publish(out, server.url, SMALL, pause=waits.append)
    assert waits == [7, 2, 1]
    assert server.triples() == triples_in(out / "graph.ttl")


def test_a_connection_that_is_cut_is_made_again(out: Path, server: GraphServer) -> None:
    server.troubles = [at(3, lambda handler, _: handler.cut())]
    waits: list[float] = []
    publish(out, server.url, SMALL, pause=waits.append)
    assert waits == [1]
    assert server.triples() == triples_in(out / "graph.ttl")


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_a_chunk_that_arrived_though_the_answer_did_not_is_sent_again(
    out: Path, server: GraphServer, method: str
) -> None:
    """The server takes it, and then the connection is cut."""

    def take_and_cut(handler: object, body: bytes) -> bool:
        server.store.load(body, RdfFormat.TURTLE)
        return handler.cut()  # type: ignore[attr-defined, no-any-return]

    server.troubles = [at(1 if method == "PUT" else 3, take_and_cut)]
    publish(out, server.url, SMALL, pause=lambda _: None)
    assert server.triples() == triples_in(out / "graph.ttl")


def test_a_server_that_takes_less_at_once_is_sent_less(out: Path, server: GraphServer) -> None:
    server.troubles = [lambda handler, body: len(body) > 4000 and handler.answer(413)]
    notes: list[str] = []
    publish(out, server.url, PublishOptions(), note=notes.append)
    assert server.triples() == triples_in(out / "graph.ttl")
    taken = [method for method, size in server.asked if size <= 4000]
    assert taken == ["PUT", *["POST"] * (len(taken) - 1)]
    assert all("triples at once; sending" in note for note in notes)


def test_a_server_that_takes_not_even_one_triple_is_one_line(out: Path, server: GraphServer) -> None:
    server.troubles = [lambda handler, _: handler.answer(413)]
    with pytest.raises(TooLarge, match=r"bytes at once; let it accept larger requests$"):
        publish(out, server.url, SMALL)


def test_a_failed_run_is_gone_on_with(out: Path, server: GraphServer) -> None:
    server.troubles = [lambda handler, _: len(server.asked) > 3 and handler.answer(503)]
    line = refusal(out, server)
    assert line == (
        "it answers 503 Service Unavailable (6 times); "
        "see what its log says and run the command again: it goes on where it stopped"
    )
    (sent,) = bookmarks(out)
    server.troubles, server.asked = [], []
    done = publish(out, server.url, SMALL)
    assert (done.earlier, done.triples) == (sent, len(server.triples()))
    assert {method for method, _ in server.asked} == {"POST"}
    assert server.triples() == triples_in(out / "graph.ttl")
    assert not bookmarks(out)


def test_a_killed_run_is_gone_on_with(out: Path, server: GraphServer) -> None:
    words = [sys.executable, "-c", KILLED, str(out), server.url, str(CHUNK), GRAPH]
    assert subprocess.run(words, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    assert len(server.asked) == 3
    done = publish(out, server.url, PublishOptions(chunk=CHUNK, graph=GRAPH))
    assert 2 * CHUNK < done.earlier <= 3 * CHUNK
    assert [method for method, _ in server.asked[3:]] == ["POST"] * done.requests
    assert server.triples(GRAPH) == triples_in(out / "graph.ttl")


@pytest.mark.parametrize("change", ["another graph", "another mode", "restart", "gone at the server", "broken note"])
def test_what_cannot_be_gone_on_with_begins_again(out: Path, server: GraphServer, change: str) -> None:
    server.troubles = [lambda handler, _: len(server.asked) > 3 and handler.answer(400)]
    options = PublishOptions(chunk=CHUNK, graph=GRAPH)
    refusal(out, server, PublishOptions(chunk=CHUNK, graph=GRAPH, replace=change != "another mode"))
    server.troubles, server.asked = [], []
    if change == "another graph":
        (out.parent / "in" / "Ada.txt").unlink()
        rebuilt(out.parent)
    elif change == "restart":
        options = PublishOptions(chunk=CHUNK, graph=GRAPH, restart=True)
    elif change == "gone at the server":
        server.store.clear()
    elif change == "broken note":
        next(out.glob("publish-*.json")).write_text("[1]")
    assert publish(out, server.url, options).earlier == 0
    assert server.asked[0][0] == "PUT"
    assert server.triples(GRAPH) == triples_in(out / "graph.ttl")


def test_another_graph_at_the_same_server_is_a_run_of_its_own(out: Path, server: GraphServer) -> None:
    server.troubles = [lambda handler, _: len(server.asked) > 3 and handler.answer(400)]
    refusal(out, server)
    server.troubles = []
    publish(out, server.url, PublishOptions(chunk=CHUNK, graph=GRAPH))
    assert len(bookmarks(out)) == 1
    publish(out, server.url, SMALL)
    assert server.triples() == server.triples(GRAPH) == triples_in(out / "graph.ttl")


def test_a_digest_is_given_to_who_asks_for_one(out: Path, server: GraphServer) -> None:
    server.troubles = [wants_digest("dba", "söcret")]
    publish(out, server.url, PublishOptions(chunk=CHUNK, user="dba", password="söcret"))
    assert server.triples() == triples_in(out / "graph.ttl")
    assert [method for method, _ in server.asked[:3]] == ["PUT", "PUT", "POST"]  # asked for once, not for each chunk


def test_a_password_is_given_only_when_it_is_asked_for(out: Path, server: GraphServer) -> None:
    said: list[str | None] = []

    def wants_basic(handler: object, _: bytes) -> bool:
        said.append(handler.headers.get("Authorization"))  # type: ignore[attr-defined]
        ask: bool = not said[-1] and handler.answer(401, WWW_Authenticate='Basic realm="x"')  # type: ignore[attr-defined]
        return ask

    server.troubles = [wants_basic]
    publish(out, server.url, PublishOptions(chunk=CHUNK, user="ada", password="x"))
    assert server.triples() == triples_in(out / "graph.ttl")
    assert said[0] is None
    assert set(said[1:]) == {f"Basic {b64encode(b'ada:x').decode()}"}


def say(status: int, body: str = "", **headers: str) -> Trouble:
    return lambda handler, _: handler.answer(status, body, **headers)


HOSTILE = "<html><title>x</title><b>Disk \x1b[31m full</b>\n" + "no " * 999


@pytest.mark.parametrize(
    ("trouble", "options", "line"),
    [
        (say(401), SMALL, "it wants to know who you are; give --user NAME"),
        (say(401, WWW_Authenticate="Basic"), PublishOptions(user="ada", password="x"),
         "it does not know ada by this password; put NEWSGRAPH_PASSWORD right"),
        (wants_digest("ada", "y"), PublishOptions(user="ada", password="x"),
         "it does not know ada by this password; put NEWSGRAPH_PASSWORD right"),
        (say(403), PublishOptions(user="ada"), "ada may not write there; get the right to, or give another --user"),
        (say(404), SMALL, "nothing there takes graphs (404 Not Found); give the address of the server's SPARQL 1.1 "
                          "Graph Store, such as http://localhost:3030/ds/data"),
        (say(400, "Parse error"), SMALL, "it answers 400 Bad Request (Parse error); see what its log says"),
        (say(303, Location="/other"), SMALL, "it answers 303 See Other; see what its log says"),
        (say(503, Retry_After="86400"), SMALL, "it answers 503 Service Unavailable; see what its log "
                                               "says and run the command again: it goes on where it stopped"),
        (say(307, Location="http://evil.invalid/store"), SMALL,
         "it points to another server, http://evil.invalid/store; give that address, if it is yours"),
        (say(307, Location="/store?default"), SMALL,
         "it points from one address to the next; give the one that takes graphs"),
    ],
)  # fmt: skip
def test_a_refusal_is_one_line_and_is_not_tried_again(
    out: Path, server: GraphServer, trouble: Trouble, options: PublishOptions, line: str
) -> None:
    server.troubles = [trouble]
    assert refusal(out, server, options) == line
    assert not bookmarks(out)


def test_what_a_server_says_is_shown_without_its_markup_and_its_tricks(out: Path, server: GraphServer) -> None:
    server.troubles = [say(500, HOSTILE)]
    line = refusal(out, server)
    assert line.startswith("it answers 500 Internal Server Error (Disk [31m full no no")
    assert line.isprintable()
    assert len(line) < 300


def test_a_redirect_on_the_same_server_is_followed(out: Path, server: GraphServer) -> None:
    server.troubles = [
        lambda handler, _: (
            handler.path.startswith("/store?") and handler.answer(307, Location=handler.path.replace("store", "there"))
        )
    ]
    publish(out, server.url, SMALL)
    assert server.triples() == triples_in(out / "graph.ttl")


def test_virtuoso_is_known_to_have_no_default_graph(out: Path, server: GraphServer) -> None:
    server.troubles = [say(500, Server="Virtuoso/07.20")]
    # The server's own name comes first; a client reads the two as one list.
    server.RequestHandlerClass.version_string = lambda _: "Virtuoso/07.20.3229"  # type: ignore[method-assign]
    try:
        assert refusal(out, server) == "Virtuoso has no default graph; name one with --graph IRI"
    finally:
        del server.RequestHandlerClass.version_string


def test_a_server_that_does_not_answer_is_not_sent_the_same_again(out: Path, server: GraphServer) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent, pytest.raises(Refused) as caught:
        publish(out, f"http://127.0.0.1:{silent.getsockname()[1]}/store", PublishOptions(timeout=0.2))
    assert "no answer within 0.2 seconds; give it longer with --timeout" in str(caught.value)


def test_a_server_that_is_not_there_is_one_line(out: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}/store"
    waits: list[float] = []
    with pytest.raises(Refused, match=r"start the server or put the address right, then run the command again$"):
        publish(out, url, pause=waits.append)
    assert waits == [0.5, 1]


@pytest.mark.parametrize(
    ("url", "graph"),
    [
        ("localhost:3030/ds", None),
        ("ftp://localhost/ds", None),
        ("http://ada:secret@localhost/ds", None),
        ("http://localhost/ds#x", None),
        ("http://localhost:port/ds", None),
        ("http://localhost/ds", "no iri"),
        ("http://localhost/ds", "relative"),
        ("http://localhost/ds", "http://a/\n"),
    ],
)
def test_an_address_or_graph_that_cannot_be_is_refused_before_anything_is_sent(
    out: Path, url: str, graph: str | None
) -> None:
    with pytest.raises(BadTarget) as caught:
        publish(out, url, PublishOptions(graph=graph))
    assert len(str(caught.value).splitlines()) == 1
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_turtle_leaves_the_server_as_it_was(out: Path, server: GraphServer) -> None:
    with (out / "graph.ttl").open("a") as file:
        file.write("<broken")
    assert run(out, server.url).exit_code == 1
    assert not server.asked


def test_the_command_tells_what_it_sent_and_where(out: Path, server: GraphServer) -> None:
    result = run(out, server.url, "--chunk", CHUNK, "--user", "ada", NEWSGRAPH_PASSWORD="x")
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{server.url}?default\n"
    assert result.stderr.startswith(f"{len(server.triples()):,} triples sent in {len(server.asked)} requests, ")


def test_a_password_that_nobody_can_be_asked_for_is_wrong_usage(out: Path, server: GraphServer) -> None:
    result = run(out, server.url, "--user", "ada")
    assert result.exit_code == 2
    assert "NEWSGRAPH_PASSWORD" in result.stderr
