"""Processor time is counted inside `with` and nowhere else."""

from __future__ import annotations

from time import sleep, thread_time

from ingest.stopwatch import Stopwatch


def work(seconds: float) -> None:
    until = thread_time() + seconds
    while thread_time() < until:
        pass


def test_only_work_inside_counts() -> None:
    watch = Stopwatch()
    work(0.1)
    assert watch.seconds == 0
    for _ in range(2):
        with watch:
            work(0.05)
            sleep(0.1)
    assert 0.1 <= watch.seconds < 0.15
