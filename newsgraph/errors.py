"""What can go wrong with the place that a graph is written to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import NewsgraphError


class BadOutput(NewsgraphError):
    """A file or folder cannot be written."""

    def __init__(self, out: Path, problem: str) -> None:
        super().__init__(f"{out}: {problem}; choose another place to write to")


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """Turn what the system says against writing to a path into BadOutput."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise BadOutput(out, (error.strerror or "cannot be written").lower()) from error
