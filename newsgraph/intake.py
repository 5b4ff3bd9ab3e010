"""The first step of a build: bring the store up to what the given paths hold now, reading only what changed."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from graph.sources import Held, Remark, SourceState
from graph.store import Store
from ingest.readers import Options, Source, readers_version
from ingest.readers.folder import Listing, is_within, list_files
from ingest.readers.source import printable
from ingest.serial import to_json
from newsgraph.inputs import Besides
from newsgraph.work.jobs import FileState, Job, ReadFile, refusal
from newsgraph.work.pool import Does, Done

STAGE = 256  # articles of one file between two commits: what memory it takes to read it
TRIES = 20  # parts of one file that may end the process that reads it, before the file is given up

# Told of what is done, how much of it, and how much there is (0: nobody knows).
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What the given paths held, and what of it is new."""

    files: int  # files that the paths stand for
    read: int  # of these, how many were read now
    unchanged: int
    dropped: int  # files of earlier builds that are gone
    ignored: int  # files in the folders that are of no kind that is read
    articles: int  # articles in the files
    remarks: tuple[Remark, ...]  # what was skipped and why, and notes, sorted


def take_in(  # noqa: PLR0913, PLR0917 - what to read, how, and who does it
    paths: Sequence[Path],
    store: Store,
    options: Options,
    does: Does,
    progress: Progress,
    besides: Besides | None = None,
) -> Intake:
    """Read new and changed files into the store, forget files that are gone.

    When the paths hold nothing that can be read, nothing is forgotten: an unmounted folder does not empty a graph.
    """
    besides = besides or Besides()
    listing = list_files(paths)
    known = store.sources()
    files = [ReadFile(key=_key(file), path=file, source=Source.at(file, options)) for file in listing.files]
    keys = dict.fromkeys([*(file.key for file in files), *besides.keys])
    reading = _Reading(store, known, options)
    for file in (*files, *besides.files):
        reading.consider(file)
    total = reading.waiting
    for job, record in does.run(reading.next_job):
        reading.take(job, record)
        if isinstance(record, Done):
            progress("reading files", total - reading.waiting, total)
    now = store.sources()
    remarks = [refusal(error) for error in listing.refused] + besides.remarks + reading.unreadable
    for key in keys:
        remarks += now[key].remarks if key in now else ()
    articles = store.held(keys)
    gone = _gone(listing, paths, known, frozenset(keys)) if articles else []
    store.drop(gone)
    return Intake(
        files=len(files) + len(besides.files),
        read=reading.read,
        unchanged=len(files) + len(besides.files) - reading.read,
        dropped=len(gone),
        ignored=listing.ignored,
        articles=articles,
        remarks=tuple(sorted(remarks, key=lambda each: (each.path, each.line or 0, each.problem))),
    )


@dataclass(slots=True)
class _File:
    """What has come of a file so far."""

    state: FileState | None = None
    is_known: bool = False
    staged: int = 0
    waiting: list[Held] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


class _Reading:
    """The files that are to be read, and what becomes of what is found in them."""

    def __init__(self, store: Store, known: dict[str, SourceState], options: Options) -> None:
        self.read = 0
        self.unreadable: list[Remark] = []
        self._store = store
        self._known = known
        self._way = f"{readers_version()} {to_json(options)}"  # how files are read
        self._jobs: deque[ReadFile] = deque()
        self._files: dict[str, _File] = {}  # those at work, by key

    @property
    def waiting(self) -> int:
        """Files that are not done."""
        return len(self._jobs) + len(self._files)

    def consider(self, file: ReadFile) -> None:
        """Have a file read, unless its size and the time of its last change are what they were."""
        known = self._known.get(file.key)
        same_way = known is not None and known.reading == self._way
        if known and same_way:
            try:
                status = file.path.stat()
                if (known.size, known.changed) == (status.st_size, status.st_mtime_ns):
                    if known.name != file.source.name:
                        self._store.rename(_renamed(known, file.source.name))
                    return
            except OSError:
                pass  # told when it is read
        digest = known.digest if known and same_way else None
        self._jobs.append(replace(file, digest=digest))

    def next_job(self) -> Job | None:
        """The next file to read."""
        if not self._jobs:
            return None
        job = self._jobs.popleft()
        self._files[job.key] = _File()
        return job

    def take(self, job: Job, record: object) -> None:
        """Put away one thing that was found in a file."""
        assert isinstance(job, ReadFile)
        file = self._files[job.key]
        match record:
            case FileState():
                file.state, file.is_known = record, record.digest == job.digest
            case Held():
                file.waiting.append(record)
                if len(file.waiting) >= STAGE:
                    self._stage(job, file)
            case Remark():
                file.remarks.append(record)
            case Done(failure=None):
                self._finish(job, file)
            case Done():
                self._retry(job, file, record)

    def _stage(self, job: ReadFile, file: _File) -> None:
        self._store.stage(job.key, file.waiting, start=file.staged)
        file.staged += len(file.waiting)
        file.waiting.clear()

    def _finish(self, job: ReadFile, file: _File) -> None:
        """Note a file that was read to its end."""
        del self._files[job.key]
        if file.state is None:
            self.read += 1
            self.unreadable += file.remarks
            self._store.drop([job.key])
            return
        if file.is_known:
            known = _renamed(self._known[job.key], job.source.name)
            self._store.rename(replace(known, changed=file.state.changed))
            return
        self.read += 1
        self._stage(job, file)
        self._store.settle(
            SourceState(
                key=job.key,
                name=job.source.name,
                size=file.state.size,
                changed=file.state.changed,
                digest=file.state.digest,
                reading=self._way,
                remarks=tuple(file.remarks),
            )
        )

    def _retry(self, job: ReadFile, file: _File, done: Done) -> None:
        """Read a file again without the part that the reading failed at; what is before a hopeless one stays."""
        assert done.failure is not None
        at = done.at or job.source.name
        if file.state is None or at == job.source.name or len(job.refuse) >= TRIES:
            file.state = file.state or FileState(size=0, changed=None, digest="")
            file.remarks.append(job.failed(at, done.failure))
            self._finish(job, file)
            return
        del self._files[job.key]
        self._jobs.append(replace(job, refuse=(*job.refuse, (at, done.failure))))


def _gone(listing: Listing, paths: Sequence[Path], known: dict[str, SourceState], keys: frozenset[str]) -> list[str]:
    """The sources of earlier builds that are no more: from a folder given now, given by name now, or moved away."""
    folders = [_key(Path(path)) for path in paths if printable(path) in listing.folders]
    given = {_key(path) for path in paths}
    names = {printable(file) for file in listing.files}
    return sorted(
        key
        for key, state in known.items()
        if key not in keys
        and (
            key in given
            or any(is_within(key, folder) for folder in folders)
            or (state.name in names and not os.path.lexists(key))
        )
    )


def _renamed(state: SourceState, name: str) -> SourceState:
    remarks = (replace(remark, path=name + remark.path.removeprefix(state.name)) for remark in state.remarks)
    return replace(state, name=name, remarks=tuple(remarks))


def _key(path: Path) -> str:
    return printable(path.absolute()) if ".." not in path.parts else printable(Path(os.path.normpath(path.absolute())))
