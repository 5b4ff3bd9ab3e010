"""Jobs that behave badly, for processes that must live with it."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ingest.errors import NewsgraphError
from ingest.stopwatch import ENCODER
from newsgraph.work.jobs import Beat

KEPT: list[bytes] = []  # of a process that forgets nothing


def work() -> None:
    """A tenth of a second of encoding."""
    with ENCODER:
        until = time.process_time() + 0.1
        while time.process_time() < until:
            pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Unruly:
    """Yields its number, after doing what its name says."""

    step: ClassVar[str] = "misbehave"
    is_limited: ClassVar[bool] = True
    together: ClassVar[int] = 1
    needs: ClassVar[None] = None
    number: int
    does: str = "nothing"

    def run(self, beat: Beat) -> Iterator[int]:
        beat(f"part {self.number}")
        match self.does:
            case "hangs":
                time.sleep(600)
            case "dies":
                os._exit(9)
            case "is killed":
                os.kill(os.getpid(), signal.SIGKILL)
            case "crashes":
                os.kill(os.getpid(), signal.SIGSEGV)
            case "holds":
                re.match(r"(a+)+$", "a" * 60 + "b")  # for ages, and nothing else of this process can do anything
            case "fails":
                raise ValueError("of its\nown")
            case "grows":
                held = [bytearray(10_000_000) for _ in range(1000)]
                yield len(held)
            case "keeps":
                KEPT.append(bytes(30_000_000) + b"!")
            case "cannot":
                raise NewsgraphError("here: there is nothing to work with; bring it")
            case "works":
                work()
            case "tells":
                yield os.getpid()
                time.sleep(600)
            case "beats":
                for _ in range(20):
                    time.sleep(0.1)
                    beat(f"part {self.number}")
        yield self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """Yields numbers that may wait for each other three at a time, and says where it is before the number `at`."""

    step: ClassVar[str] = "wait"
    is_limited: ClassVar[bool] = True
    together: ClassVar[int] = 3
    needs: ClassVar[None] = None
    numbers: int
    at: int = -1
    dies: bool = False

    def run(self, beat: Beat) -> Iterator[int]:
        beat("start")
        for number in range(self.numbers):
            if number == self.at:
                beat(f"part {number}")
                if self.dies:
                    os._exit(9)
            yield number
