"""A small Graph Store of the tests' own that misbehaves as it is told."""

from __future__ import annotations

import hashlib
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store

Trouble = Callable[["Handler", bytes], bool]  # whether it has dealt with the request
NONCE = "n0"


class GraphServer(ThreadingHTTPServer):
    """Keeps graphs; `troubles` are tried one after the other on each request, before it is taken."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.store = Store()
        self.troubles: list[Trouble] = []
        self.asked: list[tuple[str, int]] = []  # method, bytes
        self.url = f"http://127.0.0.1:{self.server_port}/store"

    def triples(self, graph: str | None = None) -> set[str]:
        return triples_of(self.store, graph)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: GraphServer

    def do_PUT(self) -> None:
        self._take()

    def do_POST(self) -> None:
        self._take()

    def do_HEAD(self) -> None:
        known = self._graph() in self.server.store.named_graphs() or self._graph() == DefaultGraph()
        self.answer(200 if known else 404)

    def answer(self, status: int, body: str = "", **headers: str) -> bool:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body.encode())
        return True

    def cut(self) -> bool:
        """Close the connection without an answer."""
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)
        return True

    def log_message(self, format: str, *args: object) -> None:
        pass

    def _graph(self) -> DefaultGraph | NamedNode:
        asked = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
        assert len(asked) == 1, self.path
        return DefaultGraph() if "default" in asked else NamedNode(asked["graph"][0])

    def _take(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.command, len(body)))
        assert self.headers["Content-Type"] == "text/turtle"
        if any(trouble(self, body) for trouble in self.server.troubles):
            return
        graph = self._graph()
        if self.command == "PUT":
            self.server.store.clear_graph(graph)
        self.server.store.load(body, RdfFormat.TURTLE, to_graph=graph)
        self.answer(204)


@contextmanager
def serving() -> Iterator[GraphServer]:
    server = GraphServer()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def triples_of(store: Store, graph: str | None = None) -> set[str]:
    """The triples of one graph as a store gives them back: it keeps no difference between kinds of integers."""
    name = DefaultGraph() if graph is None else NamedNode(graph)
    return {str(quad.triple) for quad in store.quads_for_pattern(None, None, None, name)}


def triples_in(turtle: Path) -> set[str]:
    """The triples of a Turtle file as a store gives them back."""
    store = Store()
    store.load(path=turtle, format=RdfFormat.TURTLE)
    return triples_of(store)


def at(number: int, trouble: Trouble) -> Trouble:
    """Trouble at the request with this number, counted from 1, and at no other."""
    return lambda handler, body: len(handler.server.asked) == number and trouble(handler, body)


def wants_digest(user: str, password: str) -> Trouble:
    """RFC 7616 with MD5 and qop=auth."""

    def trouble(handler: Handler, body: bytes) -> bool:
        said = dict(re.findall(r'(\w+)="?([^",]+)', handler.headers.get("Authorization", "")))
        if said:
            secret = _md5(f"{user}:news:{password}")
            what = _md5(f"{handler.command}:{said['uri']}")
            wanted = _md5(f"{secret}:{NONCE}:{said['nc']}:{said['cnonce']}:auth:{what}")
            if said["response"] == wanted and said["uri"] == handler.path:
                return False
        return handler.answer(
            401, WWW_Authenticate=f'Digest realm="news", nonce="{NONCE}", qop="auth", algorithm="MD5"'
        )

    return trouble


def _md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()
