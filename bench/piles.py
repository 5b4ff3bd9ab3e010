"""Whole builds of piles of articles: seconds, CPU time and memory of each step, with one process and with more."""

from __future__ import annotations

import os
import resource
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from newsgraph.build import BuildOptions, build

_EVERY = 0.05  # seconds between two looks at the memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """What one build took."""

    articles: int
    workers: int
    seconds: dict[str, float]  # by step, "all" among them
    cpu: float  # seconds of all its processes
    spent: dict[str, float]  # of these, by step, "start" of processes and "encoder" (which is part of "annotate")
    memory: dict[str, tuple[int, int]]  # by step: the most MB that the building process had, and that all had together


def measure_pile(path: Path, articles: int, workers: int) -> Pile:
    """Build the first so many lines of a file of articles in a folder of its own."""
    with TemporaryDirectory() as name:
        given = Path(name, "articles.jsonl")
        with path.open(encoding="utf-8") as lines, given.open("w", encoding="utf-8") as file:
            file.writelines(islice(lines, articles))
        watch = _Watch()
        before = _cpu()
        report = build([given], Path(name, "out"), BuildOptions(workers=workers), progress=watch.step)
        watch.end()
        return Pile(
            articles=report.counts["articles"],
            workers=workers,
            seconds=report.seconds,
            cpu=_cpu() - before,
            spent=report.cpu,
            memory=dict(watch.most),
        )


def show_piles(path: Path, sizes: Sequence[int], workers: Sequence[int]) -> None:
    """Print a row for each number of articles and of processes; each pile is built in a process of its own."""
    for count in sizes:
        for each in workers:
            if (child := os.fork()) == 0:
                pile = measure_pile(path, count, each)
                steps = ", ".join(f"{step} {seconds:.1f}" for step, seconds in pile.seconds.items() if step != "all")
                print(
                    f"{pile.articles:,} articles, {each} processes: {pile.seconds['all']:.1f} s ({steps}), "
                    f"CPU {pile.cpu:.1f} s, {pile.articles / pile.seconds['all']:.1f} articles a second"
                )
                encoder = pile.spent.get("encoder", 0.0)
                spent = [f"{step} {seconds:.1f}" for step, seconds in pile.spent.items() if step != "encoder"]
                print(f"  encoder {encoder:.1f} s of CPU, {encoder / pile.cpu:.1%} of all; by step: {', '.join(spent)}")
                for step, (own, together) in pile.memory.items():
                    print(f"  {step:22s} {own:6,} MB, with its processes {together:6,} MB", flush=True)
                os._exit(0)
            os.waitpid(child, 0)


class _Watch:
    """Looks at the memory of this process and of those that it started, step by step."""

    def __init__(self) -> None:
        self.most: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
        self._step = "reading files"
        self._is_on = True
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def step(self, step: str, done: int, total: int) -> None:
        """Note what is done now."""
        self._step = step

    def end(self) -> None:
        """Look no more."""
        self._is_on = False
        self._thread.join()

    def _look(self) -> None:
        while self._is_on:
            own = _memory(os.getpid())
            children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
            together = own + sum(map(_memory, map(int, children)))
            most = self.most[self._step]
            self.most[self._step] = max(most[0], own), max(most[1], together)
            time.sleep(_EVERY)


def _memory(process: int) -> int:
    """Resident MB of a process, 0 when it is gone."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * resource.getpagesize() // 1_000_000


def _cpu() -> float:
    """CPU seconds of this process and of those that it started and that have ended."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )
