"""What `newsgraph build` is given: paths, addresses of pages, and what comes through a pipe."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from graph.sources import Remark
from ingest.errors import NewsgraphError
from ingest.readers import KINDS, Options, Source
from ingest.readers.kinds import HEAD, kind_of
from newsgraph.errors import writing
from newsgraph.work.jobs import ReadFile

STDIN = "-"
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+://")
_STEP = 1 << 20  # bytes copied at once


class BadInput(NewsgraphError):
    """Something given to be read is nothing that can be."""

    def __init__(self, word: str, problem: str, next_step: str) -> None:
        super().__init__(f"{word}: {problem}; {next_step}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What is to be read, by how it is had."""

    paths: tuple[Path, ...] = ()
    addresses: tuple[str, ...] = ()
    stdin: bool = False


@dataclass(slots=True, kw_only=True)
class Besides:
    """What is read besides the files that paths stand for: pages, and what was piped in."""

    files: list[ReadFile] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)  # also of what did not come: what is known of it stays
    remarks: list[Remark] = field(default_factory=list)


def split(words: Iterable[str | Path]) -> Inputs:
    """Tell paths, http(s) addresses and "-" apart; a file of that name is "./-". Raises BadInput."""
    paths: list[Path] = []
    addresses: list[str] = []
    stdin = False
    for word in words:
        if isinstance(word, Path):
            paths.append(word)
        elif word == STDIN:
            stdin = True
        elif word.lower().startswith(("http://", "https://")):
            addresses.append(word)
        elif _SCHEME.match(word):
            raise BadInput(word, "only http:// and https:// are fetched", "save it as a file to have it read")
        else:
            paths.append(Path(word))
    return Inputs(paths=tuple(paths), addresses=tuple(dict.fromkeys(addresses)), stdin=stdin)


@contextmanager
def spooled(options: Options, kind: str | None = None, stream: BinaryIO | None = None) -> Iterator[ReadFile]:
    """What comes through a pipe, as a file to read: of the named kind, else of the kind that its first bytes tell.

    What was piped in before stays beside it in a store: other content has another key.
    """
    stream = stream or sys.stdin.buffer
    if stream.isatty():
        raise BadInput(STDIN, "nothing is piped in", "write `something | newsgraph build - -o DIR`")
    digest = hashlib.sha256()
    with NamedTemporaryFile(prefix="newsgraph-") as file:
        path = Path(file.name)
        with writing(path.parent):
            while content := stream.read(_STEP):
                digest.update(content)
                file.write(content)
                if file.tell() > options.limits.archive_bytes:
                    most = options.limits.archive_bytes / 1_000_000
                    raise BadInput(STDIN, f"more than {most:,.0f} MB came", "give it as files")
            file.flush()
        with path.open("rb") as start:
            head = start.read(HEAD)
        yield ReadFile(
            key=f"{STDIN}{digest.hexdigest()[:32]}",
            path=path,
            source=replace(Source.at(path, options), name=STDIN, media_type=_media_type(kind, head)),
        )


def _media_type(kind: str | None, head: bytes) -> str:
    if kind is not None:
        return next(each.media_types[0] for each in KINDS if each.name == kind)
    found = kind_of(STDIN, "text/plain", head)
    return found.media_types[0] if found else "text/plain"
