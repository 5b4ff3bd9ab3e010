"""The second step of a build: have every article annotated that this version of the annotator has not read."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

from graph.linking.kept import linker_version
from graph.sources import Remark
from graph.store import Store
from ingest.errors import Reason
from newsgraph.intake import Progress
from newsgraph.work.jobs import Annotated, Job
from newsgraph.work.pool import Does, Done

# Articles between two commits: what a kill can cost, a second of reading.
BATCH = 32
MakeJob = Callable[[Sequence[tuple[str, bytes]]], Job]
_PROBLEMS = {
    Reason.TOO_SLOW: "annotating it takes longer than one article may",
    Reason.TOO_MUCH_MEMORY: "annotating it takes more memory than one article may",
    Reason.CRASHED: "annotating it fails",
}


def annotate(store: Store, annotator: str, make_job: MakeJob, does: Does, progress: Progress) -> int:
    """Annotate what is pending, a committed batch at a time, and count it; articles that cannot be are noted."""
    work = _Annotating(store, annotator, make_job)
    progress("annotating articles", 0, work.total)
    for job, record in does.run(work.next_job):
        work.take(job, record)
        progress("annotating articles", work.seen, work.total)
    return work.done - work.refused


class _Annotating:
    """The articles that are to be annotated, and what becomes of them."""

    def __init__(self, store: Store, annotator: str, make_job: MakeJob) -> None:
        self.done = self.refused = 0
        self._store = store
        self._annotator = annotator
        self._make_job = make_job
        pending = store.pending(annotator)
        self.total = len(pending)
        self._batches = deque(tuple(pending[start : start + BATCH]) for start in range(0, len(pending), BATCH))
        self._digests: dict[int, tuple[str, ...]] = {}  # of each job at work, by its identity
        self._found: dict[int, list[Annotated]] = {}
        self._suspects: set[str] = set()  # digests of articles that a process has failed at

    @property
    def seen(self) -> int:
        """Articles that are done, also those whose batch is not."""
        return self.done + sum(map(len, self._found.values()))

    def next_job(self) -> Job | None:
        """The next articles to annotate."""
        if not self._batches:
            return None
        digests = self._batches.popleft()
        job = self._make_job(self._store.bodies(digests))
        self._digests[id(job)], self._found[id(job)] = digests, []
        return job

    def take(self, job: Job, record: object) -> None:
        """Put away what was found in one article, or that a job is done."""
        found = self._found[id(job)]
        if isinstance(record, Annotated):
            found.append(record)
        if isinstance(record, Done):
            digests = self._digests.pop(id(job))
            del self._found[id(job)]
            rows = ((each.digest, each.reading, each.entities) for each in found)
            self._store.add_readings(self._annotator, linker_version(), rows)
            self.done += len(found)
            if record.failure:
                self._retry(digests[len(found) :], record)

    def _retry(self, left: Sequence[str], done: Done) -> None:
        """Try again what a process has failed at, alone; refuse it when it fails once more."""
        assert done.failure is not None
        if not done.at and len(left) > 1:  # nobody knows at which of them
            self._batches += [(digest,) for digest in left]
            return
        suspect, *rest = left
        if suspect in self._suspects:
            problem = _PROBLEMS[done.failure] + (f" ({done.problem})" if done.failure is Reason.CRASHED else "")
            remark = Remark(path="", problem=problem, reason=done.failure, next_step="it was skipped")
            self._store.refuse(self._annotator, suspect, remark)
            self.done += 1
            self.refused += 1
        else:
            self._suspects.add(suspect)
            self._batches.append((suspect,))
        if rest:
            self._batches.append(tuple(rest))
