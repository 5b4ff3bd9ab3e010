"""A web of the tests' own: one server on this machine, under as many host names as are asked for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class Reply:
    """What the server says; `stream` sends pieces as they come, without a length."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    stream: Callable[[], Iterator[bytes]] | None = None


@dataclass
class Asked:
    """One request as the server saw it."""

    host: str
    path: str
    headers: dict[str, str]
    start: float
    end: float = 0.0


Answering = Reply | Callable[[Asked], Reply]


class Site:
    """What is where; a path that is not there is a 404, and so is a robots.txt."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.pages: dict[str, Answering] = {}  # "/path", or "host/path" for one host alone
        self.asked: list[Asked] = []

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """What was asked for besides robots.txt."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def reply(self, asked: Asked) -> Reply:
        found = self.pages.get(f"{asked.host}{asked.path}", self.pages.get(asked.path, Reply(status=404)))
        return found if isinstance(found, Reply) else found(asked)


async def this_machine(host: str, port: int) -> Sequence[str]:
    """Every name but one means this machine."""
    if host == "nowhere.example":
        raise OSError("no such host")
    return ["127.0.0.1"]


@contextmanager
def site() -> Iterator[Site]:
    """A server that runs until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(headers.get("host", "").rpartition(":")[0], self.path, headers, time.monotonic())
            here.asked.append(asked)
            reply = here.reply(asked)
            asked.end = time.monotonic()
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.stream:
                self.send_header("Connection", "close")
                self.end_headers()
                try:
                    for piece in reply.stream():
                        self.wfile.write(piece)
                except OSError:
                    pass  # whoever asked has gone
                self.close_connection = True
                return
            if "Content-Length" not in reply.headers:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    here = Site(server.server_address[1])
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
