"""How processes that do jobs come to be: forks of one that has loaded what they need, or each started by itself."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import count
from multiprocessing.connection import Connection
from multiprocessing.reduction import send_handle
from tempfile import TemporaryFile

from newsgraph.work.jobs import Needs
from newsgraph.work.process import FORK, KILL

FORKS = sys.platform == "linux"  # elsewhere the system's own libraries may not live through a fork
STARTING = 120  # seconds that a process may take to say that it is there, on a machine that is busy
_PROGRAM = """import sys
sys.path[:] = {path!r}
from newsgraph.work.process import main
main({descriptor}, {memory}, forks={forks})
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The end of a process."""

    code: int | None  # negative: the signal that ended it; None: there is nobody left who could tell
    cpu: float = 0  # seconds that the fork server has taken since it last told

    @property
    def problem(self) -> str:
        """What is said of it where it was not wanted."""
        return "the process ended" if self.code is None else f"the process ended with {self.code}"


class Starter:
    """Starts processes that do jobs; where they are forks, the fork server is started with the first."""

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._server: _ForkServer | None = None
        self._complaints = TemporaryFile()  # noqa: SIM115 - closed with the starter

    def start(self, needs: Needs | None) -> tuple[Connection, Callable[[], Ended]]:
        """A process that finds loaded what its jobs need: what it is sent jobs through, and what ends it at once.

        It also ends by itself when the connection is closed.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            end = self._fork(theirs, needs) if FORKS else partial(_end, self._spawn(theirs, forks=False))
        return Connection(ours.detach()), end

    def complaint(self) -> str:
        """The last line that any of them has written, mostly of how it could not start."""
        self._complaints.seek(0)
        lines = self._complaints.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else ""

    def rest(self) -> None:
        """Let go of what is loaded, and of all that was forked from there."""
        if self._server is not None:
            self._server.close()
        self._server = None

    def close(self) -> None:
        """Let go of everything."""
        self.rest()
        self._complaints.close()

    def _fork(self, theirs: socket.socket, needs: Needs | None) -> Callable[[], Ended]:
        if self._server is None or self._server.is_gone:
            self.rest()
            ours, control = socket.socketpair()
            with control:
                self._server = _ForkServer(self._spawn(control, forks=True), Connection(ours.detach()))
        return self._server.fork(theirs, needs)

    def _spawn(self, theirs: socket.socket, *, forks: bool) -> subprocess.Popen[bytes]:
        # A module could be shadowed by one in the working folder: the child looks where this process looks.
        program = _PROGRAM.format(path=sys.path, descriptor=theirs.fileno(), memory=self._memory, forks=forks)
        return subprocess.Popen(
            [sys.executable, "-I", "-c", program],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._complaints,
            pass_fds=[theirs.fileno()],
            # Besides what a second thread costs: a process that has threads cannot be forked from.
            env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        )


class _ForkServer:
    """The process that others are forked from, as `newsgraph.work.process.forked` has it."""

    def __init__(self, process: subprocess.Popen[bytes], control: Connection) -> None:
        self._process = process
        self._control = control
        self._numbers = count()

    @property
    def is_gone(self) -> bool:
        return self._process.poll() is not None

    def fork(self, theirs: socket.socket, needs: Needs | None) -> Callable[[], Ended]:
        number = next(self._numbers)
        with suppress(BrokenPipeError, ConnectionResetError):  # it has died, and nobody will be at the other end
            self._control.send((FORK, needs))
            send_handle(self._control, theirs.fileno(), None)
        return partial(self._end, number)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        self._control.close()

    def _end(self, number: int) -> Ended:
        try:
            self._control.send((KILL, number))
            if self._control.poll(STARTING):
                code, cpu = self._control.recv()
                return Ended(code=code, cpu=cpu)
        except (EOFError, OSError):
            pass
        self.close()
        return Ended(code=None)


def _end(process: subprocess.Popen[bytes]) -> Ended:
    process.kill()
    return Ended(code=process.wait())
