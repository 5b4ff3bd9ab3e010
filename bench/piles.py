"""Whole builds of piles of articles: seconds, CPU time and memory of each step, with one process and with more."""

from __future__ import annotations

import multiprocessing
import resource
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

from newsgraph.build import BuildOptions, build

_EVERY = 0.2  # seconds between two looks at the memory, each of which takes this process 10 ms


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """What one build took."""

    articles: int
    workers: int
    seconds: dict[str, float]  # by step, "all" among them
    cpu: float  # seconds of all its processes
    spent: dict[str, float]  # of these, by step, "start" of processes and "encoder" (which is part of "annotate")


# By step: the most MB that the building process had, and that all had together.
Memory = dict[str, tuple[int, int]]


def measure_pile(path: Path, articles: int, workers: int) -> tuple[Pile, Memory]:
    """Build the first so many lines of a file of articles, in a process and in a folder of its own."""
    fresh = multiprocessing.get_context("spawn")
    ours, theirs = fresh.Pipe(duplex=False)
    process = fresh.Process(target=_build_pile, args=(theirs, path, articles, workers))
    process.start()
    theirs.close()
    assert process.pid is not None
    step = ""
    most: Memory = defaultdict(lambda: (0, 0))
    while True:
        if ours.poll(_EVERY):
            told: str | Pile = ours.recv()
            if isinstance(told, Pile):
                process.join()
                return told, most
            step = told
        own, *others = map(_memory, _family(process.pid))
        if step:
            most[step] = max(most[step][0], own), max(most[step][1], own + sum(others))


def _build_pile(told: Connection, path: Path, articles: int, workers: int) -> None:
    """Tell each step as it begins, and then all."""
    last = ""

    def step(now: str, done: int, total: int) -> None:
        nonlocal last
        if now != last:
            told.send(now)
            last = now

    with TemporaryDirectory() as name:
        given = Path(name, "articles.jsonl")
        with path.open(encoding="utf-8") as lines, given.open("w", encoding="utf-8") as file:
            file.writelines(islice(lines, articles))
        before = _cpu()
        report = build([given], Path(name, "out"), BuildOptions(workers=workers), progress=step)
        pile = Pile(
            articles=report.counts["articles"],
            workers=workers,
            seconds=report.seconds,
            cpu=_cpu() - before,
            spent=report.cpu,
        )
    told.send(pile)


def show_piles(path: Path, sizes: Sequence[int], workers: Sequence[int]) -> None:
    """Print a row for each number of articles and of processes."""
    for count in sizes:
        for each in workers:
            pile, memory = measure_pile(path, count, each)
            steps = ", ".join(f"{step} {seconds:.1f}" for step, seconds in pile.seconds.items() if step != "all")
            print(
                f"{pile.articles:,} articles, {each} processes: {pile.seconds['all']:.1f} s ({steps}), "
                f"CPU {pile.cpu:.1f} s, {pile.articles / pile.seconds['all']:.1f} articles a second"
            )
            encoder = pile.spent.get("encoder", 0.0)
            spent = [f"{step} {seconds:.1f}" for step, seconds in pile.spent.items() if step != "encoder"]
            print(f"  encoder {encoder:.1f} s of CPU, {encoder / pile.cpu:.1%} of all; by step: {', '.join(spent)}")
            for step, (own, together) in memory.items():
                print(f"  {step:22s} {own:6,} MB, with its processes {together:6,} MB", flush=True)


def _family(process: int) -> Iterator[int]:
    """A process, those that it has started, those that they have started and so on."""
    yield process
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):  # it has just ended
            for child in map(int, file.read_text().split()):
                yield from _family(child)


def _memory(process: int) -> int:
    """Resident MB of a process, 0 when it is gone; of memory that processes share each has its share."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024 // 1_000_000


def _cpu() -> float:
    """CPU seconds of this process and of those that it started and that have ended."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )
