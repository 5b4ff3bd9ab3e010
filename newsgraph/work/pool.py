"""Processes that do jobs side by side; one that hangs, grows or dies costs its job and no more."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from tempfile import TemporaryFile
from time import monotonic
from types import TracebackType
from typing import Protocol

from ingest.errors import NewsgraphError, Reason
from newsgraph.work.jobs import Job
from newsgraph.work.process import BEAT, END, FAILED, READY, RECORDS, Spent

# A process is sent its next job before it is done with this one, so that it never waits; more would only take memory.
AHEAD = 2
# What a process may have grown by since its first job of a kind before another takes its place, which costs a second:
# words that were met are remembered, and it takes some 1,500 articles to meet so many.
GROWTH = 110_000_000  # bytes; only Linux tells
_STARTING = 120  # seconds that a process may take to say that it is there, on a machine that is busy
_FOREVER = 3600.0  # what is waited in one go where there is no limit
_PROGRAM = """import sys
sys.path[:] = {path!r}
from newsgraph.work.process import main
main({descriptor}, {memory})
"""


class NoProcess(NewsgraphError):
    """The processes that do the work of a build do not start, or end before they do anything."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"{sys.executable}: a process of newsgraph ended as it began ({problem}); reinstall newsgraph")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A job has come to its end; `failure` tells why it came to no good one, and at what."""

    failure: Reason | None = None
    at: str = ""  # the name that the job gave last
    problem: str = ""


class Does(Protocol):
    """Does jobs, wherever."""

    def run(self, next_job: Callable[[], Job | None]) -> Iterator[tuple[Job, object]]:
        """Yield each job with each record that it makes, and last with Done; jobs come to their end in any order.

        `next_job` is asked for a job whenever one more can be taken; where it has none now it is asked again later.
        """
        ...

    def rest(self) -> None:
        """Give back what memory is held between jobs; none is at work."""
        ...

    def close(self) -> None:
        """Let go of everything, at once."""
        ...


class Here:
    """Does jobs one after another in this process, without limits of time and memory."""

    def run(self, next_job: Callable[[], Job | None]) -> Iterator[tuple[Job, object]]:
        """As in Does."""
        while (job := next_job()) is not None:
            for record in job.run(lambda _: None):
                yield job, record
            yield job, Done()

    def rest(self) -> None:
        """Nothing is held."""

    def close(self) -> None:
        """Nothing is held."""


@dataclass(slots=True)
class _Process:
    process: subprocess.Popen[bytes]
    connection: Connection
    jobs: deque[Job] = field(default_factory=deque)  # that it was sent, the one at work first
    at: str = ""
    heard: float = 0  # when it last gave a sign of life
    is_ready: bool = False
    kind: type[Job] | None = None  # of the job that it did last
    first: int = 0  # the bytes that it had in use at the end of its first job of this kind
    spent: Spent = field(default_factory=lambda: Spent(memory=0, cpu=0, encoder=0))  # by the end of its last job
    is_spent: bool = False  # whether it is to be given no more jobs


class Pool:
    """Up to `workers` processes, started as they are needed; a context manager that ends them."""

    def __init__(self, workers: int, *, seconds: float, memory: int) -> None:
        self._workers = workers
        self._seconds = seconds
        self._memory = memory
        self._processes: list[_Process] = []
        self.started: list[int] = []  # the numbers of all its processes
        # CPU seconds of its processes: of their start, of each step that their jobs are of, and of the encoder in it.
        self.cpu: dict[str, float] = defaultdict(float)
        self._complaints = TemporaryFile()  # noqa: SIM115 - closed with the pool

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def run(self, next_job: Callable[[], Job | None]) -> Iterator[tuple[Job, object]]:
        """As in Does; a job that takes longer than `seconds` between two signs of life fails as too slow."""
        returned: deque[Job] = deque()  # jobs of a process that died before it began them

        def take() -> Job | None:
            return returned.popleft() if returned else next_job()

        while True:
            self._send_jobs(take)
            busy = [each for each in self._processes if each.jobs]
            if not busy:
                return
            for process in self._heard(busy):
                yield from self._listen(process, returned, take)
            for process in busy:
                if process in self._processes and process.jobs and self._patience(process) <= 0:
                    yield self._lose(process, returned, Reason.TOO_SLOW, f"no sign of life for {self._seconds:.0f} s")

    def rest(self) -> None:
        """End all processes, whatever they are at; the next job starts one."""
        for each in [*self._processes]:
            self._end(each)

    def close(self) -> None:
        """End all processes, whatever they are at."""
        self.rest()
        self._complaints.close()

    def _send_jobs(self, take: Callable[[], Job | None]) -> None:
        """Give each process a job, then each a second one; start processes while there are jobs and none is free."""
        for depth in range(1, AHEAD + 1):
            for process in self._processes:
                while not process.is_spent and len(process.jobs) < depth and (job := take()) is not None:
                    self._send(process, job)
            while depth == 1 and len(self._processes) < self._workers and (job := take()) is not None:
                self._processes.append(self._started())
                self._send(self._processes[-1], job)

    @staticmethod
    def _send(process: _Process, job: Job) -> None:
        if not process.jobs:
            process.heard = monotonic()
        process.jobs.append(job)
        with suppress(BrokenPipeError, ConnectionResetError):  # it has died, which is noticed where it is listened to
            process.connection.send(job)

    def _heard(self, busy: list[_Process]) -> list[_Process]:
        """The processes that have something to say, or have died, before the patience with one of them ends."""
        patience = max(0.0, min(map(self._patience, busy)))
        connections = {each.connection: each for each in busy}
        return [connections[each] for each in wait(list(connections), patience) if isinstance(each, Connection)]

    def _listen(
        self, process: _Process, returned: deque[Job], take: Callable[[], Job | None]
    ) -> Iterator[tuple[Job, object]]:
        """What one process has said by now."""
        try:
            while process.jobs and process.connection.poll():
                kind, content = process.connection.recv()
                process.heard = monotonic()
                job = process.jobs[0]
                match kind:
                    case _ if kind == READY:
                        process.is_ready = True
                        self._count(process, "start", content)
                    case _ if kind == BEAT:
                        process.at = content
                    case _ if kind == RECORDS:
                        for record in content:
                            yield job, record
                    case _ if kind == END:
                        process.jobs.popleft()
                        if process.kind is not type(job):
                            process.kind, process.first = type(job), content.memory
                        process.is_spent = content.memory > process.first + GROWTH
                        self._count(process, job.step, content)
                        if process.is_spent and not process.jobs:
                            self._end(process)
                        self._send_jobs(take)
                        yield job, Done()
                    case _ if kind == FAILED and isinstance(content, str):
                        raise NewsgraphError(content)  # told by a job that cannot be done at all
                    case _ if kind == FAILED:
                        reason, problem = content
                        yield self._lose(process, returned, reason, problem)
                        return
        except (EOFError, OSError):
            code = process.process.wait()
            yield self._lose(process, returned, Reason.CRASHED, f"the process ended with {code}")

    def _count(self, process: _Process, step: str, spent: Spent) -> None:
        self.cpu[step] += spent.cpu - process.spent.cpu
        self.cpu["encoder"] += spent.encoder - process.spent.encoder
        process.spent = spent

    def _patience(self, process: _Process) -> float:
        if not process.jobs[0].is_limited:
            return _FOREVER
        allowed = self._seconds if process.is_ready else self._seconds + _STARTING
        return process.heard + allowed - monotonic()

    def _lose(self, process: _Process, returned: deque[Job], reason: Reason, problem: str) -> tuple[Job, Done]:
        """End a process; its job has failed, the one behind it is to be done by another."""
        self._end(process)
        if not process.is_ready:
            self._complaints.seek(0)
            lines = self._complaints.read().decode(errors="replace").strip().splitlines()
            raise NoProcess(lines[-1] if lines else problem)
        job, *rest = process.jobs
        returned.extend(rest)
        return job, Done(failure=reason, at=process.at, problem=problem)

    def _end(self, process: _Process) -> None:
        process.process.kill()
        process.process.wait()
        process.connection.close()
        self._processes.remove(process)

    def _started(self) -> _Process:
        ours, theirs = socket.socketpair()
        # A module could be shadowed by one in the working folder: the child looks where this process looks.
        program = _PROGRAM.format(path=sys.path, descriptor=theirs.fileno(), memory=self._memory)
        process = subprocess.Popen(
            [sys.executable, "-I", "-c", program],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._complaints,
            pass_fds=[theirs.fileno()],
            env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        )
        theirs.close()
        self.started.append(process.pid)
        return _Process(process=process, connection=Connection(ours.detach()))
