"""The first step of a build: bring the store up to what the given paths hold now, reading only what changed."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph.sources import Remark, SourceState
from graph.store import Store
from ingest.article import Article
from ingest.errors import Reason, UnreadableArticle
from ingest.readers import Address, Note, Options, Source, read, readers_version
from ingest.readers.folder import Listing, is_within, list_files
from ingest.readers.source import printable
from ingest.serial import to_json

# A file changed this shortly before it was read may change again without its time telling so (file systems keep
# times of up to 2 s); it is compared by content at the next build.
FRESH = 2_000_000_000


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


def take_in(paths: Sequence[Path], store: Store, options: Options) -> Intake:
    """Read new and changed files into the store, forget files that are gone.

    When the paths hold nothing that can be read, nothing is forgotten: an unmounted folder does not empty a graph.
    """
    listing = list_files(paths)
    known = store.sources()
    remarks = [_refusal(error) for error in listing.refused]
    keys: list[str] = []
    count = 0
    for file in listing.files:
        key = _key(file)
        keys.append(key)
        try:
            is_new = _take_file(file, key, known.get(key), options, store)
        except OSError as error:
            problem = (error.strerror or "cannot be opened").lower()
            remarks.append(
                Remark(
                    path=printable(file),
                    problem=problem,
                    reason=Reason.UNREADABLE,
                    next_step="check that you may read it",
                )
            )
            store.drop([key])
            is_new = True
        count += is_new
    now = store.sources()
    for key in keys:
        remarks += now[key].remarks if key in now else ()
    articles = store.held(keys)
    gone = _gone(listing, paths, known, frozenset(keys)) if articles else []
    store.drop(gone)
    return Intake(
        files=len(listing.files),
        read=count,
        unchanged=len(listing.files) - count,
        dropped=len(gone),
        ignored=listing.ignored,
        articles=articles,
        remarks=tuple(sorted(remarks, key=lambda each: (each.path, each.line or 0, each.problem))),
    )


def _take_file(file: Path, key: str, known: SourceState | None, options: Options, store: Store) -> bool:
    """Read one file into the store unless it is what it was; whether it was read."""
    source, reading = Source.at(file, options), f"{readers_version()} {to_json(options)}"
    if not file.is_file():
        raise OSError(0, "not a regular file")
    status = file.stat()
    same_way = known is not None and known.reading == reading
    if known and same_way and (known.size, known.changed) == (status.st_size, status.st_mtime_ns):
        if known.name != source.name:
            store.rename(_renamed(known, source.name))
        return False
    is_settled = time.time_ns() - status.st_mtime_ns > FRESH
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    state = SourceState(
        key=key,
        name=source.name,
        size=status.st_size,
        changed=status.st_mtime_ns if is_settled else None,
        digest=digest,
        reading=reading,
    )
    if known and same_way and known.digest == digest:
        store.rename(replace(_renamed(known, source.name), changed=state.changed))
        return False
    store.keep(state, _outcomes(source))
    return True


def _outcomes(source: Source) -> Iterator[Article | Remark]:
    for outcome in read(source):
        if isinstance(outcome, UnreadableArticle):
            yield _refusal(outcome)
        elif isinstance(outcome, Note):
            yield Remark(path=outcome.path, problem=outcome.text)
        elif isinstance(outcome, Address):
            continue
        else:
            yield outcome


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
    return replace(state, name=name, remarks=tuple(replace(remark, path=name) for remark in state.remarks))


def _refusal(error: UnreadableArticle) -> Remark:
    return Remark(
        path=error.path,
        line=error.line,
        problem=error.problem,
        reason=error.reason,
        next_step=error.next_step,
        language=error.language,
    )


def _key(path: Path) -> str:
    return printable(path.absolute()) if ".." not in path.parts else printable(Path(os.path.normpath(path.absolute())))
