"""The web server itself: on this machine alone, until Ctrl-C."""

from __future__ import annotations

import errno
import signal
import socket
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from threading import Timer

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from exports.server.protocol import MOST_BYTES
from ingest.errors import NewsgraphError

HOST = "127.0.0.1"
# A query in the address comes percent-encoded, with headers behind it; beyond this the address is not read to its end.
MOST_HEAD = MOST_BYTES + (64 << 10)


class PortTaken(NewsgraphError):
    """The port belongs to another program, or to the system."""

    def __init__(self, port: int, problem: str) -> None:
        super().__init__(f"{HOST}:{port}: {problem}; choose another port with --port {port + 1 if port < 65535 else 0}")


@contextmanager
def listening(port: int) -> Iterator[socket.socket]:
    """A socket that listens on a port of this machine, 0 for any that is free; raises PortTaken."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
            listener.listen()
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            problem = "another program listens there" if taken else (error.strerror or "it cannot be had").lower()
            raise PortTaken(port, problem) from error
        yield listener


def run(application: Starlette, listener: socket.socket, *, opened: bool = False) -> None:
    """Serve until Ctrl-C or a signal to end; `opened` shows the start page in a browser."""
    config = uvicorn.Config(
        application,
        http=_Protocol,
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        h11_max_incomplete_event_size=MOST_HEAD,
        timeout_graceful_shutdown=2,  # seconds for answers on their way
    )
    if opened:
        _soon(lambda: webbrowser.open(address(listener)))
    # uvicorn raises the signal that ended it once more; whoever called us must still come to put things away.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _Server(config, application.state.stop).run(sockets=[listener])
    except KeyboardInterrupt:
        return


def address(listener: socket.socket) -> str:
    """Where the start page is."""
    return f"http://{HOST}:{listener.getsockname()[1]}/"


def _soon(do: Callable[[], object]) -> None:
    timer = Timer(0.5, do)  # the socket listens already, so the browser waits rather than fails
    timer.daemon = True
    timer.start()


class _Server(uvicorn.Server):
    """Ends queries that are still being answered when it stops, rather than wait for them."""

    def __init__(self, config: uvicorn.Config, stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._stop = stop

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop, with an answer for everybody who waits for one."""
        self._stop()
        await super().shutdown(sockets)


class _Protocol(H11Protocol):
    """Says of an address that is too long that it is."""

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP, or too much of it."""
        if len(self.conn.trailing_data[0]) <= MOST_HEAD:
            super().send_400_response(msg)
            return
        status = HTTPStatus.REQUEST_URI_TOO_LONG
        head = f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        self.transport.write(head.encode("ascii"))
        self.transport.close()
