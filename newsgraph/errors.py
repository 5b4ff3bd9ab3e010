"""What can go wrong with the place that a graph is written to."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import NewsgraphError

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class BadOutput(NewsgraphError):
    """A file or folder cannot be written."""

    def __init__(self, out: Path, problem: str, next_step: str = "choose another place to write to") -> None:
        super().__init__(f"{out}: {problem}; {next_step}")


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """Turn what the system says against writing to a path into BadOutput."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.errno in FULL:
            raise BadOutput(
                out, "the disk is full", "free some space and run it again: what was done is kept"
            ) from error
        raise BadOutput(out, (error.strerror or "cannot be written").lower()) from error
