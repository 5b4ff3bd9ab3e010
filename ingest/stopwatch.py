"""Processor time of one kind of work in this process."""

from __future__ import annotations

from time import thread_time


class Stopwatch:
    """CPU seconds that threads of this process spent inside `with`, one at a time; a look costs a microsecond."""

    __slots__ = ("_since", "seconds")

    def __init__(self) -> None:
        self.seconds = self._since = 0.0

    def __enter__(self) -> None:
        self._since = thread_time()

    def __exit__(self, *_: object) -> None:
        self.seconds += thread_time() - self._since


ENCODER = Stopwatch()  # of the neural encoders, which work in the thread that asks them
