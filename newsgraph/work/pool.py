"""Processes that do jobs side by side; one that hangs, grows or dies costs its job and no more."""

from __future__ import annotations

import sys
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from time import monotonic
from types import TracebackType
from typing import Protocol

from ingest.errors import NewsgraphError, Reason
from newsgraph.work.jobs import Job
from newsgraph.work.process import BEAT, END, FAILED, READY, RECORDS, Spent
from newsgraph.work.starting import STARTING, Ended, Starter

# A process is sent its next job before it is done with this one, so that it never waits; more would only take memory.
AHEAD = 2
# What a process may have grown by since its first job before another takes its place, which takes 10 ms to fork: words
# that were met are remembered, and have to be met again. With 110 MB the two of 6,000 articles never make way.
GROWTH = 40_000_000  # bytes; only Linux tells
STILLBORN = 3  # processes in a row that may end as they begin, as where something else of this machine ends them
_FOREVER = 3600.0  # what is waited in one go where there is no limit


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
    connection: Connection
    end: Callable[[], Ended]
    jobs: deque[Job] = field(default_factory=deque)  # that it was sent, the one at work first
    at: str = ""
    heard: float = 0  # when it last gave a sign of life
    is_ready: bool = False
    first: int = 0  # the bytes that it had in use at the end of its first job
    spent: Spent = field(default_factory=lambda: Spent(memory=0, cpu=0, encoder=0))  # by the end of its last job
    is_spent: bool = False  # whether it is to be given no more jobs


class Pool:
    """Up to `workers` processes, started as they are needed; a context manager that ends them."""

    def __init__(self, workers: int, *, seconds: float, memory: int) -> None:
        self._workers = workers
        self._seconds = seconds
        self._starter = Starter(memory)
        self._processes: list[_Process] = []
        self.started = 0  # how many processes so far
        self._stillborn = 0  # how many of them, the last ones, ended before they were ready
        # CPU seconds of its processes: of their start, of each step that their jobs are of, and of the encoder in it.
        self.cpu: dict[str, float] = defaultdict(float)

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._starter.rest()  # at once, whatever is being loaded
        self.close()

    def run(self, next_job: Callable[[], Job | None]) -> Iterator[tuple[Job, object]]:
        """As in Does; a job that takes longer than `seconds` between two signs of life fails as too slow."""
        self._end_all()  # what they hold of other work would only take memory
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
                    yield from self._lose(
                        process, returned, Reason.TOO_SLOW, f"no sign of life for {self._seconds:.0f} s"
                    )

    def rest(self) -> None:
        """End all processes, whatever they are at; the next job starts one."""
        self._end_all()
        self._starter.rest()

    def close(self) -> None:
        """End all processes, whatever they are at."""
        self._end_all()
        self._starter.close()

    def _send_jobs(self, take: Callable[[], Job | None]) -> None:
        """Give each process a job, then each a second one; start processes while there are jobs and none is free."""
        for depth in range(1, AHEAD + 1):
            for process in self._processes:
                while not process.is_spent and len(process.jobs) < depth and (job := take()) is not None:
                    self._send(process, job)
            while depth == 1 and len(self._processes) < self._workers and (job := take()) is not None:
                connection, end = self._starter.start(job.needs)
                self._processes.append(_Process(connection=connection, end=end))
                self._send(self._processes[-1], job)
                self.started += 1

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
                        self._stillborn = 0
                        self._count(process, "start", content)
                    case _ if kind == BEAT:
                        process.at = content
                    case _ if kind == RECORDS:
                        for record in content:
                            yield job, record
                    case _ if kind == END:
                        process.jobs.popleft()
                        process.first = process.first or content.memory
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
                        yield from self._lose(process, returned, reason, problem)
                        return
        except (EOFError, OSError):
            yield from self._lose(process, returned, Reason.CRASHED)

    def _count(self, process: _Process, step: str, spent: Spent) -> None:
        self.cpu[step] += spent.cpu - process.spent.cpu
        self.cpu["encoder"] += spent.encoder - process.spent.encoder
        process.spent = spent

    def _patience(self, process: _Process) -> float:
        if not process.jobs[0].is_limited:
            return _FOREVER
        allowed = self._seconds if process.is_ready else self._seconds + STARTING
        return process.heard + allowed - monotonic()

    def _lose(
        self, process: _Process, returned: deque[Job], reason: Reason, problem: str = ""
    ) -> Iterator[tuple[Job, Done]]:
        """End a process, if it has not ended by itself; its job has failed, the one behind it is for another to do."""
        ended = self._end(process)
        problem = problem or ended.problem
        if process.is_ready:
            job, *rest = process.jobs
            returned.extend(rest)
            yield job, Done(failure=reason, at=process.at, problem=problem)
            return
        self._stillborn += 1
        if self._stillborn == STILLBORN or reason is Reason.TOO_SLOW:
            raise NoProcess(self._starter.complaint() or problem)
        returned.extend(process.jobs)

    def _end(self, process: _Process) -> Ended:
        ended = process.end()
        self.cpu["start"] += ended.cpu
        process.connection.close()
        self._processes.remove(process)
        return ended

    def _end_all(self) -> None:
        for each in [*self._processes]:
            self._end(each)
