"""Annotating on the workers of a Dask cluster that is there already, which must have this newsgraph installed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from graph.linking.kept import linker_version
from ingest.errors import NewsgraphError, Reason
from newsgraph.work.jobs import Annotate, Annotated, Job
from newsgraph.work.pool import Done

# Batches that each thread of the cluster has waiting, the one at work included: more would only take memory.
AHEAD = 2
PATIENCE = 20  # seconds to wait for the scheduler, and for its first worker
_ONE_AT_A_TIME = threading.Lock()


class NoCluster(NewsgraphError):
    """The cluster cannot be reached, has no workers, or has workers of another version."""

    def __init__(self, address: str, problem: str, next_step: str) -> None:
        super().__init__(f"{address}: {problem}; {next_step}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a worker made of a job, up to an article that it failed at."""

    version: str  # of what annotated there
    found: tuple[Annotated, ...]
    at: str = ""
    problem: str = ""


def version_of(job: Annotate) -> str:
    """What has to be the same here and there for the same bytes."""
    return f"{job.setup.version} {linker_version()}"


def do(job: Annotate) -> Answer:
    """Do a job on a worker; the model stays in its memory for the next one."""
    found: list[Annotated] = []
    at = problem = ""

    def beat(now: str) -> None:
        nonlocal at
        at = now

    with _ONE_AT_A_TIME:  # a worker may have several threads, and the annotator is made for one
        try:
            found.extend(job.run(beat))
        except NewsgraphError:
            raise
        except Exception as error:
            problem = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
    return Answer(version=version_of(job), found=tuple(found), at=at if problem else "", problem=problem)


class Cluster:
    """The workers of one Dask scheduler, such as tcp://host:8786; a context manager that leaves them as they were."""

    def __init__(self, address: str) -> None:
        self._address = address
        try:
            import distributed  # noqa: PLC0415 - only who has a cluster needs it
        except ImportError as error:
            raise NoCluster(address, "Dask is not installed", "pip install 'newsgraph[cluster]'") from error
        try:
            client: Any = distributed.Client  # of a package that is typed in parts
            self._client = client(address, timeout=PATIENCE, set_as_default=False)
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except (OSError, ValueError, TimeoutError) as error:
            problem = " ".join(str(error).split())[:200] or "no answer"
            raise NoCluster(address, f"no Dask cluster ({problem})", "start a scheduler and a worker there") from error

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def rest(self) -> None:
        """What the workers hold is theirs."""

    def close(self) -> None:
        """Leave the cluster; what it was at is given up."""
        self._client.close()

    def run(self, next_job: Callable[[], Job | None]) -> Iterator[tuple[Job, object]]:
        """As in `newsgraph.work.pool.Does`, for jobs that annotate."""
        import distributed  # noqa: PLC0415 - as above

        jobs: dict[str, Annotate] = {}  # at work, by the key of their future
        finished: Any = distributed.as_completed(loop=self._client.loop)  # type: ignore[no-untyped-call]
        try:
            while True:
                while len(jobs) < self._room() and (job := next_job()) is not None:
                    assert isinstance(job, Annotate)
                    future = self._client.submit(do, job, pure=False)
                    jobs[future.key] = job
                    finished.add(future)
                if not jobs:
                    return
                future = next(finished)
                job = jobs.pop(future.key)
                yield from self._told(job, future)
        except (OSError, TimeoutError) as error:
            raise NoCluster(self._address, f"the cluster is gone ({error})", "run it again to go on") from error

    def _room(self) -> int:
        """How many jobs the cluster can be given, as it is now."""
        threads: int = sum(self._client.ncores().values())
        return AHEAD * max(1, threads)

    def _told(self, job: Annotate, future: Any) -> Iterator[tuple[Job, object]]:
        if future.status != "finished":
            error = future.exception()
            if isinstance(error, NewsgraphError):
                raise error
            yield job, Done(failure=Reason.CRASHED, problem=f"{type(error).__name__}")
            return
        answer: Answer = future.result()
        if answer.version != version_of(job):
            raise NoCluster(self._address, "a worker has another version of newsgraph", "install the same everywhere")
        for each in answer.found:
            yield job, each
        if answer.problem:
            yield job, Done(failure=Reason.CRASHED, at=answer.at, problem=answer.problem)
        else:
            yield job, Done()
